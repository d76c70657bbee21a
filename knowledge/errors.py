"""What can go wrong in the retrieval engine; every message says what to do next.

KnowledgeError
├── ModelError
│   ├── ModelMissing      no weights at any of the known places
│   └── ModelDamaged      weights whose checksum is not the published one
├── SiteError             an address that cannot be read as a site
│   └── SitePrivate       one on a private address, where that was not asked for
└── IndexFault
    ├── IndexMissing      nothing has been indexed in this folder yet
    ├── IndexDamaged      files that are absent, truncated or altered
    ├── IndexOutdated     made by another version of the format
    ├── IndexUnwritable   the disk is full or may not be written to
    ├── IndexBusy         another run is writing to the same index
    └── StoreUnavailable  the database that keeps the vectors does not answer, or lacks what is needed
"""

MEND = "run the index command again, with --mend where that finds nothing to do"
"""What to do about damage: files whose date is as it was are compared with their checksums only in mending."""


class KnowledgeError(Exception):
    """Any failure of the retrieval engine."""


class SiteError(KnowledgeError):
    """A site cannot be read at all: a wrong address, or nobody answers there."""


class SitePrivate(SiteError):
    """The site's host is on a private address, and reading those was not asked for."""


class ModelError(KnowledgeError):
    """The embedding model cannot be used."""


class ModelMissing(ModelError):
    """No weights were found."""


class ModelDamaged(ModelError):
    """The weights are not the ones that were published."""


class IndexFault(KnowledgeError):
    """The index cannot be used."""


class IndexMissing(IndexFault):
    """The folder holds no index yet."""


class IndexDamaged(IndexFault):
    """A file of the index is absent, truncated or altered."""


class IndexOutdated(IndexFault):
    """The index was written in another version of the format."""


class IndexUnwritable(IndexFault):
    """The index could not be written; the one before it is unchanged."""


class IndexBusy(IndexFault):
    """Another run holds the write lock of the index."""


class StoreUnavailable(IndexFault):
    """The database that keeps the vectors does not answer, or lacks what is needed."""
