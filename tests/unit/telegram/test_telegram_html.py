"""Telegram's HTML as the test server reads it."""

import json
from pathlib import Path

import pytest

from tests.telegram_server import Entity, MarkupError, parse_html
from tests.telegram_server.entities import bot_commands, checked_link, cut, tidy, units

KINDS = {  # tdlib's names
    "TextUrl": "text_link",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji",
    "FormattedDate": "date_time",
}


def shown(source: str) -> object:
    """What the parser makes of a source, in the form of the vectors."""
    try:
        text, entities = parse_html(source)
    except MarkupError as problem:
        return str(problem)
    return text, [(one.kind, one.offset, one.length, extra(one)) for one in entities]


def extra(entity: Entity) -> object:
    if entity.unix is not None:
        return {"unix": entity.unix, "flags": entity.flags}
    return entity.url or entity.language or entity.emoji or ""


def test_every_vector_of_tdlib_is_read_as_telegram_reads_it(shared: Path) -> None:
    vectors = json.loads((shared / "telegram_html_vectors.json").read_text("utf-8"))["vectors"]
    for vector in vectors:
        expected = vector.get("error") or (
            vector["text"],
            [
                (
                    KINDS.get(one["type"], one["type"].lower()),
                    one["offset"],
                    one["length"],
                    one["extra"],
                )
                for one in vector["entities"]
            ],
        )
        assert shown(vector["html"]) == expected, vector["html"]
    assert len(vectors) == 89


def test_offsets_are_in_utf_16_units() -> None:
    assert shown("🕊 <b>Ankara 🇹🇷</b>!") == ("🕊 Ankara 🇹🇷!", [("bold", 3, 11, "")])


def test_tags_nest_and_the_outer_comes_first() -> None:
    assert shown('<blockquote><a href="https://a.example/x?y=1&amp;z=2">¹</a></blockquote>') == (
        "¹",
        [("blockquote", 0, 1, ""), ("text_link", 0, 1, "https://a.example/x?y=1&z=2")],
    )


def test_a_link_without_a_host_name_is_dropped_in_silence() -> None:
    assert shown('<a href="http://localhost/x">here</a>') == ("here", [])


def test_a_link_to_a_person_is_a_mention() -> None:
    (mention,) = parse_html('<a href="tg://user?id=7">Ada</a>')[1]
    assert (mention.kind, mention.user) == ("text_mention", 7)
    assert mention.as_json()["user"]["id"] == 7


def test_a_moment_names_its_format() -> None:
    (moment,) = parse_html('<tg-time unix="60" format="td">noon</tg-time>')[1]
    assert moment.as_json()["unix_time"] == 60
    assert moment.as_json()["date_time_format"] == "td"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<script>x</script>", 'Unsupported start tag "script" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x,y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="x">y</tg-time>', "Invalid date specified"),
        ('<tg-time unix="1" format="q">y</tg-time>', "Invalid date format used"),
        (
            "&#xD800;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    assert shown(source) == reason


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("AT&amp;T &lt;3 &gt; &quot;x&quot;", 'AT&T <3 > "x"'),
        ("R&D &nbsp; &copy;", "R&D &nbsp; &copy;"),
        ("&#8212; &#x2014;", "— —"),
        ("&#0; &#x110000; &#123456789;", "&#0; &#x110000; &#123456789;"),
        ("fish & chips &", "fish & chips &"),
    ],
)
def test_only_telegrams_own_references_are_decoded(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


def test_the_language_of_code_moves_to_the_pre_around_the_same_text() -> None:
    assert shown('<pre><code class="language-py">x</code></pre>') == ("x", [("pre", 0, 1, "py")])
    assert shown('<code class="language-py">x</code>')[1] == [("code", 0, 1, "")]  # type: ignore[index]


def test_the_ends_of_a_text_are_trimmed_and_the_entities_with_it() -> None:
    text, entities = tidy("\n\n Tuesday \n\n", (Entity("bold", 3, 9),))
    assert (text, entities) == ("Tuesday", (Entity("bold", 0, 7),))


def test_entities_over_white_space_alone_are_dropped() -> None:
    assert tidy("a  b", (Entity("bold", 1, 2),)) == ("a  b", ())


def test_nested_and_touching_entities_of_one_kind_are_joined() -> None:
    nested = (Entity("bold", 0, 4), Entity("bold", 1, 2))
    touching = (Entity("italic", 0, 2), Entity("italic", 2, 2))
    assert tidy("abcd", nested)[1] == (Entity("bold", 0, 4),)
    assert tidy("abcd", touching)[1] == (Entity("italic", 0, 4),)


def test_two_links_that_touch_stay_two() -> None:
    links = (Entity("text_link", 0, 1, url="http://a.example/"), Entity("text_link", 1, 1, url="x"))
    assert tidy("ab", links)[1] == links


def test_code_holds_no_other_entities() -> None:
    assert tidy("abcd", (Entity("code", 0, 4), Entity("bold", 1, 2)))[1] == (Entity("code", 0, 4),)


def test_control_signs_become_spaces() -> None:
    assert tidy("a\tb\rc\nd", ()) == ("a b c\nd", ())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://example.org/A?b#c", "https://example.org/A?b#c"),
        ("https://example.org?b=1", "https://example.org/?b=1"),
        ("http://10.0.0.1:8080/x", "http://10.0.0.1:8080/x"),
        ("https://münchen.example/", "https://münchen.example/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("mailto:a@example.org", None),
        ("javascript:alert(1)", None),
        ("nowhere", None),
        ("", None),
    ],
)
def test_links_are_kept_as_telegram_keeps_them(given: str, kept: str | None) -> None:
    assert checked_link(given) == kept


def test_commands_are_marked_with_their_place() -> None:
    found = bot_commands("🕊 /digest@attache_bot now, not a/b or https://x.example/y")
    assert [(one.offset, one.length) for one in found] == [(3, 19)]


def test_a_part_is_cut_by_units() -> None:
    assert units("🇹🇷") == 4
    assert cut("🇹🇷 Ankara", 5, 6) == "Ankara"
