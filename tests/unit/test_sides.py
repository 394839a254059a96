"""A side is silent when all of its feeds fail, and it has more than one."""

from digest.sides import silent


def test_a_side_is_silent_when_all_of_its_feeds_fail() -> None:
    feeds = [("RU", True), ("RU", True), ("RU", True), ("TR", True), ("TR", True), ("FR", True)]
    assert silent([*feeds, ("UA", True), ("UA", False), (None, True), (None, True)]) == ("RU", "TR")
    assert silent([]) == ()
