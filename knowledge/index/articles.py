"""Reads the articles of a generation: documents and where their passages lie, in parts. From any thread."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from knowledge.coverage import Keys
from knowledge.document import Audience, Document, Hit
from knowledge.errors import IndexDamaged
from knowledge.index.columns import SUFFIX as COLUMNS
from knowledge.index.columns import Columns
from knowledge.index.part import PartReader
from knowledge.index.schema import DOCUMENT
from knowledge.levels import Part
from knowledge.lexical.port import Entry
from knowledge.shelf import Found
from knowledge.vectors.port import Numbers
from knowledge.vectors.rows import write_numbers

SUFFIX = ".db"
_REMOVED = "removed"
_NAME = re.compile(r"\A(\d{15})-(\d{15})\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """What an update needs to know of a document that is there."""

    number: int
    source: str
    digest: str
    origin: str


class Articles:
    """The documents and passages in a folder, which never change.

    Parts are named after the first document and the first passage that they hold; both rise from part to part.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; nothing of it is read before it is asked for. Raises IndexDamaged."""
        self._but_for: tuple[frozenset[str], Articles] | None = None
        self.files = sorted(folder.glob(f"*{SUFFIX}"))
        try:
            self._gone = np.fromfile(folder / _REMOVED, np.int64)
        except OSError as error:
            raise IndexDamaged(f"{folder / _REMOVED} cannot be read ({error}); run the index command again") from error
        self.removed = frozenset(self._gone.tolist())
        self._parts = [PartReader(file) for file in self.files]
        self._columns = [Columns(file.with_suffix(COLUMNS)) for file in self.files]
        firsts = [first_numbers(file) for file in self.files]
        self._first_documents = [document for document, _ in firsts]
        self._first_passages = [passage for _, passage in firsts]

    def without(self, names: Collection[str]) -> "Articles":
        """The same articles as if the documents of these ids had been removed; the parts are shared."""
        wanted = frozenset(names)
        known = self._but_for  # the newest is kept: who leaves documents out does so for every search
        if known is None or known[0] != wanted:
            numbers = {holder.number for name in wanted if (holder := self.holder(name)) is not None}
            other = copy(self)
            other._gone = np.union1d(self._gone, np.asarray(sorted(numbers), np.int64))
            other.removed = self.removed | numbers
            self._but_for = known = (wanted, other)
        return known[1]

    def found(self, passages: Numbers, audience: Audience | None) -> Found:
        """What is known of passages in ascending order; see `Shelf.found`."""
        places = np.searchsorted(self._first_passages, passages, side="right") - 1
        return Found.together(
            self._columns[at].found(passages[places == at], self._gone, public=audience == "public")
            for at in np.unique(places[places >= 0]).tolist()
        )

    def hits(self, scores: dict[int, float]) -> list[Hit]:
        """Hits for passages and their scores, by the passage's number, in the order given."""
        hits: dict[int, Hit] = {}
        for part, numbers in self._by_part(scores, self._first_passages):
            listed = part.select(
                "select p.number, d.id, d.title, substr(d.text, p.start + 1, p.end - p.start), p.start, p.end,"
                " p.headings, d.status, d.audience, d.url, d.updated from passages p"
                " join documents d on d.number = p.document where p.number in (?…)",
                numbers,
            )
            for number, name, title, passage, start, end, headings, status, audience, url, updated in listed:
                hits[number] = Hit(
                    document=name,
                    title=title,
                    passage=passage,
                    score=scores[number],
                    start=start,
                    end=end,
                    headings=tuple(json.loads(headings)),
                    status=status,
                    audience=audience,
                    url=url,
                    updated=updated,
                )
        return [hits[number] for number in scores if number in hits]

    def document(self, name: str) -> Document | None:
        """The whole document of an id, or None."""
        for part in reversed(self._parts):
            query = f"select number, {DOCUMENT} from documents where id = ?"  # noqa: S608 - a constant
            for number, *values in part.select(query, [name]):
                if number not in self.removed:
                    return Document(*values)
        return None

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Source and document of every document, in the order in which they were added."""
        for part in self._parts:
            for (number,) in part.select("select number from documents order by number", []):
                if number not in self.removed:
                    query = f"select source, {DOCUMENT} from documents where number = ?"  # noqa: S608 - a constant
                    for source, *values in part.select(query, [number]):
                        yield source, Document(*values)

    def known(self, source: str) -> dict[str, Known]:
        """Every document of a source, by id."""
        known: dict[str, Known] = {}
        query = "select id, number, source, digest, origin from documents where source = ?"
        for part in self._parts:
            for name, *rest in part.select(query, [source]):
                if rest[0] not in self.removed:
                    known[name] = Known(*rest)
        return known

    def holder(self, name: str) -> Known | None:
        """What is known of a document, whatever its source; None where it is not there."""
        query = "select number, source, digest, origin from documents where id = ?"
        for part in reversed(self._parts):
            for known in (Known(*values) for values in part.select(query, [name])):
                if known.number not in self.removed:
                    return known
        return None

    def passages_of(self, document: int) -> list[tuple[int, str, tuple[str, ...], str]]:
        """Number, title, headings and text of each passage of a document."""
        return [
            (number, title, tuple(json.loads(headings)), text)
            for part, numbers in self._by_part([document], self._first_documents)
            for number, title, headings, text in part.select(
                "select p.number, d.title, p.headings, substr(d.text, p.start + 1, p.end - p.start) from passages p"
                " join documents d on d.number = p.document where d.number in (?…) order by p.ordinal",
                numbers,
            )
        ]

    def entries(self) -> Iterator[Entry]:
        """Every passage, as it is found by its words."""
        for part in self._parts:
            numbers = [number for (number,) in part.select("select number from documents order by number", [])]
            for document in numbers:
                if document not in self.removed:
                    for number, title, headings, text in self.passages_of(document):
                        yield Entry(number, document, title, headings, text)

    def title_counts(self, keys: Keys) -> Numbers:
        """In how many titles each word stands; see `TitleCounts`.

        Titles of removed documents count until the part that holds them is written anew.
        """
        return sum((part.title_counts(keys) for part in self._columns), np.zeros(len(keys), np.int64))

    def parts(self, removed: Iterable[int]) -> list[Part]:
        """How many documents of each part are still wanted when these are removed."""
        counts = [part.select("select count(*) from documents", [])[0][0] for part in self._parts]
        dead = Counter(bisect_right(self._first_documents, number) - 1 for number in removed)
        return [Part(count - dead[at], dead[at]) for at, count in enumerate(counts)]

    def close(self) -> None:
        """Give the files back."""
        for part in self._parts:
            part.close()

    def _by_part(self, numbers: Iterable[int], firsts: list[int]) -> Iterator[tuple[PartReader, list[int]]]:
        """Numbers in the parts that would hold them."""

        def place(number: int) -> int:
            return bisect_right(firsts, number) - 1

        for at, group in groupby(sorted(int(number) for number in numbers), key=place):
            if at >= 0:
                yield self._parts[at], list(group)


def first_numbers(file: Path) -> tuple[int, int]:
    """The first document and the first passage that a part may hold, by its name."""
    named = _NAME.fullmatch(file.stem)
    if named is None:
        raise IndexDamaged(f"{file} is no part of an index; run the index command again")
    return int(named[1]), int(named[2])


def write_removed(folder: Path, numbers: Iterable[int]) -> None:
    """Write which documents were removed."""
    write_numbers(folder / _REMOVED, np.asarray(sorted(numbers), np.int64))
