"""How fast documents are read, and what it costs to parse the hostile formats in a process of their own."""

import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from knowledge import load
from knowledge.loaders.registry import loader_of
from tests.knowledge.loaders.made import LOST, Handbook, pdf, word

FILES = 150
PAGES = 4


def main() -> None:
    """Make files of each format, read them without and with protection, and print both."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix, make in _MAKERS.items():
            here = Path(folder, suffix[1:])
            here.mkdir()
            first = make(here / f"0{suffix}")
            for number in range(1, FILES):
                (here / f"{number}{suffix}").write_bytes(first.read_bytes())
            bare = min(_timed(lambda here=here: _bare(here)) for _ in range(3))
            safe = min(_timed(lambda here=here: _protected(here)) for _ in range(3))
            print(
                f"{suffix}: {FILES} files of {first.stat().st_size // 1024} kB; {FILES / bare[0]:.0f} files/s "
                f"({1000 * bare[1] / FILES:.1f} ms of processor time each) unprotected, {FILES / safe[0]:.0f} files/s "
                f"({1000 * safe[1] / FILES:.1f} ms) in a process of its own"
            )
        one = Path(folder, "one.pdf")
        long = pdf(one, _page, pages=200)
        wall, processor = min(_timed(lambda: _protected(long)) for _ in range(3))
        print(
            f"one PDF of 200 pages: {200 / wall:.0f} pages/s ({1000 * processor / 200:.1f} ms of processor time each)"
        )


def _timed(work: Callable[[], int]) -> tuple[float, float]:
    """Seconds on the wall and of the processor, also of processes that were waited for."""
    began, used = perf_counter(), _processor()
    assert work()
    return perf_counter() - began, _processor() - used


def _processor() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _bare(folder: Path) -> int:
    count = 0
    for name in sorted(os.listdir(folder)):
        loader = loader_of(name)
        assert loader
        with (folder / name).open("rb") as file:
            count += sum(1 for _ in loader.parse(file, name))
    return count


def _protected(path: Path) -> int:
    return sum(1 for _ in load(path))


def _page(book: Handbook) -> None:
    book.heading("Lost parcels")
    for _ in range(6):
        book.paragraph(LOST * 2)
    book.items("Wait.", "Ask the carrier.", "Tell the customer.")


def _pdf(path: Path) -> Path:
    return pdf(path, _page, pages=PAGES)


def _docx(path: Path) -> Path:
    def write(made: object) -> None:
        from docx.document import Document

        assert isinstance(made, Document)
        for _ in range(PAGES):
            made.add_heading("Lost parcels", 1)
            for _ in range(6):
                made.add_paragraph(LOST * 2)
            for item in ("Wait.", "Ask the carrier.", "Tell the customer."):
                made.add_paragraph(item, style="List Bullet")

    return word(path, write)


def _html(path: Path) -> Path:
    part = "<h2>Lost parcels</h2>" + f"<p>{LOST * 2}</p>" * 6 + "<ul><li>Wait.</li><li>Ask the carrier.</li></ul>"
    path.write_text(
        f"<html><head><title>Lost</title></head><body><nav>Home</nav><main>{part * PAGES}</main></body></html>"
    )
    return path


_MAKERS: dict[str, Callable[[Path], Path]] = {".pdf": _pdf, ".docx": _docx, ".html": _html}


if __name__ == "__main__":
    main()
