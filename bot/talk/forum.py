"""Forum topics of a group, whose names Telegram tells no bot: each is known by its address."""

from digest.model.chats import Chat

_GENERAL = 1  # the number that Telegram's own addresses have for the General topic


def topic_link(chat: Chat) -> str:
    """The address that opens the topic of a digest, for the members of its group."""
    number = str(chat.id).removeprefix("-100")
    return f"https://t.me/c/{number}/{chat.thread or _GENERAL}"
