"""Who said what, over many articles: the quote board. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.articles import Article, Quote
from ..model.stories import moment
from ..relate.novelty import trace


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation and the article it stands in."""

    article: Article
    quote: Quote

    @property
    def text(self) -> str:
        """Word for word, with its marks."""
        return self.article.text[self.quote.start : self.quote.end]


def said(articles: Iterable[Article]) -> tuple[Said, ...]:
    """Every quotation in ``articles``, of the latest article first; equal words of a speaker once.

    The text that others have copied counts before its copies.
    """
    latest = sorted(
        articles,
        key=lambda article: (article.duplicate_of is None, moment(article), article.id),
        reverse=True,
    )
    found: dict[tuple[str, str], Said] = {}
    for article in latest:
        for quote in article.quotes:
            one = Said(article, quote)
            found.setdefault((quote.speaker, trace(one.text)), one)
    return tuple(found.values())
