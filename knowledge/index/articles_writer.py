"""Writes the articles of the next generation: what is new in a part of its own, what was before shared or merged."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.document import Document, Passage
from knowledge.files import share
from knowledge.index import columns
from knowledge.index.articles import SUFFIX, Articles, Known, first_numbers, write_removed
from knowledge.index.schema import DOCUMENT, TABLES, digest
from knowledge.levels import first_to_merge
from knowledge.lexical.port import Entry

_FRESH = "fresh"


class ArticlesWriter:
    """Puts documents in and takes them out, in a folder that nobody reads yet."""

    def __init__(self, folder: Path, earlier: Path | None, next_document: int, next_passage: int) -> None:
        """Begin with nothing, or with an earlier folder; new numbers begin above all that were ever given."""
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._earlier = Articles(earlier) if earlier else None
        self._removed = set(self._earlier.removed) if self._earlier else set()
        self._first = (next_document, next_passage)
        self.next_document, self.next_passage = next_document, next_passage
        self._db = sqlite3.connect(folder / _FRESH, isolation_level=None)
        # Nobody else sees the draft, and it is thrown away if the run ends early: no journal is needed.
        self._db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;")
        self._db.execute("begin")
        for statement in filter(str.strip, TABLES.split(";\n")):
            self._db.execute(statement)

    def known(self, source: str) -> dict[str, Known]:
        """Every document of a source, by id; asked before any is put or removed."""
        return self._earlier.known(source) if self._earlier else {}

    def holder(self, name: str) -> Known | None:
        """What is known of a document, whatever its source; None where it is not there."""
        query = "select number, source, digest, origin from documents where id = ?"
        for known in (Known(*values) for values in self._db.execute(query, [name])):
            return known
        earlier = self._earlier.holder(name) if self._earlier else None
        return earlier if earlier and earlier.number not in self._removed else None

    def earlier_entries(self) -> Iterator[Entry]:
        """Every passage of the earlier state, as it is found by its words."""
        return self._earlier.entries() if self._earlier else iter(())

    def passages_of(self, document: int) -> list[tuple[int, str, tuple[str, ...], str]]:
        """Number, title, headings and text of each passage of an earlier document; none of a new one."""
        return self._earlier.passages_of(document) if self._earlier else []

    def remove(self, document: int) -> list[int]:
        """Take a document out; returns the numbers of its passages."""
        if document < self._first[0]:
            self._removed.add(document)
            return [number for number, *_ in self.passages_of(document)]
        listed = self._db.execute("select number from passages where document = ?", [document]).fetchall()
        self._db.execute("delete from passages where document = ?", [document])
        self._db.execute("delete from documents where number = ?", [document])
        return [number for (number,) in listed]

    def put(self, document: Document, passages: Iterable[Passage], source: str) -> tuple[int, list[int]]:
        """Add a document that is not there; returns its number and those of its passages, in order."""
        number = self.next_document
        self.next_document += 1
        self._db.execute(
            f"insert into documents (number, {DOCUMENT}, source, digest) values ({','.join('?' * 12)})",  # noqa: S608
            [
                *(number, document.id, document.title, document.text, document.url, document.updated),
                *(document.status, document.audience, document.format, document.origin, source, digest(document)),
            ],
        )
        rows = [
            (self.next_passage + at, number, passage.ordinal, json.dumps(passage.headings), passage.start, passage.end)
            for at, passage in enumerate(passages)
        ]
        self.next_passage += len(rows)
        self._db.executemany("insert into passages values (?,?,?,?,?,?)", rows)
        return number, [row[0] for row in rows]

    def texts(self, passages: list[int]) -> list[tuple[str, tuple[str, ...], str]]:
        """Title, headings and text of new passages, in the order of their numbers given."""
        listed = self._db.execute(
            "select p.number, d.title, p.headings, substr(d.text, p.start + 1, p.end - p.start) from passages p"  # noqa: S608
            f" join documents d on d.number = p.document where p.number in ({','.join('?' * len(passages))})",
            passages,
        )
        by_number = {number: (title, tuple(json.loads(headings)), text) for number, title, headings, text in listed}
        return [by_number[number] for number in passages]

    def finish(self) -> None:
        """Write everything, merging small parts."""
        files = self._earlier.files if self._earlier else []
        fresh = self._one("select count(*) from documents")
        start = first_to_merge(self._earlier.parts(self._removed) if self._earlier else [], fresh)
        for file in files[start:]:
            self._absorb(file)
        for file in files[:start]:
            for shared in (file, file.with_suffix(columns.SUFFIX)):
                share(shared, self._folder / shared.name)
        self._db.execute("commit")
        first = first_numbers(files[start]) if start < len(files) else self._first
        if fresh or start < len(files):
            part = self._folder / f"{first[0]:015d}-{first[1]:015d}{SUFFIX}"
            columns.write(self._db, part.with_suffix(columns.SUFFIX))
            self._db.close()
            (self._folder / _FRESH).rename(part)
        else:
            self._db.close()
            (self._folder / _FRESH).unlink()
        still = [number for number in self._removed if start and number < first[0]]
        write_removed(self._folder, still)

    def discard(self) -> None:
        """Give the files back, whatever state they are in."""
        self._db.close()
        if self._earlier:
            self._earlier.close()

    def _absorb(self, file: Path) -> None:
        """Copy what is alive in an earlier part."""
        self._db.execute("create temp table if not exists removed (number integer primary key)")
        self._db.executemany("insert or ignore into removed values (?)", ((number,) for number in self._removed))
        self._db.execute("commit")
        self._db.execute("attach ? as earlier", [str(file)])
        self._db.execute("begin")
        dead = "select number from removed"
        self._db.execute(f"insert into documents select * from earlier.documents where number not in ({dead})")  # noqa: S608
        self._db.execute(f"insert into passages select * from earlier.passages where document not in ({dead})")  # noqa: S608
        self._db.execute("commit")
        self._db.execute("detach earlier")
        self._db.execute("begin")

    def _one(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])
