"""Characters that only look otherwise: exotic blanks and hyphens, full-width letters and digits.

A number copied from a web page holds non-breaking blanks as often as plain ones, and is as much somebody's.
"""

import re
import unicodedata
from typing import Final

_HYPHENS: Final = "\u00ad\u2010\u2011\ufe63\uff0d"
_DASHES: Final = "\u2012\u2013\u2014\u2015\u2212_"
"""What stands for a hyphen in a number of three groups or more; elsewhere they say from and to."""

_GROUPED: Final = re.compile(rf"(?<![\w])\d{{1,6}}(?:[{_DASHES}]\d{{1,6}}){{2,8}}(?![\w])")


def folded(text: str) -> str:
    """Return ``text`` in plain characters, each where it stood: the length stays the same."""
    if text.isascii() and "_" not in text:
        return text
    plain = text if text.isascii() else "".join(map(_folded, text))
    return _GROUPED.sub(lambda run: re.sub(rf"[{_DASHES}]", "-", run.group()), plain)


def _folded(character: str) -> str:
    if character.isascii():
        return character
    if character in _HYPHENS:
        return "-"
    if unicodedata.category(character) == "Zs":
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    one = unicodedata.normalize("NFKC", character)
    return one if len(one) == 1 and one.isascii() else character
