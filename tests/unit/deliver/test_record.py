"""What is queued of a digest."""

import json
from datetime import UTC, datetime

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.deliver.record import hushed, record
from digest.model.articles import StoryId
from digest.model.chats import Schedule, Wish
from digest.model.digests import Digest, Shown, Snapshot, Window
from digest.model.messages import Message
from digest.relate.novelty import trace
from tests.articles import SEEN, new_article, stored

TEXT = "Envoys of Turkey and Ukraine met in Ankara on Tuesday to extend the grain corridor."
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


THURSDAY = "Envoys of both states will meet in Vienna on Thursday to sign the text."


def composed(*sentences: str, shown: Shown = Shown()) -> Digest:  # noqa: B008  # frozen
    article = stored(new_article("a", "\n\n".join(sentences)), id=1, story=1)
    window = Window(SEEN.replace(hour=0), SEEN.replace(hour=23))
    found = edition(Snapshot(window, (article,), {StoryId(1): SEEN}))
    return compose(found, Wish(), shown, method="lead")


def test_what_a_digest_tells_has_been_shown() -> None:
    kept = record(composed(TEXT))

    assert kept.stories == (1,)
    assert kept.sentences == (trace(TEXT),)
    assert json.loads(kept.text)["stories"][0]["sentences"][0]["text"] == TEXT


def test_what_a_digest_announces_has_been_shown_and_is_not_announced_again() -> None:
    beside = (TEXT, "Ukraine named its price for it.", "Turkey named its own price for the same.")
    (announced,) = composed(*beside, THURSDAY).ahead

    kept = record(composed(*beside, THURSDAY))

    assert announced.text == THURSDAY
    assert trace(THURSDAY) in kept.sentences
    again = composed(*beside, THURSDAY, shown=Shown(sentences=frozenset(kept.sentences)))
    assert again.ahead == ()


def test_in_quiet_hours_no_message_makes_a_sound() -> None:
    said = (Message("one"), Message("two", silent=True))
    resting = Schedule(quiet=("11:00", "13:00"))

    assert [one.silent for one in hushed(said, Schedule(), NOON)] == [False, True]
    assert [one.silent for one in hushed(said, resting, NOON)] == [True, True]
