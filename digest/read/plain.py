"""The sentences of a text that nobody has gathered: cleaned and split as an article's are."""

from ..gather.clean import clean_paragraphs
from ..gather.layout import lines_of
from .language import language
from .sentences import split
from .voices import own


def plain_sentences(text: str, *, title: str = "") -> tuple[str, ...]:
    """Sentences of a text in lines, without headings and without what speaks of its page.

    ``title`` helps to find where it stands in the text once more. The language of both says how the
    text is split.
    """
    spoken = language(f"{title}\n{text}")
    paragraphs = clean_paragraphs(lines_of(text), title=title).paragraphs
    texts = (paragraphs[at].text for at in own(paragraphs, language=spoken))
    return tuple(each[span.start : span.end] for each in texts for span in split(each, spoken))
