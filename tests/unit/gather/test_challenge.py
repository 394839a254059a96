"""Pages that ask whether a person is there."""

from digest.gather.page.challenge import is_challenge


def test_a_check_for_people_is_told_from_a_page() -> None:
    assert is_challenge(b"<html><title> Just a moment...</title>")
    assert not is_challenge(b"<html><title>Talks go on in Ankara</title>")


def test_what_says_so_far_down_is_an_article_about_it() -> None:
    assert not is_challenge(b"<p>news</p>" * 2_000 + b"<title>Access denied</title>")
