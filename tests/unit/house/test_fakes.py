"""The fakes of the world behave; those of the stores answer to the stores' own contract tests."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import Refused, RetryLater, Unreachable
from digest.model.delivery import Outgoing, PartId
from digest.model.gathered import Fetched
from digest.model.messages import Message
from tests.fakes import FakeClock, FakeFetcher, FakeMessenger

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
PAGE = Fetched(
    url="https://a.example",
    final_url="https://a.example",
    status=200,
    body=b"text",
    etag="1",
    last_modified="Tue",
)


def outgoing(chat: int, html: str) -> Outgoing:
    return Outgoing(
        id=PartId(1), chat=chat, thread=0, kind="private", message=Message(html), attempts=1
    )


def test_a_clock_stands_until_it_is_moved() -> None:
    clock = FakeClock(NOW)

    clock.advance(timedelta(hours=1))
    clock.advance(-timedelta(minutes=30))

    assert clock.now() == NOW + timedelta(minutes=30)


async def test_a_page_that_has_not_changed_has_no_body() -> None:
    fetcher = FakeFetcher({PAGE.url: PAGE})

    assert await fetcher.fetch(PAGE.url) == PAGE
    assert (await fetcher.fetch(PAGE.url, etag="0", last_modified="Mon")).status == 200
    for answer in (
        await fetcher.fetch(PAGE.url, etag="1"),
        await fetcher.fetch(PAGE.url, last_modified="Tue"),
    ):
        assert (answer.status, answer.body) == (304, b"")
    assert fetcher.asked == [PAGE.url] * 4


async def test_errors_are_raised_and_unknown_addresses_do_not_answer() -> None:
    fetcher = FakeFetcher({"https://b.example": Refused("no", status=403)})

    with pytest.raises(Refused):
        await fetcher.fetch("https://b.example")
    with pytest.raises(Unreachable):
        await fetcher.fetch("https://c.example")


async def test_a_messenger_follows_its_script_chat_by_chat() -> None:
    messenger = FakeMessenger({7: [RetryLater("slow down", after=timedelta(seconds=1))]})

    with pytest.raises(RetryLater):
        await messenger.send(outgoing(7, "one"))
    first = await messenger.send(outgoing(7, "one"))
    second = await messenger.send(outgoing(8, "two"))

    assert first.message_id != second.message_id
    assert messenger.texts(7) == ("one",)
