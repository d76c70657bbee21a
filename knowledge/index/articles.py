"""Reads `articles.db`: documents and where their passages lie. Opened read-only, from any thread."""

import json
import sqlite3
import weakref
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from knowledge.document import Audience, Document, Hit, Status
from knowledge.errors import IndexDamaged
from knowledge.index.schema import DOCUMENT


@dataclass(frozen=True, slots=True)
class Found:
    """What ranking needs to know of a passage's document."""

    row: int
    document: int
    title: str
    status: Status
    audience: Audience


class Articles:
    """The documents and passages of one generation, which never change."""

    def __init__(self, file: Path) -> None:
        """Open the file; nothing of it is read before it is asked for."""
        self._file = file
        # `immutable`: no locks, no look at the file's state at every query; true of a generation.
        address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._lock = Lock()
        self._title_counts: dict[str, int] = {}

    def found(self, rows: Iterable[int]) -> dict[int, Found]:
        """The documents of passages, by row; rows that hold no passage are left out."""
        numbers = list(rows)
        listed = self._select(
            "select p.row, p.document, d.title, d.status, d.audience from passages p"  # noqa: S608
            f" join documents d on d.number = p.document where p.row in ({_marks(numbers)})",
            numbers,
        )
        return {row: Found(row, *rest) for row, *rest in listed}

    def hits(self, scores: dict[int, float]) -> list[Hit]:
        """Hits for passages and their scores, by row, in the order given."""
        listed = self._select(
            "select p.row, d.id, d.title, substr(d.text, p.start + 1, p.end - p.start), p.start, p.end, p.headings,"  # noqa: S608
            " d.status, d.audience, d.url, d.updated from passages p join documents d on d.number = p.document"
            f" where p.row in ({_marks(scores)})",
            [int(row) for row in scores],
        )
        by_row = {
            row: Hit(
                document=name,
                title=title,
                passage=passage,
                score=scores[row],
                start=start,
                end=end,
                headings=tuple(json.loads(headings)),
                status=status,
                audience=audience,
                url=url,
                updated=updated,
            )
            for row, name, title, passage, start, end, headings, status, audience, url, updated in listed
        }
        return [by_row[row] for row in scores if row in by_row]

    def document(self, name: str) -> Document | None:
        """The whole document of an id, or None."""
        rows = self._select(f"select {DOCUMENT} from documents where id = ?", [name])  # noqa: S608 - a constant
        return Document(*rows[0]) if rows else None

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Source and document of every document, in the order in which they were added."""
        numbers = [number for (number,) in self._select("select number from documents order by number", [])]
        for number in numbers:
            query = f"select source, {DOCUMENT} from documents where number = ?"  # noqa: S608 - a constant
            for source, *values in self._select(query, [number]):
                yield source, Document(*values)

    def title_counts(self, names: Iterable[str]) -> dict[str, int]:
        """In how many titles each word stands; words that stand in none are left out."""
        asked = set(names)
        unknown = [word for word in asked if word not in self._title_counts]
        if unknown:
            query = f"select word, documents from title_words where word in ({_marks(unknown)})"  # noqa: S608
            self._title_counts.update(dict.fromkeys(unknown, 0) | dict(self._select(query, unknown)))
        return {word: count for word in asked if (count := self._title_counts[word])}

    def close(self) -> None:
        """Give the file back."""
        with self._lock, closing(self._connection):
            pass

    def _select(self, query: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, list(values)).fetchall()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            raise IndexDamaged(
                f"{self._file} cannot be read ({error}); run the index command again on the same documents"
            ) from error


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
