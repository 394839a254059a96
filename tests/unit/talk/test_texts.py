"""Every sentence is there, is used, and fills its braces."""

import ast
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.commands.scopes import COMMANDS, UNLISTED
from bot.talk.places import REGIONS
from bot.talk.texts import Html, available, joined, texts, texts_of
from digest.model.chats import Chat
from digest.read.events.frames import slugs as actions
from seeds.topics import SLUGS
from tests.telegram_server import parse_html

BOT = Path(__file__).resolve().parents[3] / "bot"
METHODS = ("label", "plural", "label_or", "_find", "_clock")
PLAIN = (
    "button.",
    "command.",
    "setting.",
    "chosen.",
    "rhythm.",
    "read.",
    "topic.",
    "action.",
    "region.",
)


def catalogue(language: str) -> dict[str, Message]:
    """The entries of a language, by key."""
    source = (BOT / "locales" / f"{language}.po").read_bytes()
    entries = read_po(BytesIO(source), locale=language, abort_invalid=True)
    return {_key(entry): entry for entry in entries if entry.id}


def _key(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def forms(entry: Message) -> tuple[str, ...]:
    """The sentence, or each of its plural forms."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def braces(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@cache
def nodes() -> Sequence[tuple[Path, ast.Constant | ast.JoinedStr | ast.Call]]:
    """What the bot's code is made of: texts and calls, each with its file."""
    return [
        (path, node)
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.Call)
    ]


def literals() -> Iterator[str]:
    """Every text in the bot's code that looks like a key or, with {}, like a family of keys."""
    for _, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield f"{node.values[0].value}{{}}"


def calls() -> Iterator[tuple[str, set[str], Path]]:
    """Every key that is asked for by name, with the values given to it."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and _asks(node.func) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = {word.arg for word in node.keywords if word.arg}
                counted = {"count"} if _name(node.func) == "plural" else set()
                yield first.value, given | counted, path


def _asks(function: ast.expr) -> bool:
    return _name(function) in ("t", "texts") or _name(function) in METHODS


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def asked() -> list[tuple[str, set[str], Path]]:
    return [call for call in calls() if re.fullmatch(r"[a-z]+\.[a-z_-]+", call[0])]


def test_every_key_that_is_asked_for_exists() -> None:
    english = catalogue("en")
    missing = {f"{path.name}: {key}" for key, _, path in asked() if key not in english}
    assert missing == set()


def test_every_key_that_exists_is_asked_for() -> None:
    written = set(literals())
    families = {one.removesuffix("{}") for one in written if one.endswith(".{}")}
    every = {key.removesuffix("-here") for key in catalogue("en")}
    unused = {key for key in every if key not in written and not key.startswith(tuple(families))}
    assert unused == set()


def test_the_values_given_are_those_in_the_sentence() -> None:
    english = catalogue("en")
    wrong = {
        f"{path.name}: {key} is given {sorted(given)}"
        for key, given, path in asked()
        if key in english and any(not braces(form) <= given for form in forms(english[key]))
    }
    assert wrong == set()


@pytest.mark.parametrize("language", available())
def test_every_language_fills_the_braces_of_english(language: str) -> None:
    english = catalogue("en")
    for key, entry in catalogue(language).items():
        wanted = set().union(*(braces(form) for form in forms(english[key])))
        for form in forms(entry):
            assert form, f"{language}: {key} is empty"
            assert braces(form) | {"count"} == wanted | {"count"}, f"{language}: {key}"


@pytest.mark.parametrize("language", available())
def test_every_sentence_is_markup_that_telegram_takes(language: str) -> None:
    for key, entry in catalogue(language).items():
        for form in forms(entry):
            filled = form.format(**dict.fromkeys(braces(form), "https://example.org/"))
            parse_html(filled)
            assert not key.startswith(PLAIN) or "<" not in form, f"{key} is plain text"


@pytest.mark.parametrize("language", available())
def test_every_family_is_complete(language: str) -> None:
    t = texts(language)
    for slug in SLUGS:
        assert t.label(f"topic.{slug}")
    assert len({t.label(f"action.{slug}") for slug in actions()}) == len(actions())
    for region in REGIONS:
        assert t.label(f"region.{region}")
    for command in COMMANDS:
        if command.name not in UNLISTED:
            assert 1 <= len(t.label(f"command.{command.name}")) <= 256
    for page in ("topics", "schedule", "timezone"):
        assert t(f"typing.{page}")
        assert t(f"typing.{page}-command")
    for mode in ("open", "invite", "list"):
        assert t(f"refuse.{mode}")


def test_values_are_escaped_and_ready_markup_is_not() -> None:
    t = texts("en")
    assert "&lt;b&gt; &amp; &quot;" in t("search.nothing", words='<b> & "')
    assert "<i>x</i>" in t("settings.page", title="x", next=Html("<i>x</i>"))
    assert "1 &lt;" not in t.plural("invite.link", 1, link=Html("<"))
    assert joined(["<", Html("<b>x</b>")]) == "&lt;\n<b>x</b>"


def test_no_value_turns_the_reading_order_or_breaks_its_line() -> None:
    title = "\u061cTalks\u2028\u2029resume\u202e"
    assert texts("en")("search.file", title=title) == "<b>Talks  resume</b> (from a file)"


def test_labels_are_plain_text() -> None:
    assert texts("en").label("setting.topics", value="<A & B>") == "Topics: <A & B>"


def test_plurals_follow_the_language() -> None:
    t = texts("en")
    assert "1 source is read" in t.plural("sources.title", 1)
    assert "2 sources are read" in t.plural("sources.title", 2)


def test_a_missing_key_is_an_error() -> None:
    t = texts("en")
    for ask in (t, t.label):
        with pytest.raises(KeyError):
            ask("no.such-key")
    with pytest.raises(KeyError):
        t.plural("no.such-key", 2)
    assert t.label_or("no.such-key", "instead") == "instead"
    assert t.label_or("button.back", "instead") == "‹ Back"


def test_a_language_without_a_file_is_spoken_to_in_english() -> None:
    assert texts("tlh") is texts("en-US") is texts("en")


def test_days_and_times_follow_the_zone() -> None:
    t = texts("en")
    now = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)
    assert t.day(date(2026, 8, 25)) == "Tue 25 Aug"
    assert t.day_of(datetime(2026, 8, 24, 22, 30, tzinfo=UTC), "Europe/Zurich") == "Tue 25 Aug"
    assert t.time(now, "Europe/Zurich") == "14:02"
    assert t.when(datetime(2026, 8, 26, 5, 30, tzinfo=UTC), "Europe/Zurich", now=now) == "Wed 07:30"
    far = datetime(2026, 9, 2, 5, 30, tzinfo=UTC)
    assert t.when(far, "Europe/Zurich", now=now) == "Wed 2 Sept 07:30"
    assert t.weekday(0) == "Mon"


def test_figures_have_the_decimal_sign_of_the_language() -> None:
    assert (texts("en").figure(3.166), texts("de").figure(3.0)) == ("3.17", "3,00")


def test_names_come_from_cldr() -> None:
    t = texts("en")
    assert t.country("UA") == "Ukraine"
    assert t.country("QQ") == "QQ"
    assert t.language_name("fr") == "français"
    assert t.language_name("not a language") == "English"


@pytest.mark.parametrize("language", available())
def test_a_group_is_told_of_itself_and_not_of_who_reads(language: str) -> None:
    here, alone = texts(language, shared=True), texts(language)
    assert here("digest.empty") == alone("digest.empty-here")
    assert here.label("part.new") == alone.label("part.new-here")
    assert (
        here.plural("why.how", 3) == alone.plural("why.how-here", 3) != alone.plural("why.how", 4)
    )
    assert here("schedule.title") == alone("schedule.title")
    assert texts_of(Chat(id=-1, kind="channel", language=language)).is_shared
    assert not texts_of(Chat(id=1, language=language)).is_shared
