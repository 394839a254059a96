"""A gathered draft becomes an article with offsets into its stored text."""

from datetime import UTC, datetime

from bot.intake.reread import drop_caches
from digest.model.gathered import Draft, Paragraph
from digest.model.sources import Outlet
from digest.read.about import gazetteer
from digest.read.article import join, read
from digest.read.jobs import prepare

SEEN = datetime(2026, 2, 10, 12, tzinfo=UTC)
BODY = (
    Paragraph(
        "p", "Turkey and Ukraine extended the grain corridor on Feb. 9. Ships may sail again."
    ),
    Paragraph("heading", "What remains open"),
    Paragraph(
        "p",
        "Foreign Minister Sergey Lavrov of Russia said in Moscow that sanctions must be lifted.",
    ),
)


def draft(**changes: object) -> Draft:
    known: dict[str, object] = {"title": "Grain corridor extended", "paragraphs": BODY}
    return Draft(**(known | changes))  # type: ignore[arg-type]


def test_offsets_are_of_the_stored_text_and_headings_are_no_sentences() -> None:
    article = read(draft(), first_seen_at=SEEN)

    cut = [article.text[span.start : span.end] for span in article.sentences]
    assert cut[0] == "Turkey and Ukraine extended the grain corridor on Feb. 9."
    assert "What remains open" not in " ".join(cut)
    assert [article.text[span.start : span.end] for span in article.headings] == [
        "What remains open"
    ]


def test_a_numbered_communique_is_told_without_its_numbers() -> None:
    said = ("met on Monday.", "agreed on a truce. It is the third.", "shall meet again.")
    numbered = tuple(
        Paragraph("p", f"{n}. The ministers of the two states {words}")
        for n, words in enumerate(said, 9)
    )

    def told(paragraphs: tuple[Paragraph, ...], *, official: bool = True) -> list[str]:
        outlet = Outlet("Council", official=official)
        article = read(draft(outlet=outlet, paragraphs=paragraphs), first_seen_at=SEEN)
        return [article.text[span.start : span.end] for span in article.sentences]

    assert told((BODY[0], *numbered))[1:4] == [
        "Ships may sail again.",
        "The ministers of the two states met on Monday.",
        "The ministers of the two states agreed on a truce.",
    ]
    assert told(numbered, official=False)[0].startswith("9. ")
    assert told(numbered[:2])[0].startswith("9. ")


def test_what_it_is_about_is_read() -> None:
    article = read(draft(), first_seen_at=SEEN)

    assert article.language == "en"
    assert {"TR", "UA", "RU"} <= set(article.countries)
    assert [person.name for person in article.people] == ["Sergey Lavrov"]


def test_who_said_what_is_read_with_its_place() -> None:
    said = "“The corridor will stay open for now,” Foreign Minister Sergey Lavrov of Russia said."
    article = read(draft(paragraphs=(Paragraph("p", said),)), first_seen_at=SEEN)

    (quote,) = article.quotes
    assert article.text[quote.start : quote.end] == "“The corridor will stay open for now,”"
    assert quote.speaker == "Sergey Lavrov"


def test_an_address_is_the_identity_in_its_canonical_form() -> None:
    one = read(draft(url="https://Paper.example/a?utm_source=x"), first_seen_at=SEEN)
    other = read(draft(url="https://paper.example/a", title="Another"), first_seen_at=SEEN)

    assert one.key == other.key
    assert one.fingerprint != other.fingerprint


def test_without_an_address_the_words_are_the_identity() -> None:
    one = read(draft(file="a.txt"), first_seen_at=SEEN)
    other = read(draft(file="b.txt", outlet=Outlet("The Paper")), first_seen_at=SEEN)

    assert one.key == other.key


def test_an_undated_text_that_names_a_near_day_proves_its_age() -> None:
    assert read(draft(), first_seen_at=SEEN).date_source == "text"
    assert read(draft(paragraphs=BODY[2:]), first_seen_at=SEEN).date_source == "first_seen"
    dated = read(draft(published_at=SEEN, date_source="feed"), first_seen_at=SEEN)
    assert dated.date_source == "feed"


def test_the_language_of_the_source_counts_where_the_text_is_too_short() -> None:
    short = read(draft(title=None, paragraphs=(), language="fr"), first_seen_at=SEEN)

    assert (short.language, short.text, short.sentences) == ("fr", "", ())


def test_paragraphs_are_joined_by_an_empty_line() -> None:
    text, spans = join((Paragraph("p", "One."), Paragraph("p", "Two.")))

    assert text == "One.\n\nTwo."
    assert [text[span.start : span.end] for span in spans] == ["One.", "Two."]


def test_what_reading_needs_is_loaded_beforehand() -> None:
    drop_caches()
    prepare()
    assert gazetteer.aliases.cache_info().currsize == 1
