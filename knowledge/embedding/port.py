"""What the engine needs of a thing that embeds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    """Rows of float32; every row that an embedder returns has length 1."""
else:
    Matrix = "Matrix"


class Embedder(Protocol):
    """Turns texts into vectors whose inner product says how near they are in meaning; safe to call from any thread."""

    @property
    def name(self) -> str:
        """The model's name, for people."""
        ...

    @property
    def runtime(self) -> str:
        """What runs the model: "onnx int8", "onnx fp32" or "sentence-transformers"."""
        ...

    @property
    def fingerprint(self) -> str:
        """Equal exactly where the vectors are: weights, tokenizer and runtime."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Word pieces of one text that are read; the rest is ignored."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit rows of shape (len(texts), dimensions), in the order given."""
        ...

    def word_pieces(self, text: str) -> Sequence[int]:
        """The offset at which each word piece of the whole text begins, ascending."""
        ...
