"""What the index needs of a store of vectors: rows are numbered from 0, and a cleared row is never found."""

from typing import TYPE_CHECKING, Protocol

from knowledge.embedding.port import Matrix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
else:
    Rows = "Rows"


class Vectors(Protocol):
    """Vectors that can be searched, from any thread."""

    @property
    def rows(self) -> int:
        """How many rows there are, cleared ones included."""
        ...

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Rows]:
        """Scores (cosines, best first) and rows of the k nearest of each query, both (len(queries), k).

        Where fewer than k rows are found, the row is -1 and the score means nothing.
        """
        ...


class VectorWriter(Protocol):
    """Vectors in the making; nothing is searched until they are closed and opened anew."""

    def put(self, rows: Rows, vectors: Matrix) -> None:
        """Set rows, which may lie beyond those there are, to unit vectors."""
        ...

    def clear(self, rows: Rows) -> None:
        """Empty rows, so that they are not found any more."""
        ...

    def keep(self, rows: Rows) -> None:
        """Keep only these rows (ascending), renumbered from 0 in their order."""
        ...

    def close(self) -> None:
        """Write everything to the disk."""
        ...

    def discard(self) -> None:
        """Give the file back, whatever state it is in."""
        ...
