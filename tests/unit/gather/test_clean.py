"""Lines of a page: what is no part of the article goes, every sentence of it stays."""

import time

import pytest

from digest.gather.lines.clean import clean_paragraphs
from digest.gather.lines.layout import rows_of
from digest.gather.lines.stamps import Stamp

FIRST = "The two foreign ministers met in the harbour town on Monday and spoke for three hours about pilots."
SECOND = (
    "Both ministers said that the talks about pilots in the harbour would go on in the coming week."
)
THIRD = "The harbour has been closed to foreign ships since the winter, when two pilots were detained there."
FOURTH = "Ships of both countries wait outside the harbour for the pilots, the coast guard said on Monday."
ARTICLE = (FIRST, SECOND, THIRD, FOURTH)
OTHER = "A painter from the mountains has won the prize of the city for her portraits of elderly beekeepers."


def kept(*lines: str, title: str | None = None) -> list[str]:
    return [each.text for each in clean_paragraphs(lines, title=title).paragraphs]


def test_who_speaks_twice_is_no_kicker() -> None:
    turns = (f"MS NOVAK: {FIRST}", SECOND, "QUESTION: When?", f"MS NOVAK: {THIRD}")
    assert kept(*turns) == list(turns)
    assert kept(f"OUR VIEW: {FIRST}", SECOND) == [FIRST, SECOND]


def test_a_list_of_other_stories_is_cut_to_the_end() -> None:
    teasers = (
        "Read next",
        "23:00",
        "Art prize",
        OTHER,
        "22:30",
        "Weather",
        "It will rain on " + OTHER[2:],
    )
    assert kept(*ARTICLE, *teasers) == list(ARTICLE)


def test_a_list_of_other_stories_without_a_label_is_known_by_its_clock_times() -> None:
    assert kept(*ARTICLE, "23:00", "Art prize", OTHER, "22:30", "Weather", OTHER[2:]) == list(
        ARTICLE
    )


def test_the_article_goes_on_behind_a_list_in_its_middle() -> None:
    lines = (FIRST, SECOND, "Related stories", "Painter wins prize", "Rain", THIRD, FOURTH)
    assert kept(*lines) == list(ARTICLE)


def test_a_teaser_below_its_title_is_not_where_the_article_goes_on() -> None:
    teasers = ("Painter wins prize", OTHER, "Second prize", "Another " + OTHER[2:])
    lines = (FIRST, SECOND, THIRD, "Most read", *teasers, FOURTH, SECOND + " Again.")
    assert OTHER not in kept(*lines)


def test_readers_comments_are_cut_but_a_counter_above_is_only_a_line() -> None:
    assert kept("3 comments", *ARTICLE, "Comments", "I do not believe it.", OTHER) == list(ARTICLE)


def test_posts_are_removed_with_text_links_and_signature() -> None:
    lines = (
        FIRST,
        "💬 Today is #DiplomatsDay",
        "I trust that you will continue to work honourably.",
        "🎉 Happy day to all!https://t.co/8yO8 pic.twitter.com/pSB8",
        "— MFA Tessel 🇷🇺 (@mfa_tessel) February 9, 2026",
        SECOND,
    )
    assert kept(*lines) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "post",
    [
        ("The deal is done. — Ilse Brandt (@brandt) March 3, 2025",),
        ("The deal is done.", "Ilse Brandt (@brandt) March 3, 2025"),
        ("We thank our friends.", "The deal is done!", "— Ilse Brandt (@brandt) 3. März 2025"),
        ("The deal is done pic.x.com/abc",  "— Ilse Brandt (@brandt) 3 марта 2025 г."),
        ("View this post on Instagram", "A post shared by Ilse Brandt (@brandt)"),
        ("Ilse Brandt", "@brandt", "·", "Mar 3", "The deal is done.", "120 replies", "3K likes"),
        ("https://t.co/8yO8rlzk58",),
    ],
)  # fmt: skip
def test_posts_of_other_shapes_are_removed_too(post: tuple[str, ...]) -> None:
    assert kept(FIRST, *post, SECOND) == [FIRST, SECOND]


def test_a_card_without_a_name_leaves_the_sentence_above_it() -> None:
    assert kept(FIRST, "@brandt", "3K likes", SECOND) == [FIRST, SECOND]


def test_the_sentence_that_announces_a_post_stays() -> None:
    lead = "The minister wrote on a network on Monday:"
    post = (
        "We go on.",
        "— Ilse Brandt (@brandt) March 3, 2025",
        "We stop.",
        "— Tom Ark (@ark) March 3, 2025",
    )
    assert kept(FIRST, lead, *post, SECOND) == [FIRST, lead, SECOND]


def test_a_quotation_above_a_post_is_not_part_of_it() -> None:
    said = "“We are ready,” the minister said."
    assert kept(FIRST, said, "The deal.", "— Ilse Brandt (@brandt) March 3, 2025", SECOND) == [
        FIRST,
        said,
        SECOND,
    ]


def test_a_long_paragraph_above_a_signature_stays() -> None:
    assert kept(SECOND, FIRST * 16, "— Ilse Brandt (@brandt) March 3, 2025", THIRD) == [
        SECOND,
        FIRST * 16,
        THIRD,
    ]


def test_short_lines_before_a_paragraph_are_headings() -> None:
    cleaned = clean_paragraphs((FIRST, "What comes next", SECOND, "Is it enough?", THIRD))
    assert [each.kind for each in cleaned.paragraphs] == ["p", "heading", "p", "heading", "p"]


def test_short_lines_that_head_nothing_are_removed() -> None:
    assert kept("World", FIRST, "One", "Two", "Three", SECOND, "Harbours", "Pilots") == [
        FIRST,
        "Three",
        SECOND,
    ]


def test_a_list_that_is_announced_stays() -> None:
    lines = (FIRST, "They agreed on:", "Pilots for all ships", "Fees in crowns", "A joint office")
    assert kept(*lines) == list(lines)


def test_items_and_quoted_lines_are_paragraphs() -> None:
    lines = (FIRST, "- a list of ships", "“Are we ready?”", SECOND)
    assert [each.kind for each in clean_paragraphs(lines).paragraphs] == ["p"] * 4


def test_clock_times_before_entries_are_cut_off() -> None:
    cleaned = clean_paragraphs((f"14:05 — {FIRST}", f"14:30 GMT {SECOND}"))
    assert [each.text for each in cleaned.paragraphs] == [FIRST, SECOND]
    assert cleaned.removed == ("14:05 —", "14:30 GMT")


@pytest.mark.parametrize(
    "credit",
    [
        "(Reuters/Jane Roe)",
        "(Jane Roe/AFP)",
        "(CNN)",
    ],
)
def test_a_credit_before_a_paragraph_is_cut_off(credit: str) -> None:
    cleaned = clean_paragraphs(
        (f"{credit} {FIRST}", f"{credit} {SECOND}", f"(so they said) {THIRD}")
    )
    assert [each.text for each in cleaned.paragraphs] == [FIRST, SECOND, f"(so they said) {THIRD}"]
    assert cleaned.removed == (credit, credit)


@pytest.mark.parametrize(
    "glued",
    [
        "Ships outside the harbour of Riga (Jane Roe/Reuters)",
        "Minister Lena Vogt speaks in Riga, Latvia, May 5, 2025. (AP Photo/Jane Roe)",
        "CLOSE Ships wait outside the harbour. (Photo: Jane Roe, AP)",
        "Ships outside the harbour. (Reuters: Jane Roe) Ships at night. (Reuters photo: Jane Roe)",
        "(Photo by Jane Roe/Getty Images)",
        "6 years ago",
        "6 years ago Updated 3:47 p.m. ET, 1/20/2014",
        "Posted on February 7, 2013",
        "Updated at 4 p.m. ET:",
        "[Updated 7:30 a.m. Jan. 28]",
        "UPDATED: 18.45 GMT, May 5, 2025:",
        "What’s happening",
        "From the Left",
        "A daily roundup of trade and harbour news",
        "Enlarge this image toggle caption Jane Roe/AP Jane Roe/AP",
        "Ministers Meet In Riga Enlarge this image toggle caption A. Berg /UPI /Landov A. Berg /UPI /Landov",
        "SHARE THIS ARTICLE Share Tweet Post Email",
        "LISTEN TO ARTICLE 3:13 SHARE THIS ARTICLE Share Tweet Post Email",
        "CLOSE",
        "next Image 1 of 2 prev Image 2 of 2",
    ],
)
def test_what_scraping_glued_before_a_paragraph_is_cut_off(glued: str) -> None:
    stamped = glued.startswith("6 years")
    line = f"Riga (CNN) - {FIRST}" if stamped else FIRST
    cleaned = clean_paragraphs((f"{glued} {line}", SECOND))
    assert [each.text for each in cleaned.paragraphs] == [FIRST, SECOND]
    assert cleaned.removed == (f"{glued} Riga (CNN) -" if stamped else glued,)


@pytest.mark.parametrize(
    "line",
    [
        f"10 years ago Lena Vogt left the council. {SECOND}",
        f"CLOSE to the harbour the river rises. {SECOND}",
        f"A poll of the islands (Reuters/Ipsos) Tuesday showed as much. {SECOND}",
        f"From the Left Bank of the river came nobody. {SECOND}",
    ],
)
def test_what_only_looks_glued_stays(line: str) -> None:
    assert kept(FIRST, line) == [FIRST, line]


def test_a_caption_before_another_line_of_its_picture_goes_with_it() -> None:
    line = "Ships outside the harbour. (AP Photo/Jane Roe) (Associated Press)"
    assert kept(FIRST, line, SECOND) == [FIRST, SECOND]


def test_an_outlet_in_brackets_that_sticks_to_the_text_is_cut_off() -> None:
    cleaned = clean_paragraphs((f"(The Lake Reporter){FIRST}", SECOND))
    assert [each.text for each in cleaned.paragraphs] == [FIRST, SECOND]


def test_the_title_and_repeated_paragraphs_are_said_once() -> None:
    assert kept("Talks go on", FIRST, SECOND, FIRST, title="Talks Go On!") == [FIRST, SECOND]


def test_a_short_line_above_its_credit_is_a_caption() -> None:
    assert kept(FIRST, "Ships outside the harbour", "Getty Images", SECOND) == [FIRST, SECOND]
    assert kept("AFP", FIRST, "Reuters", SECOND) == [FIRST, SECOND]


def test_a_bare_date_counts_only_above_the_first_paragraph() -> None:
    above = clean_paragraphs(("10 February 2026", FIRST))
    below = clean_paragraphs((FIRST, "10 February 2026", "Updated: 11 February 2026"))
    assert above.stamps == (Stamp("published", "10 February 2026"),)
    assert below.stamps == (Stamp("modified", "11 February 2026"),)


def test_a_text_that_is_cut_short_somewhere_has_its_dateline_cut_off() -> None:
    text = "GENEVA – The envoys met on Monday. " + "They spoke of the river and its bridges. " * 9
    cleaned = clean_paragraphs([text + "Then they left for the"])
    assert (cleaned.dateline, cleaned.paragraphs[0].text[:10]) == ("GENEVA", "The envoys")


@pytest.mark.parametrize(
    ("glued", "title"),
    [
        ("Envoys meet again in Geneva Palace ", "Envoys meet again in Geneva Palace"),
        ("Share All sharing options for: Envoys meet in the palace ", "Envoys meet in the palace"),
        ("Novak: Envoys meet again in Geneva ", "Anna Novak: Envoys meet again in Geneva"),
        ("6 years ago Update 5:53 p.m. ET Geneva (CNN) - ", ""),
        ("San Francisco - ", ""),
        ("Envoys ‘meet’ again GENEVA — ", ""),
        ("See the talks live on Sunday at nine. (CNN) -- ", ""),
        ("Envoys meet in the palace March 14, 2013 6: 13 am EST ", ""),
        ("Envoys meet in the palace Posted on Thu Jun 13, 2013, 8:45 AM ", ""),
        ("Oct 3, 2014 ", ""),
        (
            "Envoys meet in the palace on April 30, 2008 at 4: 31 AM, updated May 1, 2008 at 8: 33 AM ",
            "",
        ),
        ("Envoys meet Sunday, November 27 - 2005 at 16: 12 ", ""),
        ("Envoys meet in the palace 17 September 2013 - 21: 29 ", ""),
        ("Envoys meet in the palace Tue, 02 Jul 2013 12: 28 CDT ", ""),
        ("Anna Novak anovak@lake.example ", ""),
        ("Anna Novak and John Borg Special for USA TODAY BERLIN — ", ""),
        ("CLOSE The river rises. The Lake Reporter NEW DELHI – ", ""),
        ("(CLOSE) The river rises; NEW YORK (Reuters) - ", ""),
        ("See the talks live on Sunday at nine. (CNN) ", ""),
        ("Read this story in Arabic. Damascus, Syria (CNN) -- ", ""),
        ("— ", ""),
        (
            "Anna Novak and the envoys wait in Riga for the ships of three states, which are late. "
            "They came on Monday, an hour before dawn, and left at noon. | Jane Roe/AP Photo Harbour Envoys "
            "meet in the palace of Riga ",
            "Envoys meet in the palace of Riga",
        ),
        ("Anna Novak, John Borg and Jane Roe USA TODAY Network GENEVA – ", ""),
        ("(Jane Roe/The Lake Reporter via AP) GENEVA (AP) — ", "Talks go on"),
    ],
)
def test_a_title_and_a_heading_before_the_text_are_cut_off(glued: str, title: str) -> None:
    text = "The envoys met for an hour on Monday."
    cleaned = clean_paragraphs([glued + text], title=title)
    assert [paragraph.text for paragraph in cleaned.paragraphs] == [text]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks go on In Geneva they met for an hour on Monday.", "Talks go on"),
        (  # a title is looked for with its first three words gone, and no more often
            "Envoys meet again in Geneva The envoys met for an hour on Monday.",
            "Four words stand here: Envoys meet again in Geneva",
        ),
        (  # a title of few signs may be said by chance
            f"{'The river rises in Lakeland. ' * 6}Envoys meet again in Geneva The river fell.",
            "Envoys meet again in Geneva",
        ),
        (
            "Envoys meet again in Geneva as the river rises on Monday.",
            "Envoys meet again in Geneva",
        ),
        ("The envoys spoke of RIGA, Seat of talks — The river is near, they said on Monday.", ""),
        ("The treaty that was signed on May 5, 1955 Lakeland's parliament has approved.", ""),
        ("Of the palace of March 3, 1999, The Lake Reporter told in a supplement.", ""),
        ("The states that are watched by POLITICO — Colorado and Ohio — have voted.", ""),
        ("Jane Roe, whose views are expressed here, rows. (CNN) The envoys met on Monday.", ""),
    ],
)
def test_a_sentence_that_begins_like_its_title_is_left_whole(text: str, title: str) -> None:
    assert clean_paragraphs([text], title=title).paragraphs[0].text == text


@pytest.mark.parametrize("dateline", ["ODESSA, Ukraine — ", "RIGA, May 3 (Reuters) - "])
def test_a_dateline_stays_where_the_first_sentence_means_its_place(dateline: str) -> None:
    told = "Envoys of three states met in this Black Sea port on Monday."
    cleaned = clean_paragraphs([dateline + told, SECOND])
    assert [each.text for each in cleaned.paragraphs] == [dateline + told, SECOND]
    assert cleaned.dateline == dateline.partition(",")[0] + (", Ukraine" if "U" in dateline else "")
    later = f"{FIRST} {told}"
    assert clean_paragraphs([dateline + later]).paragraphs[0].text == later


CAPTION = "The envoys of three states leave the palace by the river after a long day."


@pytest.mark.parametrize(
    "dateline",
    [
        *("Srinagar, Indian-administered Kashmir - ", "ST. LOUIS, Missouri — ", "RAFAH — "),
        *("CAIRO Dec 5 (Reuters) - ", "TEHRAN, Iran ", "DOHA, 28th November 2012: "),
    ],
)
def test_a_dateline_of_a_city_that_news_is_from_is_cut_off(dateline: str) -> None:
    cleaned = clean_paragraphs((f"{dateline}{FIRST}", SECOND))
    assert cleaned.paragraphs[0].text == FIRST


def test_the_dateline_of_a_city_of_two_words_is_cut_off_whole() -> None:
    assert clean_paragraphs([f"NEW DELHI — {FIRST}"]).dateline == "NEW DELHI"


@pytest.mark.parametrize(
    "text", ["TEHRAN, Iran says, is far.", "TEHRAN, Prime Minister Borg said, is far."]
)
def test_a_city_before_a_comma_is_no_dateline(text: str) -> None:
    assert clean_paragraphs([text]).paragraphs[0].text == text


def test_a_dateline_below_a_caption_is_cut_off() -> None:
    cleaned = clean_paragraphs([CAPTION, "GENEVA — The envoys met for an hour on Monday."])
    assert cleaned.dateline == "GENEVA"
    assert cleaned.paragraphs[1].text == "The envoys met for an hour on Monday."


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("GENEVA (AP) — ", "GENEVA"),
        ("Geneva, Dec 17 (Reuters) - ", "Geneva"),
        ("Dec 17 (Reuters) - ", None),
    ],
)
def test_what_stands_above_the_text_of_an_agency_is_no_article(
    dateline: str, place: str | None
) -> None:
    above = (CAPTION, "* Talks go on for a third day and no end is in sight, envoys say")
    cleaned = clean_paragraphs([*above, f"{dateline}The envoys met for an hour on Monday."])
    assert cleaned.dateline == place
    assert [paragraph.text for paragraph in cleaned.paragraphs] == [
        "The envoys met for an hour on Monday."
    ]
    assert cleaned.removed[:2] == above


def test_the_label_of_an_answer_is_cut_off_where_questions_have_one() -> None:
    answer = "A. Novak and his guests met for an hour on Monday."
    cleaned = clean_paragraphs(["Q. Who met in the palace by the river?", answer])
    assert cleaned.paragraphs[1].text == "Novak and his guests met for an hour on Monday."
    assert clean_paragraphs([answer]).paragraphs[0].text == answer


def test_captions_from_a_file_are_no_place() -> None:
    shown = "FILE - " + "Ships wait outside the harbour in a file photo of 2 June 2025. " * 8
    cleaned = clean_paragraphs([shown, FIRST])
    assert (cleaned.dateline, len(cleaned.paragraphs)) == (None, 1)
    assert len(clean_paragraphs([shown * 4]).paragraphs) == 1


def test_a_text_in_one_line_begins_behind_its_captions() -> None:
    shown = (
        "FILE - In this May 4, 2019 file photo, " + "ships wait outside the harbour of Riga. " * 12
    )
    credit = "(AP Photo/Jane Roe, File)"
    text = f"{FIRST} {SECOND} {THIRD} " * 3 + "Then they left for the"
    cleaned = clean_paragraphs([f"{shown}{credit} {shown}{credit} RIGA, Latvia (AP) — {text}"])
    assert [each.text for each in cleaned.paragraphs] == [text]
    assert cleaned.dateline == "RIGA, Latvia"


def test_a_text_in_one_line_is_no_post_though_it_breaks_off_behind_one() -> None:
    text = f"{FIRST} {SECOND} {THIRD} " * 6 + "— Jane Roe (@janeroe) May 4, 2019 Then"
    assert [each.text for each in clean_paragraphs([text]).paragraphs] == [text]
    assert len(text) > 1_000


@pytest.mark.parametrize(
    "sign", [" EFE", " ■", " --30--", " /PNA", " Enditem", " — Reuters", " ###", " ends", " jlm/ar"]
)
def test_what_an_agency_signs_is_a_sentence_still(sign: str) -> None:
    last = "The pilots are to be let go by Friday, an envoy said."
    cleaned = clean_paragraphs([f"RIGA (AP) — {last}{sign}"])
    assert [each.text for each in cleaned.paragraphs] == [last]
    assert cleaned.removed == ("RIGA (AP) —", sign.strip())


@pytest.mark.parametrize(
    "heading", ["Envoys of the U.S. EU", "Malta vs. USA", "Live from 2 p.m. ET"]
)
def test_what_is_no_end_is_signed_by_nobody(heading: str) -> None:
    assert kept(FIRST, heading, SECOND) == [FIRST, heading, SECOND]


def test_a_line_of_place_and_day_is_a_dateline() -> None:
    cleaned = clean_paragraphs(("Geneva, 14 October 2024", FIRST, "Paris, 15 October 2024"))
    assert (cleaned.dateline, len(cleaned.paragraphs)) == ("Geneva", 1)
    assert cleaned.stamps == (Stamp("published", "14 October 2024"),)


def test_nothing_gives_nothing() -> None:
    assert clean_paragraphs(()).paragraphs == ()
    assert clean_paragraphs(("", " ", "Share")).removed == ("Share",)


def test_a_line_that_is_a_dateline_only_is_left_alone() -> None:
    assert kept("14:05 — GENEVA (AP) — .") == ["GENEVA (AP) — ."]


def test_lines_wrapped_at_a_column_are_joined() -> None:
    words = "The long-term accord of the harbour towns is to be signed by both ministers in the coming week. "
    lines = [
        "Accord of the harbour towns",
        "",
        *_wrapped(words * 3, 60),
        "",
        *_wrapped(words * 2, 60),
    ]
    rows = rows_of("\n".join(lines))
    assert [row.text for row in rows] == [lines[0], (words * 3).strip(), (words * 2).strip()]


def test_the_counters_of_a_post_may_stand_in_one_line() -> None:
    post = (
        "Ann Lake",
        "@annlake",
        "Whoever hides should buy candles.",
        "9:02 AM · Aug 11, 2025",
        "12.4K Reposts 30.1K Likes · 2.2M Views",
    )
    assert kept(FIRST, *post, SECOND) == [FIRST, SECOND]


def test_the_underline_of_a_heading_is_no_text() -> None:
    rows = rows_of("\n".join(["Accord of the towns", "=" * 19, "", *_wrapped(FIRST * 3, 60)]))
    assert [row.text for row in rows] == ["Accord of the towns", FIRST * 3]


def test_wrapped_paragraphs_may_begin_without_an_empty_line() -> None:
    lines = [
        *_wrapped(FIRST, 60),
        *_wrapped(SECOND, 60),
        "   " + _wrapped(THIRD, 60)[0],
        *_wrapped(THIRD, 60)[1:],
    ]
    lines += ["- " + line for line in ("one item", "another item")]
    rows = [row.text for row in rows_of("\n".join(lines))]
    assert rows == [FIRST, SECOND, THIRD, "- one item", "- another item"]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_hostile_lines_cost_no_time() -> None:
    start = time.process_time()
    for line in (
        "a" * 50_000,
        "— " * 25_000,
        "(@" * 25_000,
        "By A " * 10_000,
        "1:0" * 16_000,
        "| " * 25_000,
    ):
        clean_paragraphs((line, FIRST))
    clean_paragraphs(["Updated: 1", "Related", "Share", FIRST] * 1_000)
    assert time.process_time() - start < 10


def test_a_letter_to_the_reader_goes_and_the_article_goes_on() -> None:
    letter = (
        "Dear readers,",
        "We have worked for you for thirty years, and the harbour has never been so dark as it is now.",
        "Your help keeps our lamps burning through the winter, however small it may be for you.",
    )
    assert kept(FIRST, SECOND, *letter, THIRD, FOURTH) == list(ARTICLE)


def test_the_life_of_an_author_goes_from_the_end() -> None:
    life = "Nora Feld is a senior reporter at the Mercury. She has covered the harbours since 2009."
    assert kept("By Nora Feld", *ARTICLE, "Nora Feld", "Senior Reporter", life) == list(ARTICLE)
    assert kept(*ARTICLE, life) == list(ARTICLE)
    assert kept(*ARTICLE, "Feld reported from Osmund and Lakeside.") == list(ARTICLE)


def test_labels_go_with_the_word_below_them() -> None:
    lines = ("Last Updated:", "August 21, 2025, 19:25 IST", "Agency:", "ENI", "Background:")
    cleaned = clean_paragraphs((*lines, *ARTICLE, "Agency:"))
    assert [each.text for each in cleaned.paragraphs] == list(ARTICLE)
    assert cleaned.stamps == (Stamp("modified", "August 21, 2025, 19:25 IST"),)


def test_a_label_before_a_sentence_is_cut_off() -> None:
    cleaned = clean_paragraphs((FIRST, f"Details: {SECOND}", THIRD, "Details: "))
    assert [each.text for each in cleaned.paragraphs] == [FIRST, SECOND, THIRD]
    assert "Details:" in cleaned.removed


def test_titles_of_other_stories_among_paragraphs_are_no_headings() -> None:
    teasers = (
        "Painter from the mountains wins prize of the city for portraits of beekeepers",
        "PAINTER WINS PRIZE OF THE CITY",
        "Bees of the north on Monday. Each has its keeper",
    )
    for teaser in teasers:
        assert kept(FIRST, SECOND, teaser, THIRD) == [FIRST, SECOND, THIRD]
    assert kept(FIRST, SECOND, "A quiet harbour", THIRD) == [
        FIRST,
        SECOND,
        "A quiet harbour",
        THIRD,
    ]


def test_a_card_ends_with_its_counters_and_a_forwarded_post_is_one_line() -> None:
    card = (
        "MFA Tessel",
        "@mfa_tessel",
        "·",
        "Follow",
        "We sail at noon.",
        "9:14 AM · Mar 1, 2026",
        "2.3K",
        "Reply",
    )
    assert kept(FIRST, *card, SECOND, "RT @keepers: we sail too", THIRD) == [FIRST, SECOND, THIRD]
    lines = ("MFA Tessel 🇹🇱 @mfa_tessel · Feb 10", "We sail at noon.", "View on Twitter")
    assert kept(FIRST, SECOND, *lines, THIRD) == [FIRST, SECOND, THIRD]
    assert kept(FIRST, "MFA Tessel", "@mfa_tessel", "@other", SECOND) == [FIRST, SECOND]
