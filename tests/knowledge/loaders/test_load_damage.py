"""Files whose bytes are not what they were: read, or skipped with a reason, and the good file beside them is read."""

import json
import random
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from knowledge import Document, Skipped, load
from tests.knowledge.loaders.made import LOST, Handbook, locked, pdf, word

PAGE = f"<html><head><title>Lost</title></head><body><h1>Lost</h1><p>{LOST}</p></body></html>"


def _draw(book: Handbook) -> None:
    book.heading("Lost parcels")
    book.paragraph(LOST)


def _write(made: docx.document.Document) -> None:
    made.add_heading("Lost parcels", 1)
    made.add_paragraph(LOST)


def _whole(folder: Path) -> dict[str, bytes]:
    """One file of each format, as bytes."""
    line = json.dumps({"id": "lost", "title": "Lost", "text": LOST})
    return {
        "a.pdf": pdf(folder / "a.pdf", _draw).read_bytes(),
        "a.docx": word(folder / "a.docx", _write).read_bytes(),
        "a.html": PAGE.encode(),
        "a.md": f"---\ntitle: Lost\n---\n# Lost\n\n{LOST}\n".encode(),
        "a.jsonl": f"{line}\n{line}\n".encode(),
    }


def _damaged(data: bytes, chosen: random.Random) -> bytes:
    """Cut, or a stretch of it filled with anything, or single bits turned over."""
    at = chosen.randrange(len(data))
    match chosen.randrange(3):
        case 0:
            return data[: at + 1]
        case 1:
            return data[:at] + chosen.randbytes(chosen.randrange(1, 200)) + data[at + 100 :]
        case _:
            turned = bytearray(data)
            for _ in range(5):
                turned[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
            return bytes(turned)


def _check(folder: Path, times: int) -> None:
    whole, chosen = _whole(folder / "whole"), random.Random(11)
    for name, data in whole.items():
        for number in range(times):
            (folder / "all" / f"{number:04}-{name}").write_bytes(_damaged(data, chosen))
    (folder / "all" / "z.html").write_text(PAGE)
    found = list(load(folder / "all"))
    assert isinstance(found[-1], Document)
    assert found[-1].id == "z.html"
    for item in found:
        assert isinstance(item, Document | Skipped)
        if isinstance(item, Skipped):
            assert item.reason
            assert "\n" not in item.reason
    told = {Path(item.where.partition(":")[0]).name for item in found if isinstance(item, Skipped)}
    read = {item.id for item in found if isinstance(item, Document)}
    assert {name for name in whole for number in range(times) if f"{number:04}-{name}" in told} == set(whole)
    silent = {f"{n:04}-{name}" for name in whole if name != "a.jsonl" for n in range(times)} - told - read
    assert not silent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for whole files, and one for damaged ones."""
    (tmp_path / "whole").mkdir()
    (tmp_path / "all").mkdir()
    return tmp_path


def test_damaged_files_are_read_or_named(folder: Path) -> None:
    """PDF, Word, web pages, Markdown and lines of JSON, cut and altered at random; none is passed over."""
    _check(folder, 25)


@pytest.mark.slow
def test_many_damaged_files_are_read_or_named(folder: Path) -> None:
    """The same many times."""
    _check(folder, 300)


def test_a_line_that_is_cut_at_the_end_is_named(tmp_path: Path) -> None:
    """As a copy leaves it that did not come to its end; the lines before it are read."""
    line = json.dumps({"id": "lost", "title": "Lost", "text": LOST})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line[:50]}")
    document, cut = load(tmp_path / "a.jsonl")
    assert isinstance(document, Document)
    assert cut == Skipped(f"{tmp_path / 'a.jsonl'}:2", "is not JSON (Unterminated string starting at)")


def test_a_password_is_named_with_what_to_do(tmp_path: Path) -> None:
    """Among files that have none."""
    locked(pdf(tmp_path / "a.pdf", _draw), "secret")
    (tmp_path / "b.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    pdf(tmp_path / "c.pdf", _draw)
    found = list(load(tmp_path))
    for item in found[:2]:
        assert isinstance(item, Skipped)
        assert "password" in item.reason
        assert "save it" in item.reason
    assert isinstance(found[2], Document)


@pytest.mark.slow
def test_500_megabytes_of_lines_take_little_memory(tmp_path: Path) -> None:
    """They are documents, and read one after the other; measured in a process of its own."""
    line = json.dumps({"id": "%", "title": "Lost", "text": LOST * 40}) + "\n"
    count = 500 * 1024**2 // len(line)
    with (tmp_path / "a.jsonl").open("w") as file:
        for number in range(count):
            file.write(line.replace("%", str(number), 1))
    code = (
        "import resource, sys; from pathlib import Path; from knowledge import load;"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "reading = load(Path(sys.argv[1])); next(reading); before = peak();"
        "print(1 + sum(1 for _ in reading), peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[0]) == count
    assert int(done.stdout.split()[1]) < 30_000  # kilobytes
