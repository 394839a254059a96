"""One minute at which a person, two forum topics and a channel have their digest, and one who stopped."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.attache_process import Stage
from tests.telegram_server import Chat, Message, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONDON = ZoneInfo("Europe/London")
TWO_TICKS = 12.0  # seconds from the start within which deliveries are looked for twice
LEAD = timedelta(seconds=25)  # for the last settings before the minute, which take 2
MINUTE = timedelta(minutes=1)
OWN = "A digest of its own"
STEPS = ("Skip ›", "07:30", "London", "Yes, that is right")


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, or one topic of a forum, that has digests."""

    stage: Stage
    chat: Chat
    thread: int | None = None

    def digests(self, due: datetime) -> list[Message]:
        """Those that were sent for this minute."""
        sent = self.stage.server.sent(self.chat, self.thread)
        return [message for message in sent if f"{due:%H:%M} London" in message.text]


async def test_digests_come_at_their_minute_everywhere_and_not_where_they_were_stopped(
    stage: Stage, ada: Person
) -> None:
    server = stage.server
    bob, cleo, dora = server.user(101, "Bob"), server.user(102, "Cleo"), server.user(103, "Dora")
    erin = server.user(104, "Erin")
    forum = await _forum(stage, creator=ada, administrator=bob, member=cleo)
    europe = await _topic(stage, forum, "Europe", administrator=ada, member=cleo)
    asia = await _topic(stage, forum, "Asia", administrator=bob, member=cleo)
    channel = await _channel(stage, owner=dora)
    private, stopped = Place(stage, ada.chat), Place(stage, erin.chat)
    for reader in (ada, erin):
        await stage.set_up(reader, city="London")
    await stage.attache.ingest("later")

    minute = _coming_minute()
    hours = f"/schedule {minute:%H:%M}"
    await stage.says(erin, hours)
    await stage.says(ada, hours)
    await stage.says(ada, hours, chat=forum, thread=europe.thread)
    await stage.says(bob, hours, chat=forum, thread=asia.thread)
    _reschedule(channel, minute)
    await stage.says(erin, "/stop")

    places = (private, europe, asia, channel)
    await _until(minute)
    await server.wait_for(lambda: all(place.digests(minute) for place in places))
    for place in places:
        assert "EU extends asset freeze on Belarus by six months" in place.digests(minute)[0].text
        assert "late by" not in place.digests(minute)[0].text.casefold()
    assert channel.digests(minute)[0].is_silent
    assert not channel.digests(minute)[0].keyboard
    assert len(server.messages(channel.chat)) == 1

    assert "Why story 1" in (await stage.says(ada, "/why 1")).text
    await stage.attache.kill()
    await stage.attache.start()
    await asyncio.sleep(TWO_TICKS)
    assert [len(place.digests(minute)) for place in places] == [1, 1, 1, 1]
    assert stopped.digests(minute) == []


async def _forum(stage: Stage, *, creator: Person, administrator: Person, member: Person) -> Chat:
    """A forum that the bot has greeted, with an anonymous administrator."""
    forum = stage.server.group("Desk", creator=creator, members=[member], forum=True)
    mark = len(stage.server.transcript)
    stage.server.add_bot(forum, by=creator)
    assert "/setup" in (await stage.answer(mark, forum)).text
    stage.server.promote(forum, administrator, anonymous=True)
    return forum


async def _topic(
    stage: Stage, forum: Chat, name: str, *, administrator: Person, member: Person
) -> Place:
    """A topic set up inside itself by an administrator; a member is refused in words."""
    thread = stage.server.topic(forum, name)
    refusal = await stage.says(member, "/setup", chat=forum, thread=thread)
    assert "Only administrators" in refusal.text
    page = await stage.says(administrator, "/setup", chat=forum, thread=thread)
    assert page.thread_id == thread
    if OWN in page.labels:  # another topic has a digest already
        page = await stage.taps(administrator, page, OWN)
    assert "Only administrators" in (await member.press(page, "Sanctions")).text
    done = await stage.taps(administrator, page, *STEPS)
    assert "Next digest" in done.text
    return Place(stage, forum, thread)


async def _channel(stage: Stage, *, owner: Person) -> Place:
    """A channel set up in private with the person who added the bot."""
    channel = stage.server.channel("Edition", creator=owner)
    await stage.says(owner, "/help")
    mark = len(stage.server.transcript)
    stage.server.add_bot(channel, by=owner)
    page = await stage.answer(mark, owner.chat)
    assert "Edition" in page.text
    done = await stage.taps(owner, page, *STEPS)
    assert "Next digest" in done.text
    assert stage.server.messages(channel) == ()
    return Place(stage, channel)


def _coming_minute() -> datetime:
    """The next full minute that leaves time for the last settings."""
    at = datetime.now(LONDON) + LEAD
    return at.replace(second=0, microsecond=0) + MINUTE


def _reschedule(place: Place, at: datetime) -> None:
    """An hour off the quarters, which no button offers."""
    place.stage.attache.query(
        "update chat set at = ?, next_due_at = ?, version = version + 1 where id = ?",
        json.dumps([f"{at:%H:%M}"]),
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}.000000",
        place.chat.id,
    )


async def _until(at: datetime) -> None:
    await asyncio.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
