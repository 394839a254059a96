"""The engine on files, row by row: what comes in, what comes out, and what is named and skipped."""

import gzip
import io
import json
import resource
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.operate import engine
from bot.operate.engine import NAMES, Options
from digest.errors import AttacheError, InputError, Unreadable

TALKS = (
    "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the grain corridor. "
    "The Foreign Ministry of Turkey said the talks would continue for three more days this week. "
    "Insurance for vessels in the Black Sea remains the main open point, two officials said. "
    "“We will sign the agreement before the end of the month,” Foreign Minister Hakan Fidan said. "
    "Forty ships are waiting off Odesa for an inspection of their cargo."
)
RECIPE = (
    "Beat the eggs with the sugar until the mixture turns pale and doubles in size. Fold in the flour "
    "and a pinch of salt, pour it into a buttered tin and bake it for forty minutes."
)
FILE = f"Turkey and Ukraine resume grain talks\nBy Ada Lovelace\n10 February 2026\n\n{TALKS}\n"
PAGE = f"""<html><head><title>Talks resume | The Paper</title></head><body><article>
<h1>Turkey and Ukraine resume grain talks</h1><p>{TALKS}</p><p>{TALKS.replace("Monday", "Tuesday")}</p>
</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<link>https://paper.example/</link><item><title>Talks resume</title>
<link>https://paper.example/talks</link><guid>talks-1</guid>
<pubDate>Tue, 10 Feb 2026 12:00:00 GMT</pubDate><description>They met.</description></item>
</channel></rss>"""

Run = Callable[..., list[dict[str, Any]]]


def lines(rows: Iterable[object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def engine_run(tmp_path: Path) -> Run:
    """Runs a part on rows; gives back the rows of OUT, all of them unless ``skipped`` says otherwise."""

    def run(what: str, *rows: object, skipped: int = 0, **options: Any) -> list[dict[str, Any]]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text(lines(rows), encoding="utf-8")
        assert engine.run(what, str(source), str(target), Options(**options)) == skipped
        return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]

    return run


def test_summarise_chooses_sentences_and_says_from_which_article(engine_run: Run) -> None:
    (row,) = engine_run("summarise", {"id": "a", "articles": [TALKS, RECIPE]}, sentences=2)

    assert row["id"] == "a"
    assert len(row["sentences"]) == 2
    for sentence, at in zip(row["sentences"], row["from"], strict=True):
        assert sentence in (TALKS, RECIPE)[at]


def test_a_sentence_stands_in_its_article_to_the_sign(engine_run: Run) -> None:
    """With its double blanks, blanks that do not break and wrapped lines."""
    wide, wrapped = TALKS.replace(" ", "\u00a0 "), "\n".join(textwrap.wrap(TALKS, 60))
    for text in (wide, wrapped):
        (row,) = engine_run("summarise", {"id": "a", "articles": [RECIPE, text]})
        (plain,) = engine_run("summarise", {"id": "a", "articles": [RECIPE, TALKS]})

        assert [" ".join(told.split()) for told in row["sentences"]] == plain["sentences"]
        for sentence, at in zip(row["sentences"], row["from"], strict=True):
            assert sentence in (RECIPE, text)[at]


def test_summarise_gives_three_sentences_unless_told(engine_run: Run) -> None:
    (row,) = engine_run("summarise", {"id": 1, "articles": [TALKS]})

    assert len(row["sentences"]) == 3


def test_summarise_keeps_to_a_number_of_words(engine_run: Run) -> None:
    (row,) = engine_run("summarise", {"id": 1, "articles": [TALKS]}, words=30)

    assert 0 < len(" ".join(row["sentences"]).split()) <= 30


def test_summarise_by_another_method(engine_run: Run) -> None:
    (row,) = engine_run("summarise", {"id": 1, "articles": [TALKS]}, sentences=1, method="lead")

    assert row["sentences"] == [TALKS.split(". ")[0] + "."]


def test_relate_names_each_story_by_its_first_article(engine_run: Run) -> None:
    rows = [
        {
            "id": "a",
            "title": "Grain talks resume",
            "text": TALKS,
            "date": "2026-02-10",
            "lang": "en",
        },
        {
            "id": "b",
            "title": "A cake",
            "text": RECIPE,
            "date": "2026-02-10T12:00:00Z",
            "lang": "en",
        },
        {
            "id": "c",
            "title": "Grain talks resume",
            "text": TALKS,
            "date": "2026-02-11",
            "lang": "en",
        },
    ]

    assert engine_run("relate", *rows) == [
        {"id": "a", "story": "a"},
        {"id": "b", "story": "b"},
        {"id": "c", "story": "a"},
    ]


def test_relate_weighs_the_last_days_again_in_digest_mode(engine_run: Run) -> None:
    rows = [
        {"id": n, "text": text, "date": f"2026-02-{day}", "lang": "en"}
        for n, text, day in ((1, TALKS, 10), ("b", RECIPE, 10), (3, TALKS, 11), (4, TALKS, 20))
    ]

    assert engine_run("relate", *rows, mode="digest") == [
        {"id": 1, "story": "1"},
        {"id": "b", "story": "b"},
        {"id": 3, "story": "1"},
        {"id": 4, "story": "4"},
    ]


def test_relate_takes_rows_without_date_title_and_language(engine_run: Run) -> None:
    rows = [{"id": n, "text": TALKS, "date": None, "title": None} for n in (1, 2)]

    assert engine_run("relate", *rows) == [{"id": 1, "story": "1"}, {"id": 2, "story": "1"}]


@pytest.mark.parametrize("mode", ["stream", "digest"])
@pytest.mark.parametrize("first", ["", 0])
def test_relate_takes_any_id_for_the_name_of_a_story(
    engine_run: Run, mode: str, first: str | int
) -> None:
    rows = [{"id": n, "text": TALKS, "date": "2026-02-10"} for n in (first, "b", "c")]

    told = [row["story"] for row in engine_run("relate", *rows, mode=mode)]

    assert told == [str(first)] * 3


def test_duplicates_names_the_original_of_a_copy(engine_run: Run) -> None:
    rows = [
        {"id": "a", "text": TALKS, "date": "2026-02-10"},
        {"id": "b", "text": RECIPE, "date": None},
        {"id": "c", "text": TALKS[:300], "date": "2026-02-10T15:00"},
    ]

    assert [row["duplicate_of"] for row in engine_run("duplicates", *rows)] == [None, None, "a"]


def test_tag_says_what_a_text_is_about(engine_run: Run) -> None:
    talks, recipe = engine_run(
        "tag",
        {"id": 1, "title": "Grain talks resume", "text": TALKS},
        {"id": 2, "title": None, "text": RECIPE},
    )

    assert talks["diplomatic"] is True
    assert 0.5 <= talks["relevance"] <= 1
    assert all(isinstance(slug, str) and 0 <= score <= 1 for slug, score in talks["topics"])
    assert talks["countries"][:2] == ["TR", "UA"]
    assert talks["people"] == ["Hakan Fidan"]
    assert recipe["diplomatic"] is False
    assert recipe["countries"] == []


@pytest.mark.parametrize(
    "text",
    [
        "L'ambassadeur de Turquie a été expulsé mardi de Grèce après l'assaut de l'ambassade.",
        "Der türkische Botschafter wurde am Dienstag aus Griechenland ausgewiesen, teilte die Botschaft mit.",
        "Посол Турции выслан из Греции во вторник, сообщило посольство после штурма здания.",
    ],
)
def test_tag_reads_a_text_in_its_language(engine_run: Run, text: str) -> None:
    (row,) = engine_run("tag", {"id": 1, "title": "", "text": text})

    assert row["diplomatic"] is True
    assert row["topics"][0][0] == "embassies"
    assert set(row["countries"]) == {"TR", "GR"}


def test_quotes_say_who_said_what_and_where(engine_run: Run) -> None:
    (row,) = engine_run("quotes", {"id": 1, "title": "Grain talks resume", "text": TALKS})

    (quote,) = row["quotes"]
    assert list(quote) == ["text", "start", "end", "speaker", "role", "country"]
    assert quote["speaker"] == "Hakan Fidan"
    assert quote["text"] == TALKS[quote["start"] : quote["end"]]
    assert "sign the agreement" in quote["text"]


@pytest.mark.parametrize("name", ["page.html", "page.html.gz"])
def test_extract_reads_pages_beside_in(engine_run: Run, tmp_path: Path, name: str) -> None:
    data = PAGE.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)

    (row,) = engine_run("extract", {"id": 1, "html": name, "url": "https://paper.example/talks"})

    assert row["title"] == "Turkey and Ukraine resume grain talks"
    assert row["text"].startswith("Delegations from Turkey and Ukraine met in Ankara on Monday")
    assert row["language"] == "en"
    assert row["authors"] == []
    assert list(row) == ["id", "title", "text", "published_at", "authors", "language"]


def test_feed_reads_feeds_by_the_headers_that_rows_name(engine_run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(FEED)
    (tmp_path / "b.xml").write_text("no feed at all")
    (tmp_path / "c.xml").touch()

    good, bad, empty = engine_run(
        "feed",
        {
            "id": 1,
            "file": "a.xml",
            "headers": {"Content-Type": "text/xml; charset=utf-8"},
            "base_url": "https://paper.example/feed",
        },
        {"id": 2, "file": "b.xml"},
        {"id": 3, "file": "c.xml"},
    )

    assert good["ok"] is True
    assert good["feed"] == {"title": "The Paper", "link": "https://paper.example/"}
    (item,) = good["items"]
    assert (item["title"], item["id"]) == ("Talks resume", "talks-1")
    assert item["published"] == "2026-02-10T12:00:00+00:00"
    for row in (bad, empty):
        assert (row["ok"], row["feed"], row["items"]) == (False, None, [])
        assert row["error"]


def test_addresses_of_a_feed_are_seen_from_where_its_header_says(
    engine_run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_text(FEED.replace("https://paper.example/", "/"))
    headers = {"Content-Location": "https://gazette.example/feed"}
    base = {"base_url": "https://paper.example/feed"}

    located, both = engine_run(
        "feed",
        {"id": 1, "file": "a.xml", "headers": headers},
        {"id": 2, "file": "a.xml", "headers": headers, **base},
    )

    assert located["feed"]["link"] == "https://gazette.example/"
    assert both["feed"]["link"] == "https://paper.example/"


@pytest.mark.parametrize(
    "charset", ["charset=windows-1251", "Charset=Windows-1251", 'charset="windows-1251"; q=1']
)
def test_the_charset_of_a_header_is_read_however_it_is_written(
    engine_run: Run, tmp_path: Path, charset: str
) -> None:
    (tmp_path / "a.xml").write_bytes(FEED.replace("Talks", "Встреча").encode("windows-1251"))
    headers = {"Content-Type": f"application/rss+xml; {charset}"}

    (row,) = engine_run("feed", {"id": 1, "file": "a.xml", "headers": headers})

    assert row["items"][0]["title"] == "Встреча resume"


@pytest.mark.parametrize("headers", [None, [], {"Content-Type": 5}, {"content-type": ""}])
def test_feed_heeds_no_odd_headers(engine_run: Run, tmp_path: Path, headers: object) -> None:
    (tmp_path / "a.xml").write_text(FEED)

    (row,) = engine_run("feed", {"id": 1, "file": "a.xml", "headers": headers})

    assert row["ok"] is True


def test_article_tells_the_parts_of_a_text_file(engine_run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "talks.txt").write_text(FILE)

    (row,) = engine_run("article", {"id": 1, "file": "talks.txt"}, root=folder)

    assert row["title"] == "Turkey and Ukraine resume grain talks"
    assert row["byline"] == "Ada Lovelace"
    assert row["published_at"].startswith("2026-02-10")
    assert row["date_source"] == "text"
    assert row["paragraphs"] == [{"type": "p", "text": TALKS}]
    assert row["language"] == "en"
    assert row["outlet"] is None


def test_a_bad_line_is_skipped_with_its_number_and_reason(
    engine_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"id": 9, "title": "", "text": TALKS}
    bad = [
        "{",
        "[]",
        '{"text": "x"}',
        '{"id": null}',
        '{"id": 1}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": "x", "title": 5}',
        "[" * 100_000,
    ]
    source.write_text("\n".join([*bad, "", json.dumps(good), ""]))

    skipped = engine.run("tag", str(source), str(target), Options())

    assert skipped == len(bad)
    assert capsys.readouterr().err.splitlines() == [
        "line 1 skipped: it is no JSON",
        "line 2 skipped: it is no JSON object with an id",
        "line 3 skipped: it is no JSON object with an id",
        "line 4 skipped: it is no JSON object with an id",
        "line 5 skipped: 'text' is missing",
        "line 6 skipped: 'text' is no text",
        "line 7 skipped: 'title' is no text",
        "line 8 skipped: it is no JSON",
    ]
    assert json.loads(target.read_text())["id"] == 9


@pytest.mark.parametrize(
    ("what", "row"),
    [
        ("summarise", {"articles": "one text"}),
        ("summarise", {"articles": [None]}),
        ("summarise", {}),
        ("relate", {"text": TALKS, "date": "soon"}),
        ("relate", {"text": TALKS, "date": 20260210}),
        ("relate", {"text": TALKS, "lang": ["en"]}),
        ("relate", {"text": TALKS, "title": 5}),
        ("duplicates", {"text": TALKS, "date": "9999-12-31T23:59-12:00"}),
        ("tag", {"text": None}),
        ("quotes", {"text": TALKS, "title": ["x"]}),
        ("extract", {"html": 5}),
        ("extract", {"html": "missing.html"}),
        ("extract", {"html": "broken.html.gz"}),
        ("extract", {"html": "bomb.html.gz"}),
        ("extract", {"html": "text.txt", "url": 5}),
        ("feed", {"file": None}),
        ("feed", {"file": "missing.xml"}),
        ("feed", {"file": "."}),
        ("article", {"file": "missing.txt"}),
        ("article", {"file": "binary.txt"}),
        ("article", {"file": "empty.txt"}),
        ("article", {"file": "nul\0.txt"}),
        ("article", {}),
    ],
)
def test_a_row_that_cannot_be_used_hurts_no_other(
    tmp_path: Path,
    engine_run: Run,
    capsys: pytest.CaptureFixture[str],
    what: str,
    row: dict[str, Any],
) -> None:
    (tmp_path / "broken.html.gz").write_bytes(gzip.compress(PAGE.encode())[:-20])
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"<p>" + b" " * 30_000_000))
    (tmp_path / "text.txt").write_text(FILE)
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.html").write_text(PAGE)
    (tmp_path / "good.xml").write_text(FEED)
    good = {
        "id": "good",
        "articles": [TALKS],
        "text": TALKS,
        "html": "good.html",
        "file": "good.xml" if what == "feed" else "text.txt",
    }

    (found,) = engine_run(what, {"id": "bad", **row}, good, skipped=1)

    assert found["id"] == "good"
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("line 1 skipped: ")


@pytest.mark.parametrize("what", ["extract", "feed", "article"])
@pytest.mark.parametrize("name", ["../secret", "{}/secret", "out/secret", "loop/secret"])
def test_a_file_outside_the_root_is_not_read(
    tmp_path: Path, engine_run: Run, capsys: pytest.CaptureFixture[str], what: str, name: str
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text({"extract": PAGE, "feed": FEED}.get(what, FILE))
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to("loop")
    named = name.format(tmp_path)

    assert engine_run(what, {"id": 1, "file": named, "html": named}, root=root, skipped=1) == []

    reason = "does not lie in the root; name a file below it, or another --root"
    assert capsys.readouterr().err.splitlines() == [f"line 1 skipped: {named} {reason}"]


@pytest.mark.parametrize(
    "name", ["talks.txt", "sub/../talks.txt", "{}/talks.txt", "here/talks.txt"]
)
def test_a_file_below_the_root_is_read_whatever_leads_there(
    tmp_path: Path, engine_run: Run, name: str
) -> None:
    root, linked = tmp_path / "root", tmp_path / "linked"
    (root / "sub").mkdir(parents=True)
    (root / "talks.txt").write_text(FILE)
    (root / "here").symlink_to(root)
    linked.symlink_to(root)

    (row,) = engine_run("article", {"id": 1, "file": name.format(linked)}, root=linked)

    assert row["title"] == "Turkey and Ukraine resume grain talks"


def test_unpaired_surrogates_are_replaced(engine_run: Run) -> None:
    (row,) = engine_run("summarise", {"id": "\ud83d", "articles": [f"{TALKS} \udc00"]})

    assert row["id"] == "?"


def test_a_mark_at_the_beginning_of_in_is_no_part_of_it(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(lines([{"id": 1, "text": TALKS}]), encoding="utf-8-sig")

    assert engine.run("duplicates", str(source), str(target), Options()) == 0


def test_standard_input_and_output_are_dashes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = lines([{"id": 1, "text": TALKS}]).encode() + b'{"id": 2, "text": "caf\xe9"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))

    assert engine.run("duplicates", "-", "-", Options()) == 0

    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2]
    assert err == ""


@pytest.mark.parametrize(
    ("what", "row"),
    [
        ("extract", {"id": 1, "html": "talks.txt"}),
        ("feed", {"id": 1, "file": "talks.txt"}),
        ("article", {"id": 1, "file": "talks.txt"}),
    ],
)
def test_files_are_read_in_a_process_of_their_own(
    engine_run: Run, tmp_path: Path, what: str, row: dict[str, object]
) -> None:
    (tmp_path / "talks.txt").write_text(PAGE if what == "extract" else FILE)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert engine_run(what, row)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before


def test_standard_input_may_be_any_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines([{"id": 1, "text": TALKS}])))

    assert engine.run("duplicates", "-", "-", Options()) == 0
    assert json.loads(capsys.readouterr().out) == {"id": 1, "duplicate_of": None}


def test_files_of_rows_from_standard_input_are_beside_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talks.txt").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines([{"id": 1, "file": "talks.txt"}])))

    assert engine.run("article", "-", "-", Options()) == 0
    assert json.loads(capsys.readouterr().out)["byline"] == "Ada Lovelace"


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_stream_that_is_closed_is_named(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr(f"sys.{stream}", None)

    with pytest.raises(AttacheError, match="closed"):
        engine.run("tag", "-", "-", Options())


def test_what_cannot_be_used_at_all_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("")
    out = str(tmp_path / "out.jsonl")

    with pytest.raises(
        InputError, match=r"'dream' is no part of the engine; the parts are summarise"
    ):
        engine.run("dream", str(source), out, Options())
    with pytest.raises(InputError, match=r"'magic' is no method; the methods are attache, lead"):
        engine.run("summarise", str(source), out, Options(method="magic"))
    with pytest.raises(InputError, match=r"'backwards' is no mode"):
        engine.run("relate", str(source), out, Options(mode="backwards"))
    with pytest.raises(Unreadable, match=r"missing.jsonl cannot be read: No such file"):
        engine.run("tag", str(tmp_path / "missing.jsonl"), out, Options())
    with pytest.raises(AttacheError, match=r"cannot be written: Is a directory"):
        engine.run("tag", str(source), str(tmp_path), Options())


def test_out_is_never_in(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(lines([{"id": 1, "text": TALKS}]))

    with pytest.raises(InputError, match="is both IN and OUT"):
        engine.run("tag", str(source), str(source), Options())

    assert source.read_text() == lines([{"id": 1, "text": TALKS}])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(lines([{"id": 1, "text": TALKS}]))

    with pytest.raises(AttacheError, match="/dev/full could not be written: No space left"):
        engine.run("duplicates", str(source), "/dev/full", Options())


def test_an_empty_in_makes_an_empty_out(engine_run: Run) -> None:
    for what in NAMES:
        assert engine_run(what) == []
