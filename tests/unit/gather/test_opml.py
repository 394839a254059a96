"""Lists of feeds: read whatever other readers write, written so that they read it, never expanded."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import Unreadable
from digest.gather.feed import opml
from digest.gather.feed.opml import is_opml, read_opml, write_opml
from digest.model.sources import Listed

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="World"><outline text="Gazette &amp; Co" type="rss" xmlUrl="https://Gazette.example/feed/"
 htmlUrl="https://gazette.example"/><outline title="Agency" xmlURL="http://agency.example/rss.xml"/></outline>
<outline text="again" xmlUrl="https://gazette.example/feed"/>
<outline text="a folder"/><outline text="bad" xmlUrl="javascript:alert(1)"/>
<outline xmlUrl="https://nameless.example/atom"/></body></opml>"""


def test_the_feeds_of_a_list_come_in_order_once_each() -> None:
    assert read_opml(LIST.encode(), name="a.opml") == (
        Listed("https://gazette.example/feed/", "Gazette & Co"),
        Listed("http://agency.example/rss.xml", "Agency"),
        Listed("https://nameless.example/atom", ""),
    )


def test_a_list_with_a_mark_in_a_namespace_or_cut_short_is_read_as_far_as_it_goes() -> None:
    assert len(read_opml(b"\xef\xbb\xbf" + LIST.encode(), name="a")) == 3
    assert len(read_opml(LIST.replace("<opml ", "<opml xmlns='urn:x' ").encode(), name="a")) == 3
    assert len(read_opml(LIST.encode("utf-16"), name="a")) == 3
    assert len(read_opml(LIST.encode()[:-60], name="a")) == 2


def test_no_entity_of_a_list_is_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>'
        '<outline text="&b;&f;" xmlUrl="https://gazette.example/&b;"/></body></opml>'
    )
    (listed,) = read_opml(bomb.encode(), name="a.opml")
    assert "aaaa" not in listed.name + listed.url
    assert "root:" not in listed.name


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "unknown"),
        (b"<rss></rss>", "unknown"),
        (b"<opml><!doctype [<!ENTITY a 'x'>]></opml>" * 2, "damaged"),
        (b"<opml>" + b"<?xml " * 60_000, "damaged"),
        (b"<opml>" + b" " * opml.LARGEST, "long"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_opml(data, name="a.opml")
    assert refused.value.why == why


def test_a_broken_list_has_no_feed() -> None:
    for broken in (b"<opml", b"<opml<", b"<opml a='", b"<opml/><", b"<opml:x"):
        assert read_opml(broken, name="a") == ()


def test_every_feed_of_a_long_list_is_read() -> None:
    outlines = (f'<outline xmlUrl="https://paper.example/{n}"/>' for n in range(5_000))
    assert len(read_opml(f"<opml>{''.join(outlines)}</opml>".encode(), name="a")) == 5_000


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("feed://paper.example/rss", "http://paper.example/rss"),
        ("Feed:https://paper.example/rss", "https://paper.example/rss"),
        ("feed://https://paper.example/rss", "https://paper.example/rss"),
        (" https://paper.example/feed:x ", "https://paper.example/feed:x"),
    ],
)
def test_an_address_is_read_with_the_scheme_of_feeds(given: str, read: str) -> None:
    (listed,) = read_opml(f'<opml><outline xmlUrl="{given}"/></opml>'.encode(), name="a")
    assert listed.url == read


def test_a_list_is_known_by_its_beginning() -> None:
    assert is_opml(LIST.encode())
    assert is_opml(LIST.encode("utf-16"))
    assert not is_opml(b"<rss/>")


def test_a_written_list_is_in_groups_without_the_empty_ones() -> None:
    feeds = (Listed("https://a.example/feed", "A"), Listed("https://b.example/feed", ""))
    written = write_opml([("Mine", ()), ("All", feeds)], title="Feeds", created=NOW).decode()
    assert "Mine" not in written
    assert '<outline text="All">' in written
    assert "<title>Feeds</title>" in written
    assert "Tue, 25 Aug 2026 12:00:00 +0000" in written


@given(st.lists(st.text(), max_size=5))
def test_what_is_written_is_read_back(names: list[str]) -> None:
    feeds = [Listed(f"https://a.example/{number}", name) for number, name in enumerate(names)]
    back = read_opml(write_opml([("All", feeds)], title="", created=NOW), name="a")
    assert [one.url for one in back] == [one.url for one in feeds]
    assert all(one.name for one in back)
