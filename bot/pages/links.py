"""Addresses: where a sentence can be checked, and ways into the bot."""

from collections.abc import Callable

from digest.model.articles import Article, ArticleId

# Article, offset of the sentence -> its proof's address.
Link = Callable[[Article, int], str | None]


def proof_link(username: str) -> Link:
    """The address of a sentence's source: the article's own, or else its stored text at the sentence."""

    def link(article: Article, start: int) -> str | None:
        if article.url is not None:
            return article.url
        return text_link(username, article.id, start)

    return link


def text_link(username: str, article: ArticleId, start: int) -> str | None:
    """The address of an article's stored text at a sentence; None if the bot has no name."""
    return start_link(username, f"a_{article}_{start}") if username else None


def start_link(username: str, parameter: str) -> str:
    """An address that sends /start with a parameter to the bot."""
    return f"https://t.me/{username}?start={parameter}"
