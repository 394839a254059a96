"""The world behind the server: people, chats, topics, messages, files. Data only, no rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from .entities import Entity, Json
from .schema import Upload

ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

GENERAL_TOPIC = 1
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    is_deactivated: bool = False

    def as_json(self) -> Json:
        names = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        present = {key: value for key, value in names.items() if value is not None}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **present}


ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)


@dataclass(slots=True)
class Member:
    """What a user is in a chat. ``rights`` are what an administrator may or one restricted keeps."""

    user: User
    status: Status = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False

    @property
    def is_present(self) -> bool:
        return self.status not in ("left", "kicked")

    @property
    def is_administrator(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether an administrator has the right; a creator has all."""
        return self.status == "creator" or (self.is_administrator and right in self.rights)

    def as_json(self, kind: ChatKind) -> Json:
        base: Json = {"user": self.user.as_json(), "status": self.status}
        if self.status == "creator":
            return {**base, "is_anonymous": self.is_anonymous}
        if self.status == "administrator":
            names = RIGHTS + (CHANNEL_RIGHTS if kind == "channel" else GROUP_RIGHTS)
            held = {name: name in self.rights for name in names}
            flags = {"is_anonymous": self.is_anonymous, "can_be_edited": False}
            return {**base, **flags, **held}
        if self.status == "restricted":
            held = {name: name in self.rights for name in PERMISSIONS}
            return {**base, "is_member": True, "until_date": 0, **held}
        return {**base, "until_date": 0} if self.status == "kicked" else base


@dataclass(slots=True)
class Topic:
    thread_id: int
    name: str
    is_closed: bool = False
    is_deleted: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """One message of a chat; texts of documents and photos (captions) are ``text`` too."""

    id: int
    chat: "Chat"
    date: int  # Unix seconds
    sender: User | None = None
    sender_chat: "Chat | None" = None
    by_bot: bool = False
    text: str = ""
    entities: tuple[Entity, ...] = ()
    source: str = ""  # as the bot wrote it, with markup
    keyboard: tuple[tuple[Json, ...], ...] = ()
    reply_markup: Json | None = None  # keyboards that belong to the chat, not to the message
    thread_id: int | None = None
    reply_to: "Message | None" = None
    media: Json = field(default_factory=dict)  # document or photo, as the Bot API shows it
    service: Json = field(default_factory=dict)
    origin: Json | None = None
    is_silent: bool = False
    has_preview: bool = True
    is_deleted: bool = False
    is_pinned: bool = False
    edited_at: int | None = None

    def __repr__(self) -> str:
        return f"<message {self.id} of {self.chat.id}: {self.text[:60]!r}>"

    @property
    def buttons(self) -> tuple[Json, ...]:
        """All buttons, in reading order."""
        return tuple(button for row in self.keyboard for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons, in reading order."""
        return tuple(str(button["text"]) for button in self.buttons)

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses of the links in the text, in order."""
        return tuple(one.url for one in self.entities if one.url)

    def as_json(self, *, with_reply: bool = True) -> Json:
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        shown |= self._senders() | self.media | self.service | self._words()
        shown |= self._thread()
        if self.keyboard:
            shown["reply_markup"] = {"inline_keyboard": [list(row) for row in self.keyboard]}
        answered = self.reply_to or self._topic_start()
        if answered and with_reply:
            shown["reply_to_message"] = answered.as_json(with_reply=False)
        if self.origin:
            shown["forward_origin"] = self.origin
        if self.edited_at is not None:
            shown["edit_date"] = self.edited_at
        return shown

    def _topic_start(self) -> "Message | None":
        """The service message that began the topic: Telegram shows it as if replied to."""
        return None if self.thread_id == self.id else self.chat.messages.get(self.thread_id or 0)

    def _thread(self) -> Json:
        """Replies outside of forums form threads too: an id, but ``is_topic_message`` is absent."""
        if self.thread_id is not None:
            return {"message_thread_id": self.thread_id, "is_topic_message": True}
        root = self.reply_to
        while root is not None and root.reply_to is not None:
            root = root.reply_to
        threads = self.chat.kind == "supergroup" and not self.chat.is_forum
        return {"message_thread_id": root.id} if root and threads else {}

    def _senders(self) -> Json:
        shown: Json = {}
        if self.sender:
            shown["from"] = self.sender.as_json()
        if self.sender_chat:
            shown["sender_chat"] = self.sender_chat.as_json()
        return shown

    def _words(self) -> Json:
        if not self.text:
            return {}
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        marks = [one.as_json() for one in self.entities]
        return {text: self.text, **({entities: marks} if marks else {})}


@dataclass(slots=True, eq=False)
class Chat:
    id: int
    kind: ChatKind
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    person: User | None = None  # of a private chat
    is_started: bool = False  # a private chat: the person has written
    is_blocked: bool = False  # a private chat: the person has blocked the bot
    is_gone: bool = False  # deleted by its owner
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    permissions: frozenset[str] = frozenset(PERMISSIONS)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}: {self.title or self.person}>"

    def member(self, user: User) -> Member:
        """What the user is here; who never came has left."""
        return self.members.get(user.id, Member(user, "left"))

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def visible(self, thread: int | None = None) -> tuple[Message, ...]:
        """The messages still there, oldest first; of one topic if it is named."""
        return tuple(
            message
            for message in self.messages.values()
            if not message.is_deleted and (thread is None or message.thread_id == thread)
        )

    def as_json(self) -> Json:
        shown: Json = {"id": self.id, "type": self.kind}
        if self.person:
            names = {"first_name": self.person.first_name, "username": self.person.username}
            return shown | {key: value for key, value in names.items() if value}
        named = {"title": self.title, "username": self.username, "is_forum": self.is_forum or None}
        return shown | {key: value for key, value in named.items() if value is not None}


@dataclass(slots=True, eq=False)
class World:
    """All there is."""

    bot: User
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)  # by file_id

    def chat(self, chat_id: int | str) -> Chat | None:
        """A chat by id or by @name."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        names = (chat for chat in self.chats.values() if chat.username)
        return next((one for one in names if f"@{one.username}" == chat_id), None)

    def add_chat(self, chat: Chat, members: Iterable[Member] = ()) -> Chat:
        self.chats[chat.id] = chat
        chat.members.update({member.user.id: member for member in members})
        return chat

    def private(self, user: User) -> Chat:
        """The chat of the bot and a person, made when first asked for."""
        known = self.chats.get(user.id)
        return known or self.add_chat(Chat(user.id, "private", person=user, username=user.username))

    def keep(self, file: Upload) -> str:
        """Store a file; its file_id."""
        file_id = f"file-{len(self.files) + 1:04d}"
        self.files[file_id] = file
        return file_id
