"""Where new articles belong: the memory of the last days behind one decision per article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..model import Article, ArticleId, Known, NewArticle, Placed
from .duplicates import Duplicates, shingles
from .stories import Stories
from .vectors import terms_of


@dataclass(frozen=True, slots=True)
class _Pending:
    key: str
    member: int


class Relater:
    """Stories and near-duplicates of the window; one writer, rebuilt from the store at start."""

    def __init__(self, stored: Iterable[Article] = ()) -> None:
        self._stories: Stories[int] = Stories()
        self._duplicates: Duplicates[str] = Duplicates()
        self._ids: dict[str, ArticleId] = {}
        self._pending: list[_Pending] = []
        self._temporary = 0
        for article in stored:
            self._remember(article)

    def place(
        self, articles: Sequence[NewArticle], known: Mapping[str, Known]
    ) -> tuple[Placed, ...]:
        """Each article with its story and the article it repeats, in order.

        A revision stays in the story of its article. ``settle`` must follow once the batch is
        stored; if it was not, throw the relater away.
        """
        placed: list[Placed] = []
        index = {article.key: at for at, article in enumerate(articles)}
        for article in articles:
            old = known.get(article.key)
            if old is not None and old.story is not None:
                placed.append(Placed(article, old.story))
            else:
                placed.append(self._place(article, placed, index))
        return tuple(placed)

    def settle(self, stored: Mapping[str, Known]) -> None:
        """Take over the ids that the store gave to the batch, by key."""
        for pending in self._pending:
            found = stored[pending.key]
            self._ids[pending.key] = found.id
            if found.story is not None:
                self._stories.rename(pending.member, found.story)
        self._pending.clear()

    def _place(
        self, article: NewArticle, batch: Sequence[Placed], index: Mapping[str, int]
    ) -> Placed:
        at = moment(article)
        terms, sampled = terms_of(article), shingles(article.text)
        original = self._duplicates.find(sampled, at)
        story = self._stories.place(terms, at, article.language)
        if story is None:
            self._temporary -= 1
            story = self._temporary
        self._pending.append(
            _Pending(article.key, self._stories.add(story, terms, at, article.language))
        )
        self._duplicates.add(article.key, sampled, at)
        return Placed(article, story, self._id_of(original, index))

    def _id_of(self, key: str | None, index: Mapping[str, int]) -> ArticleId | int | None:
        if key is None:
            return None
        return self._ids[key] if key in self._ids else -1 - index[key]

    def _remember(self, article: Article) -> None:
        at = moment(article)
        if article.story is not None:
            self._stories.add(article.story, terms_of(article), at, article.language)
        self._duplicates.add(article.key, shingles(article.text), at)
        self._ids[article.key] = article.id


def moment(article: NewArticle) -> datetime:
    """When the article belongs in the stream: published where known, else first seen."""
    return article.published_at or article.modified_at or article.first_seen_at
