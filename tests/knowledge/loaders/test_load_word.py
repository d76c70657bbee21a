"""Word documents: what they show, and a reason where they cannot be read."""

import zipfile
from pathlib import Path

import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml

from tests.knowledge.loaders.made import document, reason, repacked, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _plain(made: Word) -> None:
    made.add_paragraph("A parcel counts as lost after seven days.")


def test_headings_lists_and_tables_are_kept(tmp_path: Path) -> None:
    """The styles of Word are Markdown's marks."""

    def write(made: Word) -> None:
        made.add_heading("Lost parcels", 0)
        made.add_paragraph("After seven days.")
        made.add_heading("What we do", 2)
        made.add_paragraph("Wait.", style="List Bullet")
        made.add_paragraph("Ask.", style="List Bullet 2")
        made.add_paragraph("Send it again.", style="List Number")
        made.add_paragraph("Or pay.", style="List Number")
        table = made.add_table(rows=2, cols=2)
        for row, texts in zip(table.rows, (("Zone", "Price"), ("Inland", "4 | 5\nshop")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    found = document(word(tmp_path / "a.docx", write))
    assert found.text == (
        "# Lost parcels\n\nAfter seven days.\n\n## What we do\n\n- Wait.\n  - Ask.\n1. Send it again.\n2. Or pay.\n\n"
        "| Zone | Price |\n| --- | --- |\n| Inland | 4 / 5 shop |"
    )
    assert (found.title, found.updated, found.format) == ("Lost parcels", "2026-03-04", "markdown")


def test_properties_give_title_audience_and_status(tmp_path: Path) -> None:
    """Without a title, the name of the file is one."""

    def write(made: Word) -> None:
        _plain(made)
        made.core_properties.title = "Lost, in full"
        made.core_properties.keywords = "audience: internal, status: retired"

    found = document(word(tmp_path / "a.docx", write))
    assert (found.title, found.audience, found.status) == ("Lost, in full", "internal", "retired")
    assert document(word(tmp_path / "lost-parcels.docx", _plain)).title == "Lost parcels"


def test_headers_deleted_and_hidden_text_are_left_out(tmp_path: Path) -> None:
    """And what was inserted, stands in a content control or behind a link is read."""

    def write(made: Word) -> None:
        made.sections[0].header.paragraphs[0].text = "HEADER"
        made.sections[0].footer.paragraphs[0].text = "FOOTER"
        made.add_paragraph("Shown").add_run(" hidden").font.hidden = True
        for xml in (
            "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "<w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
        ):
            made.element.body.insert(-1, parse_xml(xml.replace(">", f" {W}>", 1)))

    assert document(word(tmp_path / "a.docx", write)).text == "Shown\n\nnew\n\ncontrolled\n\nlinked"


def test_a_locked_or_old_document_says_so(tmp_path: Path) -> None:
    """With a password, Word wraps the document in the format of its older versions."""
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)
    assert reason(tmp_path / "a.docx").startswith("is protected by a password, or an old .doc")


def test_a_zip_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    """By the size that it declares."""
    file = repacked(word(tmp_path / "a.docx", _plain), word__bomb_xml=b" " * 20_000_000)
    assert file.stat().st_size < 100_000
    assert "zip bomb" in reason(file)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """A part that holds more or less than it declares is damaged."""
    file = repacked(word(tmp_path / "a.docx", _plain), word__bomb_xml=b" " * 20_000_000)
    data = bytearray(file.read_bytes())
    declared = (20_000_000).to_bytes(4, "little")
    while (at := data.find(declared)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    file.write_bytes(bytes(data))
    assert "is damaged or cut short (BadZipFile)" in reason(file)


def test_many_parts_that_are_small_by_themselves_are_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture of noise is not dense, and still too much in the end."""
    from knowledge.loaders.docx import packing

    file = repacked(word(tmp_path / "a.docx", _plain), a=b"x" * 600, b=b"y" * 600)
    monkeypatch.setattr(packing, "MAX_INFLATED_BYTES", file.stat().st_size)
    with file.open("rb") as content, pytest.raises(ValueError, match="inflates to more than"):
        packing.check(content)


def _with_entities(file: Path, declared: str, used: str) -> Path:
    head = f"<!DOCTYPE w:document [{declared}]>"
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Lost {used} parcels</w:t></w:r></w:p></w:body></w:document>"
    return repacked(word(file, _plain), word__document_xml=head + body)


def test_entities_do_not_swell(tmp_path: Path) -> None:
    """A few lines that would unfold to gigabytes are refused; Word writes no entities, and none are replaced."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = _with_entities(tmp_path / "a.docx", f'<!ENTITY e0 "ha">{levels}', "&e11;")
    assert reason(bomb).startswith("is damaged, or not a Word document")
    small = _with_entities(tmp_path / "b.docx", '<!ENTITY e0 "ha">', "&e0;")
    assert document(small).text == "Lost"


def test_entities_fetch_nothing(tmp_path: Path) -> None:
    """Neither files nor pages."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    file = _with_entities(tmp_path / "a.docx", f'<!ENTITY file SYSTEM "{secret.as_uri()}">', "&file;")
    assert document(file).text == "Lost"


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_is_cut_short_says_so(tmp_path: Path, share: float) -> None:
    """An archive without its end cannot be opened."""
    whole = word(tmp_path / "whole.docx", _plain).read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: int(len(whole) * share)])
    assert "is damaged or cut short" in reason(tmp_path / "cut.docx")


def test_another_archive_says_so(tmp_path: Path) -> None:
    """Not every zip is a Word document, nor every file a zip."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    (tmp_path / "b.docx").write_text("hello")
    for name in ("a.docx", "b.docx"):
        assert reason(tmp_path / name) == "is not a Word document, whatever its name says"


def test_broken_xml_inside_says_so(tmp_path: Path) -> None:
    """A whole archive with a part that cannot be parsed."""
    file = repacked(word(tmp_path / "a.docx", _plain), word__document_xml="<w:document")
    assert "is damaged, or not a Word document" in reason(file)


def test_a_document_without_text_says_so(tmp_path: Path) -> None:
    """Nothing can be found in it."""
    assert reason(word(tmp_path / "a.docx", lambda _: None)) == "holds no text"
