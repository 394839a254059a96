"""Article files: each pair in tests/data/articles is one messy file and what is to be found in it.

Keys of a pair's second file: title ("" for none), byline, kicker, dateline, outlet, url, published, modified
(none where they are missing), count, first, last, headings, kept and gone (parts of paragraphs),
or only ``unreadable``, a part of the reason.
"""

import json
import textwrap
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.errors import Unreadable
from digest.gather.documents.articlefile import read_article
from digest.gather.documents.files import decode
from digest.model.gathered import Draft

SEEN_AT = datetime(2026, 11, 22, tzinfo=UTC)
PAIRS = sorted((Path(__file__).parents[2] / "data" / "articles").glob("*.toml"))


def expectation(pair: Path) -> dict[str, Any]:
    return tomllib.loads(pair.read_text("utf-8"))


def source(pair: Path) -> str:
    return decode(pair.with_suffix(".txt").read_bytes())


def read(text: str) -> Draft:
    return read_article(text, file="x.txt", seen_at=SEEN_AT)


def texts(draft: Draft) -> list[str]:
    return [each.text for each in draft.paragraphs]


READABLE = [pair for pair in PAIRS if "unreadable" not in expectation(pair)]
UNREADABLE = [pair for pair in PAIRS if "unreadable" in expectation(pair)]


@pytest.mark.parametrize("pair", READABLE, ids=lambda pair: pair.stem)
def test_a_messy_file_gives_what_a_perfect_reading_gives(pair: Path) -> None:
    want = expectation(pair)
    draft = read(source(pair))
    assert draft.title == (want["title"] or None)
    assert draft.byline == want.get("byline")
    assert draft.kicker == want.get("kicker")
    assert draft.dateline == want.get("dateline")
    assert draft.url == want.get("url")
    assert (draft.outlet.name if draft.outlet else None) == want.get("outlet")
    assert draft.published_at == want.get("published")
    assert draft.modified_at == want.get("modified")
    dated = "published" in want or "modified" in want
    assert draft.date_source == ("text" if dated else "first_seen")


@pytest.mark.parametrize("pair", READABLE, ids=lambda pair: pair.stem)
def test_only_the_article_is_kept_of_a_messy_file(pair: Path) -> None:
    want = expectation(pair)
    draft = read(source(pair))
    found = texts(draft)
    whole = "\n".join(found)
    headings = [each.text for each in draft.paragraphs if each.kind == "heading"]
    assert [part for part in want.get("gone", []) if part in whole] == []
    assert [part for part in want.get("kept", []) if part not in whole] == []
    assert headings == want.get("headings", [])
    assert len(found) == want.get("count", len(found))
    assert found[0].startswith(want.get("first", ""))
    assert found[-1].startswith(want.get("last", ""))


@pytest.mark.parametrize("pair", UNREADABLE, ids=lambda pair: pair.stem)
def test_what_is_no_article_is_refused_with_the_reason(pair: Path) -> None:
    with pytest.raises(Unreadable, match=expectation(pair)["unreadable"]):
        read(source(pair))


# The links of Markdown are written out, so its paragraphs differ from the file on purpose.
@pytest.mark.parametrize(
    "pair", [p for p in READABLE if "markdown" not in p.stem], ids=lambda pair: pair.stem
)
def test_every_paragraph_stands_word_for_word_in_the_file(pair: Path) -> None:
    folded = " ".join(source(pair).split())
    assert [text for text in texts(read(source(pair))) if text not in folded] == []


def test_the_files_of_the_gold_standard_are_read_as_it_says(shared: Path) -> None:
    for gold in json.loads((shared / "articles" / "gold.json").read_text("utf-8")):
        text = (shared / "articles" / gold["file"]).read_text("utf-8")
        draft = read(text)
        assert draft.title == gold["title"]
        assert draft.byline == (gold["byline"] or {}).get("name")
        assert (draft.kicker, draft.dateline) == (gold["kicker"], gold["dateline"])
        stamp = gold["modified"] and datetime.fromisoformat(gold["modified"])
        assert (draft.published_at, draft.modified_at) == (gold["published"], stamp)
        got = [(each.kind, each.text) for each in draft.paragraphs]
        assert got == [(each["type"], each["text"]) for each in gold["paragraphs"]]


@pytest.mark.parametrize("text", ["", " \n\n ", "abc\x00def", "One.", "x" * 6_000_000], ids=len)
def test_nothing_and_worse_than_nothing_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"x\.txt is"):
        read(text)


def test_code_with_sentences_in_it_is_code() -> None:
    code = '''
        """The envoys met in the harbour town on Monday and said that they would go on."""

        @cached
        def talks(town, day):
            # They are told by whoever was there, and by nobody else.
            if town in closed:
                raise Closed("The harbour of this town is closed, and no talks are held in it.")
            found = [one for one in heard if one.day == day]
            return sorted(found)
    '''
    with pytest.raises(Unreadable, match="program code"):
        read(textwrap.dedent(code))


@pytest.mark.parametrize("title", ['"Talks in Riga go on"', "'Talks in Riga go on'"])
def test_front_matter_says_the_title_in_quotation_marks(title: str) -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    assert read(f"---\ntitle: {title}\n---\n\n{prose}").title == "Talks in Riga go on"


@pytest.mark.parametrize(
    ("above", "kicker"),
    [
        ("SC/16093\n3 June 2025", "SC/16093"),
        ("PRESS RELEASE\n3 June 2025\n14:20\n", "PRESS RELEASE"),
        ("Analysis\nUpdated 3 June 2025", "Analysis"),
        ("Home\nPress\nPress releases\nLake Council\n3 June 2025\n14:20\n", None),
    ],
)
def test_neither_a_stamp_nor_a_label_above_it_is_the_title(above: str, kicker: str | None) -> None:
    title = "Council extends the mandate of the lake mission for twelve months, by thirteen votes"
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    draft = read(f"{above}\n{title}\n\n{prose}")
    assert (draft.title, draft.kicker) == (title, kicker)
    assert (draft.published_at or draft.modified_at) == datetime(2025, 6, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "above",
    [
        "CLOSE Envoys of three states meet in the palace by the river. USA TODAY",
        "LISTEN TO ARTICLE 4:34 SHARE THIS ARTICLE Share Tweet Post Email",
        "936 SHARES Share Tweet",
        "Tweet with a location",
        "Envoys leave the palace by the river. (David M Warren / Staff Photographer)",
        "An envoy shows the palace by the river. [Photo/Lake Evening News]",
        "Illustration by Jane Roe, The Lake Museum",
        "March 10, 2026 10:54 am ET by LR Staff",
    ],
)
def test_what_a_page_puts_above_an_article_is_no_title(above: str) -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    draft = read(f"{above}\n\nEnvoys meet in Geneva\n\n{prose}")
    assert draft.title == "Envoys meet in Geneva"


@pytest.mark.parametrize(
    "stamp",
    [
        "9:04 PM ET Sun, 3 Sept 2026",
        "Posted: Wednesday, June 27, 2026 1:32 PM EDT Updated: 2:15 PM",
    ],
)
def test_a_stamp_is_no_part_of_a_title(stamp: str) -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    assert (
        read(f"Envoys meet in Geneva again {stamp}\n\n{prose}").title
        == "Envoys meet in Geneva again"
    )


def test_a_short_title_stays_one_above_a_stamp() -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    told = "Envoys meet in Riga and ships wait outside"
    assert read(f"Lake talks\n3 June 2025\n{told}\n\n{prose}").title == "Lake talks"
    assert read(f"Home\nWorld\nLake talks go on\n{prose}").title == "Lake talks go on"


def test_an_article_whose_end_is_torn_is_one() -> None:
    text = (
        "The two foreign ministers met in the harbour town on Monday and spoke for three hours."
        "“We shall meet again in May”, Minister Vogt told the reporters outside.lena@paper.example(END)"
    )
    draft = read_article(f"Ministers meet\n\n{text}\n", seen_at=SEEN_AT)
    assert (draft.title, len(draft.paragraphs)) == ("Ministers meet", 1)


def test_what_turns_the_order_of_reading_hides_no_sentence() -> None:
    told = "The envoys of three states left Lakeland on Monday after two days of talks."
    draft = read(f"\u202aEnvoys leave Lakeland\u202c\n\n\u2067{told}\u2069 \u202e{told}\u202c\n")
    assert draft.title == "Envoys leave Lakeland"
    assert texts(draft) == [f"{told} {told}"]


@pytest.mark.parametrize(
    "dateline",
    [
        "GENEVA, 2 March 2026 - ",
        "GENEVA, March 2, 2026 (Reuters) - ",
        "GENEVA (2 March 2026) – ",
        "Geneva, 2 Mar. 2026: ",
        "2 March 2026 – ",
        "ЖЕНЕВА, 2 марта 2026. /ТАСС/. ",
    ],
)
def test_a_dateline_with_its_year_dates_an_article(dateline: str) -> None:
    draft = read(
        f"Envoys meet\n\n{dateline}The envoys met for an hour on Monday to discuss the sea.\n"
    )

    assert texts(draft) == ["The envoys met for an hour on Monday to discuss the sea."]
    assert draft.published_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert draft.date_source == "text"


@pytest.mark.parametrize(
    ("stamp", "dateline"),
    [
        ("3 March 2026\n", "GENEVA, 2 March 2026 - "),
        ("Published: 3 March 2026\n", "GENEVA, March 2 - "),
    ],
)
def test_a_stamp_goes_before_a_dateline(stamp: str, dateline: str) -> None:
    text = f"{dateline}The envoys met for an hour on Monday to discuss the sea."

    draft = read(f"Envoys meet\n{stamp}\n{text}\n")

    assert draft.published_at == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize("dateline", ["GENEVA, March 2 (Reuters) - ", "GENEVA, March 2026 - "])
def test_a_dateline_without_its_year_or_day_dates_nothing(dateline: str) -> None:
    draft = read(
        f"Envoys meet\n\n{dateline}The envoys met for an hour on Monday to discuss the sea.\n"
    )

    assert (draft.published_at, draft.date_source) == (None, "first_seen")


def test_an_address_that_is_none_and_a_stamp_without_a_year_stay_unknown() -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on."
    draft = read(f"URL: https://[bad/\nUpdated: 3 March\n\nTalks go on in harbour\n\n{prose}")
    assert (draft.url, draft.modified_at, draft.date_source) == (None, None, "first_seen")
    assert draft.title == "Talks go on in harbour"


def test_hostile_files_cost_seconds_at_most() -> None:
    prose = "The ministers met again in the harbour on Monday and said that they would go on. "
    start = time.process_time()
    for text in (
        prose * 600,  # 50,000 characters in one line
        "".join(f"{at} {prose}\n" for at in range(3_000)),
        "Read next\n12:30\n" * 1_500 + prose,
        "A title\n" * 100_000 + prose,
        ("(" * 1000 + "\n") * 500 + prose,
        "#tag " * 20_000 + "\n" + prose,
        ("— a" * 5000 + "\n") * 20 + prose,
    ):
        try:
            read(text)
        except Unreadable as error:
            assert str(error)
    assert time.process_time() - start < 30
