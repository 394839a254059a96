"""What is known of one article before its quotations are given speakers: sentences, names, offices."""

from dataclasses import dataclass
from datetime import date

from ..about.actors import states_named
from .bounds import Bounds
from .marked import Marked
from .names import Names
from .offices import Offices
from .people import People
from .subjects import Subjects


@dataclass(frozen=True, slots=True)
class Reading:
    """What is found out about one article before anybody is said to speak in it."""

    text: str
    found: Marked
    bounds: Bounds
    names: Names
    people: People
    offices: Offices
    subjects: Subjects


def read(text: str, found: Marked, *, title: str, day: date) -> Reading:
    """The article with its title, read; the day decides who holds which office."""
    names = Names(text, states_named(text, day))
    people = People(text, names, title=title, day=day)
    bounds = Bounds(text, found.spans)
    return Reading(
        text=text,
        found=found,
        bounds=bounds,
        names=names,
        people=people,
        offices=Offices(text, names, people),
        subjects=Subjects(text, bounds, names, people),
    )
