"""What the index needs of a store of words: passages by their words, scored, updated without being made anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it is stored; its number and its document's are 0 or more and never change."""

    number: int
    document: int
    title: str
    headings: tuple[str, ...]
    text: str


class Lexical(Protocol):
    """One state of a store, which can be searched from any thread and never changes."""

    @property
    def count(self) -> int:
        """How many passages there are; removed ones do not count."""
        ...

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands; removed ones may count for a while."""
        ...

    def search(self, terms: Mapping[str, float], k: int) -> list[tuple[int, float]]:
        """Numbers and scores of the k best passages, best first, by their BM25 with each term's part weighted.

        Terms are as `knowledge.words.terms` gives them. A passage that holds none of them is not found.
        """
        ...


class LexicalWriter(Protocol):
    """The next state of a store in the making; nothing of it is searched until it is closed and opened."""

    def put(self, entries: Iterable[Entry]) -> None:
        """Add passages whose numbers the store has never held."""
        ...

    def remove(self, documents: Iterable[int]) -> None:
        """Take out all passages of documents, of the state before it or of those just put."""
        ...

    def close(self) -> None:
        """Write everything."""
        ...

    def discard(self) -> None:
        """Give the files back, whatever state they are in."""
        ...
