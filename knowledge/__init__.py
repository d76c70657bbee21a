"""A retrieval engine for support articles: load, split, embed, index, search; all on one machine, nothing sent out.

    from pathlib import Path
    from knowledge import KnowledgeIndex, open_embedder

    index = KnowledgeIndex(Path("index"), open_embedder(Path("models")))
    index.update_from(Path("articles"))
    for hit in index.search("my parcel is late", k=5).hits:
        print(hit.score, hit.title, hit.passage)

Names are imported when they are first used, so that `import knowledge` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.document import Document, Hit, Passage, Skipped
    from knowledge.embedding import DEFAULT_MODEL, Embedder, find_weights, open_embedder
    from knowledge.errors import (
        IndexBusy,
        IndexDamaged,
        IndexFault,
        IndexMissing,
        IndexOutdated,
        IndexUnwritable,
        KnowledgeError,
        ModelDamaged,
        ModelError,
        ModelMissing,
        SiteError,
        SitePrivate,
        StoreUnavailable,
    )
    from knowledge.index import Answer, Contents, KnowledgeIndex, Progress, Report
    from knowledge.loaders import Loader, load, load_site, register
    from knowledge.splitter import split

_HOMES = {
    "document": ("Document", "Hit", "Passage", "Skipped"),
    "embedding": ("DEFAULT_MODEL", "Embedder", "find_weights", "open_embedder"),
    "errors": (
        "IndexBusy",
        "IndexDamaged",
        "IndexFault",
        "IndexMissing",
        "IndexOutdated",
        "IndexUnwritable",
        "KnowledgeError",
        "ModelDamaged",
        "ModelError",
        "ModelMissing",
        "SiteError",
        "SitePrivate",
        "StoreUnavailable",
    ),
    "index": ("Answer", "Contents", "KnowledgeIndex", "Progress", "Report"),
    "loaders": ("Loader", "load", "load_site", "register"),
    "splitter": ("split",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DEFAULT_MODEL",
    "Answer",
    "Contents",
    "Document",
    "Embedder",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "IndexFault",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnwritable",
    "KnowledgeError",
    "KnowledgeIndex",
    "Loader",
    "ModelDamaged",
    "ModelError",
    "ModelMissing",
    "Passage",
    "Progress",
    "Report",
    "SiteError",
    "SitePrivate",
    "Skipped",
    "StoreUnavailable",
    "find_weights",
    "load",
    "load_site",
    "open_embedder",
    "register",
    "split",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
