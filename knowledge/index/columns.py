"""What ranking asks of a part's passages, as columns that are mapped into memory: hundreds of passages in no query.

A file holds arrays in NumPy's own format, one after the other. It is made from the part's tables and never altered.
"""

import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from knowledge.coverage import Keys, Titles
from knowledge.errors import IndexDamaged
from knowledge.shelf import Found
from knowledge.vectors.port import Numbers
from knowledge.words import title_keys

SUFFIX = ".columns"
_RETIRED, _INTERNAL = 1, 2

_ARRAYS: dict[str, type[np.generic]] = {
    "passages": np.int64,  # numbers, ascending
    "documents": np.int64,  # numbers, ascending
    "starts": np.int64,  # where the words of each document's title begin, and at the end how many there are
    "wholes": np.uint64,  # keys of titles as a whole, one a document
    "words": np.uint64,  # keys of the words of titles, each word of a title once
    "vocabulary": np.uint64,  # keys of all of them and of whole titles, ascending
    "titles": np.int32,  # in how many titles each stands, or how many there are
    "holders": np.int32,  # of each passage: the row of its document
    "kinds": np.uint8,  # of each document
}
"""Wide ones first, so that each begins where the processor likes to read it."""


class Columns:
    """The columns of one part."""

    def __init__(self, file: Path) -> None:
        """Open the file; its pages are read when they are used. Raises FileNotFoundError, IndexDamaged."""
        try:
            read = dict(zip(_ARRAYS, _arrays(file), strict=True))
        except FileNotFoundError:
            raise
        except Exception as error:  # NumPy reads the head of an array as Python, and says in many ways that it is none
            raise IndexDamaged(f"{file} cannot be read ({error}); run the index command again") from error
        self._passages, self._documents, self._starts = read["passages"], read["documents"], read["starts"]
        self._wholes, self._words = read["wholes"], read["words"]
        self._vocabulary, self._titles = read["vocabulary"], read["titles"]
        self._holders, self._kinds = read["holders"], read["kinds"]

    def found(self, passages: Numbers, removed: Numbers, *, public: bool) -> Found:
        """What is known of passages in ascending order; those that are not there, removed or hidden are left out."""
        if not len(self._passages):
            return Found.none()
        rows = np.searchsorted(self._passages, passages).clip(max=len(self._passages) - 1)
        rows = rows[self._passages[rows] == passages]
        holders = self._holders[rows]
        kinds, documents = self._kinds[holders], self._documents[holders]
        kept = ~np.isin(documents, removed)
        if public:
            kept &= (kinds & _INTERNAL) == 0
        return Found(
            self._passages[rows[kept]], documents[kept], (kinds[kept] & _RETIRED) > 0, self._named(holders[kept])
        )

    def title_counts(self, keys: Keys) -> Numbers:
        """In how many titles each word stands."""
        if not len(self._vocabulary):
            return np.zeros(len(keys), np.int64)
        rows = np.searchsorted(self._vocabulary, keys).clip(max=len(self._vocabulary) - 1)
        return np.where(self._vocabulary[rows] == keys, self._titles[rows], 0).astype(np.int64)

    def _named(self, holders: NDArray[np.int32]) -> Titles:
        """The words of documents' titles."""
        starts, lengths = self._starts[holders], self._starts[holders + 1] - self._starts[holders]
        owners = np.repeat(np.arange(len(holders)), lengths)
        places = np.arange(len(owners)) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return Titles(self._wholes[holders], self._words[places], owners)


def write(db: sqlite3.Connection, file: Path) -> None:
    """Write the columns of the tables in a database."""
    passages, holding = array("q"), array("q")
    for number, document in db.execute("select number, document from passages order by number"):
        passages.append(number)
        holding.append(document)
    documents, kinds, starts, wholes, held = array("q"), array("B"), array("q", [0]), array("Q"), array("Q")
    for number, title, status, audience in db.execute(
        "select number, title, status, audience from documents order by number"
    ):
        documents.append(number)
        kinds.append(_RETIRED * (status == "retired") | _INTERNAL * (audience == "internal"))
        whole, keys = title_keys(title)
        wholes.append(whole)
        held.extend(keys)
        starts.append(len(held))
    vocabulary, titles = np.unique(np.asarray(held + wholes), return_counts=True)
    holders = np.searchsorted(np.asarray(documents), np.asarray(holding))
    made = (passages, documents, starts, wholes, held, vocabulary, titles, holders, kinds)
    with file.open("wb") as opened:
        for values, kind in zip(made, _ARRAYS.values(), strict=True):
            column = np.ascontiguousarray(values, kind)
            np.lib.format.write_array_header_1_0(opened, np.lib.format.header_data_from_array_1_0(column))
            opened.write(column.data)  # NumPy itself would not say that a disk is full


def _arrays(file: Path) -> Iterator[NDArray[Any]]:
    """The arrays of a file. Raises ValueError where one is of another kind, or cut."""
    mapped = np.memmap(file, np.uint8, "r")
    with file.open("rb") as opened:
        for kind in _ARRAYS.values():
            length = _length(opened, np.dtype(kind))
            start = opened.tell()
            opened.seek(start + length)
            # As a plain array: a subclass costs its own at every look.
            yield np.asarray(mapped[start : start + length]).view(kind)
            if start + length > len(mapped):
                raise ValueError("it is cut")


def _length(opened: BinaryIO, kind: np.dtype[Any]) -> int:
    """Bytes of the array whose head is read."""
    if np.lib.format.read_magic(opened) != (1, 0):
        raise ValueError("it has another version")
    shape, _, found = np.lib.format.read_array_header_1_0(opened)
    if found != kind or len(shape) != 1:
        raise ValueError(f"it holds {found} instead of {kind}")
    return int(shape[0]) * kind.itemsize
