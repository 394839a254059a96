"""The engine on files, row by row: for analysts, and for measuring. No database, no network."""

import gzip
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from digest.errors import AttacheError, InputError
from digest.gather.articlefile import read_article
from digest.gather.clean import clean_paragraphs
from digest.gather.extract import extract_page
from digest.gather.feeds import in_full, parse_feed
from digest.gather.files import decode, read_bytes
from digest.model import Draft
from digest.read import actors, topics
from digest.read.language import language
from digest.read.sentences import split
from digest.read.summarise import METHODS, choose_words, summariser
from digest.relate.duplicates import Duplicates, shingles
from digest.relate.stories import Stories
from digest.relate.vectors import terms

Row = dict[str, Any]
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the time of rows without a date, all alike


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says beside the files."""

    root: Path | None = None
    sentences: int | None = None
    words: int | None = None
    method: str = "attache"
    mode: str = "stream"


def run(what: str, source: str, target: str, options: Options) -> int:
    """How many rows were skipped; each is named on standard error with its number and the reason."""
    if what not in _PARTS:
        raise InputError(f"{what!r} is no part of the engine; the parts are {', '.join(NAMES)}")
    root = options.root or (Path() if source == "-" else Path(source).parent)
    part = _PARTS[what](options, root)
    skipped = 0
    with ExitStack() as stack:
        lines = _opened(source, stack)
        out = sys.stdout if target == "-" else stack.enter_context(_writable(target))
        progress = stack.enter_context(_progress())
        task = progress.add_task(what, total=None)
        for number, line in enumerate(lines, 1):
            try:
                row = part(_parsed(line))
            except (AttacheError, KeyError, TypeError, ValueError) as error:
                skipped += 1
                sys.stderr.write(f"line {number} skipped: {_reason(error)}\n")
            else:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            progress.update(task, description=f"{what}: {number} rows")
    return skipped


def _summarise(options: Options, _root: Path) -> Callable[[Row], Row]:
    if options.method not in METHODS:
        raise InputError(f"{options.method!r} is no method; the methods are {', '.join(METHODS)}")

    def row(given: Row) -> Row:
        documents = [_sentences(_text(article)) for article in given["articles"]]
        flat = [(text, at) for at, document in enumerate(documents) for text in document]
        spoken = language(" ".join(text for text, _ in flat[:20]))
        if options.words:
            chosen = choose_words(documents, options.words, language=spoken)
        else:
            chosen = summariser(options.method, spoken)(documents, options.sentences or 3)
        picked = [flat[at] for at in sorted(chosen)]
        return {
            "id": given["id"],
            "sentences": [text for text, _ in picked],
            "from": [at for _, at in picked],
        }

    return row


def _relate(options: Options, _root: Path) -> Callable[[Row], Row]:
    if options.mode != "stream":
        raise InputError(f"{options.mode!r} is no mode; the mode is stream")
    stories: Stories[str] = Stories()

    def row(given: Row) -> Row:
        found = terms(given.get("title"), _text(given["text"]), given.get("lang"))
        at = _moment(given)
        story = stories.place(found, at, given.get("lang")) or str(given["id"])
        stories.add(story, found, at, given.get("lang"))
        return {"id": given["id"], "story": story}

    return row


def _duplicates(_options: Options, _root: Path) -> Callable[[Row], Row]:
    kept: Duplicates[str] = Duplicates()

    def row(given: Row) -> Row:
        sampled, at = shingles(_text(given["text"])), _moment(given) or _EPOCH
        original = kept.find(sampled, at)
        kept.add(given["id"], sampled, at)
        return {"id": given["id"], "duplicate_of": original}

    return row


def _tag(_options: Options, _root: Path) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        text, title = _text(given["text"]), _text(given.get("title") or "")
        countries = actors.countries(text, title=title)
        tags = topics.tag(text, title=title, countries=countries)
        return {
            "id": given["id"],
            "relevance": round(tags.relevance, 4),
            "diplomatic": tags.is_diplomatic,
            "topics": [[topic.slug, round(topic.score, 4)] for topic in tags.topics],
            "countries": [country.code for country in countries],
            "people": [person.name for person in actors.people(text, title=title)],
        }

    return row


def _extract(_options: Options, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        data = read_bytes(root / given["html"])
        if given["html"].endswith(".gz"):
            data = gzip.decompress(data)
        draft = extract_page(data, url=given.get("url"), seen_at=now)
        return {
            "id": given["id"],
            "title": draft.title,
            "text": "\n".join(paragraph.text for paragraph in draft.paragraphs),
            "published_at": _iso(draft.published_at),
            "authors": [draft.byline] if draft.byline else [],
            "language": draft.language,
        }

    return row


def _feed(_options: Options, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        media_type, charset = _content_type(given.get("headers") or {})
        try:
            base = given.get("base_url") or ""
            read = parse_feed(
                read_bytes(root / given["file"]),
                url=base,
                media_type=media_type,
                charset=charset,
                seen_at=now,
            )
            feed = in_full(read, url=base)
        except AttacheError as error:
            return {"id": given["id"], "ok": False, "error": str(error), "feed": None, "items": []}
        return {
            "id": given["id"],
            "ok": True,
            "error": None,
            "feed": {"title": feed.title, "link": feed.url},
            "items": [
                {
                    "title": entry.title,
                    "link": entry.url,
                    "id": entry.id,
                    "published": _iso(entry.published_at),
                    "updated": _iso(entry.updated_at),
                    "summary": entry.summary,
                    "content": entry.content,
                }
                for entry in feed.entries
            ],
        }

    return row


def _article(_options: Options, root: Path, *, now: datetime) -> Callable[[Row], Row]:
    def row(given: Row) -> Row:
        draft = read_article(
            decode(read_bytes(root / given["file"])), file=given["file"], seen_at=now
        )
        return {"id": given["id"], **_draft(draft)}

    return row


def _draft(draft: Draft) -> Row:
    text = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    return {
        "title": draft.title,
        "byline": draft.byline,
        "outlet": draft.outlet.name if draft.outlet else None,
        "kicker": draft.kicker,
        "dateline": draft.dateline,
        "published_at": _iso(draft.published_at),
        "modified_at": _iso(draft.modified_at),
        "date_source": draft.date_source,
        "language": language(text) or draft.language,
        "paragraphs": [
            {"type": paragraph.kind, "text": paragraph.text} for paragraph in draft.paragraphs
        ],
        "removed": list(draft.removed),
    }


def _clocked(
    part: Callable[..., Callable[[Row], Row]],
) -> Callable[[Options, Path], Callable[[Row], Row]]:
    """A part that judges dates by the time of its run."""
    return lambda options, root: part(options, root, now=datetime.now(UTC))


_PARTS: dict[str, Callable[[Options, Path], Callable[[Row], Row]]] = {
    "summarise": _summarise,
    "relate": _relate,
    "duplicates": _duplicates,
    "tag": _tag,
    "extract": _clocked(_extract),
    "feed": _clocked(_feed),
    "article": _clocked(_article),
}
NAMES = tuple(_PARTS)


def _sentences(text: str) -> list[str]:
    """Sentences of a cleaned text, without what speaks of its page."""
    cleaned = clean_paragraphs([line for line in text.splitlines() if line.strip()], title=None)
    found = (
        paragraph.text[span.start : span.end]
        for paragraph in cleaned.paragraphs
        if paragraph.kind == "p"
        for span in split(paragraph.text)
    )
    return list(found)


def _opened(source: str, stack: ExitStack) -> Iterable[str]:
    if source == "-":
        return sys.stdin
    try:
        return stack.enter_context(Path(source).open(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}") from error


def _writable(target: str) -> IO[str]:
    try:
        return Path(target).open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}") from error


def _parsed(line: str) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict) or "id" not in row:
        raise InputError("it is no JSON object with an id")
    return row


def _text(value: object) -> str:
    """The text of a row; unpaired surrogates, which no file can hold, are replaced."""
    if not isinstance(value, str):
        raise InputError("a text is missing")
    return value.encode("utf-8", "replace").decode("utf-8")


def _moment(given: Row) -> datetime | None:
    if not given.get("date"):
        return None
    found = datetime.fromisoformat(given["date"])
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _content_type(headers: dict[str, str]) -> tuple[str | None, str | None]:
    """Media type and charset as the headers to assume declare them."""
    found = {name.lower(): value for name, value in headers.items()}.get("content-type", "")
    media_type, _, parameters = found.partition(";")
    _, _, charset = parameters.partition("charset=")
    return media_type.strip().lower() or None, charset.split(";")[0].strip(" \"'") or None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
