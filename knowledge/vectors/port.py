"""What the index needs of a store of vectors: each has a number for good, and a removed one is never found."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.embedding.port import Matrix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
else:
    Numbers = "Numbers"


class Vectors(Protocol):
    """One state of a store, which can be searched from any thread and never changes."""

    @property
    def count(self) -> int:
        """How many vectors there are; removed ones do not count."""
        ...

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Numbers]:
        """Scores (cosines, best first) and numbers of the k nearest of each query, both (len(queries), k).

        Where fewer than k are found, the number is -1 and the score means nothing.
        """
        ...

    def get(self, numbers: Numbers) -> Matrix:
        """The vectors of numbers, in their order. Raises KeyError where one is not there."""
        ...


class VectorWriter(Protocol):
    """The next state of a store in the making; nothing of it is searched until it is finished and opened."""

    def put(self, numbers: Numbers, vectors: Matrix) -> None:
        """Add unit vectors under numbers above all that the state before it holds, in any order."""
        ...

    def remove(self, numbers: Numbers) -> None:
        """Take vectors out, of the state before it or of those just put."""
        ...

    def get(self, numbers: Numbers) -> Matrix:
        """Vectors of the state before it, also of those removed since; see `Vectors.get`."""
        ...

    def finish(self) -> None:
        """Write everything."""
        ...

    def discard(self) -> None:
        """Give the files back, whatever state they are in."""
        ...


class VectorStore(Protocol):
    """Where the vectors of an index are kept."""

    def open(self, folder: Path, dimensions: int) -> Vectors:
        """The state that was written into a generation's folder. Raises ValueError where it cannot be read."""
        ...

    def writer(self, folder: Path, dimensions: int, earlier: Path | None) -> VectorWriter:
        """The next state, for a new folder, beginning with nothing or with the state of an earlier folder."""
        ...
