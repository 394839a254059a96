"""What is stored of a digest, whether it comes at its hour or as an alert. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from ..compose.due import is_quiet
from ..compose.export import as_json
from ..model.articles import StoryId
from ..model.chats import Schedule
from ..model.digests import Digest
from ..model.messages import Message
from ..relate.novelty import trace


@dataclass(frozen=True, slots=True)
class Record:
    """What is stored of a digest: itself as JSON, and what it has shown."""

    text: str
    stories: tuple[StoryId, ...]
    sentences: tuple[str, ...]  # as Shown has them


def record(digest: Digest) -> Record:
    """The record of a digest, with what a chat that gets it has been shown."""
    told = (cited.text for item in digest.items for cited in item.sentences)
    announced = (one.text for one in digest.ahead)
    return Record(
        text=json.dumps(as_json(digest), ensure_ascii=False),
        stories=tuple(item.story for item in digest.items),
        sentences=tuple(map(trace, chain(told, announced))),
    )


def hushed(messages: Sequence[Message], schedule: Schedule, now: datetime) -> tuple[Message, ...]:
    """The messages, without a sound if it is a quiet hour of the schedule."""
    if is_quiet(schedule, now):
        return tuple(replace(message, silent=True) for message in messages)
    return tuple(messages)
