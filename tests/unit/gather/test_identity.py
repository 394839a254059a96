"""Equal pages have equal addresses, equal texts equal fingerprints."""

import re
import unicodedata
from collections.abc import Callable
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InputError
from digest.gather.identity import blanked, canonical_url, feed_key, feed_url, fingerprint

FEEDS = (
    ("https://paper.example/index.php?rss=1", "https://paper.example/?rss=1"),
    ("https://paper.example/news?share=rss", "https://paper.example/news?share=rss"),
    ("https://paper.example/feed/", "https://paper.example/feed"),
    ("https://paper.example/rss?b=2&a=1&utm_source=x", "https://paper.example/rss?a=1&b=2&utm_source=x"),
    ("https://paper.example/путь b", "https://paper.example/%D0%BF%D1%83%D1%82%D1%8C%20b"),
)  # fmt: skip


@pytest.mark.parametrize("url", [url for url, _ in FEEDS[:4]])
def test_a_feed_is_asked_for_where_it_was_given(url: str) -> None:
    assert feed_url(url) == url


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("HTTPS://name:secret@Paper.example:443#top", "https://paper.example/"),
        (" https://paper.example/путь b?q=\ud800\n", "https://paper.example/%D0%BF%D1%83%D1%82%D1%8C%20b?q=?"),
    ],
)  # fmt: skip
def test_what_no_server_is_told_is_left_out_of_a_feeds_address(given: str, asked: str) -> None:
    assert feed_url(given) == asked
    assert feed_url(asked) == asked


@pytest.mark.parametrize(("url", "key"), FEEDS)
def test_one_feed_is_known_however_its_address_is_spelt(url: str, key: str) -> None:
    assert feed_key(url) == feed_key(key) == feed_key(feed_url(url)) == key


def test_what_asks_for_a_feed_tells_it_from_another() -> None:
    assert feed_key("https://a.example/?rss=politics") != feed_key("https://a.example/?rss=world")


@pytest.mark.parametrize("of", [feed_url, feed_key])
def test_a_feed_has_a_web_address(of: Callable[[str], str]) -> None:
    with pytest.raises(InputError):
        of("ftp://paper.example/feed")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.COM:443/News/", "https://example.com/News"),
        ("http://example.com:8080", "http://example.com:8080/"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/#!/a", "https://example.com/#!/a"),
        ("https://example.com/a?utm_source=x&fbclid=1&mc_cid=2&at_medium=3&ref=4&cmp=5", "https://example.com/a"),
        ("https://example.com/a?b=2&a=1&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a/./b/../index.html", "https://example.com/a"),
        ("https://example.com//a///b/", "https://example.com/a/b"),
        ("https://example.com/../..", "https://example.com/"),
        ("https://example.com./a?", "https://example.com/a"),
        ("https://name:secret@example.com/a", "https://example.com/a"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        ("https://example.com/%7Ea/%e2%82%ac/%zz/%2F", "https://example.com/~a/%E2%82%AC/%25zz/%2F"),
        (" https://example.com/a b\n", "https://example.com/a%20b"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("https://m.example.com/amp/a", "https://m.example.com/amp/a"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        "//example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "https://",
        "https://example.com:99999/",
        "http://[zz]/",
        "http://[::1%25x/",
        "http://[v1.fe:x]/",
        "http://a..b/",
        "http://ex ample.com/",
        "http://" + "a" * 300 + ".com/",
        "https://example.com/" + "a" * 5000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused_in_words(url: str) -> None:
    with pytest.raises(InputError, match="is no"):
        canonical_url(url)


@given(st.text(max_size=60), st.text(max_size=30))
def test_a_canonical_address_stays_as_it_is(path: str, query: str) -> None:
    once = canonical_url(f"https://example.com/{path}?{query}")
    assert canonical_url(once) == once


@given(st.text(max_size=80))
def test_hostile_words_are_refused_and_nothing_else(words: str) -> None:
    try:
        assert canonical_url("http://" + words)
    except InputError as error:
        assert str(error)


def test_a_text_wrapped_and_quoted_otherwise_has_the_same_fingerprint() -> None:
    one = "“We are not there yet,” he\nsaid. The ﬁrst   round…"
    other = '"we are not there yet" he said - the first round'
    assert fingerprint(one) == fingerprint(other)
    assert len(fingerprint(one)) == 32


def test_another_word_gives_another_fingerprint() -> None:
    assert fingerprint("Talks resume") != fingerprint("Talks resumed")


def test_a_text_without_letters_and_broken_characters_have_fingerprints_too() -> None:
    assert fingerprint("") == fingerprint(" — ")
    assert fingerprint("a\ud800b")


@given(st.text(st.one_of(st.characters(), st.sampled_from("“a’…ﬁß\u0301_1 "))))
def test_a_fingerprint_is_of_letters_and_digits_as_patterns_have_them(text: str) -> None:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    words = " ".join(re.findall(r"[^\W_]+", folded))
    assert (
        fingerprint(text) == blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()
    )


def test_a_text_of_many_odd_signs_is_read_in_linear_time() -> None:
    signs = "".join(chr(code) for code in range(0x2190, 0x2190 + 500))

    assert blanked(f"a{signs}b", signs) == f"a{' ' * 500}b"
    assert fingerprint(f"a{signs}b") == fingerprint("a b")
