"""Feeds of every form, whole and broken, and their entries as articles."""

import json
import pickle
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import Unreadable
from digest.gather.decode import decode
from digest.gather.feed.feeds import MOST_ENTRIES, entry_draft, in_full, parse_feed
from digest.gather.feed.loose import MOST_LOOSE
from digest.gather.identity import absolute
from digest.gather.mending import mend, without_programs
from digest.gather.paragraphs import paragraphs
from digest.gather.titles import as_line
from digest.model.gathered import Entry, Feed, Paragraph
from digest.model.sources import Outlet

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://paper.example/feed.xml"


def parsed(body: str | bytes, *, seen_at: datetime = NOW, charset: str | None = None) -> Feed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=URL, charset=charset, seen_at=seen_at)


def rss(*items: str, head: str = "<title>Paper</title>", names: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {names}><channel>{head}{inner}</channel></rss>'


def atom(*entries: str, head: str = "", base: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {base}>{head}{inner}</feed>'


def only(body: str | bytes) -> Entry:
    (entry,) = parsed(body).entries
    return entry


def test_an_entry_that_lacks_its_end_hides_no_other() -> None:
    feed = parsed("<rss><channel><item><title>a</title><item><title>b</title></channel></rss>")
    assert [entry.title for entry in feed.entries] == ["a", "b"]


def test_an_entry_within_a_part_of_another_is_none() -> None:
    inner = "<p>Talks <item><title>b</title></item> resume.</p>"
    feed = parsed(rss(f"<title>a</title><description>{inner}</description>"))
    assert [entry.title for entry in feed.entries] == ["a"]


def test_of_many_links_a_page_in_html_leads() -> None:
    links = (
        "<link rel='self' href='/0'/><link type='application/json' href='/1'/>"
        "<link rel='alternate' type='text/html'/><link rel='alternate' type='text/html' href='/2'/>"
    )
    assert only(atom(links)).url == "https://paper.example/2"
    assert only(atom(links.replace("text/html", "text/plain"))).url == "https://paper.example/1"
    assert only(atom("<link rel='self' href='/0'/>")).url is None


def test_rss_gives_all_it_says() -> None:
    feed = parsed(
        rss(
            "<title>Envoys &amp;amp; ministers</title><link>https://paper.example/1</link>"
            "<guid isPermaLink='false'>a-1</guid><pubDate>Mon, 02 Mar 2026 08:00:00 +0200</pubDate>"
            "<description>Short.</description><content:encoded>&lt;p&gt;Long.&lt;/p&gt;"
            "</content:encoded><dc:creator>A. Writer</dc:creator>",
            head="<title>Paper</title><link>https://paper.example/</link><language>en-GB</language>",
            names='xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
        )
    )
    assert (feed.title, feed.url, feed.language) == ("Paper", "https://paper.example/", "en-GB")
    assert feed.entries == (
        Entry(
            id="a-1",
            url="https://paper.example/1",
            title="Envoys & ministers",
            published_at=datetime(2026, 3, 2, 6, tzinfo=UTC),
            updated_at=None,
            summary="Short.",
            content="<p>Long.</p>",
            author="A. Writer",
        ),
    )


def test_atom_gives_all_it_says() -> None:
    feed = parsed(
        atom(
            "<title type='html'>&lt;b&gt;Talks&lt;/b&gt; begin</title><id>tag:paper.example,2026:1</id>"
            "<link rel='self' href='https://paper.example/1.atom'/>"
            "<link rel='alternate' type='application/json' href='https://paper.example/1.json'/>"
            "<link rel='alternate' type='text/html' href='https://paper.example/1'/>"
            "<published>2026-03-01T10:00:00Z</published><updated>2026-03-01T11:00:00Z</updated>"
            "<summary>1 &lt; 2</summary><author><name>A. Writer</name></author>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>The <b>text</b>.</div>"
            "</content>",
            head="<title>Paper</title><link href='https://paper.example/'/>",
            base='xml:lang="en"',
        )
    )
    assert (feed.title, feed.url, feed.language) == ("Paper", "https://paper.example/", "en")
    (entry,) = feed.entries
    assert (entry.title, entry.id) == ("Talks begin", "tag:paper.example,2026:1")
    assert entry.url == "https://paper.example/1"
    assert entry.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert entry.updated_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert (entry.summary, entry.author) == ("1 &lt; 2", "A. Writer")
    assert entry.content == "The <b>text</b>."


def test_rdf_keeps_its_items_outside_the_channel() -> None:
    feed = parsed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>Wire</title></channel>'
        '<item rdf:about="https://wire.example/1"><title>One</title></item></rdf:RDF>'
    )
    assert feed.title == "Wire"
    assert (feed.entries[0].id, feed.entries[0].url) == ("https://wire.example/1",) * 2


def test_cdf_writes_in_capitals() -> None:
    feed = parsed(
        '<CHANNEL HREF="https://old.example/"><ITEM HREF="https://old.example/1">'
        "<TITLE>One</TITLE><ABSTRACT>Words.</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (feed.url, feed.entries[0].url) == ("https://old.example/", "https://old.example/1")
    assert feed.entries[0].summary == "Words."


def test_json_feed_gives_all_it_says() -> None:
    item = {
        "id": 7,
        "url": "/1",
        "title": "One",
        "content_html": "<p>Text.</p>",
        "summary": "Short.",
        "date_published": "2026-03-01T10:00:00+01:00",
        "authors": [{"name": "A. Writer"}],
    }
    other = {
        "external_url": "https://other.example/2",
        "content_text": "Two",
        "author": {"name": "B"},
    }
    data = {"title": "Paper", "home_page_url": "/", "items": [item, other, "rubbish", {}]}
    feed = parsed(json.dumps(data))
    assert feed.url == "https://paper.example/"
    one, two, empty = feed.entries
    assert (one.id, one.url, one.author) == ("7", "https://paper.example/1", "A. Writer")
    assert one.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (two.url, two.content, two.author) == ("https://other.example/2", "Two", "B")
    assert (empty.url, empty.title, empty.author) == (None, None, None)


@pytest.mark.parametrize("body", ['{"a": 1}', "[1, 2]", '{"items": 3}'])
def test_other_json_is_no_feed(body: str) -> None:
    with pytest.raises(Unreadable, match="something else, not a feed"):
        parsed(body)


@pytest.mark.parametrize("body", ["{broken", "[" * 100_000])
def test_broken_json_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable, match="neither JSON nor XML"):
        parsed(body)


@pytest.mark.parametrize("body", [b"", b" \n\t", b"\xef\xbb\xbf", b"\0\0"])
def test_an_empty_body_is_named(body: bytes) -> None:
    with pytest.raises(Unreadable, match="empty body"):
        parsed(body)


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "<HTML><head><link rel='alternate' type='application/rss+xml'/></head></HTML>",
        "\n<head><title>x</title></head>",
    ],
)
def test_a_web_page_is_named(body: str) -> None:
    with pytest.raises(Unreadable, match=r"feed\.xml is a web page, not a feed"):
        parsed(body)


def test_the_header_may_tell_a_web_page() -> None:
    with pytest.raises(Unreadable, match="a web page"):
        parse_feed(b"Sign in", url=URL, media_type="text/html", seen_at=NOW)


@pytest.mark.parametrize(
    "body", ["plain words", "<svg></svg>", "<!-- only -->", "<?xml version='1.0'?>"]
)
def test_what_is_neither_is_something_else(body: str) -> None:
    with pytest.raises(Unreadable, match="something else"):
        parsed(body)


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parsed(rss()).entries == ()


def test_white_space_marks_and_warnings_before_a_feed_do_no_harm() -> None:
    mark = "\ufeff"
    assert parsed(f"{mark}\n\n  {rss('<title>One</title>')}").entries[0].title == "One"
    warning = "<br />\n<b>Warning</b>: mysql_connect() in /var/www\n"
    assert parsed(f"{warning}<?xml version='1.0'?>{rss('<title>One</title>')}").title == "Paper"


def test_a_document_type_of_html_does_not_make_a_page() -> None:
    assert parsed(f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'>{rss()}").title == "Paper"


def test_entities_of_html_alone_and_lone_ampersands_are_read() -> None:
    title = "<title>Caf&eacute; R&D &bogus; &#8211; &#x2014; &#146; A&amp;B &lt;x&#0;</title>"
    assert only(rss(title)).title == "Café R&D &bogus; – — ’ A&B <x"


def test_references_in_cdata_are_left_to_html() -> None:
    assert only(rss("<description><![CDATA[a &nbsp; <p>b</p>]]></description>")).summary == (
        "a &nbsp; <p>b</p>"
    )
    assert only(rss("<title>One</title><description><![CDATA[never closed")).title == "One"


def test_nothing_that_a_document_defines_is_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>{rss("<title>&l11;!</title>")}'
    assert only(bomb).title == "&l11;!"


def test_no_file_is_read_for_an_entity() -> None:
    theft = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<title>&x;</title>")
    assert only(theft).title == "&x;"


@pytest.mark.parametrize("kind", ["<!DOCTYPE rss [ <!ENTITY a 'b'> ", "<!DOCTYPE rss"])
def test_a_document_type_without_end_takes_the_rest_with_it(kind: str) -> None:
    assert mend(kind + "<rss/") == ""


def test_a_long_document_type_ends_where_it_ends() -> None:
    assert mend('<!DOCTYPE rss SYSTEM "x" ><rss a="[">]></rss>') == '<rss a="[">]></rss>'


def test_very_deep_nesting_is_survived() -> None:
    assert parsed(rss("<title>One</title>", "<a>" * 5_000)).entries[0].title == "One"


def test_prefixes_nobody_declared_are_understood() -> None:
    entry = only(rss("<dc:date>2026-03-01</dc:date><atom:link href='/1'/><title>One</title>"))
    assert entry.published_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert entry.url == "https://paper.example/1"


def test_a_namespace_of_its_own_does_not_hide_a_feed() -> None:
    body = '<feed xmlns="http://new.example/format#"><title>New</title><entry><title>One</title></entry></feed>'
    assert (parsed(body).title, parsed(body).entries[0].title) == ("New", "One")


def test_elements_of_other_vocabularies_are_not_taken_for_ours() -> None:
    odd = "<o:title xmlns:o='http://odd.example/'>Odd</o:title><title>One</title>"
    assert only(rss(odd)).title == "One"


def test_items_without_a_root_that_is_known_are_read() -> None:
    assert parsed("<news><item><title>One</title></item></news>").entries[0].title == "One"


def test_a_link_may_stand_in_many_places() -> None:
    places = {
        "<link>/a</link>": "https://paper.example/a",
        "<guid>https://paper.example/b</guid>": "https://paper.example/b",
        "<guid isPermaLink='false'>b</guid>": None,
        "<link/><guid isPermaLink='false'></guid>": None,
        "<link>https://fb.example/x</link><feedburner:origLink>https://paper.example/c"
        "</feedburner:origLink>": "https://paper.example/c",
        "<link href='https://paper.example/d'/>": "https://paper.example/d",
        "<link> </link><link>http://[</link>": "http://[",
    }
    for markup, url in places.items():
        assert only(rss(markup)).url == url, markup


def test_a_link_of_atom_may_stand_in_many_places() -> None:
    places = {
        "<content src='/a'/>": "https://paper.example/a",
        "<content>text</content><id>https://paper.example/b</id>": "https://paper.example/b",
        "<id>urn:uuid:1</id>": None,
        "<link rel='enclosure' href='/c.mp3'/>": None,
        "<link rel='alternate' href='d'/>": "https://paper.example/d",
    }
    for markup, url in places.items():
        assert only(atom(markup)).url == url, markup


def test_every_base_above_counts() -> None:
    entry = only(
        atom("<id>seven</id><link href='1'/>", base='xml:base="https://old.example/news/"').replace(
            "<entry>", "<entry xml:base='2026/'>"
        )
    )
    assert entry.url == "https://old.example/news/2026/1"
    assert entry.id == "https://old.example/news/2026/seven"


def test_an_address_that_cannot_be_joined_stays() -> None:
    assert absolute("https://paper.example/", " http://[ ") == "http://["


def test_what_media_rss_says_counts_where_nothing_else_does() -> None:
    entry = only(
        rss(
            "<media:group><media:title>Film</media:title><media:description>Words</media:description>"
            "</media:group><author>desk@paper.example (A. Writer)</author><dc:creator/>",
            names='xmlns:media="http://search.yahoo.com/mrss/"',
        )
    )
    assert (entry.title, entry.summary) == ("Film", "Words")
    assert entry.author == "desk@paper.example (A. Writer)"


def test_scripts_and_styles_are_no_text() -> None:
    html = "a<script>x<script>y</script></script>b</style>c<STYLE>z</STYLE >d<script>e"
    assert without_programs(html) == "abcd"
    assert as_line("Safe <script>alert(1)</script>title") == "Safe title"


def test_markup_inside_a_description_is_kept_as_html() -> None:
    assert only(rss("<description>One <b>bold</b> word</description>")).summary == (
        "One <b>bold</b> word"
    )


@pytest.mark.parametrize(("coded", "text"), [("VGV4dA==", "Text"), ("VGV4d", ""), ("é", "")])
def test_base64_is_decoded_where_it_can_be(coded: str, text: str) -> None:
    assert only(atom(f"<content mode='base64'>{coded}</content>")).content == text


def test_a_title_is_an_article_s_without_the_outlet_behind_it() -> None:
    entry = only(rss("<title>Talks resume - The Mercury</title>"))
    assert entry.title == "Talks resume - The Mercury"
    assert entry_draft(entry, outlet=Outlet("The Mercury")).title == "Talks resume"
    assert entry_draft(entry, outlet=None).title == "Talks resume - The Mercury"


def test_a_title_of_a_gathered_feed_stands_without_who_told_it() -> None:
    entry = only(
        rss(
            "<title>Talks resume - The Mercury</title><link>https://paper.example/1</link>"
            "<source url='https://mercury.example'>The Mercury</source>"
        )
    )
    assert entry.title == "Talks resume - The Mercury"
    assert entry_draft(entry, outlet=Outlet("Top stories")).title == "Talks resume"
    assert entry_draft(entry, outlet=None).title == "Talks resume"


def test_text_of_atom_that_holds_entities_is_read_as_it_was_meant() -> None:
    summary = (
        "The talks&amp;nbsp;go on &amp;amp; on&amp;#8230; at Borg&amp;Co and R&amp;amp;D, "
        "&amp;lt;b&amp;gt; and x &lt; y"
    )
    entry = only(atom(f"<title>One</title><summary type='text'>{summary}</summary>"))
    (paragraph,) = paragraphs(entry.summary)
    assert paragraph.text == "The talks go on & on… at Borg&Co and R&D, <b> and x < y"


def test_escaped_html_of_atom_0_3_is_html() -> None:
    body = atom("<content mode='escaped'>&lt;p&gt;x&lt;/p&gt;</content>")
    assert only(body).content == "<p>x</p>"


def test_a_date_is_certain_or_none() -> None:
    dates = ("someday", "", "Thu, 01 Jan 1970 00:00:00 GMT", "2031-01-01T00:00:00Z", "2026-02-30")
    for date in dates:
        assert only(rss(f"<pubDate>{date}</pubDate>")).published_at is None, date


def test_dates_are_judged_by_when_they_were_seen() -> None:
    body = rss("<pubDate>Wed, 24 Oct 1962 10:00:00 GMT</pubDate>")
    (entry,) = parsed(body, seen_at=datetime(1962, 10, 25, tzinfo=UTC)).entries
    assert entry.published_at == datetime(1962, 10, 24, 10, tzinfo=UTC)
    (early,) = parsed(body, seen_at=datetime(1962, 10, 1, tzinfo=UTC)).entries
    assert early.published_at is None


def test_an_id_that_many_share_gives_way_to_the_link() -> None:
    feed = parsed(
        rss("<guid>x</guid><link>/1</link>", "<guid>x</guid><link>/2</link>", "<guid>y</guid>")
    )
    assert [entry.id for entry in feed.entries] == [
        "https://paper.example/1",
        "https://paper.example/2",
        "y",
    ]


def test_only_the_newest_200_are_kept_in_the_order_of_the_feed() -> None:
    days = [NOW - timedelta(days=day) for day in range(250)]
    items = [
        f"<title>{day:%F}</title><pubDate>{day:%a, %d %b %Y} 00:00:00 GMT</pubDate>" for day in days
    ]
    shuffled = [*items[100:], *items[:100], "<title>undated</title>"]
    titles = [entry.title for entry in parsed(rss(*shuffled)).entries]
    assert len(titles) == MOST_ENTRIES
    assert titles[0] == f"{days[100]:%F}" and titles[-1] == f"{days[99]:%F}"
    assert f"{days[200]:%F}" not in titles


def test_tag_soup_is_left_to_the_loose_reader() -> None:
    soup = (
        "<rss><channel><title>Soup</title><link>https://soup.example/</link></b></channel></rss>"
        "<item><title>One</title><link>/1</link><description>A<script>b</script></description></item>"
        "<item><title>Two</title><pubDate>2026-03-01</pubDate></item>"
    )
    feed = parsed(soup)
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    assert (feed.title, feed.entries[0].url) == ("Soup", "https://paper.example/1")
    assert (feed.entries[0].summary, feed.entries[1].url) == ("A", None)


def test_the_loose_reader_must_find_more_to_be_believed() -> None:
    assert len(parsed(rss("<description><![CDATA[<item >]]></description>")).entries) == 1


def test_soup_is_refused_where_it_is_too_long() -> None:
    items = f"<item><title>{'x' * (MOST_LOOSE // 2)}</title></item>" * 2
    with pytest.raises(Unreadable, match=r"no valid XML.* too long to be read all the same"):
        parsed(f"<rss><channel></channel></rss>{items}")


def test_of_a_long_feed_that_breaks_off_the_beginning_is_read() -> None:
    one = "<item><title>One</title></item>"
    soup = f"<rss><channel>{one}</channel></rss><item>{'x' * MOST_LOOSE}</item>"
    assert [entry.title for entry in parsed(soup).entries] == ["One"]


@pytest.mark.parametrize("body", ["<item>" * 200_000, "<item><title>x</title></item>" * 50_000])
def test_a_flood_of_items_is_cut(body: str) -> None:
    assert len(parsed(f"<rss><channel>{body}").entries) <= MOST_ENTRIES


def test_a_flood_of_paragraphs_is_cut() -> None:
    assert len(paragraphs("<p>x</p>" * 5_000)) == len(paragraphs("x\n\n" * 5_000)) == 2_000


def test_a_feed_is_shown_in_full() -> None:
    feed = in_full(
        parsed(rss("<description>Words &lt;b&gt;here</description><link>/1</link>", head="")),
        url=URL,
    )
    (entry,) = feed.entries
    assert (feed.title, feed.url) == (URL, URL)
    assert (entry.id, entry.title, entry.content) == (
        "https://paper.example/1",
        "Words here",
        "Words <b>here",
    )


def test_parsing_can_move_to_another_process() -> None:
    feed = parsed(rss("<title>One</title>"))
    assert pickle.loads(pickle.dumps(feed)) == feed
    assert pickle.loads(pickle.dumps(parse_feed)) is parse_feed


ENCODED = "<?xml version='1.0' encoding='{0}'?><rss><channel><title>Śląsk</title></channel></rss>"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "iso-8859-2", "cp1250", "utf-16", "utf-16-be", "utf-32"]
)
def test_declared_encodings_are_believed(encoding: str) -> None:
    assert parsed(ENCODED.format(encoding).encode(encoding)).title == "Śląsk"


def test_utf8_is_known_whatever_is_declared() -> None:
    assert parsed(ENCODED.format("iso-8859-1").encode(), charset="us-ascii").title == "Śląsk"


def test_the_header_counts_for_more_than_the_document() -> None:
    assert decode(ENCODED.format("latin-1").encode("cp1250"), "windows-1250") == ENCODED.format(
        "latin-1"
    )


def test_encodings_are_read_as_browsers_read_them() -> None:
    assert decode(b"\x93quoted\x94", "iso-8859-1") == "“quoted”"
    assert decode("Riga \x96 the \x93palace\x94\x81".encode()) == "Riga – the “palace”"


@pytest.mark.parametrize("charset", ["no-such-thing", "hex", None])
def test_an_unknown_encoding_is_guessed(charset: str | None) -> None:
    text = "Переговоры о прекращении огня начались сегодня утром в столице, сообщил министр. " * 5
    assert decode(text.encode("cp1251"), charset) == text


def test_utf8_that_is_cut_stays_utf8() -> None:
    assert decode(("Переговоры " * 50).encode()[:-2]).startswith("Переговоры Переговоры")


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_read_as_it_was_written(taken_for: str) -> None:
    written = "GENEVA — Syria’s delegates met Señor Peña"
    once = written.encode().decode(taken_for, "replace")

    assert decode(once.encode()) == written


def test_of_half_a_million_characters_none_is_mended() -> None:
    text = "SÃ£o " * 125_000
    assert decode(text.encode()) == text


def test_letters_that_only_look_so_are_left_alone() -> None:
    for text in ("SÃO PAULO — Â", "Überraschung in Málaga, «voilà»", "Đà Nẵng"):
        assert decode(text.encode()) == text


def test_bytes_that_are_no_text_are_decoded_all_the_same() -> None:
    assert decode(bytes(range(128, 256)) * 40 + b"\x00\x81")


def test_plain_ascii_needs_no_guess() -> None:
    assert decode(b"plain") == "plain"


def draft_of(**fields: object) -> Entry:
    base = {"id": None, "url": None, "title": None, "published_at": None, "updated_at": None}
    return Entry(**{**base, "summary": "", "content": "", **fields})  # type: ignore[arg-type]


TEXT = (
    "<p>The two ministers agreed on Monday to reopen the border &amp; the bridge."
    "</p><script>track()</script><h2>What comes next</h2>"
    "<p>They will meet again in Vienna next month, officials said.</p>"
)


def test_an_entry_becomes_an_article() -> None:
    entry = draft_of(
        url="https://paper.example/1",
        title="Ministers agree",
        content=TEXT,
        summary="Short.",
        author="desk@paper.example (A. Writer)",
        published_at=NOW,
        updated_at=NOW + timedelta(hours=1),
    )
    draft = entry_draft(entry, outlet=Outlet("Paper"))
    assert draft.paragraphs == (
        Paragraph("p", "The two ministers agreed on Monday to reopen the border & the bridge."),
        Paragraph("heading", "What comes next"),
        Paragraph("p", "They will meet again in Vienna next month, officials said."),
    )
    assert (draft.title, draft.byline) == ("Ministers agree", "A. Writer")
    assert (draft.url, draft.outlet) == ("https://paper.example/1", Outlet("Paper"))
    assert (draft.published_at, draft.modified_at) == (NOW, NOW + timedelta(hours=1))
    assert draft.date_source == "feed"


def test_html_is_read_block_by_block() -> None:
    html = "One<br>line<br/> <br>Two<ul><li>Three <b>a</b>nd</li></ul>after<!-- x --><h3>H</h3>end"
    assert [(each.kind, each.text) for each in paragraphs(html)] == [
        ("p", "One line"),
        ("p", "Two"),
        ("item", "Three and"),
        ("p", "after"),
        ("heading", "H"),
        ("p", "end"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It is signed.<sup>1</sup> It holds.</p>", "It is signed. It holds."),
        ("<p>It holds<sup><a href='#n2'>[2]</a></sup> in Riga.</p>", "It holds in Riga."),
        ("<p>It holds in <i>Riga</i><sup>3</sup>.</p>", "It holds in Riga."),
        ("<p><sup>*</sup>It holds.</p>", "It holds."),
        ("<p>It holds <a href='#n'><sup>a</sup></a>here.</p>", "It holds here."),
        ("<p>Riga has 300 km<sup>2</sup>.</p>", "Riga has 300 km2."),
        ("<p>The 1<sup>st</sup> of 10<sup>6</sup>.</p>", "The 1st of 106."),
        ("<p><sup>2</sup></p>", "2"),
        ("<p>They met.&amp;nbsp;They left &amp;amp; slept.</p>", "They met. They left & slept."),
        ("<p>The min&shy;ister​ left.﻿</p>", "The minister left."),
        ("The minister​ left.﻿", "The minister left."),
        ("&lt;p&gt;They met &amp;amp; left.&lt;/p&gt;", "They met & left."),
        ("<p>R&amp;D costs 5&amp;6.</p>", "R&D costs 5&6."),
        ("<p>They met.</p><p class='wp-caption-text'>The two in Riga</p>", "They met."),
        ("<p>They met.</p><div class='a photo-credit'>EPA</div>", "They met."),
        ("<p class='caption'>They met.</p>", "They met."),
    ],
)
def test_signs_of_the_markup_are_no_part_of_the_text(html: str, text: str) -> None:
    assert " ".join(each.text for each in paragraphs(html)) == text


def test_a_whole_text_is_no_caption() -> None:
    assert paragraphs(f"<div class='wp-caption'>{'They met in Riga. ' * 40}</div>")


def test_plain_text_has_an_empty_line_between_paragraphs() -> None:
    assert [each.text for each in paragraphs("One\nline < 2\n \nTwo\n\n\n")] == [
        "One line < 2",
        "Two",
    ]


@pytest.mark.parametrize("html", ["", "<!-- nothing -->", "<script>x</script>", "<p> </p>"])
def test_html_without_text_has_no_paragraphs(html: str) -> None:
    assert paragraphs(html) == ()


def test_what_an_entry_does_not_say_is_none() -> None:
    draft = entry_draft(draft_of(url="/1", summary="One sentence stands here alone."), outlet=None)
    assert (draft.url, draft.byline, draft.published_at, draft.modified_at) == (None,) * 4
    assert draft.date_source == "first_seen"
    assert [each.text for each in draft.paragraphs] == ["One sentence stands here alone."]


@pytest.mark.parametrize("content", ['<figure><img src="/bridge.jpg"></figure>', "<p>Share</p>"])
def test_a_content_that_comes_to_nothing_gives_way_to_the_summary(content: str) -> None:
    draft = entry_draft(draft_of(content=content, summary="The bridge is open."), outlet=None)
    assert [each.text for each in draft.paragraphs] == ["The bridge is open."]


def test_a_revision_alone_dates_an_entry() -> None:
    draft = entry_draft(draft_of(updated_at=NOW), outlet=None)
    assert (draft.published_at, draft.modified_at, draft.date_source) == (NOW, None, "feed")
    assert draft.paragraphs == ()


def test_an_address_alone_names_nobody() -> None:
    assert entry_draft(draft_of(author="desk@paper.example"), outlet=None).byline is None


def test_short_names_of_the_document_type_are_written_out_and_nothing_is_fetched() -> None:
    names = '<!ENTITY id "tag:paper,"><!ENTITY amp "x"><!ENTITY f SYSTEM "file:///etc/passwd">'
    kind = f"<!DOCTYPE rss [{names}]>"
    body = rss("<guid>&id;1</guid><title>&f; &amp; b</title>")
    found = only(body.replace("<rss", f"{kind}<rss", 1))
    assert (found.id, found.title) == ("tag:paper,1", "&f; & b")


def test_a_channel_of_microsoft_dates_its_items_by_an_attribute() -> None:
    item = '<ITEM HREF="/1" LASTMOD="2024-01-02T03:04"><TITLE>x</TITLE></ITEM>'
    assert only(f"<CHANNEL HREF='/'><TITLE>P</TITLE>{item}</CHANNEL>").updated_at == datetime(
        2024, 1, 2, 3, 4, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Talks\x1b[2K go\x07 on\x9b1G\x7f", "Talks[2K go on1G"),
        ("Talks \u202eno og\u202c \u2066on\u2069\ufeff", "Talks no og on"),
        ("\u200fTalks\u200e \u061cgo on", "Talks go on"),
        ("Talks\x1c\x85\u2028go\ton", "Talks go on"),
        ("&#x202e;Talks &amp;#x202e;go on", "Talks go on"),
        ("Émile‑Ère 👩‍🚀 می‌خواهم", "Émile‑Ère 👩‍🚀 می‌خواهم"),
    ],
)
def test_a_title_has_no_signs_that_steer_a_screen(said: str, title: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": said,
        "items": [{"title": said}],
    }
    found = parsed(json.dumps(feed))
    assert found.title == title
    assert found.entries[0].title == title


@pytest.mark.parametrize("name", ["href", "HREF", "hRef"])
@pytest.mark.parametrize(("more", "is_kept"), [(199, True), (200, False)])
def test_an_element_with_hundreds_of_attributes_has_none(
    name: str, more: int, is_kept: bool
) -> None:
    many = " ".join(f'a{number}=""' for number in range(more))
    item = f'<item {name}="https://paper.example/1" {many}><title>Talks</title></item>'
    entry = only(f"<channel>{item}</channel>")
    assert (entry.title, entry.url) == ("Talks", "https://paper.example/1" if is_kept else None)
