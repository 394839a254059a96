"""Labels and cards of posts, line by line."""

from digest.gather.lines.asides import asides
from digest.gather.lines.embeds import posts


def test_the_word_below_a_label_goes_and_a_sentence_stays() -> None:
    assert asides(["Agency:", "ENI"], [0, 1], None) == {0, 1}
    assert asides(["Agency:", "The envoys met in Ankara."], [0, 1], None) == {0}


def test_a_card_without_counters_ends_at_its_last_marked_line() -> None:
    post = ["The talks are on 🕊", "A line of an article.", "https://t.me/news #talks"]
    assert posts(["Ada Novak @ada · 3 March", *post, "The envoys met."]) == {0, 1, 2, 3}
