"""How right the actions are that headlines are said to state, and how many of them are found.

Labels by hand, see actions.toml. The tuning half, by the title, was looked at while the frames were
written; the other was read once, when they stood. Few headlines of these corpora state an action between
states, so the gate holds the precision of both halves together.
"""

import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from digest.gather.drafts import entry_drafts
from digest.model.articles import Action
from digest.read.about.actors import countries, people
from digest.read.article import join
from digest.read.events.actions import action

from .command import command
from .gathering import read_case, rows
from .halves import CORPORA, is_tuning
from .tagging import is_wanted

_LABELS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["actions"]
_FEEDS = tuple(
    f"real200:{name}" for name in ("0c1cef22da7ddc10", "14dda539770f94e3", "1796df62c4a287cc")
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, the action that readers find in it, and what is needed to read one."""

    id: str
    title: str
    states: tuple[str, ...]
    known: tuple[str, ...]
    day: date | None

    @property
    def wanted(self) -> str:
        """As "expel FI > RU"; empty for none."""
        return str(_LABELS.get(self.id, ""))

    @property
    def found(self) -> str:
        """The same, by the engine."""
        one = action(self.title, countries=self.states, people=self.known, at=self.day)
        return _written(one) if one else ""


@cache
def headlines() -> tuple[Headline, ...]:
    """Each title of the corpora once."""
    return tuple({one.title: one for one in reversed(tuple(_all()))}.values())


def scores(judged: Sequence[Headline]) -> tuple[float, float, int]:
    """Precision and recall, 0..1, and of how many that are found."""
    said = [(one.found, one.wanted) for one in judged]
    found = sum(bool(ours) for ours, _ in said)
    right = sum(bool(ours) and ours == theirs for ours, theirs in said)
    return right / max(1, found), right / max(1, sum(bool(theirs) for _, theirs in said)), found


def figures() -> dict[str, float]:
    """What the gate guards, x 100."""
    precision, recall, _ = scores(headlines())
    return {"actions.precision": 100 * precision, "actions.recall": 100 * recall}


def microseconds() -> float:
    """What one headline takes."""
    started = time.process_time()
    for one in headlines():
        _ = one.found
    return (time.process_time() - started) / len(headlines()) * 1e6


def _written(one: Action) -> str:
    by, to = " ".join(one.by), " ".join(one.to)
    return f"{one.slug} {by} > {to}" if to else f"{one.slug} {by}"


def _all() -> Iterator[Headline]:
    for name in ("topics/allsides", "stories/ecbplus", "stories/wikinews_clean"):
        for row in rows(CORPORA / f"{name}.jsonl"):
            yield _headline(row["id"], row["title"], row["text"], _day(row["date"]))
    for row in rows(CORPORA / "feeds" / "cases.jsonl"):
        yield from _of_feed(row) if row["id"] in _FEEDS else ()


def _of_feed(row: dict[str, Any]) -> Iterator[Headline]:
    for place, draft in enumerate(entry_drafts(read_case(row), outlet=None)):
        day = draft.published_at.date() if draft.published_at else None
        text, _ = join(draft.paragraphs)
        yield _headline(f"{row['id']} {place}", draft.title or "", text, day)


def _headline(name: str, title: str, text: str, day: date | None) -> Headline:
    states = tuple(one.code for one in countries(text, title=title, at=day))
    known = tuple(one.name for one in people(text, title=title, at=day))
    return Headline(name, title, states, known, day)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _report() -> Iterator[str]:
    for name, tuning in (("tuning half", True), ("other half", False)):
        half = [one for one in headlines() if is_tuning(one.title) is tuning]
        precision, recall, found = scores(half)
        yield f"{name:12} right {100 * precision:.1f} % of {found}, found {100 * recall:.1f} %"
    wanted = [one for one in headlines() if is_wanted(one.id)]
    share = sum(bool(one.found) for one in wanted) / len(wanted)
    yield f"of 100 headlines of diplomacy {100 * share:.1f} have one"
    yield f"microseconds a headline {microseconds():.0f}"
    for one in headlines():
        if one.found != one.wanted:
            yield f"  {one.id}: {one.found or 'none'}, not {one.wanted or 'none'}"


if __name__ == "__main__":
    command(__doc__).parse_args()
    for line in _report():
        sys.stdout.write(line + "\n")
