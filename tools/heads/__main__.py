"""Trains the shipped heads and prints their cross-validated figures.

    python -m tools.heads injection|abuse|acts|intent|edits [--data DIR] [--models DIR] [--figures-only]

DIR holds the public data that docs/heads names (default ../shared/data). Weights are written where the program reads
them; ``intent`` has none, it is fitted from a company's behaviours when they are loaded; ``edits`` needs
no public data.
"""

import argparse
import tempfile
from pathlib import Path

from bench.figures import show
from console.assist.vectors import VectorCache
from knowledge import open_embedder
from tools.heads import abuse, acts, edits, injection, intent

FIGURES = {
    "injection": injection.figures,
    "abuse": abuse.figures,
    "acts": acts.figures,
    "intent": intent.figures,
    "edits": edits.figures,
}
TRAIN = {"injection": injection.train, "abuse": abuse.train, "acts": acts.train, "edits": edits.train}
VECTORS = 200_000


def main() -> None:
    """Measure, then train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = Path(__file__).parents[3] / "shared" / "data"
    parser.add_argument("subject", choices=sorted(FIGURES))
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--models", type=Path, default=Path(tempfile.gettempdir()) / "secondchair-bench-models")
    parser.add_argument("--figures-only", action="store_true", help="leave the weights as they are")
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data} is no folder; name the one that holds the public data with --data")
    embed = VectorCache(open_embedder(chosen.models, threads=2), VECTORS)
    show(chosen.subject, FIGURES[chosen.subject](chosen.data, embed))
    if chosen.subject in TRAIN and not chosen.figures_only:
        file = TRAIN[chosen.subject](chosen.data, embed)
        print(f"  {file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
