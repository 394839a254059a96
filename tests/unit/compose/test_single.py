"""One article told by itself."""

from digest.compose.single import best_sentences
from tests.articles import new_article
from tests.documents import TALKS


def test_an_article_is_told_in_its_own_sentences_and_order() -> None:
    article = new_article(
        "a", " ".join([*TALKS, "He left.", "The envoys of Kenya stayed in Geneva."])
    )
    spans = best_sentences(article)
    assert spans == tuple(sorted(spans, key=lambda span: span.start))
    assert len(spans) == 3
    assert set(spans) <= set(article.sentences)


def test_an_article_without_sentences_is_not_told() -> None:
    assert best_sentences(new_article("a", "", sentences=())) == ()
