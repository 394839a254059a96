"""What the stories of a digest announce for the days to come."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from digest.compose.coming import coming
from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.model.articles import Article
from digest.model.chats import Wish
from digest.model.digests import Digest, Shown, Snapshot, Window
from digest.relate.novelty import trace
from tests.articles import SEEN, new_article, stored

END = SEEN + timedelta(hours=6)  # Tuesday, 10 February 2026, 18:00 UTC
WINDOW = Window(END - timedelta(days=1), END)
TALKS = "Envoys of Turkey and Ukraine met in Ankara on Tuesday to extend the grain corridor."
THURSDAY = "Envoys of both states will meet in Vienna on Thursday to sign the text."
FRIDAY = "The council will vote in New York on Friday, 13 February, on the mandate of observers."
MARCH = "Ministers of both states will meet again in Kyiv on 20 March to renew the corridor."
TOLD = (TALKS, "Ukraine named its price for the corridor.", "Turkey named its own price for it.")


def of(*sentences: str, id: int = 1, story: int = 1, **changes: Any) -> Article:
    return stored(new_article(f"a{id}", "\n\n".join(sentences), **changes), id=id, story=story)


def composed(
    *articles: Article,
    shown: Shown = Shown(),  # noqa: B008  # frozen
    minutes: int = 3,
    window: Window = WINDOW,
) -> Digest:
    started = {one.story: SEEN for one in articles if one.story}
    found = edition(Snapshot(window, articles, started))
    return compose(found, Wish(minutes=minutes), shown, method="lead")


def days(digest: Digest) -> list[tuple[date, str]]:
    return [(one.day, one.text) for one in digest.ahead]


def test_what_is_announced_comes_by_day() -> None:
    digest = composed(of(*TOLD, FRIDAY), of(*TOLD, THURSDAY, id=2, story=2))

    assert days(digest) == [(date(2026, 2, 12), THURSDAY), (date(2026, 2, 13), FRIDAY)]
    assert [one.article.id for one in digest.ahead] == [2, 1]


def test_what_does_not_say_whose_day_it_is_is_not_announced() -> None:
    assert not days(composed(of(*TOLD, "The games are set for Friday at the lake.")))


def test_what_is_told_above_is_not_announced_again() -> None:
    again = "Envoys of the two states are to sign the text in Vienna on Thursday."

    assert not days(composed(of(TALKS, THURSDAY)))
    assert not days(composed(of(TALKS, THURSDAY, TALKS + " Once more."), of(again, id=2)))


def test_what_is_told_counts_before_what_stands_above_it() -> None:
    again = "Envoys of the two states are to sign the text in Vienna on Thursday."
    found = edition(Snapshot(WINDOW, (of(TALKS, again, THURSDAY),), {}))
    (story,) = found.stories
    (item,) = compose(found, Wish(), Shown(), method="lead").items
    told = replace(item, sentences=tuple(one for one in item.sentences if one.text == THURSDAY))

    assert not coming([told], {story.id: story}, WINDOW, Shown(), 99)


def test_what_somebody_is_quoted_with_above_is_not_announced_again() -> None:
    vote = "The referendum on the corridor to Odesa will happen on 13 February, says its leader."
    said = "Deputies chose it: the date of the corridor's referendum, 13 February, holds, said its leader."
    other = "The date of the corridor's referendum was no subject, said its leader."

    assert not days(composed(of(said, *TOLD), of(*TOLD, vote, id=2, story=2)))
    assert days(composed(of(other, *TOLD), of(*TOLD, vote, id=2, story=2)))


def test_a_story_announces_the_same_once() -> None:
    again = "Envoys of the two states are to sign the text in Vienna on Thursday."
    other = "On Thursday the council in New York will vote on observers."

    assert days(composed(of(*TOLD, THURSDAY, again))) == [(date(2026, 2, 12), THURSDAY)]
    assert days(composed(of(*TOLD, THURSDAY, again, other))) == [
        (date(2026, 2, 12), THURSDAY),
        (date(2026, 2, 12), other),
    ]


def test_what_is_far_off_or_comes_too_soon_is_left_out() -> None:
    soon = "Envoys of both states will speak in Ankara on Wednesday about the price."
    late = replace(WINDOW, start=WINDOW.start, end=END + timedelta(days=1))

    assert not days(composed(of(*TOLD, MARCH)))
    assert days(composed(of(*TOLD, soon))) == [(date(2026, 2, 11), soon)]
    assert not days(composed(of(*TOLD, soon), window=late))


def test_what_the_chat_was_shown_or_cannot_place_is_left_out() -> None:
    shown = Shown(sentences=frozenset({trace(THURSDAY)}))
    named = "Minister Alexander Novak of Ukraine was in Ankara."
    unknown = "Novak will fly to Vienna on Thursday to sign the text of the accord."

    assert not days(composed(of(*TOLD, THURSDAY), shown=shown))
    assert not days(composed(of(*TOLD, named, unknown)))
    assert days(
        composed(of(*TOLD, named, unknown, title="Grain corridor extended by Novak and his guests"))
    )


def test_what_nothing_dates_announces_nothing() -> None:
    undated = of(*TOLD, THURSDAY, published_at=None, date_source="first_seen")

    assert not days(composed(undated))


def test_only_as_much_as_can_be_read_and_five_at_most() -> None:
    many = [of(*TOLD, THURSDAY, id=n, story=n) for n in range(1, 8)]
    full = [wordy(TALKS), wordy(TOLD[1]), wordy(TOLD[2])]  # 180 of the 220 words of a minute
    told = of(*full, THURSDAY)
    lines = [of(*full, id=n, story=n) for n in (2, 3, 4)]

    assert len(composed(*many, minutes=5).ahead) == 5
    assert len(composed(told, minutes=1).ahead) == 1
    assert not composed(told, *lines, minutes=1).ahead


def wordy(sentence: str) -> str:
    """The sentence with sixty words."""
    words = sentence[:-1].split()
    return " ".join([*words, *["and"] * (60 - len(words) - 1), "ships."])
