"""Accounts that differ in a figure stand side by side."""

import pytest

from digest.model.chats import Wish
from digest.model.digests import Shown
from digest.model.sources import Outlet
from tests.articles import new_article, stored
from tests.unit.compose.editions import compose_from, snapshot


def test_accounts_that_differ_stand_side_by_side() -> None:
    one = (
        "About 12 Soviet ships on their way to Cuba have turned back, officials said in Washington."
    )
    other = "Some fourteen ships on their way to Cuba have turned back, it was said in London on Thursday."
    same = "About 12 Soviet ships on the way to Cuba had turned back, officials in Washington said."
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate((one, other, same), 1)
    ]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    differing = [cited for cited in item.sentences if cited.kind == "differs"]
    assert [cited.figure for cited in differing] == ["12 Soviet ships", "fourteen ships"]
    assert all(cited.figure in cited.text for cited in differing if cited.figure)


@pytest.mark.parametrize(
    "other",
    [
        "At least 12 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Some 40 ships are waiting off Odesa for an inspection of their cargo in the harbour.",
        "Some 14 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Up to 40 Soviet ships on their way to Cuba have turned back, it was said in London.",
        "Some 9 Soviet ships on their way to Cuba have turned back since Monday, it was said in London.",
        "Talks on ships that are on their way to Cuba have lasted 14 days, it was said in London.",
        "Of 20 ships on their way to Cuba 12 have turned back, officials said in Washington.",
        "Another 9 Soviet ships on their way to Cuba have turned back, officials said in Washington.",
        "Some 9 Swedish ships on their way to Cuba have turned back, officials said in Washington.",
        "On 9 Soviet ships on their way to Cuba all were rescued, officials said in Washington.",
        "Some 1, 009 Soviet ships on their way to Cuba have turned back, officials said.",
        "A total of 9 Soviet ships on their way to Cuba have turned back, officials said in Washington.",
    ],
)
def test_equal_figures_other_events_and_days_are_no_difference(other: str) -> None:
    one = "At least 12 Soviet ships on their way to Cuba have turned back, officials said in Washington."
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate((one, other), 1)
    ]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(cited.kind != "differs" for cited in item.sentences)


def test_accounts_of_two_days_do_not_differ() -> None:
    assert not _differing(
        "Shells struck the harbour of Odesa on Monday and killed two people, the mayor said.",
        "Shells struck the harbour of Odesa on Tuesday and killed 14 people, the mayor said.",
    )


def test_what_was_done_to_those_who_are_counted_makes_them_the_same() -> None:
    dead = "The shells on the harbour of Odesa killed some 30 people by the river."
    assert _differing(
        dead, "Some 40 people died when shells struck a ship, the mayor of Odesa said."
    )
    assert not _differing(
        "Some 30 people were killed when shells struck a school in the harbour of Odesa.",
        "Some 350 people took shelter in the school in the harbour of Odesa when shells struck it.",
    )


def test_all_accounts_stand_side_by_side_with_their_bounds_and_what_was_done() -> None:
    figures = _differing(
        "A bomb on a bus in the centre of Streslau injured 19 people on Wednesday, doctors said.",
        "A bomber who injured at least 21 people on a bus in the centre of Streslau was acting alone.",
        "A bomb on a bus in Streslau injured 21 people on Wednesday, officials of the town said.",
        "Some 28 people were hospitalized in the first attack on a bus in Streslau since 1998.",
    )
    assert set(figures) == {
        "injured 19 people",
        "injured at least 21 people",
        "28 people were hospitalized",
    }


def _differing(*texts: str) -> list[str | None]:
    articles = [
        stored(new_article(f"k{at}", text, outlet=Outlet(f"Paper {at}")), id=at)
        for at, text in enumerate(texts, 1)
    ]
    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items
    return [cited.figure for cited in item.sentences if cited.kind == "differs"]


def test_a_table_of_figures_hides_no_other_account() -> None:
    counted = "\n\n".join(
        f"Some {at} trucks waited at the frontier crossing on Monday morning."
        for at in range(30, 90)
    )
    other = "More than 200 trucks waited at the frontier crossing on Monday morning."
    one = stored(new_article("a", counted), id=1)
    two = stored(new_article("b", other, outlet=Outlet("The Herald", "GB")), id=2)

    (item,) = compose_from(snapshot(one, two), Wish(), Shown()).items

    differing = [cited.figure for cited in item.sentences if cited.kind == "differs"]
    assert differing == ["More than 200 trucks", "30 trucks"]


def test_one_outlet_does_not_differ_with_itself() -> None:
    texts = (
        "Some 1,200 people left the town by sea.",
        "Some 2.5 thousand people left the town by sea.",
    )
    articles = [stored(new_article(f"k{at}", t), id=at) for at, t in enumerate(texts, 1)]

    (item,) = compose_from(snapshot(*articles), Wish(), Shown()).items

    assert all(cited.kind != "differs" for cited in item.sentences)
