"""What the trained heads are worth, on data that they were not fitted on.

``python -m tools.heads SUBJECT --figures-only`` gives the same figures, one subject at a time.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from console.assist.vectors import VectorCache
from knowledge import open_embedder
from tools.heads import abuse, acts, injection, intent

VECTORS = 200_000


def figures(data: Path, *, quick: bool = False) -> Iterator[Figure]:
    """Yield figures of all heads on what they were not fitted on; ``quick`` splits Banking77 once, not five times.

    ``data`` is the folder of public data that docs/heads names. Takes some minutes.
    """
    embedder = open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models", threads=2)
    embed = VectorCache(embedder, VECTORS)
    yield from injection.figures(data, embed)
    yield from abuse.figures(data, embed)
    yield from acts.figures(data, embed)
    yield from intent.figures(data, embed, folds=1 if quick else intent.FOLDS)
