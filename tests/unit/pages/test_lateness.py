from datetime import UTC, datetime, timedelta

import pytest

from bot.pages.lateness import late
from bot.talk.texts import available, texts
from digest.model.delivery import Outgoing, PartId
from digest.model.messages import Message

NOON = datetime(2026, 8, 25, 12, tzinfo=UTC)


def part(html: str, *, since: datetime | None = NOON, language: str = "en") -> Outgoing:
    return Outgoing(
        id=PartId(1),
        chat=7,
        thread=0,
        kind="private",
        message=Message(html, silent=True),
        attempts=1,
        language=language,
        late_from=since,
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "header\nstory"),
        (1, "header\nstory"),
        (4, "header\nLate by 4 hours: it could not be sent at the hour set.\nstory"),
    ],
)
def test_a_digest_says_when_it_is_late(hours: int, said: str) -> None:
    message = late(part("header\nstory"), NOON + timedelta(hours=hours))
    assert message == Message(said, silent=True)


def test_what_is_no_first_part_says_nothing() -> None:
    assert late(part("story", since=None), NOON + timedelta(days=1)).html == "story"


def test_a_digest_of_one_line_says_it_too() -> None:
    assert late(part("header"), NOON + timedelta(hours=2)).html.startswith("header\nLate by 2")


def test_what_was_composed_late_and_sent_at_once_gives_its_own_reason() -> None:
    html = f"header\n{texts('en')('digest.late', time='4 hours')}\nstory"
    assert late(part(html), NOON + timedelta(hours=4)).html == html


@pytest.mark.parametrize("language", available())
def test_what_was_late_when_it_was_composed_says_it_once(language: str) -> None:
    before = texts(language)("digest.late", time="3")
    message = late(part(f"header\n{before}\nstory", language=language), NOON + timedelta(hours=9))
    header, line, story = message.html.split("\n")
    assert (header, story) == ("header", "story")
    assert "9" in line
