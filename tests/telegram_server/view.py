"""A chat as a person sees it."""

from rich.text import Text

from .entities import cut, units
from .state import Chat, Message

STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "spoiler": "dim",
    "code": "cyan",
    "pre": "cyan",
    "blockquote": "green",
    "expandable_blockquote": "green",
    "bot_command": "blue",
}


def shown_chat(chat: Chat) -> str:
    """All visible messages, with buttons, oldest first."""
    return "\n\n".join(shown_message(message) for message in chat.visible())


def shown_message(message: Message) -> str:
    """One message as plain text."""
    return str(styled_message(message))


def styled_message(message: Message) -> Text:
    """One message with bold, links and the rest as a terminal shows them."""
    shown = Text()
    shown.append(_header(message), "dim")
    for line in (_media(message), _service(message)):
        if line:
            shown.append(f"\n{line}")
    if message.text:
        shown.append("\n").append(_words(message))
    number = 0
    for row in message.keyboard:
        labels = []
        for button in row:
            number += 1
            target = f" → {button['url']}" if "url" in button else ""
            labels.append(f"[{number}: {button['text']}{target}]")
        shown.append("\n" + " ".join(labels), "magenta")
    return shown


def _header(message: Message) -> str:
    who = message.sender or message.chat.person
    name = (message.sender_chat.title if message.sender_chat else None) or (
        who.first_name if who else "?"
    )
    place = f" · topic {message.thread_id}" if message.thread_id else ""
    edited = " · edited" if message.edited_at is not None else ""
    pinned = " · pinned" if message.is_pinned else ""
    return f"#{message.id} {name}{place}{edited}{pinned}"


def _media(message: Message) -> str:
    if "document" in message.media:
        return f"📎 {message.media['document']['file_name']}"
    return "🖼" if message.media else ""


def _service(message: Message) -> str:
    return f"({next(iter(message.service)).replace('_', ' ')})" if message.service else ""


def _words(message: Message) -> Text:
    words = Text(message.text)
    for one in message.entities:
        start = len(cut(message.text, 0, one.offset))
        end = len(cut(message.text, 0, min(one.end, units(message.text))))
        style = f"underline blue link {one.url}" if one.url else STYLES.get(one.kind, "")
        words.stylize(style, start, end)
    return words
