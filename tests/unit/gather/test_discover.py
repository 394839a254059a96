"""The feeds that a page names."""

from digest.gather.feed.discover import feeds_on

URL = "https://paper.example/world/"


def on(head: str = "", body: str = "") -> tuple[str, ...]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return feeds_on(page.encode(), url=URL)


def test_declared_feeds_come_before_links_that_look_like_one() -> None:
    head = (
        '<link rel="stylesheet" type="text/css" href="/a.css">'
        '<link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" href="../feed.xml">'
        '<link rel="alternate" type="application/atom+xml" href="//news.example/atom">'
        '<link rel="alternate" type="text/html" hreflang="de" href="/de">'
    )
    body = '<a href="/rss">RSS</a> <a href="/about-feeds-and-us">About</a> <a href="/x/feed/#top">x</a>'
    assert on(head, body) == (
        "https://paper.example/feed.xml",
        "https://news.example/atom",
        "https://paper.example/rss",
        "https://paper.example/x/feed/",
    )


def test_addresses_are_resolved_against_the_base_of_the_page() -> None:
    head = '<base href="https://cdn.example/a/"><link rel=alternate type=application/rss+xml href=b.xml>'
    assert on(head) == ("https://cdn.example/a/b.xml",)


def test_a_feed_is_named_by_the_address_that_asks_for_it() -> None:
    head = '<link rel=alternate type=application/rss+xml href="/index.php?rss=1">'
    body = '<a href="/feed/">a</a> <a href="/feed">a</a>'
    assert on(head, body) == (
        "https://paper.example/index.php?rss=1",
        "https://paper.example/feed/",
    )


def test_the_same_feed_is_named_once_and_five_are_enough() -> None:
    many = "".join(
        f'<a href="/{number}/rss.xml">r</a><a href="/0/rss.xml">r</a>' for number in range(9)
    )
    assert on(body=many) == tuple(f"https://paper.example/{number}/rss.xml" for number in range(5))


def test_what_is_no_web_address_is_left_out() -> None:
    assert on(body='<a href="javascript:feed">x</a><a href="http://[bad/rss">x</a>') == ()


def test_a_page_of_nothing_has_no_feed() -> None:
    assert feeds_on(b"", url=URL) == ()
    assert feeds_on(b"<!-- -->", url=URL) == ()
