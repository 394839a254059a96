"""The engine on files, row by row: for analysts, and for measuring. No database, no network."""

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from digest.errors import AttacheError, InputError
from digest.gather.children import Child
from digest.read.about import actors, topics
from digest.read.language import language
from digest.read.plain import as_they_stand, plain_sentences
from digest.read.speech.quotes import quotes
from digest.read.summary.methods import METHODS, summariser
from digest.read.summary.ordering import in_order
from digest.read.summary.summarise import choose_words
from digest.relate.days import Days
from digest.relate.duplicates import Duplicates, shingles
from digest.relate.profile import Profile, profile
from digest.relate.stories import Stories

from ..intake.gathering import Reads, here
from .engine_files import article_rows, feed_rows, page_rows
from .jsonl import Row, opened, parsed, refuse_same, text_of, text_or_none, whole, writable, write
from .moments import instant
from .progress import progress

Id = str | int
Places = Iterable[tuple[Id, Id]]  # an article and the story named by its first article
Rest = Callable[[], Iterable[Row]]  # what is left at the end
Part = tuple[Callable[[Row], Iterable[Row]], Rest]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says beside the files."""

    root: Path | None = None
    sentences: int | None = None
    words: int | None = None
    method: str = "attache"
    mode: str = "stream"
    reads: Reads = here


def run(what: str, source: str, target: str, options: Options) -> int:
    """Run one part on a file. Returns how many rows were skipped; each is named with number and reason."""
    if what not in _PARTS:
        raise InputError(f"{what!r} is no part of the engine; the parts are {', '.join(NAMES)}")
    refuse_same(source, target)
    root = options.root or (Path() if source == "-" else Path(source).parent)
    skipped = 0
    with ExitStack() as stack:
        child = stack.enter_context(closing(Child()))
        rows, rest = _PARTS[what](replace(options, reads=child), root)
        lines = opened(source, stack)
        out = stack.enter_context(writable(target))
        bar = stack.enter_context(progress())
        task = bar.add_task(what, total=None)
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found = rows(parsed(line))
            except (AttacheError, KeyError, TypeError, ValueError) as error:
                skipped += 1
                sys.stderr.write(f"line {number} skipped: {_reason(error)}\n")
            else:
                write(found, out)
            bar.update(task, description=f"{what}: {number} rows")
        write(rest(), out)
    return skipped


def _summarise(options: Options, _root: Path) -> Callable[[Row], Row]:
    if options.method not in METHODS:
        raise InputError(f"{options.method!r} is no method; the methods are {', '.join(METHODS)}")
    if options.words and options.method != "attache":
        raise InputError(
            "--method goes with --sentences; to a number of words only attache chooses"
        )
    if options.words and options.sentences:
        raise InputError("--sentences and --words both say how much; give one of them")

    def row(given: Row) -> Row:
        articles = _texts(given["articles"])
        # One of several articles has a title of its own, which the row does not tell.
        title = text_or_none(given, "title") or "" if len(articles) == 1 else ""
        documents = [plain_sentences(text, title=title) for text in articles]
        flat = [(text, at) for at, document in enumerate(documents) for text in document]
        spoken = language(" ".join(text for text, _ in flat[:20]))
        if options.words:
            chosen = choose_words(documents, options.words, language=spoken)
        else:
            chosen = summariser(options.method, spoken)(documents, options.sentences or 3)
        picked = [flat[at] for at in in_order(chosen, documents)]
        by_article = groupby(picked, key=itemgetter(1))
        return {
            "id": given["id"],
            "sentences": [
                sentence
                for at, group in by_article
                for sentence in as_they_stand([text for text, _ in group], articles[at])
            ],
            "from": [at for _, at in picked],
        }

    return row


def _relate(options: Options, _root: Path) -> Part:
    if options.mode not in _MODES:
        raise InputError(f"{options.mode!r} is no mode; the modes are {', '.join(_MODES)}")
    add, rest = _MODES[options.mode]()

    def rows(given: Row) -> Iterable[Row]:
        lang = text_or_none(given, "lang")
        looks = profile(text_or_none(given, "title") or "", text_of(given, "text"), lang)
        return _placed(add(given["id"], looks, _moment(given), lang))

    return rows, lambda: _placed(rest())


def _stream() -> tuple[Callable[..., Places], Callable[[], Places]]:
    """Each article is placed as it comes."""
    stories: Stories[str] = Stories()
    kept: Duplicates[int] = Duplicates()

    def add(key: Id, looks: Profile, at: datetime | None, lang: str | None) -> Places:
        original = kept.find(looks.shingles, at)
        placed = stories.place(looks.terms, at, lang, copy_of=original)
        story = str(key) if placed is None else placed
        member = stories.add(story, looks.terms, at, lang, copy_of=original)
        kept.add(member, looks.shingles, at)
        return ((key, story),)

    return add, tuple


def _digest() -> tuple[Callable[..., Places], Callable[[], Places]]:
    """Stories are weighed again at each day's end, and rows come out once they are final."""
    days: Days[Id] = Days()
    return days.add, days.rest


_MODES = {"stream": _stream, "digest": _digest}


def _placed(places: Places) -> tuple[Row, ...]:
    return tuple({"id": key, "story": str(story)} for key, story in places)


def _duplicates(_options: Options, _root: Path) -> Callable[[Row], Row]:
    kept: Duplicates[str] = Duplicates()

    def row(given: Row) -> Row:
        sampled, at = shingles(text_of(given, "text")), _moment(given)
        original = kept.find(sampled, at)
        kept.add(given["id"], sampled, at)
        return {"id": given["id"], "duplicate_of": original}

    return row


def _tag(_options: Options, _root: Path) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        text, title = text_of(given, "text"), text_or_none(given, "title") or ""
        spoken = language(f"{title}\n{text}") or "en"
        countries = actors.countries(text, title=title)
        tags = topics.tag(text, title=title, language=spoken, countries=countries)
        return {
            "id": given["id"],
            "relevance": round(tags.relevance, 4),
            "diplomatic": tags.is_diplomatic,
            "topics": [[topic.slug, round(topic.score, 4)] for topic in tags.topics],
            "countries": [country.code for country in countries],
            "people": [person.name for person in actors.people(text, title=title)],
        }

    return row


def _quotes(_options: Options, _root: Path) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        text, title = text_of(given, "text"), text_or_none(given, "title") or ""
        found = quotes(text, language=language(f"{title}\n{text}"), title=title)
        return {
            "id": given["id"],
            "quotes": [{"text": text[quote.start : quote.end], **asdict(quote)} for quote in found],
        }

    return row


def _clocked(
    part: Callable[..., Callable[[Row], Row]],
) -> Callable[[Options, Path], Callable[[Row], Row]]:
    """A part that judges dates by the time of its run."""
    return lambda options, root: part(options.reads, root, now=datetime.now(UTC))


def _each(
    part: Callable[[Options, Path], Callable[[Row], Row]],
) -> Callable[[Options, Path], Part]:
    """A part that gives one row for each row."""

    def made(options: Options, root: Path) -> Part:
        row = part(options, root)
        return lambda given: (row(given),), tuple

    return made


_PARTS: dict[str, Callable[[Options, Path], Part]] = {
    "summarise": _each(_summarise),
    "relate": _relate,
    "duplicates": _each(_duplicates),
    "tag": _each(_tag),
    "quotes": _each(_quotes),
    "extract": _each(_clocked(page_rows)),
    "feed": _each(_clocked(feed_rows)),
    "article": _each(_clocked(article_rows)),
}
NAMES = tuple(_PARTS)


def _moment(given: Row) -> datetime | None:
    date = text_or_none(given, "date")
    return instant(date, "UTC") if date else None


def _texts(articles: object) -> list[str]:
    if not isinstance(articles, list) or not all(isinstance(text, str) for text in articles):
        raise InputError("'articles' is no list of texts")
    return [whole(text) for text in articles]


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
