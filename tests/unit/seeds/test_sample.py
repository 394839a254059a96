"""The bundled fortnight of October 1962: sound, honest about itself, and measurable."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import struct_time
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

SAMPLE = Path(__file__).resolve().parents[3] / "seeds" / "sample"
NOTICE = "Reconstruction for demonstration: written for the Attaché sample, not a document of 1962."
FIRST_DAY, LAST_DAY = date(1962, 10, 16), date(1962, 10, 29)
TEASERS = ("Read next", "More from this section", "Recommended", "Weitere Meldungen")
NO_BODY = ("PHOTO:", "Read next:", "By our correspondents", "Updated:", NOTICE)
STRAIGHT = str.maketrans("“”’", '""\'')
WORDS_IN_PROSE = 9  # the shortest line of a text file that is prose, not a title or a byline
COPY_CONTAINMENT = 0.6  # of the copy's 5-word shingles, as for near-duplicates in the product
FULL_NAMES = {
    "Kennedy": "John F. Kennedy",
    "Khrushchev": "Nikita Khrushchev",
    "Thant": "Secretary-General U Thant",
    "Castro": "Fidel Castro",
    "Nehru": "Jawaharlal Nehru",
    "En-lai": "Chou En-lai",
    "Gromyko": "Andrei Gromyko",
    "Stevenson": "Adlai Stevenson",
    "Zorin": "Valerian Zorin",
    "Adenauer": "Konrad Adenauer",
    "Gaulle": "Charles de Gaulle",
    "Macmillan": "Harold Macmillan",
    "Heath": "Edward Heath",
    "Sallal": "Abdullah al-Sallal",
    "Menon": "V. K. Krishna Menon",
    "Tshombe": "Moise Tshombe",
    "Rusk": "Dean Rusk",
    "Kuznetsov": "Vasily Kuznetsov",
    "Galbraith": "John Kenneth Galbraith",
    "Augstein": "Rudolf Augstein",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the sample as it stands in its file."""

    key: str  # its address, or its file below the sample where it has none
    file: Path
    day: date  # of its folder
    title: str
    published_at: datetime | None
    paragraphs: tuple[str, ...]  # without captions, teasers, bylines and the notice

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(re.split(r'(?<=[.?!]["\s])\s*(?=["A-Z])', self.text))


def _files(suffix: str = "") -> tuple[Path, ...]:
    return tuple(sorted(p for p in SAMPLE.glob("1962-10-*/*") if p.name.endswith(suffix)))


def _name(file: Path) -> str:
    return file.relative_to(SAMPLE).as_posix()


def _day(file: Path) -> date:
    return date.fromisoformat(file.parent.name)


def _prose(lines: list[str]) -> tuple[str, ...]:
    plain = (line.translate(STRAIGHT).strip() for line in lines)
    return tuple(line for line in plain if line and not line.startswith(NO_BODY))


def _instant(parsed: struct_time) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def _of_feed(file: Path) -> Iterator[Piece]:
    for entry in feedparser.parse(file.read_bytes()).entries:
        markup = entry.content[0].value if "content" in entry else entry.summary
        paragraphs = html.fragment_fromstring(markup, create_parent=True).xpath(".//p[not(em)]")
        lines = [p.text_content() for p in paragraphs] or [markup]
        yield Piece(
            key=entry.link,
            file=file,
            day=_day(file),
            title=entry.title.translate(STRAIGHT),
            published_at=_instant(entry.published_parsed),
            paragraphs=_prose(lines),
        )


def _of_page(file: Path) -> Piece:
    tree = html.fromstring(file.read_bytes())
    body = tree.xpath("//*[@class='story' or @class='article-body']/p[not(@class)]")
    stamp = re.search(r"1962-10-\d\dT[\d:]+[+-][\d:]+", file.read_text("utf-8"))
    assert stamp is not None, file
    return Piece(
        key=tree.xpath("//link[@rel='canonical']/@href")[0],
        file=file,
        day=_day(file),
        title=tree.findtext(".//h1").translate(STRAIGHT),
        published_at=datetime.fromisoformat(stamp.group()),
        paragraphs=_prose([p.text_content() for p in body]),
    )


def _of_text(file: Path) -> Piece:
    lines = file.read_text("utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if line in TEASERS), len(lines))
    prose = [
        x for x in lines[:end] if len(x.split()) > WORDS_IN_PROSE and x.rstrip('"”')[-1] in ".?"
    ]
    title = next(line for line in lines if line.strip()).translate(STRAIGHT)
    return Piece(_name(file), file, _day(file), title, None, _prose(prose))


@cache
def _pieces() -> tuple[Piece, ...]:
    feeds = (piece for file in _files(".xml") for piece in _of_feed(file))
    pages = (_of_page(file) for file in _files(".html"))
    return (*feeds, *pages, *(_of_text(file) for file in _files(".txt")))


@cache
def _table(name: str) -> dict[str, list[Any]]:
    return tomllib.loads((SAMPLE / name).read_text("utf-8"))


def _is_copy(piece: Piece) -> bool:
    return any(
        copy["file"] == _name(piece.file) and copy.get("link", piece.key) == piece.key
        for copy in _table("copies.toml")["copy"]
    )


def _distinct() -> tuple[Piece, ...]:
    return tuple(piece for piece in _pieces() if not _is_copy(piece))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def _everything_shown(file: Path) -> str:
    """The text of a file as a reader would see it, dirt included, markup and attributes not."""
    if file.suffix == ".txt":
        return file.read_text("utf-8")
    if file.suffix == ".html":
        return "\n".join(html.fromstring(file.read_bytes()).xpath("//body//text()"))
    tree = etree.fromstring(file.read_bytes())
    texts = (html.fromstring(t).text_content() for t in tree.xpath("//text()") if t.strip())
    return "\n".join(texts)


def _public_words(shared: Path) -> dict[str, tuple[date, str]]:
    """Each permitted quotation with the day it was spoken and its speaker."""
    rows = re.findall(
        r"\| (\d+) Oct \| (.+?) \| \"(.+)\" \|", (shared / "quotations.md").read_text("utf-8")
    )
    words, speaker = {}, ""
    for day, who, text in rows:
        speaker = speaker if who == "the same" else who
        words[text.rstrip(".")] = (date(1962, 10, int(day)), speaker)
    return words


def test_there_are_at_least_sixty_four_distinct_articles() -> None:
    assert len(_distinct()) >= 64


@pytest.mark.parametrize("piece", _distinct(), ids=lambda piece: piece.key)
def test_an_article_has_120_to_400_words(piece: Piece) -> None:
    assert 120 <= len(piece.text.split()) <= 400


def test_feeds_texts_and_pages_are_mixed_as_in_life() -> None:
    shares = Counter(piece.file.suffix for piece in _distinct())
    total = shares.total()

    assert shares[".xml"] / total == pytest.approx(0.60, abs=0.06)
    assert shares[".txt"] / total == pytest.approx(0.25, abs=0.06)
    assert shares[".html"] / total == pytest.approx(0.15, abs=0.06)


def test_every_day_of_the_fortnight_has_a_folder_and_nothing_else_has() -> None:
    days = sorted(date.fromisoformat(p.name) for p in SAMPLE.iterdir() if p.is_dir())

    assert (days[0], days[-1], len(days)) == (FIRST_DAY, LAST_DAY, 14)


@pytest.mark.parametrize("file", _files(".xml"), ids=_name)
def test_a_feed_says_in_a_comment_and_in_its_description_what_it_is(file: Path) -> None:
    channel = feedparser.parse(file.read_bytes()).feed

    assert f"<!-- {NOTICE} -->" in file.read_text("utf-8")
    assert channel.subtitle == NOTICE


@pytest.mark.parametrize("file", _files(".txt"), ids=_name)
def test_a_text_file_says_in_its_last_line_what_it_is(file: Path) -> None:
    assert file.read_text("utf-8").splitlines()[-1] == NOTICE


@pytest.mark.parametrize("file", _files(".html"), ids=_name)
def test_a_page_says_in_its_footer_what_it_is(file: Path) -> None:
    footer = html.fromstring(file.read_bytes()).xpath("//footer/p")

    assert footer[-1].text_content() == NOTICE


def test_the_notice_stands_in_the_body_of_three_feed_items() -> None:
    bodies = [file.read_text("utf-8").count(f"<p>{NOTICE}</p>") for file in _files(".xml")]

    assert sum(bodies) == 3


def test_every_address_is_under_example_and_belongs_to_a_listed_outlet() -> None:
    domains = {outlet["domain"] for outlet in _table("outlets.toml")["outlet"]}
    allowed = {"purl.org", "www.w3.org", "schema.org"}  # names of vocabularies, never fetched
    found = {
        urlsplit(address).hostname
        for file in _files()
        for address in re.findall(r"https?://[^\s\"<\]]+", file.read_text("utf-8"))
    }

    assert found - allowed == domains
    assert all(domain.endswith(".example") for domain in domains)


def test_text_files_carry_no_address() -> None:
    assert not [file for file in _files(".txt") if "://" in file.read_text("utf-8")]


def test_every_file_belongs_to_a_listed_outlet() -> None:
    prefixes = {outlet["prefix"] for outlet in _table("outlets.toml")["outlet"]}

    assert {re.split(r"[-.]", file.name)[0] for file in _files()} == prefixes


def test_the_outlets_differ_in_country_and_kind() -> None:
    outlets = _table("outlets.toml")["outlet"]

    assert len(outlets) >= 9
    assert len({outlet["country"] for outlet in outlets}) >= 9
    assert {o["kind"] for o in outlets} == {"agency", "paper", "official", "broadcaster"}


def test_only_state_agencies_are_labelled_and_only_with_evidence() -> None:
    for outlet in _table("outlets.toml")["outlet"]:
        labelled = outlet["country"] in {"SU", "CN"}
        assert outlet["state_funded"] is labelled
        assert ("evidence" in outlet) is labelled


@pytest.mark.parametrize("piece", _pieces(), ids=lambda piece: f"{piece.day} {piece.key}")
def test_an_article_is_dated_on_the_day_of_its_folder(piece: Piece) -> None:
    assert FIRST_DAY <= piece.day <= LAST_DAY
    if piece.published_at is not None:
        assert piece.published_at.astimezone(UTC).date() == piece.day


@pytest.mark.parametrize("file", _files(".txt"), ids=_name)
def test_an_updated_line_names_the_day_of_its_folder(file: Path) -> None:
    day = f"{_day(file):%A, %B} {_day(file).day}, 1962"
    stamps = re.findall(r"^Updated: (.+?1962)", file.read_text("utf-8"), re.MULTILINE)

    assert all(stamp == day for stamp in stamps)


@pytest.mark.parametrize("file", _files(), ids=_name)
def test_quotation_marks_stand_only_around_words_of_public_record(file: Path, shared: Path) -> None:
    words = _public_words(shared)
    shown = _everything_shown(file).translate(STRAIGHT)

    for line in shown.splitlines():
        for quoted in re.findall(r'"([^"]*)"', line):
            day, speaker = words[quoted.rstrip(".,")]
            assert day <= _day(file)
            assert speaker.split(",")[0].split()[-1] in line
        assert line.count('"') % 2 == 0
    assert not re.search(r"[‘‚„«»]|(?<!\w)'\w", shown)


def test_every_word_of_public_record_is_quoted_somewhere(shared: Path) -> None:
    sample = "\n".join(piece.text for piece in _distinct())

    assert [text for text in _public_words(shared) if text not in sample] == []


@pytest.mark.parametrize("piece", _distinct(), ids=lambda piece: piece.key)
def test_a_person_is_first_named_in_full(piece: Piece) -> None:
    for surname, full in FULL_NAMES.items():
        first = re.search(rf"\b{surname}\b(?! Jr)", piece.text)
        if first:
            assert full in piece.text[: first.end()], surname


@pytest.mark.parametrize("piece", _distinct(), ids=lambda piece: piece.key)
def test_a_lead_stands_alone(piece: Piece) -> None:
    first_word = piece.text.split()[0]

    assert first_word not in {"He", "She", "It", "They", "This", "That", "But", "Meanwhile"}


def test_no_two_articles_share_a_sentence() -> None:
    owners: dict[str, str] = {}
    for piece in _distinct():
        for sentence in piece.sentences:
            quoted = re.sub(r'"[^"]*"', "", sentence)  # words of public record may recur
            if len(quoted.split()) > 4:
                assert owners.setdefault(quoted, piece.key) == piece.key, sentence


def test_no_two_articles_share_a_title() -> None:
    titles = Counter(piece.title for piece in _distinct())

    assert titles.most_common(1)[0][1] == 1


@pytest.mark.parametrize("copy", _table("copies.toml")["copy"], ids=lambda copy: copy["file"])
def test_a_declared_copy_repeats_its_original(copy: dict[str, str]) -> None:
    original = next(piece for piece in _distinct() if piece.key == copy["of"])
    repeat = next(p for p in _pieces() if _is_copy(p) and _name(p.file) == copy["file"])
    shingles = _shingles(repeat.text)

    assert len(shingles & _shingles(original.text)) / len(shingles) >= COPY_CONTAINMENT


def test_there_are_five_copies_and_one_revision_under_its_old_address() -> None:
    kinds = Counter(copy["kind"] for copy in _table("copies.toml")["copy"])
    revised = [copy for copy in _table("copies.toml")["copy"] if copy["kind"] == "revised"]

    assert kinds["truncated"] + kinds["wrapped"] >= 5
    assert [copy["link"] == copy["of"] for copy in revised] == [True]


def test_every_article_belongs_to_exactly_one_story() -> None:
    labelled = Counter(key for keys in _table("stories.toml").values() for key in keys)

    assert set(labelled) == {piece.key for piece in _pieces()}
    assert set(labelled.values()) == {1}


def test_there_are_thirteen_stories_and_five_run_over_three_days() -> None:
    days = {piece.key: piece.day for piece in _pieces()}
    spans = [len({days[key] for key in keys}) for keys in _table("stories.toml").values()]

    assert len(spans) >= 13
    assert sum(span >= 3 for span in spans) >= 5


def test_the_last_day_has_nine_articles_on_five_stories() -> None:
    last = {piece.key for piece in _distinct() if piece.day == LAST_DAY}
    told = [keys for keys in _table("stories.toml").values() if last & set(keys)]

    assert len(last) >= 9
    assert len(told) >= 5


def test_the_missiles_are_news_only_after_the_address_of_the_22nd() -> None:
    early = [p for p in _distinct() if p.day < date(1962, 10, 22)]

    assert not [p.key for p in early if re.search(r"quarantine|blockade|U-2", p.text)]


def test_articles_of_a_day_are_not_cut_from_one_pattern() -> None:
    openings = sorted(" ".join(piece.text.split()[:7]) for piece in _distinct())

    assert not [first for first, second in pairwise(openings) if first == second]
