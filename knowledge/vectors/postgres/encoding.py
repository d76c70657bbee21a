"""Vectors as PostgreSQL reads and writes them: 16 bits a number.

Measured on 100,000 vectors of 384: beside 32 bits it takes half the disk (82 MB for 164), an exact search takes half
the time, and the ten nearest are the same. Scores are off by less than 0.001.
"""

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.vectors.port import Numbers

_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"


def copied(numbers: Numbers, vectors: Matrix) -> bytes:
    """Rows of (bigint, halfvec) in PostgreSQL's binary COPY format.

    Each field is its length and its bytes, most significant first; a halfvec is its dimensions, two bytes of nothing,
    and its numbers (pgvector's halfvec_recv).
    """
    dimensions = vectors.shape[1]
    row = np.dtype(
        [
            *(("fields", ">i2"), ("number_bytes", ">i4"), ("number", ">i8"), ("vector_bytes", ">i4")),
            *(("dimensions", ">i2"), ("unused", ">i2"), ("vector", ">f2", (dimensions,))),
        ]
    )
    rows = np.zeros(len(numbers), row)
    rows["fields"], rows["number_bytes"], rows["vector_bytes"] = 2, 8, 4 + 2 * dimensions
    rows["number"], rows["dimensions"], rows["vector"] = numbers, dimensions, vectors
    return _HEAD + rows.tobytes() + _END


def literal(query: Matrix) -> str:
    """One vector as it is written in a query."""
    return f"[{','.join(map(str, query.tolist()))}]"


def matrix(rows: list[list[float]], dimensions: int) -> Matrix:
    """Vectors that came as lists of numbers."""
    return np.asarray(rows, np.float32).reshape(-1, dimensions)
