"""What kind of file some bytes are, by the bytes themselves: names and what senders say of them prove nothing. Pure."""

from typing import Final

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types that a browser may show at once: they can draw, and nothing else."""

TEXT: Final = "text/plain"

_HEADS: Final = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
)
"""First bytes, where they stand, and the type they are the mark of."""

ACCEPTED: Final = (*sorted(PICTURES), "application/pdf", "text/plain", "text/csv", "audio/*", "video/*")
"""What a browser's dialogue offers first; which of it is taken, the bytes decide."""

_MARKUP: Final = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml")


def file_type(data: bytes) -> str:
    """Return the media type of a file that is taken; empty for any other, such as programs, archives and web pages."""
    for head, place, kind in _HEADS:
        if data[place : place + len(head)] == head:
            return kind
    return TEXT if _is_text(data) else ""


def _is_text(data: bytes) -> bool:
    """Return whether it is plain text, and not a page that a browser would run."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    start = data.lstrip()[:64].lower()
    plain = all(character.isprintable() or character.isspace() for character in text)
    return bool(text.strip()) and plain and not start.startswith(_MARKUP)
