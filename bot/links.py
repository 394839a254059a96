"""Where the proof of a sentence is."""

from collections.abc import Callable

from digest.model import Article


def proof_link(username: str) -> Callable[[Article, int], str | None]:
    """The address of a sentence's source: the article's own, else its stored text at the sentence."""

    def link(article: Article, start: int) -> str | None:
        if article.url is not None:
            return article.url
        return f"https://t.me/{username}?start=a_{article.id}_{start}" if username else None

    return link
