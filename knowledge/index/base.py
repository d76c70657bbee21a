"""What an update goes on from: the generation in use, or what of it can still be used."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge import splitter
from knowledge.embedding.port import Embedder
from knowledge.errors import IndexDamaged, IndexMissing, IndexOutdated
from knowledge.index import folder as places
from knowledge.index import manifest as manifests
from knowledge.index.manifest import Manifest
from knowledge.vectors import VectorStore


@dataclass(frozen=True, slots=True)
class Base:
    """What there is, and what has to be made anew."""

    earlier: tuple[Path, Manifest] | None = None
    """The generation in use; None where there is none, or none that can be read."""
    reason: str = ""
    """Why not all of it is kept; empty where it is."""
    anew: bool = False
    """Its texts are kept, but embedded again."""
    without_words: bool = False
    """Its texts and vectors are kept, and their words indexed again."""
    damaged_texts: bool = False
    """Of its texts, only those can be kept whose own checksum is right."""


def base_of(folder: Path, embedder: Embedder, store: VectorStore, *, thorough: bool) -> Base:
    """Look at the index in a folder; `thorough` compares every checksum, not only of files that were touched."""
    try:
        current = places.current(folder)
        manifest = manifests.read(current)
        damage = manifests.damage(current, manifest, thorough=thorough)
        if manifests.ARTICLES in damage:
            reason = _damaged(damage[manifests.ARTICLES])
            return Base((current, manifest), reason, anew=True, damaged_texts=True)
        damage |= _unreadable(store, current, manifest)
    except (IndexMissing, FileNotFoundError):
        return Base()
    except IndexOutdated:
        return Base(reason="the index had another format")
    except IndexDamaged as error:
        return Base(reason=_damaged(error))
    return _kept(Base((current, manifest)), manifest, damage, embedder)


def _kept(base: Base, manifest: Manifest, damage: Mapping[str, IndexDamaged], embedder: Embedder) -> Base:
    """What of a generation whose texts can be read is kept."""
    if manifests.VECTORS in damage:
        return replace(base, reason=_damaged(damage[manifests.VECTORS]), anew=True)
    if manifest.embedder != embedder.fingerprint:
        return replace(base, reason=f"the model changed from {manifest.model} ({manifest.embedder})", anew=True)
    if manifest.splitter != splitter.VERSION:
        return replace(base, reason="documents are divided in another way now", anew=True)
    if manifests.LEXICAL in damage:
        return replace(base, reason=_damaged(damage[manifests.LEXICAL]), without_words=True)
    for error in damage.values():  # the manifest, its copy, or the name of the generation: they are written anyway
        return replace(base, reason=_damaged(error))
    return base


def _damaged(error: IndexDamaged) -> str:
    """The fault without the advice, which is being followed."""
    return f"the index was damaged: {str(error).partition('; run the index command')[0]}"


def _unreadable(store: VectorStore, folder: Path, manifest: Manifest) -> dict[str, IndexDamaged]:
    """What is wrong with the vectors beyond their files: a store elsewhere may have lost them, or never had them."""
    try:
        store.open(folder / manifests.VECTORS, manifest.dimensions)
    except (ValueError, OSError) as error:
        return {manifests.VECTORS: IndexDamaged(f"the vectors cannot be read: {error}")}
    return {}
