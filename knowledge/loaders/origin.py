"""What stands for the bytes of a document, so that an update does not read again what has not changed."""

import hashlib
from collections.abc import Mapping

VERSION = 2
"""Raised when the same bytes are read differently, so that everything is read again."""

Origins = Mapping[str, str]
"""The ids of documents that are indexed, by their origin."""


def origin_of(name: str, data: bytes) -> str:
    """The origin of bytes under a name: a digest that depends on how they are read, too."""
    return hashlib.blake2b(
        data, digest_size=16, key=f"{VERSION} {name}".encode("utf-8", "surrogatepass")[-64:]
    ).hexdigest()
