"""A generation in the making: a copy of the one before it, in which documents are put and removed.

Passages keep the row of their vector over generations; rows that become free are used again, so that what an update
costs depends on what changed.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from knowledge.document import Document, Passage
from knowledge.embedding.port import Matrix
from knowledge.index.manifest import ARTICLES, VECTORS
from knowledge.index.schema import DOCUMENT, TABLES, digest, meaning
from knowledge.vectors import FlatWriter
from knowledge.words import words

_LOOSE = 0.25
"""Share of free rows above which the rest is moved together."""


class Draft:
    """Changes to documents, passages and vectors, in a folder that nobody reads yet."""

    def __init__(self, folder: Path, dimensions: int, earlier: Path | None) -> None:
        """Begin with nothing, or with what an earlier generation holds."""
        if earlier:
            shutil.copyfile(earlier / ARTICLES, folder / ARTICLES)
        self._db = sqlite3.connect(folder / ARTICLES, isolation_level=None)
        # Nobody else sees the draft, and it is thrown away if the run ends early: no journal is needed.
        self._db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;")
        self._db.execute("begin")
        if not earlier:
            for statement in filter(str.strip, TABLES.split(";\n")):
                self._db.execute(statement)
        self._vectors = FlatWriter(folder / VECTORS, dimensions, earlier / VECTORS if earlier else None)
        self._rows: int = self._one("select coalesce(max(row) + 1, 0) from passages")
        self._free = self._unused_rows()
        self._title_words: Counter[str] = Counter()
        self._freed: list[int] = []

    def known(self) -> dict[str, tuple[str, str, str]]:
        """Source, digest and meaning of every document, by id."""
        listed = self._db.execute("select id, source, digest, meaning from documents")
        return {name: (source, whole, core) for name, source, whole, core in listed}

    def remove(self, name: str) -> None:
        """Take a document out, with its passages."""
        number, title = self._db.execute("select number, title from documents where id = ?", [name]).fetchone()
        self._title_words.subtract(set(words(title)))
        rows = [row for (row,) in self._db.execute("select row from passages where document = ?", [number])]
        self._db.execute("delete from passages where document = ?", [number])
        self._db.execute("delete from documents where number = ?", [number])
        self._free.extend(rows)
        self._freed.extend(rows)

    def describe(self, document: Document, source: str) -> None:
        """Change what is said about a document whose title and text are as they were."""
        self._db.execute(
            "update documents set source = ?, url = ?, updated = ?, status = ?, audience = ?, digest = ? where id = ?",
            [source, document.url, document.updated, document.status, document.audience, digest(document), document.id],
        )

    def put(self, document: Document, passages: Iterable[Passage], source: str) -> list[int]:
        """Add a document that is not there; returns the rows that its passages' vectors are to have, in order."""
        number = self._db.execute(
            f"insert into documents ({DOCUMENT}, source, digest, meaning) values ({','.join('?' * 11)})",  # noqa: S608
            [
                *(document.id, document.title, document.text, document.url, document.updated, document.status),
                *(document.audience, document.format, source, digest(document), meaning(document)),
            ],
        ).lastrowid
        self._title_words.update(set(words(document.title)))
        rows: list[int] = []
        for passage in passages:
            rows.append(self._next_row())
            self._db.execute(
                "insert into passages (row, document, ordinal, headings, start, end) values (?,?,?,?,?,?)",
                [rows[-1], number, passage.ordinal, json.dumps(passage.headings), passage.start, passage.end],
            )
        return rows

    def texts(self, rows: list[int]) -> list[tuple[str, tuple[str, ...], str]]:
        """Title, headings and text of passages, in the order of their rows."""
        listed = self._db.execute(
            "select p.row, d.title, p.headings, substr(d.text, p.start + 1, p.end - p.start) from passages p"  # noqa: S608
            f" join documents d on d.number = p.document where p.row in ({','.join('?' * len(rows))})",
            rows,
        )
        by_row = {row: (title, tuple(json.loads(headings)), text) for row, title, headings, text in listed}
        return [by_row[row] for row in rows]

    def put_vectors(self, rows: list[int], vectors: Matrix) -> None:
        """Set the vectors of passages."""
        self._vectors.put(np.asarray(rows, np.int64), vectors)

    def finish(self) -> tuple[dict[str, int], int]:
        """Write everything; returns how many documents each source has, and how many passages there are."""
        self._db.executemany(
            "insert into title_words values (?, ?)"
            " on conflict (word) do update set documents = documents + excluded.documents",
            [(word, count) for word, count in self._title_words.items() if count],
        )
        self._db.execute("delete from title_words where documents <= 0")
        empty = sorted(set(self._freed) & set(self._free))
        self._vectors.clear(np.asarray([row for row in empty if row < self._rows], np.int64))
        self._move_together()
        sources = dict(self._db.execute("select source, count(*) from documents group by source order by source"))
        passages = self._one("select count(*) from passages")
        self._db.execute("commit")
        self._db.close()
        self._vectors.close()
        return sources, passages

    def discard(self) -> None:
        """Give the files back, whatever state they are in."""
        self._db.close()
        self._vectors.discard()

    def _move_together(self) -> None:
        """Close the gaps once they are a good part of the file."""
        if len(self._free) <= _LOOSE * self._rows:
            return
        used = [row for (row,) in self._db.execute("select row from passages order by row")]
        self._vectors.keep(np.asarray(used, np.int64))
        # Ascending, a row only ever moves to a lower number that is free already.
        moves = [(new, old) for new, old in enumerate(used) if new != old]
        self._db.executemany("update passages set row = ? where row = ?", moves)

    def _unused_rows(self) -> list[int]:
        if self._one("select count(*) from passages") == self._rows:
            return []
        unused = np.ones(self._rows, np.bool_)
        unused[[row for (row,) in self._db.execute("select row from passages")]] = False
        return [int(row) for row in np.flatnonzero(unused)]

    def _next_row(self) -> int:
        if self._free:
            return self._free.pop()
        self._rows += 1
        return self._rows - 1

    def _one(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])
