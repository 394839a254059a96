"""People: what they write, send and press, as the bot hears of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.patience import PATIENCE

from .entities import Json, bot_commands
from .schema import Upload
from .state import ANONYMOUS, Chat, Message, User

if TYPE_CHECKING:
    from .server import TelegramServer


@dataclass(slots=True)
class Press:
    """A button pressed; the answer comes later, or never."""

    id: str
    data: str
    at: float
    is_answered: bool = False
    text: str = ""
    is_alert: bool = False


@dataclass(slots=True)
class InlineQuery:
    """A query typed behind the bot's name; the results come later, or never."""

    id: str
    text: str
    at: float
    is_answered: bool = False
    results: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who uses the bot. All acts fail with AssertionError where Telegram shows no way."""

    user: User
    server: "TelegramServer"

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.server.world.private(self.user)

    async def send(
        self,
        text: str,
        *,
        chat: Chat | None = None,
        thread: int | None = None,
        reply_to: Message | None = None,
        anonymous: bool | None = None,
    ) -> Message:
        """Write a message, in private unless a chat is named."""
        message = self._place(chat or self.chat, thread, reply_to, anonymous)
        message.text, message.entities = text, bot_commands(text)
        self.server.deliver(message)
        return message

    async def edit(self, message: Message, text: str | None = None) -> None:
        """Put one's message in other words; without any Telegram itself has changed something."""
        assert message.sender is self.user, "only one's own messages can be edited"
        if text is not None:
            message.text, message.entities = text, bot_commands(text)
        message.edited_at = int(self.server.now())
        self.server.updates.push("edited_message", message.as_json())

    async def send_document(
        self,
        name: str,
        data: bytes,
        *,
        mime: str = "text/plain",
        caption: str = "",
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a file."""
        message = self._place(chat or self.chat, thread, None, None)
        file_id = self.server.world.keep(Upload(name, data, mime))
        shown = {"file_name": name, "mime_type": mime, "file_size": len(data)}
        unique = f"unique-{file_id}"
        message.media = {"document": {"file_id": file_id, "file_unique_id": unique, **shown}}
        message.text, message.entities = caption, bot_commands(caption)
        self.server.deliver(message)
        return message

    async def send_photo(self, data: bytes, *, caption: str = "", album: str = "") -> Message:
        """Send a picture in private, perhaps one of an album."""
        message = self._place(self.chat, None, None, None)
        file_id = self.server.world.keep(Upload("photo.jpg", data, "image/jpeg"))
        size = {"width": 1, "height": 1, "file_size": len(data)}
        shown = {"file_id": file_id, "file_unique_id": f"unique-{file_id}", **size}
        message.media, message.text = {"photo": [shown]}, caption
        message.media |= {"media_group_id": album} if album else {}
        message.entities = bot_commands(caption)
        self.server.deliver(message)
        return message

    async def send_animation(self, data: bytes) -> Message:
        """Send a moving picture in private; Telegram calls it a document, too."""
        message = self._place(self.chat, None, None, None)
        file_id = self.server.world.keep(Upload("wave.mp4", data, "video/mp4"))
        shown = {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": len(data)}
        size = {"width": 1, "height": 1, "duration": 1}
        message.media = {
            "animation": {**shown, **size},
            "document": {**shown, "file_name": "wave.mp4"},
        }
        self.server.deliver(message)
        return message

    async def send_location(self, north: float, east: float) -> Message:
        """Send a place on the map in private."""
        message = self._place(self.chat, None, None, None)
        message.media = {"location": {"latitude": north, "longitude": east}}
        self.server.deliver(message)
        return message

    def _place(
        self, chat: Chat, thread: int | None, reply_to: Message | None, anonymous: bool | None
    ) -> Message:
        if chat.kind == "private":
            assert chat.id == self.id, f"{self.user.first_name} cannot write in another's chat"
            assert not chat.is_blocked, f"{self.user.first_name} has blocked the bot"
            chat.is_started = True
            return self.server.post(chat, self.user, reply_to=reply_to)
        member = chat.member(self.user)
        assert member.is_present, f"{self.user.first_name} is not in {chat.title}"
        assert thread is None or thread in chat.topics, f"{chat.title} has no topic {thread}"
        message = self.server.post(chat, self.user, thread=thread, reply_to=reply_to)
        hidden = member.is_anonymous if anonymous is None else anonymous
        if chat.kind == "channel":
            assert member.is_administrator, f"{self.user.first_name} may not post here"
            message.sender, message.sender_chat = None, chat
        elif hidden:
            message.sender, message.sender_chat = ANONYMOUS, chat
        return message

    async def press(self, message: Message, button: str, *, patience: float = PATIENCE) -> Press:
        """Press the button with this label, or else this callback data; wait for the answer.

        The press has ``is_answered`` False if no answer came within ``patience`` seconds.
        """
        found = [one for one in message.buttons if one["text"] == button]
        found += [one for one in message.buttons if one.get("callback_data") == button]
        assert found, f"no button {button!r} among {message.labels}"
        data = found[0].get("callback_data")
        assert data is not None, f"the button {button!r} sends nothing: {found[0]}"
        return await self.press_raw(message, data, patience=patience)

    async def press_raw(self, message: Message, data: str, *, patience: float = PATIENCE) -> Press:
        """Press a button that may no longer be there."""
        chat = message.chat
        seen = chat.id == self.id if chat.kind == "private" else chat.member(self.user).is_present
        assert seen, f"{self.user.first_name} does not see this message"
        press = Press(str(next(self.server.numbers)), data, self.server.now())
        self.server.presses[press.id] = press
        payload = {
            "id": press.id,
            "from": self.user.as_json(),  # the real one, also of anonymous administrators
            "message": message.as_json(),
            "chat_instance": str(chat.id * 31),
            "data": data,
        }
        self.server.updates.push("callback_query", payload)
        await self.server.eventually(lambda: press.is_answered, patience)
        return press

    async def inline(self, text: str, *, patience: float = PATIENCE) -> InlineQuery:
        """Type behind the bot's name in some chat; wait for the results."""
        query = InlineQuery(str(next(self.server.numbers)), text, self.server.now())
        self.server.inline_queries[query.id] = query
        payload = {"id": query.id, "from": self.user.as_json(), "query": text, "offset": ""}
        self.server.updates.push("inline_query", payload)
        await self.server.eventually(lambda: query.is_answered, patience)
        return query

    def block(self) -> None:
        self.server.block(self)

    def unblock(self) -> None:
        self.server.unblock(self)
