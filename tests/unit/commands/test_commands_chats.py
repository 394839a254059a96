"""Groups and channels: who is heard, who is refused, what happens when the bot comes and goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.link import claimed
from bot.commands.membership import Membership, membership, moved
from bot.commands.router import HANDLERS, guarded, route
from bot.commands.scopes import COMMANDS, menu, needs_rights
from bot.talk.app import App
from bot.talk.callback import pack
from bot.talk.changes import MOST_LISTED, step_of
from bot.talk.request import Reply, Request
from digest.errors import InputError
from digest.model.chats import Chat, ChatKind
from tests.bot_world import ADA, BOB, NOW, BotWorld, button, buttons, text
from tests.fakes import FakeChatStore

GROUP, CHANNEL = -1001, -1002
MEMBER = {"chat": GROUP, "kind": "supergroup", "user": BOB}
ADMINISTRATOR = {**MEMBER, "may_configure": True}


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed(GROUP, kind="supergroup", title="Desk")
    return world


def event(chat: int, kind: ChatKind, *, was: bool, now: bool, **more: object) -> Membership:
    plain = Membership(
        chat=chat, kind=kind, user=ADA, now=NOW, title="Edition", was_present=was, is_present=now
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_every_command_has_its_handler() -> None:
    assert {command.name for command in COMMANDS} == set(HANDLERS)


def test_menus_offer_what_works_there() -> None:
    assert menu("private")[0] == "digest"
    assert "setup" not in menu("private")
    assert set(menu("members")) == {"digest", "brief", "ahead", "search", "help"}
    assert set(menu("members")) < set(menu("administrators"))


def test_rights_are_asked_only_where_they_matter() -> None:
    assert needs_rights("topics", "supergroup")
    assert needs_rights("topics", "private", CHANNEL)
    assert not needs_rights("topics", "private")
    assert not needs_rights("digest", "supergroup")
    assert not needs_rights("nonsense", "supergroup")


@pytest.mark.parametrize("command", ["digest", "help"])
async def test_members_of_a_group_are_answered(bot: BotWorld, command: str) -> None:
    assert text(await bot.asks(command, **MEMBER))


@pytest.mark.parametrize("command", ["setup", "topics", "schedule", "settings", "pause", "unlink"])
async def test_a_member_is_refused_in_words(bot: BotWorld, command: str) -> None:
    before = await bot.chat(GROUP)
    assert "Only administrators" in text(await bot.asks(command, **MEMBER))
    assert await bot.chat(GROUP) == before


async def test_a_members_tap_is_refused_over_the_chat(bot: BotWorld) -> None:
    pause = button(await bot.asks("settings", **ADMINISTRATOR), "Pause")
    reply = await bot.presses(pause, **MEMBER)
    assert reply.alert
    assert "Only administrators" in reply.notice
    assert len(reply.notice) <= 200
    assert (await bot.chat(GROUP)).active


async def test_an_administrator_pauses_and_unlinks(bot: BotWorld) -> None:
    await bot.asks("pause", **ADMINISTRATOR)
    assert not (await bot.chat(GROUP)).active
    reply = await bot.asks("unlink", **ADMINISTRATOR)
    assert "Desk" in text(reply)
    await bot.presses(button(reply, "Yes"), **ADMINISTRATOR)
    assert await bot.database.chats.of(GROUP) == ()


async def test_a_group_without_a_digest_says_how_to_get_one(bot: BotWorld) -> None:
    assert "/setup" in text(await bot.asks("digest", chat=-9, kind="group"))


async def test_back_from_the_settings_of_a_group_writes_no_new_message(bot: BotWorld) -> None:
    front = await bot.asks("settings", **ADMINISTRATOR)
    back = await bot.presses(button(front, "‹ Back"), **ADMINISTRATOR)
    assert ("For everyone here" in text(back), back.edits) == (True, True)


async def test_a_command_in_another_topic_means_the_only_subscription(bot: BotWorld) -> None:
    await bot.asks("topics", "Iran", thread=5, **ADMINISTRATOR)
    assert (await bot.chat(GROUP)).wish.countries == {"IR"}
    await bot.subscribed(GROUP, thread=6, kind="supergroup")
    assert "/setup" in text(await bot.asks("topics", "Iraq", thread=5, **ADMINISTRATOR))


async def test_private_commands_say_where_they_work(bot: BotWorld) -> None:
    assert "private chat" in text(await bot.asks("saved", **ADMINISTRATOR))
    assert "/setup is for groups" in text(await bot.asks("setup"))


async def test_what_cannot_be_used_is_said_in_its_own_words(bot: BotWorld) -> None:
    async def fussy(request: Request, app: App) -> Reply:
        raise InputError("a <word> is missing")

    assert text(await guarded(fussy, bot.request(), bot.app)) == "a &lt;word&gt; is missing"


async def test_a_group_is_greeted_once() -> None:
    bot = BotWorld()
    chat, reply = await membership(event(GROUP, "supergroup", was=False, now=True), bot.app)
    assert (chat, "/setup" in text(reply)) == (GROUP, True)
    _, promoted = await membership(event(GROUP, "supergroup", was=True, now=True), bot.app)
    assert promoted.messages == ()


async def test_a_group_that_takes_the_bot_back_goes_on_silently(bot: BotWorld) -> None:
    await membership(event(GROUP, "supergroup", was=True, now=False), bot.app)
    gone = await bot.chat(GROUP)
    assert (gone.active, gone.schedule.at) == (False, ("07:30",))
    _, reply = await membership(event(GROUP, "supergroup", was=False, now=True), bot.app)
    assert reply.messages == ()
    assert (await bot.chat(GROUP)).active


async def test_a_group_that_takes_the_bot_back_in_the_middle_of_its_setup_is_greeted_anew() -> None:
    bot = BotWorld()
    await bot.asks("setup", **ADMINISTRATOR)
    await membership(event(GROUP, "supergroup", was=True, now=False), bot.app)
    _, reply = await membership(event(GROUP, "supergroup", was=False, now=True), bot.app)
    assert "/setup" in text(reply)
    assert step_of(await bot.chat(GROUP)) == "topics"


async def test_what_its_reader_has_stopped_stays_stopped(bot: BotWorld) -> None:
    await bot.subscribed()
    await bot.asks("stop")
    await membership(event(ADA, "private", was=True, now=False), bot.app)
    await membership(event(ADA, "private", was=False, now=True), bot.app)
    assert not (await bot.chat()).active


async def test_a_reader_who_unblocks_goes_on(bot: BotWorld) -> None:
    await bot.subscribed()
    await membership(event(ADA, "private", was=True, now=False), bot.app)
    assert not (await bot.chat()).active
    await membership(event(ADA, "private", was=False, now=True), bot.app)
    assert (await bot.chat()).active


async def test_a_group_that_became_a_supergroup_keeps_its_digest(bot: BotWorld) -> None:
    await bot.database.chats.pause(GROUP, "removed")
    for _ in range(2):
        await moved(GROUP, -2002, bot.app, now=NOW)
    assert (await bot.chat(-2002)).active
    assert await bot.database.chats.of(GROUP) == ()


async def test_a_channel_is_set_up_in_private_with_who_added_the_bot() -> None:
    bot = BotWorld()
    chat, reply = await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert (chat, "Edition" in text(reply)) == (ADA, True)
    for label in ("Sanctions", "Next ›", "08:00", "Brussels", "Yes"):
        reply = await bot.presses(button(reply, label), may_configure=True)
    stored = await bot.chat(CHANNEL)
    assert (stored.active, stored.owner, stored.kind) == (True, ADA, "channel")
    assert stored.schedule.at == ("08:00",)
    assert await bot.database.chats.get(ADA) is None


async def test_typed_words_answer_for_a_channel_that_is_set_up() -> None:
    bot = BotWorld()
    await bot.subscribed()
    _, page = await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    await bot.types("Iran, sanctions", may_configure=True)
    await bot.presses(button(page, "Skip ›"), may_configure=True)
    await bot.types("6:45", may_configure=True)
    reply = await bot.types("Ankara", may_configure=True)
    await bot.presses(button(reply, "Yes"), may_configure=True)
    chat = await bot.chat(CHANNEL)
    assert (chat.wish.countries, chat.schedule.at) == ({"IR"}, ("06:45",))
    assert chat.schedule.zone == "Europe/Istanbul"
    assert (await bot.chat()).wish.countries == frozenset()


async def test_typed_words_that_are_no_answer_still_search() -> None:
    bot = BotWorld()
    await bot.subscribed()
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert "No article holds" in text(await bot.types("grain corridor"))


async def test_typed_words_change_no_channel_without_the_right() -> None:
    bot = BotWorld()
    await bot.subscribed()
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert "set me up there" in text(await bot.types("Iran"))
    assert (await bot.chat(CHANNEL)).wish.countries == frozenset()


async def test_a_missing_right_is_explained() -> None:
    bot = BotWorld()
    added = event(CHANNEL, "channel", was=False, now=True, may_post=False)
    _, reply = await membership(added, bot.app)
    assert "right to post messages" in text(reply)
    taken = event(CHANNEL, "channel", was=True, now=True, may_post=False)
    assert "right to post messages" in text((await membership(taken, bot.app))[1])
    granted = event(CHANNEL, "channel", was=True, now=True)
    assert (await membership(granted, bot.app))[1].messages == ()


async def test_a_channel_button_is_checked_at_each_press() -> None:
    bot = BotWorld()
    _, reply = await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    sanctions = button(reply, "Sanctions")
    demoted = await bot.presses(sanctions, may_configure=False)
    stranger = await bot.presses(sanctions, chat=BOB, user=BOB, may_configure=True)
    for refused in (demoted, stranger):
        assert refused.alert
        assert "set me up there" in refused.notice
    assert (await bot.chat(CHANNEL)).wish.topics == frozenset()


async def test_a_channel_that_is_gone_says_so() -> None:
    bot = BotWorld()
    reply = await bot.sends(f"1@{CHANNEL}:topics", may_configure=True)
    assert "/setup" in reply.notice


async def test_a_channel_that_removes_the_bot_is_paused_and_its_owner_told() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    gone = event(CHANNEL, "channel", was=True, now=False, user=BOB)
    chat, reply = await membership(gone, bot.app)
    assert (chat, "paused" in text(reply)) == (ADA, True)
    back = event(CHANNEL, "channel", was=False, now=True)
    chat, reply = await membership(back, bot.app)
    assert (chat, "I am back" in text(reply)) == (ADA, True)
    assert (await bot.chat(CHANNEL)).active


async def test_a_channel_that_was_never_set_up_is_asked_about_again_when_the_bot_is_back() -> None:
    bot = BotWorld()
    for was, now in ((False, True), (True, False), (False, True)):
        chat, reply = await membership(event(CHANNEL, "channel", was=was, now=now), bot.app)
    assert chat == ADA
    await bot.presses(button(reply, "Sanctions"), may_configure=True)
    assert (await bot.chat(CHANNEL)).wish.topics == {"sanctions"}


async def test_a_channel_that_a_missing_right_had_paused_goes_on_with_the_right() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    await bot.database.chats.pause(CHANNEL, "need administrator rights in the channel chat")

    await membership(event(CHANNEL, "channel", was=True, now=True), bot.app)

    assert (await bot.chat(CHANNEL)).active


async def test_a_channel_whose_owner_could_not_be_written_to_is_set_up_at_their_start() -> None:
    bot = BotWorld()
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    reply = await bot.asks("start")
    assert [m.html.startswith("🕊 Thank you for adding me") for m in reply.messages] == [False, True]
    await bot.presses(button(reply, "Sanctions"), may_configure=True)
    assert (await bot.chat(CHANNEL)).wish.topics == {"sanctions"}


async def test_who_administers_a_channel_no_more_is_asked_nothing_of_it_at_their_start() -> None:
    bot = BotWorld()
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    bot.demoted.add((CHANNEL, ADA))
    assert len((await bot.asks("start")).messages) == 1


async def test_a_channel_without_an_hour_is_told_of_no_command() -> None:
    bot = BotWorld()
    _, reply = await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    for _ in range(3):
        reply = await bot.presses(button(reply, "Skip"), may_configure=True)
    assert "nothing is posted until you choose one" in text(reply)
    front = await bot.asks("settings")
    assert button(front, "When: no hour yet")
    assert "/digest" not in text(reply) + text(front)


async def test_a_chat_is_called_as_it_is_called_when_the_bot_comes_and_goes() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    await bot.subscribed(GROUP, kind="supergroup", title="Edition")
    gone = event(CHANNEL, "channel", was=True, now=False, title="Morning")
    assert "<b>Morning</b>" in text((await membership(gone, bot.app))[1])
    await membership(event(GROUP, "supergroup", was=True, now=True, title="Desk"), bot.app)
    assert [(await bot.chat(id_)).title for id_ in (CHANNEL, GROUP)] == ["Morning", "Desk"]


async def test_an_unknown_channel_leaves_in_silence() -> None:
    bot = BotWorld()
    _, reply = await membership(event(CHANNEL, "channel", was=True, now=False), bot.app)
    assert reply.messages == ()


async def test_a_channel_needs_a_reader_who_may_subscribe() -> None:
    bot = BotWorld(access="list")
    chat, reply = await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert (chat, "list" in text(reply)) == (ADA, True)
    assert await bot.database.chats.all() == ()


async def test_settings_lead_to_the_channels_of_a_person() -> None:
    bot = BotWorld()
    await bot.subscribed()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    front = await bot.asks("settings")
    page = await bot.presses(button(front, "📢 Edition"), may_configure=True)
    assert "Settings of Edition" in text(page)
    assert "Commands that you type here are about your own digest." in text(page)
    elsewhere = [one.label for one in buttons(page) if "@-1002" not in (one.data or "")]
    assert elsewhere == ["‹ Back"]


async def test_who_only_manages_a_channel_finds_it_under_settings() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    assert "Settings of Edition" in text(await bot.asks("settings"))
    assert "/start" in text(await bot.asks("settings", chat=BOB, user=BOB))


async def test_a_typed_language_is_that_of_the_only_channel_of_who_has_no_digest() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", owner=ADA, title="Edition")
    reply = await bot.asks("lang", "de")
    assert "Edition" in text(reply)
    assert (await bot.chat(CHANNEL)).language == "de"
    await bot.presses(button(reply, "English"), may_configure=True)
    assert (await bot.chat(CHANNEL)).language == "en"
    assert "Klingon" in text(await bot.asks("lang", "Klingon"))


async def test_a_typed_language_is_that_of_no_channel_where_another_may_be_meant() -> None:
    bot = BotWorld()
    for channel in (CHANNEL, CHANNEL - 1):
        await bot.subscribed(channel, kind="channel", owner=ADA, title="Edition")
    await bot.asks("lang", "de")
    await bot.sends("1:settings:language:de")  # an old button of one's own settings
    assert {one.language for one in await bot.database.chats.all()} == {"en"}
    await bot.subscribed()
    await bot.asks("lang", "de")
    assert [one.id for one in await bot.database.chats.all() if one.language == "de"] == [ADA]


async def test_who_administers_a_channel_no_more_finds_it_under_no_settings() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    await bot.subscribed(CHANNEL + 1, kind="channel", title="Journal", owner=ADA)
    bot.demoted = {(CHANNEL, ADA), (CHANNEL + 1, ADA)}
    assert "/start" in text(await bot.asks("settings"))
    bot.demoted = {(CHANNEL, ADA)}
    assert "Settings of Journal" in text(await bot.asks("settings"))


async def test_who_administers_a_channel_no_more_erases_only_their_hold_on_it() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    await bot.subscribed(CHANNEL - 1, kind="channel", title="Journal", owner=ADA)
    bot.demoted = {(CHANNEL, ADA)}
    question = await bot.asks("deletemydata")
    assert ("Journal" in text(question), "Edition" in text(question)) == (True, False)
    await bot.presses(button(question, "Yes"))
    assert (await bot.chat(CHANNEL)).owner is None
    assert await bot.database.chats.get(CHANNEL - 1) is None


@pytest.mark.parametrize(
    ("owner", "demoted", "then"),
    [(ADA, True, BOB), (ADA, False, ADA), (None, False, BOB), (BOB, False, BOB)],
)
async def test_a_channel_that_nobody_manages_is_whose_who_adds_the_bot_anew(
    owner: int | None, demoted: bool, then: int
) -> None:
    bot = BotWorld()
    bot.demoted = {(CHANNEL, ADA)} if demoted else set()
    await bot.subscribed(CHANNEL, kind="channel", owner=owner)
    await membership(event(CHANNEL, "channel", was=True, now=False, user=BOB), bot.app)
    granted = event(CHANNEL, "channel", was=True, now=True, user=BOB)
    await membership(granted, bot.app)
    assert (await bot.chat(CHANNEL)).owner == owner
    told, reply = await membership(
        event(CHANNEL, "channel", was=False, now=True, user=BOB), bot.app
    )
    assert ((await bot.chat(CHANNEL)).owner, told, "I am back" in text(reply)) == (then, then, True)


async def test_a_channel_is_taken_over_by_nobody_who_may_not_subscribe() -> None:
    bot = BotWorld(access="list")
    await bot.subscribed(CHANNEL, kind="channel", owner=None)
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert (await bot.chat(CHANNEL)).owner is None


async def test_an_unfinished_setup_stays_unfinished_when_the_bot_returns() -> None:
    bot = BotWorld()
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    await membership(event(CHANNEL, "channel", was=True, now=False), bot.app)
    await membership(event(CHANNEL, "channel", was=False, now=True), bot.app)
    assert step_of(await bot.chat(CHANNEL)) == "topics"


# --- a group that is managed in private -------------------------------------------------------


def parameter(reply: Reply) -> str:
    """The start parameter of the link under a group's settings."""
    url = button(reply, "Manage in private").url or ""
    return url.partition("?start=")[2]


async def follows_link(bot: BotWorld, words: str, *, user: int = ADA, may: bool = True) -> Reply:
    """What a link does for a person who writes in private, and administers the group or not."""
    request = await claimed(bot.request(chat=user, user=user, words=words), bot.app)
    is_asked = request.target is not None
    request = replace(request, may_configure=may if is_asked else request.may_configure)
    return await route("start", request, bot.app)


async def test_a_group_is_managed_in_private_by_its_link(bot: BotWorld) -> None:
    await bot.subscribed(GROUP, thread=5, kind="supergroup", title="Desk")
    page = await bot.asks("settings", thread=5, **ADMINISTRATOR)
    reply = await follows_link(bot, parameter(page))
    assert "Settings of Desk" in text(reply)
    assert (await bot.chat(GROUP, 5)).owner == ADA
    assert (await bot.chat(GROUP)).owner is None
    topics = await bot.presses(button(reply, "Topics"), may_configure=True)
    await bot.presses(button(topics, "Sanctions"), may_configure=True)
    assert (await bot.chat(GROUP, 5)).wish.topics == {"sanctions"}
    assert (await bot.chat(GROUP)).wish.topics == frozenset()
    assert "Settings of Desk" in text(await bot.asks("settings"))


PAGES = ("topics", "schedule", "schedule:quiet", "timezone", "follow", "mute")


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_tells_the_command_that_does_the_same(bot: BotWorld, page: str) -> None:
    await bot.subscribed()
    assert "<code>/" in text(await bot.sends(pack(*page.split(":"))))
    assert "<code>/" in text(await bot.sends(pack(*page.split(":")), **ADMINISTRATOR))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("chat", [GROUP, CHANNEL])
async def test_a_page_tells_no_command_that_would_change_another_digest(
    bot: BotWorld, page: str, chat: int
) -> None:
    kind: ChatKind = "channel" if chat == CHANNEL else "supergroup"
    await bot.subscribed(chat, thread=5, kind=kind, owner=ADA)
    data = pack(*page.split(":"), target=chat, thread=5)
    reply = await bot.sends(data, may_configure=True)
    assert reply.messages
    assert "<code>/" not in text(reply)


async def test_a_link_to_a_group_is_used_once(bot: BotWorld) -> None:
    words = parameter(await bot.asks("settings", **ADMINISTRATOR))
    await follows_link(bot, words)
    for again in (ADA, BOB):
        reply = await follows_link(bot, words, user=again)
        assert (reply.refused, "leads nowhere" in text(reply)) == ("refuse.link", True)
    assert (await bot.chat(GROUP)).owner == ADA


async def test_a_link_to_a_group_is_too_old_after_a_quarter_of_an_hour(bot: BotWorld) -> None:
    words = parameter(await bot.asks("settings", **ADMINISTRATOR))
    bot.clock.advance(timedelta(minutes=15))
    assert "leads nowhere" in text(await follows_link(bot, words))


async def test_a_link_does_nothing_for_a_plain_member(bot: BotWorld) -> None:
    words = parameter(await bot.asks("settings", **ADMINISTRATOR))
    reply = await follows_link(bot, words, user=BOB, may=False)
    assert "Only the administrator" in text(reply)
    assert (await bot.chat(GROUP)).owner is None
    await follows_link(bot, words)  # it is not used up
    assert (await bot.chat(GROUP)).owner == ADA


@pytest.mark.parametrize("words", ["g_", "g_x", "g_" + "A" * 43, "g_\u0661", "g_" + "9" * 60])
async def test_a_forged_link_to_a_group_is_refused_in_words(bot: BotWorld, words: str) -> None:
    before = await bot.database.chats.all()
    assert "leads nowhere" in text(await follows_link(bot, words))
    assert await bot.database.chats.all() == before


async def test_a_link_that_is_used_this_moment_is_refused(bot: BotWorld) -> None:
    words = parameter(await bot.asks("settings", **ADMINISTRATOR))
    claim = replace(await claimed(bot.request(words=words), bot.app), may_configure=True)
    read = await bot.chat(GROUP)

    class Slow(FakeChatStore):
        """Reads what was there before the link was used."""

        async def get(self, chat: int, thread: int = 0) -> Chat | None:
            return read

    late = replace(bot.app, chats=Slow(bot.database.tables))
    await route("start", claim, bot.app)
    assert (await route("start", claim, late)).refused == "refuse.link"
    await bot.database.chats.delete(GROUP)
    assert (await route("start", claim, bot.app)).refused == "refuse.link"


async def test_who_sets_a_group_up_manages_it_unless_nobody_knows_who(bot: BotWorld) -> None:
    await bot.database.chats.delete(GROUP)
    await bot.asks("setup", thread=3, **ADMINISTRATOR)
    await bot.asks("setup", thread=4, anonymous=True, **ADMINISTRATOR)
    assert (await bot.chat(GROUP, 3)).owner == BOB
    assert (await bot.chat(GROUP, 4)).owner is None


@pytest.mark.parametrize("command", ["settings", "setup"])
async def test_who_follows_an_administrator_manages_the_group(bot: BotWorld, command: str) -> None:
    await bot.database.chats.save(replace(await bot.chat(GROUP), owner=ADA))
    await bot.asks(command, **ADMINISTRATOR)
    assert (await bot.chat(GROUP)).owner == ADA, "who still administers it goes on"
    bot.demoted.add((GROUP, ADA))
    await bot.asks(command, anonymous=True, **ADMINISTRATOR)
    assert (await bot.chat(GROUP)).owner == ADA, "nobody knows who that is"
    await bot.asks(command, **ADMINISTRATOR)
    assert (await bot.chat(GROUP)).owner == BOB


async def test_words_typed_in_private_answer_for_no_group(bot: BotWorld) -> None:
    await bot.subscribed(BOB)
    await bot.sends("1:start:own", thread=3, **ADMINISTRATOR)
    await bot.types("Iran", chat=BOB, user=BOB, may_configure=True)
    assert (await bot.chat(GROUP, 3)).wish.countries == frozenset()


async def test_setup_in_another_topic_moves_the_digest_there(bot: BotWorld) -> None:
    held = await bot.chat(GROUP)
    asked = await bot.asks("setup", thread=3, **ADMINISTRATOR)
    assert "Other topics of this group have a digest already" in text(asked)
    assert await bot.database.chats.get(GROUP, 3) is None

    moved = await bot.presses(button(asked, "Move here: 07:30"), thread=3, **ADMINISTRATOR)

    assert moved.edits and "Moved." in text(moved)
    assert "Next digest Wed 07:30 (Europe/Zurich)" in text(moved)
    (chat,) = await bot.database.chats.of(GROUP)
    assert chat == replace(held, thread=3, version=held.version + 1)
    again = await bot.presses(button(asked, "Move here"), thread=3, **ADMINISTRATOR)
    assert again == moved
    elsewhere = await bot.presses(button(asked, "Move here"), thread=4, **ADMINISTRATOR)
    assert elsewhere.refused == "refuse.old-button"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("settings", ""),
        ("topics", "Iran"),
        ("schedule", "9:00"),
        ("timezone", ""),
        ("lang", "en"),
        ("follow", "Cuba"),
        ("mute", "cricket"),
        ("pause", "3d"),
        ("stop", ""),
    ],
)
async def test_a_command_in_another_topic_says_which_digest_it_is_about(
    bot: BotWorld, command: str, words: str
) -> None:
    told = 'about the digest in <a href="https://t.me/c/1/1">another topic</a>'
    assert told not in text(await bot.asks(command, words, **ADMINISTRATOR))
    there = await bot.asks(command, words, thread=3, **ADMINISTRATOR)
    assert told in text(there).partition("\n")[0]
    assert "/setup moves it here" in text(there)


async def test_a_button_in_another_topic_says_which_digest_it_is_about(bot: BotWorld) -> None:
    page = await bot.asks("topics", thread=3, **ADMINISTRATOR)
    pressed = await bot.presses(button(page, "Sanctions"), thread=3, **ADMINISTRATOR)
    assert "another topic" in text(pressed) and pressed.edits
    assert "another topic" not in text(await bot.asks("help", thread=3, **ADMINISTRATOR))
    assert "Other topics of this group have" in text(
        await bot.asks("setup", thread=3, **ADMINISTRATOR)
    )
    assert (await bot.asks("stats", thread=3, **ADMINISTRATOR)).messages == ()
    resumed = await bot.sends("1:start:resume", thread=3, **ADMINISTRATOR)
    assert "another topic" in text(resumed)


async def test_what_is_deleted_in_another_topic_is_said_once(bot: BotWorld) -> None:
    asked = text(await bot.asks("unlink", thread=3, **ADMINISTRATOR))
    assert asked.count("another topic") == 1


async def test_setup_in_another_topic_can_give_that_a_digest_of_its_own(bot: BotWorld) -> None:
    asked = await bot.asks("setup", thread=3, **ADMINISTRATOR)
    own = await bot.presses(button(asked, "A digest of its own"), thread=3, **ADMINISTRATOR)
    assert own.edits and "Three questions first" in text(own)
    assert [one.thread for one in await bot.database.chats.of(GROUP)] == [0, 3]
    again = await bot.presses(button(asked, "A digest of its own"), thread=3, **ADMINISTRATOR)
    assert again == own
    assert "Three questions first" in text(await bot.asks("setup", thread=3, **ADMINISTRATOR))
    move = await bot.presses(button(asked, "Move here"), thread=3, **ADMINISTRATOR)
    assert move.refused == "refuse.old-button"
    await bot.sends("1:start:done", thread=3, **ADMINISTRATOR)
    late = await bot.presses(button(asked, "A digest of its own"), thread=3, **ADMINISTRATOR)
    assert late.refused == "refuse.old-button"


async def test_what_is_still_set_up_does_not_move(bot: BotWorld) -> None:
    await bot.database.chats.delete(GROUP)
    await bot.asks("setup", thread=3, **ADMINISTRATOR)
    assert "Three questions first" in text(await bot.asks("setup", thread=4, **ADMINISTRATOR))


@pytest.mark.parametrize("data", ["1:start:move:x", "1:start:move:9", "1:start:move:²"])
async def test_a_forged_move_leads_nowhere(bot: BotWorld, data: str) -> None:
    reply = await bot.sends(data, thread=3, **ADMINISTRATOR)
    assert reply.refused == "refuse.old-button"
    assert [one.thread for one in await bot.database.chats.of(GROUP)] == [0]


async def test_unlinking_one_topic_leaves_the_others(bot: BotWorld) -> None:
    await bot.subscribed(GROUP, thread=5, kind="supergroup", title="Desk")
    question = await bot.asks("unlink", thread=5, **ADMINISTRATOR)
    await bot.presses(button(question, "Yes"), thread=5, **ADMINISTRATOR)
    assert [one.thread for one in await bot.database.chats.of(GROUP)] == [0]


async def test_a_group_can_be_erased_from_private(bot: BotWorld) -> None:
    await bot.subscribed(GROUP, thread=5, kind="supergroup", owner=ADA)
    question = await bot.sends("1@-rt.5:deletemydata", may_configure=True)
    await bot.presses(button(question, "Yes"), may_configure=True)
    assert [one.thread for one in await bot.database.chats.of(GROUP)] == [0]


async def test_who_erases_their_data_leaves_the_group_to_the_others(bot: BotWorld) -> None:
    await bot.subscribed(GROUP, thread=5, kind="supergroup", owner=ADA)
    question = await bot.asks("deletemydata")
    assert "channels" not in text(question)
    await bot.presses(button(question, "Yes"))
    assert (await bot.chat(GROUP, 5)).owner is None


@pytest.mark.parametrize("data", [f"1@{CHANNEL}:settings", f"1@{CHANNEL}:deletemydata:yes"])
async def test_a_channel_is_managed_nowhere_but_in_private(bot: BotWorld, data: str) -> None:
    await bot.subscribed(CHANNEL, kind="channel", owner=BOB)
    reply = await bot.sends(data, **ADMINISTRATOR)
    assert (reply.messages, reply.refused) == ((), "refuse.private-only")
    assert await bot.chat(CHANNEL)


@pytest.mark.parametrize("action", ["search:0:a", "saved", "save:s:1", "broadcast", "nonsense"])
async def test_only_what_manages_is_about_another_chat(bot: BotWorld, action: str) -> None:
    await bot.subscribed(CHANNEL, kind="channel", owner=ADA)
    reply = await bot.sends(f"1@{CHANNEL}:{action}", may_configure=True)
    assert reply.refused == "refuse.old-button"


async def test_a_removal_is_told_once() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    kicked = event(CHANNEL, "channel", was=True, now=False)
    assert "paused" in text((await membership(kicked, bot.app))[1])
    left = event(CHANNEL, "channel", was=False, now=False)
    assert (await membership(left, bot.app))[1].messages == ()


async def test_the_owner_of_a_channel_follows_countries_by_taps() -> None:
    bot = BotWorld()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    front = await bot.sends(f"1@{CHANNEL}:settings", may_configure=True)
    page = await bot.presses(button(front, "Followed: 0"), may_configure=True)
    assert "Nothing is followed here yet." in text(page)
    for label in ("Countries", "Oceania", "🇫🇯 Fiji", "🇼🇸 Samoa", "✓ 🇫🇯 Fiji"):
        page = await bot.presses(button(page, label), may_configure=True)
    assert (await bot.chat(CHANNEL)).wish.follow == {"WS"}
    for label in ("‹ Back", "‹ Back"):
        page = await bot.presses(button(page, label), may_configure=True)
    assert button(page, "✕ 🇼🇸 Samoa")


async def test_a_list_that_is_full_takes_no_country_by_taps() -> None:
    bot = BotWorld()
    await bot.subscribed()
    await bot.follows(*(f"s:{number}" for number in range(1, MOST_LISTED + 1)))
    page = await bot.presses(button(await bot.asks("follow"), "Countries"))
    reply = await bot.presses(button(await bot.presses(button(page, "Oceania")), "🇫🇯 Fiji"))
    assert (reply.alert, "Your list is full." in reply.notice) == (True, True)


@pytest.mark.parametrize(
    "forged", ["countries:atlantis", "+:in:asia:XX", "*:in:asia:JP", "+:in:europe:JP"]
)
async def test_a_forged_switch_of_what_is_followed_does_nothing(forged: str) -> None:
    bot = BotWorld()
    await bot.subscribed()
    reply = await bot.sends(f"1:follow:{forged}")
    assert "earlier version" in reply.notice
    assert (await bot.chat()).wish.follow == frozenset()


async def test_one_of_two_topics_is_unlinked_by_its_name_and_the_other_stays(bot: BotWorld) -> None:
    await bot.subscribed(GROUP, kind="supergroup", title="Desk", thread=5)
    ask = await bot.asks("unlink", thread=5, **ADMINISTRATOR)
    assert "the digest of this topic in Desk" in text(ask)
    done = await bot.presses(button(ask, "Yes"), thread=5, **ADMINISTRATOR)
    assert "Other topics keep their digests." in text(done)
    last = await bot.asks("unlink", **ADMINISTRATOR)
    assert "the digest of Desk" in text(last)


async def test_a_topic_without_a_digest_says_that_another_s_would_be_erased(bot: BotWorld) -> None:
    ask = await bot.asks("unlink", thread=5, **ADMINISTRATOR)
    assert "The only digest of Desk comes in another topic" in text(ask)
    done = await bot.presses(button(ask, "Yes"), thread=5, **ADMINISTRATOR)
    assert "Nothing about this chat is kept." in text(done)


async def test_back_from_the_settings_of_a_channel_leads_to_one_s_own() -> None:
    bot = BotWorld()
    await bot.subscribed()
    await bot.subscribed(CHANNEL, kind="channel", title="Edition", owner=ADA)
    own = await bot.asks("settings")
    theirs = await bot.presses(button(own, "📢 Edition"), may_configure=True)
    assert "Settings of Edition" in text(theirs)
    back = await bot.presses(button(theirs, "‹ Back"))
    assert (text(back), back.edits) == (text(own), True)
