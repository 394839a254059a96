"""Labels and cards of posts, line by line."""

from digest.gather.asides import _values
from digest.gather.embeds import _card_end


def test_the_word_below_a_label_goes_and_a_sentence_stays() -> None:
    assert _values(["Agency:", "ENI"], [0, 1]) == {0, 1}
    assert _values(["Agency:", "The envoys met in Ankara."], [0, 1]) == {0}


def test_a_card_without_counters_ends_at_its_last_marked_line() -> None:
    lines = ["The talks are on 🕊", "A line of an article.", "https://t.me/news #talks"]
    assert _card_end(lines, 0) == 3
