"""Text from outside, made harmless once, before anything else sees it."""

import codecs
import re
import unicodedata

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_KEPT = {"\n", "\t", "\u200d"}
_MAX_MARKS = 4
"""Combining marks in a row that any written language needs; more only smears the screen."""

_SUSPECT = re.compile(r"[^\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BINARY_SHARE = 0.02
_OF_PAGES = re.compile(
    r"utf-(?:8|16|32)\b.*|ascii|iso8859-\d+|cp\d+|koi8-\w|gb\d+|gbk|hz|big5\w*|euc_\w+|iso2022_\w+|shift_jis\w*|"
    r"mac-\w+|johab|tis-620|ptcp154|kz1048"
)
"""Encodings, by Python's names for them, in which pages are written."""


def clean(text: str) -> str:
    """Drop control, format and unassigned characters and surplus combining marks; line ends become newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not _SUSPECT.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        if character in _KEPT:
            marks = 0
        else:
            category = unicodedata.category(character)
            if category in _DROPPED:
                continue
            marks = marks + 1 if category in {"Mn", "Me"} else 0
            if marks > _MAX_MARKS:
                continue
        kept.append(character)
    return "".join(kept)


def one_line(text: str, limit: int = 300) -> str:
    """A title or label: clean, on one line, at most `limit` characters."""
    return " ".join(clean(text).split())[:limit].strip()


def decode(data: bytes) -> str:
    """UTF-8 (or UTF-16 with its mark) as text; raises ValueError with the reason where it is neither, or binary."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strictly(data, "utf-16")
    else:
        text = _strictly(data.removeprefix(b"\xef\xbb\xbf"), "utf-8")
    controls = _CONTROLS.findall(text)
    if "\x00" in controls or len(controls) > _BINARY_SHARE * max(len(text), 1):
        raise ValueError("is binary, not text")
    return text


def decode_as(data: bytes, encoding: str) -> str:
    """Text in the encoding that its sender names; raises LookupError where none is written in it, or UnicodeError.

    Others that Python has are no encodings of pages; one of them (punycode) takes 10 s for half a megabyte, and four
    times as long for twice as much.
    """
    name = codecs.lookup(encoding).name
    if not _OF_PAGES.fullmatch(name):
        raise LookupError(f"no page is written in {name}")
    return data.decode(name)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise ValueError("is binary, not text") from error
        raise ValueError(f"is not {encoding.upper()} text (byte {error.start}); save it as UTF-8") from error
