"""What people wrote in private, so that a message is answered anew only where its words were changed.

Telegram tells of an edit also where nothing is to be seen of it, as when a page's preview has come.
"""

from collections import OrderedDict

from telegram import Message

_REMEMBERED = 10_000  # messages; they take 2.3 MB


class Written:
    """The words of the last messages. What is forgotten, or was before a restart, counts as unchanged."""

    def __init__(self) -> None:
        self._marks: OrderedDict[tuple[int, int], int] = OrderedDict()

    def note(self, message: Message) -> None:
        """This is what somebody wrote."""
        key = (message.chat.id, message.message_id)
        self._marks[key] = hash(message.text)
        self._marks.move_to_end(key)
        if len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)

    def is_changed(self, message: Message) -> bool:
        """Whether it said something else before."""
        before = self._marks.get((message.chat.id, message.message_id))
        return before is not None and before != hash(message.text)
