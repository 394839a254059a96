"""What is closed, in every language's marks, and what only looks like it."""

import pytest

from digest.read.splitting.paired import closed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Say “a (b) c” and (d).", ["“a (b) c”", "(d)"]),
        ('The "one" and the "two".', ['"one"', '"two"']),
        ("«МИД „Север“ — это» всё", ["«МИД „Север“ — это»"]),
        ("Er sagte »Ja« und „Nein“.", ["»Ja«", "„Nein“"]),
        ("Han sade ”ja” och gick.", ["”ja”"]),
        ("« Oui », dit-il.", ["« Oui »"]),
        ("他说：“好。”他走了「不」", ["“好。”", "「不」"]),
        ("He said ‘it’s ours. Ours,’ and left.", ["‘it’s ours. Ours,’"]),
        ("The workers' union and 'free' men.", []),
        ("Rock 'n' roll in the '90s.", []),
        ("It's 'em and 'the men, all of them,' again.", ["'the men, all of them,'"]),
        ("Home » World » Asia", []),
        ('An "open and a "closed" one.', ['"closed"']),
        ("(" + "a" * 400 + ") (b)", ["(b)"]),
        ("Stray ) and ” and » and ] close nothing.", []),
        ("“a “b” c", ["“b”"]),
    ],
)
def test_only_what_is_closed_is_found(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in closed(text)] == found
