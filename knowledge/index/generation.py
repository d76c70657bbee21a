"""One opened generation: its manifest, articles, vectors and words, which never change.

It is not closed by whoever replaces it, since searches may be under way: its files are given back with the last
of them.
"""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged, IndexFault, StoreUnavailable
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.articles import Articles
from knowledge.index.manifest import Manifest
from knowledge.lexical import Lexical, TantivyLexical
from knowledge.vectors import Vectors, VectorStore

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Generation:
    """What a search reads."""

    folder: Path
    manifest: Manifest
    articles: Articles
    vectors: Vectors | None
    """None where they are damaged: until they are made anew, search goes on by words."""
    lexical: Lexical | None
    """None where it is damaged: until it is made anew, search goes on by meaning."""
    damage: str
    """What is damaged and what to do, or empty."""
    away: bool
    """Whether the vectors may be back any moment: the store that keeps them does not answer."""


def open_current(folder: Path, store: VectorStore, *, thorough: bool = False) -> Generation:
    """Open the generation in use; `thorough` compares every checksum, not only of files that were touched.

    Raises IndexMissing, IndexDamaged or IndexOutdated.
    """
    for _ in range(_ATTEMPTS):
        generation = places.current(folder)
        fault: Exception | None = None
        try:
            opened = _open(generation, store, thorough=thorough)
            if not opened.damage:
                return opened
        except (FileNotFoundError, IndexDamaged) as error:
            fault = error
        # A writer may have put a newer one in use, and removed this one, since CURRENT was read.
        if places.current(folder) != generation:
            continue
        if isinstance(fault, FileNotFoundError):
            raise IndexDamaged(
                f"{generation} is incomplete ({fault.filename} is gone); run the index command again"
            ) from fault
        if fault:
            raise fault
        return opened
    raise IndexDamaged(f"{folder} is replaced faster than it can be opened; try again")


def _open(folder: Path, store: VectorStore, *, thorough: bool) -> Generation:
    manifest = manifests.read(folder)
    damage: dict[str, IndexFault] = {**manifests.damage(folder, manifest, thorough=thorough)}
    if manifests.ARTICLES in damage:
        raise damage[manifests.ARTICLES]
    vectors: Vectors | None = None
    lexical: Lexical | None = None
    away = False
    if manifests.VECTORS not in damage:
        try:
            vectors = store.open(folder / manifests.VECTORS, manifest.dimensions)
        except ValueError as error:
            damage[manifests.VECTORS] = IndexDamaged(f"{error}; run the index command again")
        except StoreUnavailable as error:
            damage[manifests.VECTORS], away = error, True
    if manifests.LEXICAL not in damage:
        try:
            lexical = TantivyLexical(folder / manifests.LEXICAL)
        except IndexDamaged as error:
            damage[manifests.LEXICAL] = error
    told = "; ".join(str(error) for error in damage.values())
    if vectors is None and lexical is None:
        raise IndexDamaged(told)
    return Generation(folder, manifest, Articles(folder / manifests.ARTICLES), vectors, lexical, told, away)
