"""Documents from files, folders and sites.

`load` walks a path, `load_site` a site; a loader per format parses; what cannot be read is named.
"""

from typing import TYPE_CHECKING

from knowledge.loaders.origin import Origins
from knowledge.loaders.registry import Loader, ManyLoader, loader_for, register, suffixes
from knowledge.loaders.walk import MAX_BYTES, load

if TYPE_CHECKING:
    from knowledge.loaders.site import load_site

__all__ = ["MAX_BYTES", "Loader", "ManyLoader", "Origins", "load", "load_site", "loader_for", "register", "suffixes"]


def __getattr__(name: str) -> object:
    # httpx takes 0.1 s to import; who reads files only should not wait for it.
    if name == "load_site":
        from knowledge.loaders.site import load_site

        return load_site
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
