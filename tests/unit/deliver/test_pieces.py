import pytest

from digest.deliver.pieces import halves, untagged


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("one\n\ntwo", ("one", "two")),
        ("one\n\ntwo\n\nthree three", ("one\n\ntwo", "three three")),
        ("one\ntwo", ("one", "two")),
        ("one two", ("one", "two")),
        ("<b>one</b>\n\n<i>two</i>", ("<b>one</b>", "<i>two</i>")),
        ("<b>one\n\ntwo</b>", ("<b>one</b>", "<b>two</b>")),
        (
            '<b><a href="https://a.example/">one\n\ntwo</a></b>',
            (
                '<b><a href="https://a.example/">one</a></b>',
                '<b><a href="https://a.example/">two</a></b>',
            ),
        ),
        ("<b></b>\n\nword", ("<b></b>\n\nword",)),  # neither side may be empty
        ('<a href="a b">word</a>', ('<a href="a b">word</a>',)),  # not within a tag
        ("", ("",)),
    ],
)
def test_a_text_is_cut_at_its_best_break(html: str, parts: tuple[str, ...]) -> None:
    assert halves(html) == parts


def test_plain_text_keeps_its_entities() -> None:
    assert untagged("<b>Trade</b> &amp; aid") == "Trade &amp; aid"
