"""A side is silent when all of its feeds fail, and it has more than one."""

from digest.compose.health import health_of, silent
from digest.model.digests import Health


def test_a_side_is_silent_when_all_of_its_feeds_fail() -> None:
    feeds = [("RU", True), ("RU", True), ("RU", True), ("TR", True), ("TR", True), ("FR", True)]
    assert silent([*feeds, ("UA", True), ("UA", False), (None, True), (None, True)]) == ("RU", "TR")
    assert silent([]) == ()


def test_the_health_of_feeds_is_how_many_fail_and_which_sides_are_silent() -> None:
    feeds = (("RU", True), ("RU", True), ("TR", True), ("TR", False), (None, True))
    assert health_of(feeds) == Health(sources=5, failing=4, silent=("RU",))
    assert health_of(()) == Health()
