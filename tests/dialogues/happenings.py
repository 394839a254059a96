"""What happens in a dialogue beside words, presses and files."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.telegram_server import Chat

if TYPE_CHECKING:
    from .play import Play

Happening = Callable[["Play"], Awaitable[None]]
QUIET = 0.5  # seconds


async def set_up(_: "Play") -> None:
    """Stored before the program started."""


async def digest(play: "Play") -> None:
    """The scheduled digest arrives."""
    await play.told_of(play.chat, lambda: play.server.sent(play.chat))


async def added(play: "Play") -> None:
    """The bot is added; it greets whoever has not subscribed yet."""
    where = play.channel or play.chat
    answered = play.people["ada"].chat if play.channel else play.chat
    play.server.add_bot(where, by=play.people["ada"])
    if play.is_set_up and not play.channel:
        await asyncio.sleep(QUIET)
        assert not play.server.sent(play.chat), "it greeted where it is known"
        return
    await play.told_of(answered, lambda: play.server.sent(answered))


async def added_without_rights(play: "Play") -> None:
    assert play.channel is not None
    play.server.add_bot(play.channel, by=play.people["ada"], rights=("can_manage_chat",))
    ada = play.people["ada"]
    await play.told_of(ada.chat, lambda: len(play.server.sent(ada)) == 2)


async def removed(play: "Play") -> None:
    await _answered(play, lambda: play.server.kick_bot(_channel(play), by=play.people["ada"]))


async def added_again(play: "Play") -> None:
    await _answered(play, lambda: play.server.add_bot(_channel(play), by=play.people["ada"]))


async def nothing_in_the_channel(play: "Play") -> None:
    await asyncio.sleep(QUIET)
    assert play.server.messages(_channel(play)) == ()


async def another_topic(play: "Play") -> None:
    play.thread = play.server.topic(play.chat, "Asia")


async def link(play: "Play") -> None:
    """Ada opens the link to a group's settings in private."""
    buttons = [one for message in play.server.sent(play.chat) for one in message.buttons]
    url = next(str(one["url"]) for one in buttons if one.get("url"))
    await play.breathe()
    await _answered(play, lambda: None, f"/start {url.partition('?start=')[2]}")


async def picture(play: "Play") -> None:
    await play.breathe()
    await play.answered(play.people["ada"].send_photo(b"\xff\xd8"))


async def put_right(play: "Play") -> None:
    """Ada puts her last message in other words."""
    ada = play.people["ada"]
    wrong = [one for one in play.server.messages(ada.chat) if one.sender is ada.user][-1]
    await play.breathe()
    before = len(play.server.sent(ada))
    await ada.edit(wrong, "/follow TR")
    await play.told_of(ada.chat, lambda: len(play.server.sent(ada)) > before)


async def location(play: "Play") -> None:
    """Ada sends a pin in Tokyo."""
    await play.breathe()
    await play.answered(play.people["ada"].send_location(35.68, 139.69))


async def inline(play: "Play", words: str) -> None:
    query = await play.people["ada"].inline(words)
    assert query.is_answered
    assert bool(query.results) == (words == "Isfahan"), query.results


async def a_feed_of_somebody(play: "Play") -> None:
    """Bob adds a feed of his own."""
    for words in ("/start", f"/add {play.values['site']}/feed.xml?of={play.language}"):
        await play.breathe()
        await play.answered(play.people["bob"].send(words))
    await play.breathe()


async def open_the_feed(play: "Play") -> None:
    """Eve opens Bob's feed by its number."""
    assert play.attache is not None
    (number,) = play.attache.query("select id from source where owner = ?", play.people["bob"].id)[
        0
    ]
    await play.breathe()
    await play.answered(play.people["eve"].send(f"/feed {number}"))


async def _answered(play: "Play", act: Callable[[], None], words: str | None = None) -> None:
    ada = play.people["ada"]
    before = len(play.server.sent(ada))
    act()
    if words is not None:
        await play.answered(ada.send(words))
        return
    await play.told_of(ada.chat, lambda: len(play.server.sent(ada)) > before)


def _channel(play: "Play") -> Chat:
    assert play.channel is not None
    return play.channel


HAPPENINGS: dict[str, Happening] = {
    "set up": set_up,
    "digest": digest,
    "added": added,
    "added without rights": added_without_rights,
    "removed": removed,
    "added again": added_again,
    "nothing in the channel": nothing_in_the_channel,
    "another topic": another_topic,
    "link": link,
    "picture": picture,
    "location": location,
    "put right": put_right,
    "a feed of somebody": a_feed_of_somebody,
    "open the feed": open_the_feed,
    "inline Isfahan": lambda play: inline(play, "Isfahan"),
    "inline Xyzzyqux": lambda play: inline(play, "Xyzzyqux"),
}
