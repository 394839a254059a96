"""Who said what, over many articles: what /quotes shows. Pure."""

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
        """The words of the quotation, with their quotation marks."""
        return self.article.text[self.quote.start : self.quote.end]


def said(articles: Iterable[Article]) -> tuple[Said, ...]:
    """Every quotation in ``articles``, the latest article first; the same words of one speaker only once.

    Originals are taken before copies.
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
