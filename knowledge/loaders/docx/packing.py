"""Whether an archive is what it says it is, and small enough once it is inflated."""

import zipfile
import zlib
from typing import BinaryIO

MAX_INFLATED_BYTES = 200 * 1024**2
MAX_TEXT_BYTES = 50 * 1024**2
"""Of one part of XML; the text of a novel takes 5 MB."""

MAX_PARTS = 10_000
_MAX_RATIO = 250
"""Inflated to packed size; XML reaches 40, and deflate cannot pass 1,032."""

_SMALL_BYTES = 1024**2
"""Below this size any ratio is harmless."""

_CHUNK = 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(file: BinaryIO) -> None:
    """Raise ValueError where a file is no Word document, is locked, damaged, or inflates beyond measure.

    Sizes are looked at as they are declared, and then as they are: every part is inflated once, a piece at a time.
    """
    start = file.read(len(_OLE))
    if start == _OLE:
        raise ValueError("is protected by a password, or an old .doc; save it as .docx without a password")
    if not start.startswith(b"PK"):
        raise ValueError("is not a Word document, whatever its name says")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                raise ValueError("is not a Word document, whatever its name says")
            _refuse_bomb(parts)
            left = MAX_INFLATED_BYTES
            for part in parts:
                left -= _inflated(archive, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(f"is damaged or cut short ({type(error).__name__}); save or download it again") from error


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise ValueError(f"is made of {len(parts)} parts; no document has more than {MAX_PARTS}")
    if sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise ValueError(_too_large())
    for part in parts:
        if part.file_size > _SMALL_BYTES and part.file_size > _MAX_RATIO * part.compress_size:
            raise ValueError("is packed far more densely than any document (a zip bomb); left alone")
        if part.file_size > MAX_TEXT_BYTES and part.filename.endswith((".xml", ".rels")):
            raise ValueError(f"holds a part of more than {MAX_TEXT_BYTES // 1024**2} MB of text; save it in parts")


def _inflated(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """The true size of a part, which is never kept in memory; raises ValueError where it passes the limit."""
    size = 0
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise ValueError(_too_large())
    return size


def _too_large() -> str:
    return f"inflates to more than {MAX_INFLATED_BYTES // 1024**2} MB; make its pictures smaller or save it in parts"
