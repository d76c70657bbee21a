"""PDF: a document as its author meant it, and a reason where there is none."""

from pathlib import Path

import pytest
from fpdf import FPDF

from tests.knowledge.loaders.made import LOST, Handbook, document, locked, pdf, reason
from tests.security import packing


def test_headings_paragraphs_lists_and_tables_are_kept(tmp_path: Path) -> None:
    """Larger type makes headings; lines are joined to paragraphs and items, columns to tables."""

    def draw(book: Handbook) -> None:
        book.heading("Lost parcels", 18)
        book.paragraph(LOST)
        book.heading("What we do", 14)
        book.items("Wait.", "Ask the carrier where the parcel was seen last, " + "and by whom, " * 8 + "in writing.")
        book.rows(("Zone", "Price"), ("Inland", "£4.50"), ("Abroad", "£12.00"))

    text = document(pdf(tmp_path / "a.pdf", draw)).text
    assert text.startswith(f"# Lost parcels\n\n{LOST.strip()}\n\n## What we do\n\n- Wait.\n- Ask the carrier")
    assert "by whom, in writing.\n\n| Zone | Price |\n| --- | --- |\n| Inland | £4.50 |\n| Abroad | £12.00 |" in text


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    """Also where the sentence goes on over the page, which is then whole; a line that is like them stays."""
    pages = ["Parcels that are lost on their way to you or to somebody else, at home or " + "abroad or " * 3, "at sea."]
    pages += [f"Page {number} of the carrier's form is for us. {LOST}" for number in (3, 4)]
    waiting = iter(pages)

    def draw(book: Handbook) -> None:
        book.paragraph(next(waiting).strip())

    text = document(pdf(tmp_path / "a.pdf", draw, pages=len(pages))).text
    assert "handbook" not in text
    assert "Page 1" not in text
    assert "abroad or at sea." in text
    assert "Page 3 of the carrier's form is for us." in text


def test_words_that_a_line_end_divides_are_whole_again(tmp_path: Path) -> None:
    """A hyphen that belongs to the word stays, where the word is seen elsewhere with it."""
    lines = ["A self-service desk is open. " + "Take your parcel there and wait for an em-", "ployee, or use the self-"]
    lines += ["service desk, which is open to everybody who has a parcel with a label on it."]
    book = FPDF()
    book.add_page()
    book.set_font("helvetica", size=11)
    for line in lines:
        book.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    book.output(str(tmp_path / "a.pdf"))
    text = document(tmp_path / "a.pdf").text
    assert "employee" in text
    assert "use the self-service desk" in text


@pytest.mark.parametrize(
    ("given", "title"),
    [("Parcels, in full", "Parcels, in full"), ("Microsoft Word - Parcels", "Parcels"), ("parcels_v3.docx", "Lost")],
)
def test_title_and_date_come_from_the_properties(tmp_path: Path, given: str, title: str) -> None:
    """Unless a program put a file's name there: then the first heading is the title."""

    def draw(book: Handbook) -> None:
        book.set_title(given)
        book.heading("Lost")
        book.paragraph(LOST)

    found = document(pdf(tmp_path / "handbook.pdf", draw))
    assert (found.title, found.updated, found.format) == (title, "2026-03-04", "markdown")


def test_audience_and_status_come_from_the_keywords(tmp_path: Path) -> None:
    """A file has no front matter; where its text names an audience instead, it is left out."""

    def draw(book: Handbook) -> None:
        book.set_keywords("parcels, audience: internal; status=retired")
        book.paragraph(LOST)

    found = document(pdf(tmp_path / "a.pdf", draw))
    assert (found.audience, found.status) == ("internal", "retired")
    said = pdf(tmp_path / "b.pdf", lambda book: book.paragraph("Audience: internal"))
    assert "put it among their keywords" in reason(said)


def test_bookmarks_name_the_headings(tmp_path: Path) -> None:
    """Where a heading is set like the text around it."""

    def draw(book: Handbook) -> None:
        book.start_section("Lost parcels")
        book.paragraph("Lost parcels")
        book.paragraph(LOST)
        book.start_section("Who pays", level=1)
        book.paragraph("Who pays")
        book.paragraph(LOST)

    text = document(pdf(tmp_path / "a.pdf", draw)).text
    assert text.startswith("# Lost parcels\n\nYour parcel")
    assert "\n\n## Who pays\n\nYour parcel" in text


def test_what_is_only_protected_from_changes_is_read(tmp_path: Path) -> None:
    """Such a file is encrypted with an empty password."""
    file = locked(pdf(tmp_path / "a.pdf", lambda book: book.paragraph(LOST)), "")
    assert document(file).text == LOST.strip()


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    """Its password is not guessed."""
    file = locked(pdf(tmp_path / "a.pdf", lambda book: book.paragraph(LOST)), "secret")
    assert reason(file) == "is protected by a password; save it without one"


def test_a_scan_says_so(tmp_path: Path) -> None:
    """Pages of nothing but drawings hold no text."""
    book = FPDF()
    book.add_page()
    book.rect(10, 10, 50, 50)
    book.output(str(tmp_path / "a.pdf"))
    assert reason(tmp_path / "a.pdf").startswith("holds no text on its 1 pages, only pictures")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04 not a pdf", "is not a PDF"),
        (b"%PDF-1.7\n", "is damaged or cut short"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, "is damaged or cut short"),
    ],
)
def test_what_is_no_pdf_says_so(tmp_path: Path, content: bytes, expected: str) -> None:
    """Whatever its name is."""
    (tmp_path / "a.pdf").write_bytes(content)
    assert expected in reason(tmp_path / "a.pdf")


def test_a_page_that_its_reader_trips_over_says_so(tmp_path: Path) -> None:
    """Also in a way that pypdf does not name among its own."""
    file = tmp_path / "odd.pdf"
    file.write_bytes(packing.pdf(b"BT (Lost) BI /W 1 ID x EI ET"))
    assert reason(file) == "is damaged or cut short (AssertionError); save or download it again"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_is_cut_short_is_skipped_or_read_as_far_as_it_goes(tmp_path: Path, share: float) -> None:
    """Never anything else, such as a fault of the program."""
    whole = pdf(tmp_path / "whole.pdf", lambda book: book.paragraph(LOST), pages=5).read_bytes()
    file = tmp_path / "cut.pdf"
    file.write_bytes(whole[: int(len(whole) * share)])
    assert "; " in reason(file)


def test_a_file_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    """A hostile file names one page a million times over."""
    count = 2001
    kids = " ".join(["3 0 R"] * count)
    (tmp_path / "a.pdf").write_text(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Count {count}/Kids[{kids}]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF"
    )
    assert "has 2001 pages" in reason(tmp_path / "a.pdf")
