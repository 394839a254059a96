"""The text of PDF and Word files, and the files that are refused."""

import tracemalloc
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import crc32

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from digest.errors import Unreadable
from digest.gather.documents import from_docx, from_pdf
from digest.gather.documents.articlefile import read_article
from digest.gather.documents.files import Found, Skipped, kind_of
from digest.gather.documents.from_docx import docx_text
from digest.gather.documents.from_pdf import pdf_text
from tests.documents import TALKS, docx, locked, pdf

SEEN = datetime(2026, 8, 25, tzinfo=UTC)
LONG = " ".join(TALKS)


def why(read: object, data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(Unreadable) as refused:
        read(data, name="a.file")  # type: ignore[operator]
    assert "a.file" in str(refused.value)
    return refused.value.why


# --- pdf --------------------------------------------------------------------------------------


def test_the_lines_of_a_pdf_are_its_paragraphs() -> None:
    lines = ["Grain talks", "resume", *TALKS, "They ended.", "A second paragraph begins here."]
    assert pdf_text(pdf(lines), name="a.pdf").split("\n\n") == [
        "Grain talks resume",
        f"{LONG} They ended.",
        "A second paragraph begins here.",
    ]


def test_items_of_a_list_are_paragraphs() -> None:
    lines = [TALKS[0], "1. " + TALKS[1], "(2) " + TALKS[2]]
    assert pdf_text(pdf(lines), name="a.pdf").split("\n\n") == lines


def test_empty_lines_part_paragraphs_unless_every_line_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(*lines: str) -> list[str]:
        monkeypatch.setattr(from_pdf, "_pages", lambda *_: [list(lines)])
        return pdf_text(b"", name="a.pdf").split("\n\n")

    assert read(TALKS[0], TALKS[1], "", TALKS[2]) == [f"{TALKS[0]} {TALKS[1]}", TALKS[2]]
    assert read(*(one for line in TALKS * 3 for one in (line, ""))) == [" ".join(TALKS * 3)]


def test_a_pdf_reads_as_an_article() -> None:
    lines = ["Grain talks resume in Ankara", "", *TALKS]
    draft = read_article(pdf_text(pdf(lines), name="a.pdf"), file="a.pdf", seen_at=SEEN)

    assert draft.title == "Grain talks resume in Ankara"
    assert " ".join(paragraph.text for paragraph in draft.paragraphs) == LONG


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        ["Annual Report 2026", line, f"Page {number} of 3"] for number, line in enumerate(TALKS, 1)
    ]
    assert pdf_text(pdf(*pages), name="a.pdf") == LONG


def test_an_empty_page_and_a_line_that_two_pages_share_stay_as_they_are() -> None:
    text = pdf_text(pdf([TALKS[0]], [], [TALKS[0]], [TALKS[1], "12"]), name="a.pdf")
    assert text == f"{TALKS[0]} {TALKS[0]} {TALKS[1]}"


def test_words_split_at_the_end_of_a_line_are_put_together_and_compounds_kept() -> None:
    lines = [
        "The cease-fire was nego-",
        "tiated in Ankara; the cease-",
        "fire holds, and the Franco-",
    ]
    text = pdf_text(pdf([*lines, "German envoys stay there."]), name="a.pdf")
    assert text == (
        "The cease-fire was negotiated in Ankara; the cease-fire holds,"
        " and the Franco-German envoys stay there."
    )


def test_a_pdf_without_text_is_a_scan() -> None:
    assert why(pdf_text, pdf(["CamScanner"], [])) == "scanned"


def test_a_pdf_behind_a_password_is_locked() -> None:
    assert why(pdf_text, locked(pdf(TALKS))) == "locked"


def test_a_pdf_whose_cipher_is_not_known_here_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> list[list[str]]:
        raise from_pdf.DependencyError("cryptography is needed")

    monkeypatch.setattr(from_pdf, "_pages", cannot)
    assert why(pdf_text, b"%PDF-1.4") == "locked"


def test_a_pdf_of_too_many_pages_is_long() -> None:
    writer = PdfWriter()
    for _ in range(from_pdf.MOST_PAGES + 1):
        writer.add_blank_page(10, 10)
    stream = BytesIO()
    writer.write(stream)
    assert why(pdf_text, stream.getvalue()) == "long"


def test_a_pdf_that_is_cut_or_none_is_damaged() -> None:
    assert why(pdf_text, b"%PDF-1.7\nnothing") == "damaged"
    assert why(pdf_text, b"") == "damaged"


@settings(max_examples=60)
@given(place=st.integers(0, 1500), junk=st.binary(max_size=40))
def test_a_pdf_with_any_bytes_in_it_is_read_or_refused(place: int, junk: bytes) -> None:
    whole = pdf(TALKS, TALKS)
    try:
        pdf_text(whole[:place] + junk + whole[place + len(junk) :], name="a.pdf")
    except Unreadable as error:
        assert error.why in ("damaged", "scanned", "locked")


# --- docx -------------------------------------------------------------------------------------


def test_the_paragraphs_of_a_word_file_are_its_text() -> None:
    text = docx_text(docx("Grain talks resume", "", *TALKS), name="a.docx")
    assert text.split("\n\n") == ["Grain talks resume", *TALKS]


def test_the_cells_of_a_table_are_paragraphs_once_each() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Head"
    table.cell(1, 0).text, table.cell(1, 1).text = "left", "right"
    stream = BytesIO()
    document.save(stream)
    assert docx_text(stream.getvalue(), name="a.docx").split("\n\n") == ["Head", "left", "right"]


def test_tables_in_tables_are_followed_so_far_and_no_further() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    for depth in range(1, 7):
        cell.text = f"depth {depth}"
        cell = cell.add_table(rows=1, cols=1).cell(0, 0)
    stream = BytesIO()
    document.save(stream)
    found = docx_text(stream.getvalue(), name="a.docx").split("\n\n")
    assert found == ["depth 1", "depth 2", "depth 3", "depth 4"]


def test_a_word_file_without_words_holds_no_text() -> None:
    assert why(docx_text, docx("", " ")) == "scanned"


def test_an_old_word_file_is_told_from_a_locked_one() -> None:
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 100
    assert why(docx_text, old) == "unknown"
    assert why(docx_text, old + "EncryptedPackage".encode("utf-16-le")) == "locked"


def test_a_zip_bomb_is_not_unpacked() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (from_docx.MOST_BYTES + 1))
    assert len(stream.getvalue()) < 100_000
    assert why(docx_text, stream.getvalue()) == "long"


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    """Its declared size and checksum are those of its first byte."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * 30_000_000)
        (part,) = parts.infolist()
        part.file_size, part.CRC = 1, crc32(b" ")
    tracemalloc.start()
    assert why(docx_text, stream.getvalue()) == "damaged"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_zip_of_countless_parts_is_not_unpacked() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as parts:
        for number in range(from_docx.MOST_PARTS + 1):
            parts.writestr(str(number), b"")
    assert why(docx_text, stream.getvalue()) == "long"


def test_what_is_no_word_file_inside_is_damaged() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as parts:
        parts.writestr("a.txt", b"no document")
    assert why(docx_text, stream.getvalue()) == "damaged"
    assert why(docx_text, b"PK\x03\x04") == "damaged"


@cache
def word_file() -> bytes:
    return docx(*TALKS)


@settings(max_examples=60)
@given(place=st.integers(0, 20_000), junk=st.binary(min_size=1, max_size=40))
def test_a_word_file_with_any_bytes_in_it_is_read_or_refused(place: int, junk: bytes) -> None:
    whole = word_file()
    try:
        docx_text(whole[:place] + junk + whole[place + len(junk) :], name="a.docx")
    except Unreadable as error:
        assert error.why in ("damaged", "long", "scanned")


# --- what a file is ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"junk\n%PDF-1.4", "pdf"),
        ("A.DOCX", b"PK\x03\x04", "docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "docx"),
        ("a.txt", b"Talks go on.", "text"),
        ("a.md", b"# Talks", "text"),
        ("a.html", b"<!doctype html><p>Talks", "html"),
        ("a.pdf", b"no such thing", None),
        ("a.docx", b"no such thing", None),
        ("a.txt", b"%PDF-1.4", None),
        ("a.exe", b"MZ", None),
    ],
)
def test_a_file_is_known_by_its_name_and_its_content(
    name: str, data: bytes, kind: str | None
) -> None:
    found = kind_of(name, data)
    assert (found.kind if isinstance(found, Found) else None) == kind
    assert isinstance(found, Found | Skipped)
