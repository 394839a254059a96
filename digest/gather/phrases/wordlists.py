"""The phrases of ``seeds/lines.toml``: lists of labels, and patterns."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ...errors import InputError
from .folding import label
from .notation import expression, whole_words

TABLE = "lines.toml"
_LABELS = frozenset(  # lists of which each phrase is compared with a whole line or word
    """
    cities widgets comments furniture claims given lead_ins kickers sharing networks homes common
    title_fields outlet_fields url_fields legal no_towns in_dates months
    """.split()
)
_PATTERNS = frozenset(
    """
    begins holds whole ends teasers more also prompts media you pleas appeals reach posted
    entries appeared counted counters reading about minutes read ago hours zones modified published
    by authors roles captions notices voice own_voice shared callings
    """.split()
)
Table = Mapping[str, Mapping[str, str]]  # lists by language and name


@cache
def phrases(*names: str) -> frozenset[str]:
    """The phrases of these lists, folded as a line is, so that both agree on dots and capitals."""
    return frozenset(label(phrase) for name in names for phrase in _listed(_table(), name))


@cache
def by_language(name: str) -> Mapping[str, frozenset[str]]:
    """The phrases of a list by language, in the table's order, folded; only languages that have it."""
    lists = {code: _listed({code: lists}, name) for code, lists in _table().items()}
    return {code: frozenset(map(label, found)) for code, found in lists.items() if found}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern for any phrase of the list as whole words."""
    return re.compile(whole_words(_listed(_table(), name)))


@cache
def wording(name: str) -> str:
    """An expression for any phrase of the list, to be part of a longer one."""
    return expression(_listed(_table(), name))


def check(table: Table) -> None:
    """Raise InputError for the first list that nobody reads, or phrase that is malformed."""
    for language, lists in table.items():
        for name in lists:
            if name not in _LABELS | _PATTERNS:
                raise InputError(f"in [{language}] there is no list of the name “{name}”")
            if name in _PATTERNS:
                _check_list(language, name, lists)


def _check_list(language: str, name: str, lists: Mapping[str, str]) -> None:
    try:
        expression(_listed({language: lists}, name))
    except InputError as error:
        raise InputError(f"in [{language}], {name}, {error}") from None


def _listed(table: Table, name: str) -> tuple[str, ...]:
    """The phrases of a list in all languages, each once."""
    texts = "\n".join(lists.get(name, "") for lists in table.values())
    parts = (phrase.strip() for phrase in re.split(r"[|\n]", texts))
    return tuple(dict.fromkeys(phrase for phrase in parts if phrase))


@cache
def _table() -> Table:
    return tomllib.loads((files("seeds") / TABLE).read_text(encoding="utf-8"))
