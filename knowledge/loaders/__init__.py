"""Documents from files and folders: `load` walks, a loader per suffix parses, what cannot be read is named."""

from knowledge.loaders.origin import Origins
from knowledge.loaders.registry import Loader, ManyLoader, loader_for, register, suffixes
from knowledge.loaders.walk import MAX_BYTES, load

__all__ = ["MAX_BYTES", "Loader", "ManyLoader", "Origins", "load", "loader_for", "register", "suffixes"]
