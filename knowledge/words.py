"""The words of a text as they are compared: lower case, without accents, plural and possessive endings cut."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEM = 3
"""Shortest word whose ending is cut, in letters."""


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [_stem(word) for word in _WORD.findall(plain)]


def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$|['’]", "", word)
    if len(word) > _STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
