"""Links in a text: none leads where the company's own articles and macros do not."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

_ENDINGS: Final = (
    "com|org|net|io|co|uk|de|fr|eu|us|info|biz|shop|store|online|site|app|dev|me|ly|xyz|ru|cn|example|test"
)
_LINK: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z][a-z0-9+.-]{1,20}://|www\.|(?:javascript|data|file|mailto|tel|vbscript):(?=\S))[^\s<>\"')\]]+"
    rf"|(?<![\w@.-])[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,6}}\.(?:{_ENDINGS})\b(?!@)(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)


def links(text: str) -> Iterator[str]:
    """Yield the links of ``text`` in a form in which two ways of writing the same are equal."""
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?…").lower()
        yield link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def foreign_link(text: str, allowed: Iterable[str]) -> str:
    """Return the first link of ``text`` that stands in none of the ``allowed`` texts; empty where there is none."""
    found = tuple(links(text))
    if not found:
        return ""
    known = {link for other in allowed for link in links(other)}
    return next((link for link in found if link not in known), "")
