"""Setting the scene: groups, channels, topics, who may what, and the bot's comings and goings."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from .entities import Json
from .people import Person
from .state import (
    ANONYMOUS,
    CHANNEL_RIGHTS,
    GENERAL_TOPIC,
    GROUP_RIGHTS,
    PERMISSIONS,
    RIGHTS,
    Chat,
    ChatKind,
    Member,
    Message,
    Status,
    Topic,
    User,
    World,
)

if TYPE_CHECKING:
    from .server import TelegramServer

SUPERGROUP_BASE = -1_001_000_000_000


class Scenes:
    """The part of the server that a test directs; what the bot may know of it becomes updates."""

    world: World

    def user(
        self,
        user_id: int,
        first_name: str = "Ada",
        *,
        language_code: str | None = "en",
        username: str | None = None,
    ) -> Person:
        """A person; the bot may not write before the person has."""
        user = User(user_id, first_name, username=username, language_code=language_code)
        self.world.users[user_id] = user
        self.world.private(user)
        return Person(user, self._server)

    @property
    def _server(self) -> "TelegramServer":
        raise NotImplementedError

    def group(
        self,
        title: str = "Desk",
        *,
        members: Iterable[Person] = (),
        creator: Person | None = None,
        forum: bool = False,
        supergroup: bool = True,
    ) -> Chat:
        """A group without the bot; a forum is always a supergroup."""
        kind: ChatKind = "supergroup" if forum or supergroup else "group"
        chat = self._chat(kind, title, members, creator)
        chat.is_forum = forum
        if forum:
            chat.topics[GENERAL_TOPIC] = Topic(GENERAL_TOPIC, "General")
        return chat

    def channel(
        self,
        title: str = "Edition",
        *,
        members: Iterable[Person] = (),
        creator: Person | None = None,
        username: str | None = None,
    ) -> Chat:
        """A channel without the bot."""
        chat = self._chat("channel", title, members, creator)
        chat.username = username
        return chat

    def _chat(
        self, kind: ChatKind, title: str, members: Iterable[Person], creator: Person | None
    ) -> Chat:
        number = len(self.world.chats) + 1
        chat_id = -number if kind == "group" else SUPERGROUP_BASE - number
        people = [Member(person.user) for person in members]
        if creator:
            people.append(Member(creator.user, "creator"))
        return self.world.add_chat(Chat(chat_id, kind, title=title), people)

    def topic(self, chat: Chat, name: str = "Digest") -> int:
        """A new topic of a forum; its thread id is the id of its first, service message."""
        service: Json = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._server.post(chat, _someone(chat), service=service)
        message.thread_id = message.id
        chat.topics[message.id] = Topic(message.id, name)
        self._server.deliver(message)
        return message.id

    def close_topic(self, chat: Chat, thread: int = GENERAL_TOPIC) -> None:
        self._topic_service(chat, thread, closed=True)

    def reopen_topic(self, chat: Chat, thread: int = GENERAL_TOPIC) -> None:
        self._topic_service(chat, thread, closed=False)

    def _topic_service(self, chat: Chat, thread: int, *, closed: bool) -> None:
        chat.topics[thread].is_closed = closed
        word = "forum_topic_closed" if closed else "forum_topic_reopened"
        place = None if thread == GENERAL_TOPIC else thread
        message = self._server.post(chat, _someone(chat), service={word: {}}, thread=place)
        self._server.deliver(message)

    def rename(self, chat: Chat, title: str) -> None:
        """Give a group or channel another name, by a service message."""
        chat.title = title
        service: Json = {"new_chat_title": title}
        self._server.deliver(self._server.post(chat, _someone(chat), service=service))

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """The topic and all in it are gone; Telegram tells bots nothing."""
        chat.topics[thread].is_deleted = True
        for message in chat.visible(thread):
            message.is_deleted = True

    def add_member(self, chat: Chat, person: Person) -> None:
        """A person joins; the bot hears of it by the service message."""
        chat.members[person.id] = Member(person.user)
        service = {"new_chat_members": [person.user.as_json()]}
        if chat.kind != "channel":
            self._server.deliver(self._server.post(chat, person.user, service=service))

    def promote(
        self,
        chat: Chat,
        person: Person,
        *,
        rights: Iterable[str] | None = None,
        anonymous: bool = False,
    ) -> None:
        """Make a person an administrator, with all rights unless they are named."""
        held = frozenset(all_rights(chat) if rights is None else rights)
        self._set_member(chat, Member(person.user, "administrator", held, anonymous))

    def demote(self, chat: Chat, person: Person) -> None:
        self._set_member(chat, Member(person.user))

    def remove(self, chat: Chat, person: Person, *, ban: bool = False) -> None:
        self._set_member(chat, Member(person.user, "kicked" if ban else "left"))

    def _set_member(self, chat: Chat, member: Member) -> None:
        old = chat.member(member.user)
        chat.members[member.user.id] = member
        if chat.member(self.world.bot).is_administrator:
            self._server.push_member_update("chat_member", chat, old, member, _someone(chat))

    def add_bot(
        self,
        chat: Chat,
        *,
        by: Person,
        as_admin: bool = False,
        rights: Iterable[str] | None = None,
    ) -> None:
        """Add the bot, or change what it is: my_chat_member, and a service message in groups."""
        was_here = chat.member(self.world.bot).is_present
        member = Member(self.world.bot)
        if as_admin or chat.kind == "channel":
            held = frozenset(all_rights(chat) if rights is None else rights)
            member = Member(self.world.bot, "administrator", held)
        self.set_bot_member(chat, member, by=by.user)
        if not was_here and chat.kind != "channel":
            service: Json = {"new_chat_members": [self.world.bot.as_json()]}
            self._server.deliver(self._server.post(chat, by.user, service=service))

    def kick_bot(self, chat: Chat, *, by: Person, ban: bool = True) -> None:
        status: Status = "kicked" if ban else "left"
        self.set_bot_member(chat, Member(self.world.bot, status), by=by.user)

    def restrict_bot(self, chat: Chat, *, by: Person, without: Iterable[str]) -> None:
        """Leave the bot in a group, without some permissions."""
        held = frozenset(PERMISSIONS) - frozenset(without)
        self.set_bot_member(chat, Member(self.world.bot, "restricted", held), by=by.user)

    def set_bot_member(self, chat: Chat, member: Member, *, by: User) -> None:
        """Change what the bot is in a chat, and tell it so."""
        old = chat.member(self.world.bot)
        chat.members[self.world.bot.id] = member
        self._server.push_member_update("my_chat_member", chat, old, member, by)

    def block(self, person: Person) -> None:
        self._block(person, blocked=True)

    def unblock(self, person: Person) -> None:
        self._block(person, blocked=False)

    def _block(self, person: Person, *, blocked: bool) -> None:
        person.chat.is_blocked = blocked
        here, gone = Member(self.world.bot), Member(self.world.bot, "kicked")
        old, new = (here, gone) if blocked else (gone, here)
        self._server.push_member_update("my_chat_member", person.chat, old, new, person.user)

    def deactivate(self, person: Person) -> None:
        """The person deletes the account."""
        person.user.is_deactivated = True

    def delete_chat(self, chat: Chat) -> None:
        """The owner deletes the group or channel."""
        chat.is_gone = True

    def migrate(self, chat: Chat) -> Chat:
        """The group becomes a supergroup with a new id.

        The bot hears that it joined the new one, and two service messages; never that it left
        the old one, as Telegram's own server does.
        """
        new = self._chat("supergroup", chat.title or "", (), None)
        new.members = {key: replace(member) for key, member in chat.members.items()}
        chat.migrated_to = new.id
        bot, someone = self.world.bot, _someone(chat)
        self._server.push_member_update(
            "my_chat_member", new, Member(bot, "left"), new.member(bot), someone
        )
        for place, service in (
            (chat, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": chat.id}),
        ):
            self._server.deliver(self._migration_note(place, service))
        return new

    def _migration_note(self, place: Chat, service: Json) -> Message:
        message = self._server.post(place, _someone(place), service=service)
        if "migrate_from_chat_id" in service:
            message.sender, message.sender_chat = ANONYMOUS, place
        return message


def all_rights(chat: Chat) -> tuple[str, ...]:
    """The rights that an administrator of such a chat can have."""
    return RIGHTS + (CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS)


def _someone(chat: Chat) -> User:
    """The one who does what nobody in particular does: the creator, else any member."""
    by_rank = sorted(chat.members.values(), key=lambda one: one.status != "creator")
    people = [member.user for member in by_rank if not member.user.is_bot]
    return people[0] if people else ANONYMOUS
