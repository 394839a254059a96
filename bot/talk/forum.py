"""Forum topics of a group. Telegram does not tell bots their names, so messages name them by a link. Pure."""

from digest.model.chats import Chat

_GENERAL = 1  # the General topic in Telegram's links


def topic_link(chat: Chat) -> str:
    """The t.me link that opens the forum topic of a subscription; it works for members of the group."""
    number = str(chat.id).removeprefix("-100")
    return f"https://t.me/c/{number}/{chat.thread or _GENERAL}"
