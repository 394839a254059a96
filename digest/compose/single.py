"""The best sentences of one article, outside of any story."""

from ..model.articles import NewArticle, Span
from ..read.summary.methods import summariser


def best_sentences(article: NewArticle, count: int = 3) -> tuple[Span, ...]:
    """At most ``count`` of the article's sentences, as they stand in its text and in its order."""
    texts = [article.text[span.start : span.end] for span in article.sentences]
    chosen = summariser("attache", article.language)([texts], count) if texts else ()
    return tuple(article.sentences[at] for at in sorted(chosen))
