"""Blocks as Telegram's HTML, as Markdown and for a terminal, measured as Telegram measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.talk.markup import (
    MOST_ENTITIES,
    MOST_LINK_BYTES,
    MOST_UNITS,
    Block,
    Run,
    coloured,
    entities,
    fits,
    html,
    link_bytes,
    markdown,
    plain,
    run,
    units,
)
from tests.telegram_server import entities as telegram
from tests.telegram_server import parse_html

URL = "https://paper.example/a?b=1&c=2"


def block(*texts: str) -> Block:
    return Block(tuple((run(text),) for text in texts))


def test_html_carries_styles_links_and_quotes() -> None:
    head = (
        run("1 · ", bold=True),
        run("Talks & more", bold=True, url=URL),
        run(" new", italic=True),
    )

    found = html([Block((head,)), Block(((run("Said."),),), quote=True)])

    assert found == (
        '<b>1 · </b><a href="https://paper.example/a?b=1&amp;c=2"><b>Talks &amp; more</b></a>'
        "<i> new</i>\n<blockquote>Said.</blockquote>"
    )


def test_a_long_quote_is_folded() -> None:
    assert html([Block(((run("x"),),), quote=True, folded=True)]) == (
        "<blockquote expandable>x</blockquote>"
    )


def test_an_address_cannot_leave_its_attribute() -> None:
    text, (link,) = parse_html(html([Block(((run("x", url='https://a.example/"><b>'),),))]))

    assert text == "x"
    assert link.url == 'https://a.example/"><b>'


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u061c12.5", "12.5"),
        ("\u2066isolated\u2069 \u200emark\ufeff", "isolated mark"),
        ("half \ud83d pair", "half  pair"),
        ("👩\u200d👧 stays", "👩\u200d👧 stays"),
        ("«\u00a0narrow\u202f»", "«\u00a0narrow\u202f»"),
    ],
)
def test_what_would_disturb_a_message_is_left_out(given: str, seen: str) -> None:
    assert run(given).text == seen


def test_a_flag_counts_as_four_units() -> None:
    assert units([block("🇹🇷")]) == 4


def test_lines_and_blocks_are_a_unit_apart() -> None:
    assert plain([block("a", "b"), block("c")]) == "a\nb\nc"
    assert units([block("a", "b"), block("c")]) == 5


def test_entities_are_counted_for_each_style_link_and_quote() -> None:
    line = (run("x", bold=True, italic=True, url=URL), run("plain"))

    assert entities([Block((line,), quote=True)]) == 4


def test_bytes_of_links_are_those_of_their_addresses() -> None:
    assert link_bytes([Block(((run("x", url="https://é.example/"), run("y")),))]) == 19


def test_a_message_of_just_the_limit_fits() -> None:
    assert fits([block("x" * MOST_UNITS)])
    assert not fits([block("x" * (MOST_UNITS + 1))])


def test_a_hundred_entities_fit_and_one_more_does_not() -> None:
    bold = run("x", bold=True)

    assert fits([Block(((bold,) * MOST_ENTITIES,))])
    assert not fits([Block(((bold,) * (MOST_ENTITIES + 1),))])


def test_addresses_have_a_limit_together() -> None:
    url = f"https://a.example/{'x' * MOST_LINK_BYTES}"

    assert not fits([Block(((run("x", url=url),),))])


def test_markdown_keeps_blanks_outside_its_marks() -> None:
    line = (
        run("1 · ", bold=True),
        run("Talks", bold=True, url=URL),
        run(" (from a file)", italic=True),
    )

    assert markdown([Block((line,))]) == f"**1 ·** [**Talks**](<{URL}>) *(from a file)*"


def test_markdown_takes_nothing_in_a_text_for_a_mark() -> None:
    assert markdown([block("*a* _b_ `c` [d](e) <f> # \\ &lt; ~~g~~ |")]) == (
        r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \# \\ \&lt; \~\~g\~\~ \|"
    )


def test_markdown_quotes_every_line_of_a_quote() -> None:
    quote = Block(((run("One."),), (run("Two."),)), quote=True)

    assert markdown([block("a"), quote]) == "a\n\n> One.  \n> Two."


def test_markdown_marks_nothing_where_there_is_no_word() -> None:
    assert markdown([Block(((run(" ", bold=True), run("", italic=True)),))]) == " "


def test_markdown_addresses_stay_in_their_brackets() -> None:
    line = (run("x", url="https://a.example/<b>\\\n"),)

    assert markdown([Block((line,))]) == "[x](<https://a.example/%3Cb%3E%5C%0A>)"


def test_a_terminal_shows_a_bar_beside_quotes_and_links_that_open() -> None:
    quote = Block(((run("Said", italic=True), run("¹", url=URL)),), quote=True)
    console = Console(force_terminal=True, color_system="standard", width=80, legacy_windows=False)

    with console.capture() as capture:
        console.print(coloured([Block(((run("Head", bold=True),),)), quote]))

    shown = capture.get()
    assert "▎ " in shown
    assert f";{URL}\x1b\\" in shown
    assert "\x1b[1mHead\x1b[0m" in shown


def test_a_link_to_a_file_or_with_blanks_is_still_a_link() -> None:
    text = coloured([Block(((run("x", url="https://a.example/a b"),),))])

    assert [span.style.link for span in text.spans if not isinstance(span.style, str)] == [
        "https://a.example/a b"
    ]


@given(
    st.lists(
        st.builds(
            lambda text, bold, italic, url: run(text, bold=bold, italic=italic, url=url),
            st.text(st.characters(), max_size=40),
            st.booleans(),
            st.booleans(),
            st.none() | st.just("") | st.text(max_size=20).map("https://a.example/".__add__),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_text_is_read_back_by_telegram_as_it_was(runs: list[Run], quote: bool) -> None:
    blocks = [Block((tuple(runs),), quote=quote)]

    text, found = parse_html(html(blocks))

    assert text == plain(blocks)
    assert telegram.units(text) == units(blocks)
    assert len(found) <= entities(blocks)
    assert {one.kind for one in found} <= {"bold", "italic", "text_link", "blockquote"}
