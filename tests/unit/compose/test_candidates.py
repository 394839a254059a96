"""Which sentences of an article may be told."""

from digest.compose.candidates import Quotable, candidates
from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.model.chats import Wish
from digest.model.digests import Shown
from digest.read.alone.standing import MAX_LEAD, MAX_WORDS, leads
from tests.articles import new_article, stored
from tests.unit.compose.editions import snapshot

LONG = (
    "Lakeland and the river states agreed in Riga on Monday, after nine days of talks in the palace by "
    "the harbour and a night in which two ministers had left the hall and come back, to open the harbour "
    "to ships of all flags from the spring, to share what they pay for the locks by the length of their "
    "shores, and to meet again in the autumn in Geneva."
)
BESIDE = "Fishermen fear that strangers will take their trade."
SHORTER = (
    "Lakeland and the river states agreed to open the harbour to ships of all flags in the spring."
)


def told(*sentences: str) -> tuple[str, ...]:
    return tuple(
        one.text for one in candidates(stored(new_article("a", " ".join(sentences)), id=1))
    )


def test_a_long_first_sentence_is_told_where_no_shorter_one_says_it() -> None:
    assert MAX_WORDS < len(LONG.split()) <= MAX_LEAD
    assert told(LONG, BESIDE) == (LONG, BESIDE)
    assert told(LONG, BESIDE, SHORTER) == (BESIDE, SHORTER)


def test_a_long_sentence_is_told_as_the_first_alone() -> None:
    assert told(BESIDE, LONG) == (BESIDE,)


def test_a_first_sentence_has_an_end() -> None:
    more = LONG.replace(
        "by the length of their shores", "by the length of all of their shores and isles"
    )
    assert leads(LONG)
    assert not leads(more.replace("nine days", "nine long days and as many nights"))
    assert not leads(f"He said: {LONG}")
    assert told() == ()


def test_the_first_candidate_is_the_first_of_all() -> None:
    one = Quotable(stored(new_article("a", f"{BESIDE} {SHORTER}"), id=1))

    assert (one.first, one.candidates[0].text) == (one.candidates[0], BESIDE)


def test_an_article_without_a_candidate_has_no_first() -> None:
    assert Quotable(stored(new_article("a", "They left. He did, too."), id=1)).first is None


def test_sentences_are_judged_only_where_a_digest_tells_them_and_only_once() -> None:
    articles = (
        stored(
            new_article(key, f"{SHORTER} {BESIDE}", title=f"Lakeland opens {key}"), id=at, story=at
        )
        for at, key in enumerate(
            ("harbours", "locks", "rivers", "shores", "isles", "lakes", "ferries"), start=1
        )
    )
    whole = edition(snapshot(*articles))
    quotable = [one for story in whole.stories for one in story.quotable]
    assert not any("candidates" in vars(one) for one in quotable)

    items = compose(whole, Wish(minutes=1), Shown()).items

    judged = [one for one in quotable if "candidates" in vars(one)]
    assert len(judged) == len(items) < len(quotable)
    assert judged[0].candidates is judged[0].candidates
