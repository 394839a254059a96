"""Logs on standard error, as text or JSON, without any token."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The loggers as they were: they belong to the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("httpx", "alembic", "apscheduler")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, known in levels.items():
        logging.getLogger(name).setLevel(known)
    structlog.reset_defaults()


def test_an_event_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(style="text", level="INFO")

    structlog.get_logger("bot.run.serve").info("source", name="The Paper", new=3)

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "source" in shown.err
    assert "new=3" in shown.err
    assert shown.err.count("\n") == 1


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(style="json", level="INFO")

    structlog.get_logger("bot.run.serve").warning("source", name="Gazetę", error=None)
    logging.getLogger("some.library").warning("it is %s", "late")

    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["name"], ours["level"]) == ("source", "Gazetę", "warning")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["logger"]) == ("it is late", "some.library")


def test_what_is_below_the_level_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(style="text", level="WARNING")

    structlog.get_logger("bot").info("source")

    assert capsys.readouterr().err == ""


def test_libraries_that_log_every_request_are_kept_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(style="text", level="DEBUG")

    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:a/getMe")

    assert capsys.readouterr().err == ""


def test_a_tick_that_comes_while_the_one_before_is_under_way_is_no_news(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(style="text", level="DEBUG")

    logging.getLogger("apscheduler.scheduler").warning("Execution of job skipped")
    logging.getLogger("apscheduler.executors.default").error("Job raised an exception")

    assert "skipped" not in (shown := capsys.readouterr().err)
    assert "raised" in shown


def test_a_level_above_warning_holds_for_them_too() -> None:
    logs.set_up(style="text", level="ERROR")

    assert logging.getLogger("httpx").level == logging.ERROR


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_token_gets_into_no_log(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.set_up(style=style, level="INFO")
    log = structlog.get_logger("bot")

    log.info(f"calling https://api.telegram.org/bot{TOKEN}/getMe")
    log.info("call", url=f"https://api.telegram.org/bot{TOKEN}/getMe", more=[{"token": TOKEN}])
    log.info("failed", error=RuntimeError(f"no answer from /bot{TOKEN}"))
    logging.getLogger("telegram").error("no answer from %s", f"/bot{TOKEN}/getMe")
    try:
        raise RuntimeError(f"no answer from /bot{TOKEN}")
    except RuntimeError:
        log.exception("crashed")
        logging.getLogger("telegram").exception("crashed")

    shown = capsys.readouterr().err
    assert TOKEN.partition(":")[2] not in shown
    assert shown.count("<token>") >= 7
    assert "RuntimeError" in shown


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-10T12:00:00Z http://127.0.0.1:8081/bot",
        "http://10.0.0.112:8081/feed.xml",
        "[::1]:8081 at 07:30, took 12:34:56",
    ],
)
def test_times_and_addresses_are_no_tokens(line: str) -> None:
    assert logs.without_token(line) == line


def test_a_short_token_of_a_test_server_is_one_too() -> None:
    assert logs.without_token("http://127.0.0.1:8081/bot123:abcd/getMe") == (
        "http://127.0.0.1:8081/bot<token>/getMe"
    )


def test_a_line_that_cannot_be_written_does_not_print_its_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(style="text", level="INFO")

    logging.getLogger("some.library").warning("%d", f"bot{TOKEN}")

    shown = capsys.readouterr().err
    assert shown == "a line of some.library could not be logged: TypeError\n"


# Moves the cursor, sets the title, begins a line, turns the order of reading, and is no character.
HOSTILE = (
    "Paper\x1b[2K\x9b1G\x1b]0;owned\x07\r\n2026-11-29T00:00:00Z\u2028[info]\u202edelivered\ud83d"
)
HARMLESS = (
    r"Paper\x1b[2K\x9b1G\x1b]0;owned\x07\r\n2026-11-29T00:00:00Z\u2028[info]\u202edelivered\ud83d"
)


def test_what_strangers_wrote_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(style="text", level="INFO")

    structlog.get_logger("bot").info("source", name=HOSTILE, names=[HOSTILE])
    structlog.get_logger("bot").info(HOSTILE)
    structlog.get_logger("bot").info(ValueError(HOSTILE))
    logging.getLogger("some.library").warning("no feed: %s", HOSTILE)

    shown = capsys.readouterr().err
    assert shown.count("\n") == 4
    assert shown.count(HARMLESS) == 5
    assert all(line.isprintable() for line in shown.splitlines())


def test_no_line_of_an_exception_looks_like_one_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(style="text", level="INFO")
    try:
        raise ValueError(f"no feed\n{HOSTILE}")
    except ValueError:
        structlog.get_logger("bot").exception("failed")
        logging.getLogger("some.library").exception("failed")

    ours, *lines = capsys.readouterr().err.split("\n")[:-1]
    theirs = [line for line in lines if not line.startswith("    ")]
    assert "failed" in ours
    assert ["some.library" in line for line in theirs] == [True]
    assert all(line.isprintable() for line in lines)
    assert "    ValueError: no feed" in lines


def test_json_says_what_strangers_wrote_and_steers_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(style="json", level="INFO")

    structlog.get_logger("bot").info("source", name=HOSTILE)

    shown = capsys.readouterr().err
    assert json.loads(shown)["name"] == HOSTILE
    assert shown.rstrip("\n").isprintable()
