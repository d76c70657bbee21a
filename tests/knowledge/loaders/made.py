"""Real files for the loaders to read, and short ways to read them."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from knowledge import Document, Skipped, load

LOST = (
    "Your parcel counts as lost when its tracking has not moved for seven days. We then send it again or pay it "
    "back, as you like best, and you need not wait for the carrier to answer us. "
)


def documents(path: Path) -> dict[str, Document]:
    """What a path holds, by id."""
    return {item.id: item for item in load(path) if isinstance(item, Document)}


def document(path: Path) -> Document:
    """The one document of a file, which is not skipped."""
    (item,) = load(path)
    assert isinstance(item, Document), item
    return item


def skipped(path: Path) -> list[Skipped]:
    """What could not be read."""
    return [item for item in load(path) if isinstance(item, Skipped)]


def reason(path: Path) -> str:
    """Why the one document of a file was skipped."""
    (item,) = load(path)
    assert isinstance(item, Skipped), item
    assert item.where == str(path)
    return item.reason


class Handbook(FPDF):
    """A PDF with a running head, if it has one, and page numbers."""

    running = ""

    def header(self) -> None:
        """Draw the running head."""
        self.set_font("helvetica", size=8)
        self.cell(0, 10, self.running, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Draw the page's number."""
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 10, f"Page {self.page_no()}", align="C")

    def heading(self, text: str, size: int = 16) -> None:
        """Set a heading."""
        self.set_font("helvetica", "B", size)
        self.multi_cell(0, 9, text, new_x="LMARGIN", new_y="NEXT")

    def paragraph(self, text: str) -> None:
        """Set a paragraph, and the space below it."""
        self.set_font("helvetica", size=11)
        self.multi_cell(0, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def items(self, *texts: str) -> None:
        """Set a list."""
        self.set_font("helvetica", size=11)
        for text in texts:
            self.multi_cell(0, 6, f"\x95 {text}", align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def rows(self, *rows: tuple[str, ...]) -> None:
        """Set a table."""
        self.set_font("helvetica", size=11)
        with self.table() as table:
            for cells in rows:
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        self.ln(4)


def pdf(path: Path, draw: Callable[[Handbook], object], pages: int = 1) -> Path:
    """A PDF whose pages are drawn one after the other."""
    book = Handbook()
    book.running = "Hilltop Outdoor handbook" if pages > 1 else ""
    book.set_creation_date(datetime(2026, 3, 4, 12, tzinfo=UTC))
    for _ in range(pages):
        book.add_page()
        draw(book)
    book.output(str(path))
    return path


def locked(path: Path, password: str, owner: str = "owner") -> Path:
    """The same PDF, encrypted; with an empty password anybody may read it."""
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt(password, owner, algorithm="AES-256")
    writer.write(path)
    return path


def word(path: Path, write: Callable[[docx.document.Document], object]) -> Path:
    """A Word document."""
    made = docx.Document()
    made.core_properties.modified = datetime(2026, 3, 4, 12)  # noqa: DTZ001 - as Word has it
    write(made)
    made.save(str(path))
    return path


def repacked(path: Path, **parts: str | bytes) -> Path:
    """The same archive with parts replaced or added; `__` in a name stands for a slash, `_xml` for .xml."""
    data = io.BytesIO(path.read_bytes())
    replaced = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in replaced:
                new.writestr(part, old.read(part))
        for name, content in replaced.items():
            new.writestr(name, content)
    return path
