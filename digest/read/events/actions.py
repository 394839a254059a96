"""What a headline says that states do to one another: "Finland expels two Russian diplomats". Pure.

Only actions that an English headline states plainly, in the present or as announced: no questions, no
hearsay, nothing refused, doubted or merely possible. Headlines in other languages have no action yet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from ...model.articles import Action, NewArticle
from ..about.actors import LATEST
from ..about.lexicon import fold
from ..opinion import Thought, thought
from .ahead import day_of
from .frames import AND, Frame, Side, agents, announcers, any_of, doers, frames, happenings
from .signs import STATE, Named, Signed, signed

LONGEST = 200  # code points of a headline; what is longer is a sentence
# What a state does by words alone.
SAYS = frozenset({"accuse", "appeal", "condemn", "protest", "reject", "threaten", "warn"})
_TOGETHER = frozenset({"agree", "consult"})  # what states do with one another, not one to another
_BY_ENVOYS = _TOGETHER | {"mediate"}  # what officials do for their states
_GUARDED = frozenset({"threaten", "warn"})  # "if" is part of what they say
_STATELESS = frozenset({"bare", "quoted"})  # groups that name no state
_UNLED: tuple[Side, ...] = ("pairs", "passive")  # frames that do not begin with whoever acts

_STATE = re.compile(STATE)
_SEVERAL = re.compile(AND)
_BEHIND_STATE = re.compile(f"{STATE}('?)")
_POSSESSED = re.compile("'s?$")
_KINDS = {"person": "person", "place": "name"}
_QUOTED = re.compile("[\"“”«»„`]|(?<![\\w\ue000-\uf8ff])'")
_KICKER = re.compile(r"(?:[^:]{0,40} )?([^\s:]{1,40}): ")
_ASKED = re.compile(r"(?<=\w{3})[.!] (?!Or\b)[A-Z][^.!?]{0,80}\?$")
_COLON = re.compile(r":(?!\d)")
_ASIDE = re.compile(r" [-—|] (?:\S{1,40} ?){1,4}$")


def action_of(article: NewArticle) -> Action | None:
    """The action in the title of an English article; None for an opinion or analysis."""
    found = _stated(_read(article))
    return None if found and thought(article) else found  # asked last, as few titles state one


def deed_of(article: NewArticle, kind: Thought | None) -> tuple[Action | None, int]:
    """Its action, and how much its title tells of what states do. ``kind`` is the ``thought`` of the article.

    2 for an action that is more than words, 1 for a deed with or without another state in it ("Russian forces
    seize Crimea", "Cease-fire takes hold"), -1 where it tells how others take something; 0 for the rest, for
    opinions and analyses, and in other languages than English.
    """
    if kind is not None or article.title is None or article.language != "en":
        return None, 0
    read = _read(article)
    found = _stated(read)
    if found and found.slug not in SAYS:
        return found, 2
    if _reaction().search(fold(article.title)):
        return found, -1
    is_deed = not found and read and "?" not in article.title and _is_deed(read.text)
    return found, int(bool(is_deed))


def action(
    headline: str,
    *,
    countries: Iterable[str] = (),
    people: Iterable[str] = (),
    at: date | None = None,
) -> Action | None:
    """The action that a headline states plainly; None if anything about it is uncertain.

    ``countries`` (codes) and ``people`` (names) are those of its article; only for these are ambiguous
    phrases and bare surnames understood. ``at`` is the day on which offices are looked up.
    """
    return _stated(_headline(headline, set(countries), set(people), at or LATEST))


def _read(article: NewArticle) -> Signed | None:
    if article.title is None or article.language != "en":
        return None
    people = {person.name for person in article.people}
    return _headline(article.title, set(article.countries), people, day_of(article) or LATEST)


def _headline(headline: str, countries: set[str], people: set[str], day: date) -> Signed | None:
    """What it tells, with signs for the states; None if it asks, or is a sentence."""
    told = _ASKED.sub("", headline[: LONGEST + 1])  # "Xi arrives in India. Can they agree?"
    if len(headline) > LONGEST or "?" in told:
        return None
    return signed(told, countries=countries, people=people, day=day)


def _stated(read: Signed | None) -> Action | None:
    if read is None or len({one.code for one in read.named}) < 2:
        return None
    start = _opening(read.text)
    if start is None:
        return None
    read = _of_own(read, start)
    return None if _matcher("doubts").search(read.text) else next(_told(read, start), None)


def _is_deed(told: str) -> bool:
    start = _opening(told)
    if start is None or _matcher("doubts").search(told):
        return False
    acts = doers().match(told, start)
    return _is_verb(acts) or happenings().match(told, start) is not None


def _is_verb(acts: re.Match[str] | None) -> bool:
    """Whether what whoever acts does is a verb: of one who acts no bare form is, as in "Russia seize"."""
    if acts is None:
        return False
    return not acts["does"] or _SEVERAL.search(acts["by"]) is not None or acts["by"].endswith("s")


def _of_own(read: Signed, start: int) -> Signed:
    """The headline with a state's announcement about itself as done: "Trump says US to" is "Trump will"."""
    own = announcers().match(read.text, start)
    if own is None or not _is_one(read, own["by"], own["itself"]):
        return read
    verb = "will" if own["will"] else "is"
    return replace(read, text=f"{read.text[: own.end('by')]} {verb}{read.text[own.end() :]}")


def _is_one(read: Signed, by: str, itself: str | None) -> bool:
    """Whether who announces and who is to act are the same state."""
    return itself is None or len({one.code for one in read.of(by + itself)}) == 1


def _opening(text: str) -> int | None:
    """Where the headline begins, after its kicker; None if a colon or an aside attributes it to somebody."""
    kicker = _KICKER.match(text)
    start = kicker.end() if kicker else 0
    if kicker and not _matcher("kickers").fullmatch(kicker[1]):
        return None
    told = _COLON.search(text, start) or _ASIDE.search(text) or _teller().search(text)
    return None if told else start


def _told(read: Signed, start: int) -> Iterator[Action]:
    """What the frames say that fit the headline from a place on."""
    acting = agents().match(read.text, start)
    if acting:
        for side in _sides(read, acting["by"]):
            yield from _fitting(read, side, acting.end(), acting["by"])
    for side in _UNLED:
        yield from _fitting(read, side, start, "")


def _sides(read: Signed, by: str) -> Iterator[Side]:
    """Which frames may follow the state that acts."""
    units = _SEVERAL.split(by)
    hold_office = all(_is_office(read, unit) for unit in units) or _shares_office(units[-1])
    yield "acts"
    if hold_office:
        yield from ("persons", "places")
    if len(units) > 1:
        yield "joint"
    if len(units) > 1 and hold_office:
        yield "meetings"


def _is_office(read: Signed, unit: str) -> bool:
    """Whether a state is named by an office, or by somebody who holds one."""
    is_person = any(one.kind == "person" for one in read.of(unit))
    return is_person or _matcher("offices", "envoys").search(unit) is not None


def _fitting(read: Signed, side: Side, start: int, by: str) -> Iterator[Action]:
    for frame in frames(side):
        fits = frame.pattern.match(read.text, start)
        if fits and _is_plain(read, frame, fits, by):
            said = {"by": by, **fits.groupdict()}
            yield from _certain(
                read, frame.slug, {name: part for name, part in said.items() if part}
            )


def _is_plain(read: Signed, frame: Frame, fits: re.Match[str], by: str) -> bool:
    """Whether nothing speaks against a frame: no quotation, no condition, no clerk, no noun like the verb."""
    if _is_quoted(read.text, fits):
        return False
    if frame.slug not in _GUARDED and _matcher("conditions").search(read.text):
        return False
    if frame.slug not in _BY_ENVOYS and _matcher("envoys").search(by):
        return False
    is_plural = _SEVERAL.search(by) is not None or by.endswith("s")
    return is_plural or not fits.groupdict().get("bare")


def _is_quoted(text: str, fits: re.Match[str]) -> bool:
    """Whether a quotation begins before a frame ends, other than one that is part of the frame."""
    told = fits.groupdict().get("quoted") or ""
    return _QUOTED.search(text[: fits.end()].replace(told, "", 1)) is not None


def _certain(read: Signed, slug: str, groups: Mapping[str, str]) -> Iterator[Action]:
    """The action, if each state in it is certain and none stands on both sides."""
    found = {
        name: _meant(read, name, part) for name, part in groups.items() if name not in _STATELESS
    }
    if None in found.values():
        return
    by = found.pop("by", None) or found.pop("theirs_by", None) or ()
    to = tuple(dict.fromkeys(code for codes in found.values() for code in codes or ()))
    together = tuple(dict.fromkeys((*by, *to)))
    if slug in _TOGETHER and len(together) > 1:
        yield Action(slug, together)
    if slug not in _TOGETHER and by and to and len(together) == len(by) + len(to):
        yield Action(slug, by, to)


def _meant(read: Signed, group: str, text: str) -> tuple[str, ...] | None:
    """The states in a group of a frame, each once; None if one is uncertain or not named as required."""
    codes = tuple(dict.fromkeys(one.code for one in read.of(text)))
    known = tuple(code for code in codes if code)
    return known if known == codes and _is_as_asked(read, group, text) else None


def _is_as_asked(read: Signed, group: str, text: str) -> bool:
    """Whether states are named in the way that the group of a frame requires."""
    match group:
        case "theirs" | "theirs_by" | "pair":
            return True
        case "owner":
            return all(map(_owns, read.of(text), _BEHIND_STATE.findall(text)))
        case "person" | "place" if read.of(text)[-1].kind != _KINDS[group]:
            return False
    units = _SEVERAL.split(text)
    shared = len(units) > 1 and _shares_office(units[-1])
    return all(_is_as_such(read, unit, is_shared=shared) for unit in units)


def _owns(one: Named, behind: str) -> bool:
    """Whether what follows belongs to the state: not so in "Paris attack" or "Iraq bombing"."""
    return one.kind != "name" or one.is_short or behind.startswith("'")


def _shares_office(unit: str) -> bool:
    """Whether the office after the last state is meant of all: "US and Iranian officials"."""
    return unit.endswith("s") and _matcher("offices", "envoys").search(unit) is not None


def _is_as_such(read: Signed, unit: str, *, is_shared: bool) -> bool:
    """Whether the state itself is named, not something of it: no "Russian", no "Russia's"."""
    named = read.of(unit)
    is_alone = len(named) == 1 and _STATE.fullmatch(unit[-1]) is not None
    is_people = is_alone and named[0].kind == "people" and not is_shared
    return len({one.code for one in named}) == 1 and not is_people and not _POSSESSED.search(unit)


@cache
def _matcher(*names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(*names)})\b")


@cache
def _teller() -> re.Pattern[str]:
    return re.compile(rf", (?:\S{{1,40}} ){{0,5}}(?:{any_of('tellers')})\W*$")


@cache
def _reaction() -> re.Pattern[str]:
    onlookers, reactions = any_of("onlookers"), any_of("reactions")
    return re.compile(rf"^(?:\S+ ){{0,2}}(?:{onlookers})\b|\b(?:{reactions})\b")
