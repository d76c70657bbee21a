"""Links in a text: none leads where the company's own articles and macros do not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_ENDINGS: Final = (
    "com|org|net|io|co|uk|de|fr|eu|us|info|biz|shop|store|online|site|app|dev|me|ly|xyz|ru|cn|example|test"
)
_FILES: Final = "pdf|docx?|xlsx?|csv|txt|jpe?g|png|gif|html?|zip"
_HOST: Final = re.compile(
    rf"(?<![\w@.-])(?://)?[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,6}}\.(?!(?:{_FILES})\b)[^\W\d_A-Z]{{2,24}}\b"
    r"(?!@)(?:/[^\s<>\"')\]]*)?"
)
"""A name with a stop within and small letters behind it: of a model rather a host than two sentences run together."""

_STOPS: Final = str.maketrans("。．｡", "...")
_LINK: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z][a-z0-9+.-]{1,20}://|www\.|(?:javascript|data|file|mailto|tel|vbscript):(?=\S))[^\s<>\"')\]]+"
    rf"|(?<![\w@.-])[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,6}}\.(?:{_ENDINGS})\b(?!@)(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)


def links(text: str) -> Iterator[str]:
    """Yield the links of ``text`` in a form in which two ways of writing the same are equal."""
    plain = unicodedata.normalize("NFKC", text).translate(_STOPS)
    for match in (*_LINK.finditer(plain), *_HOST.finditer(plain)):
        link = match.group().removeprefix("//").rstrip(".,;:!?…").lower()
        yield link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def foreign_link(text: str, allowed: Iterable[str]) -> str:
    """Return the first link of ``text`` that stands in none of the ``allowed`` texts; empty where there is none."""
    found = tuple(links(text))
    if not found:
        return ""
    known = {link for other in allowed for link in links(other)}
    return next((link for link in found if link not in known), "")
