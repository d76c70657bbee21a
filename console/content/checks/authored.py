"""A piece of content with the file it was read from, so that what is wrong with it can be pointed at."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Generic, TypeVar

from console.content.errors import ContentError
from console.toml import locate

T = TypeVar("T")

_LISTED: Final = 12
"""Names that are listed in a line where none is near."""


@dataclass(frozen=True, slots=True)
class Authored(Generic[T]):
    """An item, its file with the file's text, and where in it the item stands (empty: it is the whole file)."""

    item: T
    path: Path
    text: str
    at: tuple[str | int, ...] = ()

    def line(self, *key: str | int, words: str = "") -> int | None:
        """Return the line of the item's key, or of the first line from there on that holds ``words``."""
        start = locate(self.text, [*self.at, *key])
        lines = self.text.splitlines()[(start or 1) - 1 :] if words else []
        at = next((place for place, line in enumerate(lines) if words in line), None)
        return (start or 1) + at if at is not None else start

    def fault(self, problem: str, *key: str | int, words: str = "") -> "Fault":
        """Return what makes the content unusable."""
        return Fault(self.path, problem, self.line(*key, words=words))

    def doubt(self, problem: str, *key: str | int, words: str = "") -> "Doubt":
        """Return what is allowed and yet looks like a mistake."""
        return Doubt(self.path, problem, self.line(*key, words=words))


@dataclass(frozen=True, slots=True)
class Fault:
    """What makes content unusable: the file, what is wrong and what to do, the line."""

    path: Path
    problem: str
    line: int | None = None

    @property
    def error(self) -> ContentError:
        """The error that stops the load."""
        return ContentError(self.path, self.problem, self.line)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is allowed and yet looks like a mistake."""

    path: Path
    problem: str
    line: int | None = None

    def __str__(self) -> str:
        """Return it as one line: ``file:line: what is doubtful; what to do``."""
        return str(ContentError(self.path, self.problem, self.line))


Finding = Fault | Doubt


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return ``; did you mean …?`` with the known name nearest to ``name``, or what there is; empty for nothing."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=1, cutoff=cutoff)
    if near:
        return f"; did you mean '{near[0]}'?"
    listed = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    return f"; there are: {listed}" if names else ""
