"""The sentences of a text that nobody has gathered: cleaned and split as an article's are."""

from ..gather.clean import clean_paragraphs
from .language import language
from .sentences import split


def plain_sentences(text: str, *, title: str = "") -> tuple[str, ...]:
    """Sentences of a text in lines, without headings and without what speaks of its page.

    ``title`` helps to find where it stands in the text once more. The language of both says how the
    text is split.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    paragraphs = [
        each.text for each in clean_paragraphs(lines, title=title).paragraphs if each.kind == "p"
    ]
    spoken = language(f"{title}\n{text}")
    return tuple(
        paragraph[span.start : span.end]
        for paragraph in paragraphs
        for span in split(paragraph, spoken)
    )
