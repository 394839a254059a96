"""What people wrote in private, so that an edited message is answered anew only if its words changed.

Telegram reports an edit even if nothing is to be seen of it, for instance when the preview of a page has
loaded.
"""

from collections import OrderedDict

from telegram import Message

_REMEMBERED = 10_000  # messages; they take 2.3 MB


class Written:
    """The words of the last messages. Those forgotten, or from before a restart, count as unchanged."""

    def __init__(self) -> None:
        self._marks: OrderedDict[tuple[int, int], int] = OrderedDict()

    def note(self, message: Message) -> None:
        """Remember what somebody wrote."""
        key = (message.chat.id, message.message_id)
        self._marks[key] = hash(message.text)
        self._marks.move_to_end(key)
        if len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)

    def is_changed(self, message: Message) -> bool:
        """Whether it said something else before."""
        before = self._marks.get((message.chat.id, message.message_id))
        return before is not None and before != hash(message.text)
