"""Every translation says all that English says, with the same values and marks, and fits its place."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.talk.changes import MONDAY_TO_FRIDAY
from bot.talk.hours import when
from bot.talk.spans import until
from bot.talk.texts import FALLBACK, available, texts

LOCALES = Path(__file__).resolve().parents[3] / "bot" / "locales"
TRANSLATIONS = tuple(language for language in available() if language != FALLBACK)
COMMAND = 256  # Telegram Bot API, BotCommand.description
NOTICE = 200  # Telegram Bot API, answerCallbackQuery.text
BUTTON = 20  # two such buttons stand side by side on a telephone
EQUAL = 0.05  # of all sentences: patterns, names and "{name} {value}" are alike everywhere
NOTICES = (
    "refuse.",
    "follow.added",
    "follow.full",
    "save.noted",
    "own.removed",
    "feed.public-already",
    "saved.gone",
    "retry.",
    "broadcast.gone",
)
COUNTS = range(200)  # plural rules of the languages here repeat after 100

every_language = pytest.mark.parametrize("language", available())
every_translation = pytest.mark.parametrize("language", TRANSLATIONS)


@cache
def catalogue(language: str) -> Catalog:
    source = (LOCALES / f"{language}.po").read_bytes()
    return read_po(BytesIO(source), locale=language, abort_invalid=True)


def entries(language: str) -> dict[str, Message]:
    """The entries of a language, by key."""
    return {key(entry): entry for entry in catalogue(language) if entry.id}


def key(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def forms(entry: Message) -> tuple[str, ...]:
    """The sentence, or each of its plural forms."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def braces(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def tags(sentence: str) -> Counter[str]:
    return Counter(re.findall(r"<[^>]+>", sentence))


def signs(sentence: str) -> Counter[str]:
    """The emoji and other symbols; a plus or a currency is none."""
    return Counter(sign for sign in sentence if unicodedata.category(sign) == "So")


def commands(sentence: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\w<{}/])/[a-z]+", sentence))


@every_translation
def test_a_translation_has_every_key_of_english_and_no_other(language: str) -> None:
    assert entries(language).keys() == entries(FALLBACK).keys()


@every_translation
def test_no_form_of_a_sentence_is_empty(language: str) -> None:
    empty = {name for name, entry in entries(language).items() if not all(forms(entry))}
    assert empty == set()


@every_translation
@pytest.mark.parametrize("marks", [braces, tags, signs, commands])
def test_a_translation_keeps_the_marks_of_english(
    language: str, marks: Callable[[str], object]
) -> None:
    english, wrong = entries(FALLBACK), {}
    for name, entry in entries(language).items():
        wanted = [marks(form) for form in forms(english[name])]
        if any(marks(form) not in wanted for form in forms(entry)):
            wrong[name] = [marks(form) for form in forms(entry)]
    assert wrong == {}


@every_translation
def test_a_sentence_that_counts_does_so_in_every_language(language: str) -> None:
    english = entries(FALLBACK)
    for name, entry in entries(language).items():
        assert isinstance(entry.string, str) == isinstance(english[name].string, str), name


@every_language
def test_every_plural_form_is_given(language: str) -> None:
    counted = [entry for entry in entries(language).values() if not isinstance(entry.string, str)]
    wrong = {key(one) for one in counted if len(forms(one)) != catalogue(language).num_plurals}
    assert counted
    assert wrong == set()


@every_language
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    rule, locale = c2py(catalogue(language).plural_expr), Locale.parse(language)
    pairs = {(rule(count), locale.plural_form(count)) for count in COUNTS}
    assert len(pairs) == len({form for form, _ in pairs}) == len({name for _, name in pairs})
    assert len(pairs) == catalogue(language).num_plurals


@every_language
def test_every_sentence_can_be_said(language: str) -> None:
    t = texts(language)
    for name, entry in entries(language).items():
        values = dict.fromkeys(set().union(*map(braces, forms(entry))) - {"count"}, "<x>")
        if isinstance(entry.string, str):
            assert t(name, count=2, **values)
            assert t.label(name, count=2, **values)
        else:
            said = [t.plural(name, count, **values) for count in COUNTS]
            assert all("&lt;x&gt;" in one for one in said) or not values


@every_translation
def test_a_translation_is_not_english(language: str) -> None:
    english, translated = entries(FALLBACK), entries(language)
    same = [name for name in translated if forms(translated[name]) == forms(english[name])]
    assert len(same) <= EQUAL * len(english), sorted(same)


@every_language
def test_hours_are_counted_to_24(language: str) -> None:
    t = texts(language)
    for name in ("format.time", "format.when", "format.when-far"):
        assert "HH:mm" in t.label(name)


@every_language
def test_what_is_to_be_typed_is_in_the_language_and_is_understood(language: str) -> None:
    """A day of the week by its own name; a word of a command stands in it untranslated."""
    t = texts(language)
    for name in ("typing.schedule", "typing.schedule-command", "schedule.unknown"):
        shown = re.findall("<code>(?:/schedule )?(.+?)</code>", t.label(name, words="x"))[-1]
        hours, days = when(shown) or ((), frozenset())
        assert (hours[0] in ("06:45", "07:30"), days) == (True, MONDAY_TO_FRIDAY), name
        assert language == FALLBACK or "mon" not in shown
    how = t.label("pause.how", words="x", date="2026-09-01")
    (_, date) = re.findall("<code>/pause (.+?)</code>", how)
    assert language == FALLBACK or "until" not in date
    now = datetime(2026, 8, 25, tzinfo=UTC)
    assert until(date, now=now, zone="Europe/Zurich", most=90)


def test_no_line_breaks_before_french_punctuation() -> None:
    plain = re.compile(r"« | [:;?!»]|\u00a0[;?!]|\u202f[:»]|«\u202f")
    wrong = [name for name, entry in entries("fr").items() if plain.search("\n".join(forms(entry)))]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "other"),
    [
        ("de", "Geschichte"),
        ("de", "wer diesen Bot betreibt"),
        ("de", "Knöpfe"),
        ("fr", r"\bchats?\b"),
        ("fr", "histoire"),
        ("fr", "qui gère ce bot|exploitant|opérateur"),
        ("es", "administra (este|el) bot|gestiona el bot|operador"),
        ("es", r"\bórdenes\b|\borden\b"),
        ("es", "resúmenes"),
        ("ru", "оператор"),
        ("uk", "оператор|речення"),
    ],
)
def test_a_thing_has_one_word(language: str, other: str) -> None:
    """A story is "Thema" and "sujet", a chat "discussion", who runs the bot "responsable"."""
    found = re.compile(rf"(?<!{{){other}(?!}})", re.IGNORECASE)
    wrong = [
        name for name, entry in entries(language).items() if found.search(" ".join(forms(entry)))
    ]
    assert wrong == []


@every_language
def test_what_has_little_room_fits_it(language: str) -> None:
    english = entries(FALLBACK)
    for name, entry in entries(language).items():
        longest = max(map(len, forms(entry)))
        assert not name.startswith("command.") or longest <= COMMAND, name
        assert not name.startswith(NOTICES) or longest <= NOTICE, name
        short = max(map(len, forms(english[name]))) <= BUTTON
        if name.startswith(("button.", "topic.", "region.")) and short:
            assert longest <= BUTTON, f"{name}: {longest}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", {1: "1 сюжет", 2: "2 сюжета", 5: "5 сюжетов", 11: "11 сюжетов", 21: "21 сюжет"}),
        ("uk", {1: "1 сюжет", 2: "2 сюжети", 5: "5 сюжетів", 11: "11 сюжетів", 21: "21 сюжет"}),
    ],
)
def test_slavic_numbers_take_three_forms(language: str, said: dict[int, str]) -> None:
    t = texts(language)
    assert {count: t.plural("digest.stories", count) for count in said} == said


# How a reader is spoken to; "Sie" and "su", "sa" are also those of a thing.
TO_A_READER = re.compile(
    r"\b(?:your?|Ihre?[nmrs]?|usted|vous|votre|vos|вам|вас|ваш\w*|вами|ви|вы)\b", re.IGNORECASE
)


@every_language
def test_a_group_is_told_in_words_that_have_no_reader(language: str) -> None:
    said = entries(language)
    here = [name for name in said if name.endswith("-here")]
    assert all(name.removesuffix("-here") in said for name in here)
    assert [name for name in here if TO_A_READER.search("\n".join(forms(said[name])))] == []
