"""What can still be trusted of damaged articles: every document whose own checksum is right.

Of a document that is lost nothing is guessed; its source has to be indexed again. One that was removed must not come
back: where the list of them is damaged itself, the vectors tell, since those of a removed document are gone.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import numpy as np

from knowledge.document import Document
from knowledge.errors import IndexDamaged
from knowledge.index import manifest as manifests
from knowledge.index.articles import SUFFIX, first_numbers
from knowledge.index.manifest import Manifest
from knowledge.index.schema import DOCUMENT, digest
from knowledge.vectors import VectorStore

_REMOVED = "removed"
_DOCUMENT = f"select source, digest, {DOCUMENT} from documents where number = ?"  # noqa: S608 - a constant
_PASSAGE = "select number from passages where document = ? limit 1"

Gone = Callable[[sqlite3.Connection, int], bool]
"""Whether a document of a part was removed."""


def documents(generation: Path, manifest: Manifest, store: VectorStore) -> Iterator[tuple[str, Document]]:
    """Source and document of every document that is whole, in the order in which they were added.

    Raises IndexDamaged where it cannot be told which were removed.
    """
    gone = _gone(generation, manifest, store)
    files = sorted((generation / manifests.ARTICLES).glob(f"*{SUFFIX}"))
    starts = [first_numbers(file)[0] for file in files]
    ends = [*starts, manifest.next_document][1:]
    return (
        found
        for file, start, end in zip(files, starts, ends, strict=True)
        for found in _whole(file, range(start, end), manifest, gone)
    )


def _whole(file: Path, numbers: range, manifest: Manifest, gone: Gone) -> Iterator[tuple[str, Document]]:
    """Each asked for by its number: one page that is damaged hides only what lies in it."""
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as part:
        for number in numbers:
            try:
                row = part.execute(_DOCUMENT, [number]).fetchone()
                if row is None or gone(part, number):
                    continue
                source, checksum, *values = row
                document = Document(*values)
                if source in manifest.sources and digest(document) == checksum:
                    yield source, document
            except (sqlite3.DatabaseError, TypeError, ValueError):
                continue


def _gone(generation: Path, manifest: Manifest, store: VectorStore) -> Gone:
    if manifests.whole(generation, manifest, f"{manifests.ARTICLES}/{_REMOVED}"):
        removed = frozenset(np.fromfile(generation / manifests.ARTICLES / _REMOVED, np.int64).tolist())
        return lambda _, number: number in removed
    listed = (name for name in manifest.files if name.startswith(f"{manifests.VECTORS}/"))
    if not all(manifests.whole(generation, manifest, name) for name in listed):
        raise IndexDamaged("neither the articles nor the vectors tell which documents were removed")
    vectors = store.open(generation / manifests.VECTORS, manifest.dimensions)

    def without_vector(part: sqlite3.Connection, number: int) -> bool:
        try:
            for (passage,) in part.execute(_PASSAGE, [number]):
                vectors.get(np.asarray([passage], np.int64))
        except KeyError:
            return True
        return False

    return without_vector
