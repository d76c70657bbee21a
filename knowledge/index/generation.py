"""One opened generation: its manifest, articles and vectors, which never change.

It is not closed by whoever replaces it, since searches may be under way: its files are given back with the last
of them.
"""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.articles import Articles
from knowledge.index.manifest import Manifest
from knowledge.vectors import Vectors, VectorStore

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Generation:
    """What a search reads."""

    folder: Path
    manifest: Manifest
    articles: Articles
    vectors: Vectors


def open_current(folder: Path, store: VectorStore) -> Generation:
    """Open the generation in use. Raises IndexMissing, IndexDamaged or IndexOutdated."""
    for _ in range(_ATTEMPTS):
        generation = places.current(folder)
        try:
            return _open(generation, store)
        except FileNotFoundError as error:
            # A writer may have put a newer one in use, and removed this one, since CURRENT was read.
            if places.current(folder) == generation:
                raise IndexDamaged(
                    f"{generation} is incomplete ({error.filename} is gone); run the index command again"
                ) from error
    raise IndexDamaged(f"{folder} is replaced faster than it can be opened; try again")


def _open(folder: Path, store: VectorStore) -> Generation:
    manifest = manifests.read(folder)
    damage = manifests.damage(folder, manifest)
    if damage:
        raise next(iter(damage.values()))
    try:
        vectors = store.open(folder / manifests.VECTORS, manifest.dimensions)
    except ValueError as error:
        raise IndexDamaged(f"{error}; run the index command again") from error
    return Generation(folder, manifest, Articles(folder / manifests.ARTICLES), vectors)
