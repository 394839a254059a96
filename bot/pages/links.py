"""Where the proof of a sentence is."""

from collections.abc import Callable

from digest.model.articles import Article

Link = Callable[
    [Article, int], str | None
]  # article, offset of the sentence -> its proof's address


def proof_link(username: str) -> Link:
    """The address of a sentence's source: the article's own, else its stored text at the sentence."""

    def link(article: Article, start: int) -> str | None:
        if article.url is not None:
            return article.url
        return f"https://t.me/{username}?start=a_{article.id}_{start}" if username else None

    return link
