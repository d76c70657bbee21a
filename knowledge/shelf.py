"""What ranking asks of the articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.coverage import TitleCounts, Titles
from knowledge.document import Audience
from knowledge.vectors.port import Numbers

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of some passages; a row for each, in ascending order of their numbers."""

    passages: Numbers
    documents: Numbers
    """That hold them."""
    retired: Flags
    """Whether these are."""
    titles: Titles
    """Of these."""

    @classmethod
    def none(cls) -> Self:
        """Nothing."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_), Titles.none())

    @classmethod
    def together(cls, several: Iterable[Self]) -> Self:
        """The rows of several, one after the other."""
        found = [cls.none(), *several]
        return cls(
            np.concatenate([one.passages for one in found]),
            np.concatenate([one.documents for one in found]),
            np.concatenate([one.retired for one in found]),
            Titles.together([one.titles for one in found]),
        )


class Shelf(TitleCounts, Protocol):
    """The articles, as ranking sees them."""

    def found(self, passages: Numbers, audience: Audience | None) -> Found:
        """What is known of passages, given in ascending order.

        Those that are not there are left out, and for the audience "public" those of internal documents.
        """
        ...
