"""What a site asks of programs, and where it says so."""

import pytest

from digest.gather.fetching.robots import allows, robots_url


def test_the_rules_stand_at_the_root_of_the_host() -> None:
    assert robots_url("https://paper.example:81/a/b?c=1#d") == "https://paper.example:81/robots.txt"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /private/", True),
        (b"User-agent: *\nDisallow: /news", False),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /*/talks$", False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: attache\nAllow: /", True),
        (b"User-agent: *\nAllow: /\n\nUser-agent: Attache\nDisallow: /", False),
        (b"<html>not found</html>", True),
        (b"\xff\x00" * 100_000, True),
        (b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /", True),  # after what is read
    ],
)
def test_the_rules_for_us_or_for_all_are_kept(rules: bytes, allowed: bool) -> None:
    assert allows(rules, "https://paper.example/news/talks") == allowed
