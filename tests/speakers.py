"""The quotations of a text, and who says them."""

from datetime import date

from digest.model.articles import Quote
from digest.read.speech.quotes import quotes

LAVROV = "Russian Foreign Minister Sergei Lavrov met the press in Vienna. "
OTHERS = (  # whom a pronoun may mean as well
    "Eva Bartok, Ivo Hus, Ada Hus and Paul Bartok stayed in Graz. "
    "Ten days went by. It rained. Then it did not. "
)


def speakers(text: str, language: str = "en") -> list[str]:
    return [quote.speaker for quote in quotes(text, language=language)]


def only(text: str, *, at: date | None = None, title: str = "", language: str = "en") -> Quote:
    (quote,) = quotes(text, at=at, title=title, language=language)
    return quote
