"""The words of a text as they are compared: lower case, without accents, plural and possessive endings cut.

Besides words, texts hold codes (order numbers, error codes, models), which people write in many ways: "ERR-4031",
"err 4031" and "Err4031" have to meet. `codes` joins their parts, so that all of them become "err4031".
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEM = 3
"""Shortest word whose ending is cut, in letters."""

_ENDING = re.compile(r"['’]s?$|['’]")
_WITH_DIGIT = re.compile(r"[^\W_]*\d[^\W_]*")
_CHUNK = re.compile(r"[^\W_]+(?:[-/.:_#+][^\W_]+)*")
"""Parts that are written together: "XK-200/B"."""

_SEPARATOR = re.compile(r"[^^\w]|_")
_DIGITS = re.compile(r"\d+")
_PART = 3
"""Digits within a longer code that somebody may name alone: the 4031 of "ERR4031"."""

_MAKER = 10
"""Letters of a word that may belong to the number after it: "iPhone 12"."""

_SUFFIX = 2
"""Characters of a word that may belong to the number before it: "XK200 B"."""

_LONGEST = 40
"""Characters of a code; what is longer is an address or a digest, which nobody types."""


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return [_stem(word) for word in _WORD.findall(_plain(text))]


def codes(text: str) -> list[str]:
    """The joined forms of what may be a code, each at least partly digits; those that are words already are left out.

    A chunk that holds a digit is joined ("err-4031": "err4031"), alone, with the word before it ("err 4031") and
    with a very short one after it ("xk200 b"). Longer numbers in a code are given too ("err4031": "4031").
    """
    plain = _plain(text)
    if not _DIGITS.search(plain):
        return []
    found: list[str] = []
    before, gap = "", 0
    chunks = list(_CHUNK.finditer(plain))
    for at, chunk in enumerate(chunks):
        whole = _joined(chunk[0])
        if _DIGITS.search(whole) and len(whole) <= _LONGEST:
            after = ""
            if at + 1 < len(chunks) and chunks[at + 1].start() - chunk.end() == 1:
                after = _joined(chunks[at + 1][0])
            forms = [whole] if whole != chunk[0] else []
            named = before if chunk.start() - gap == 1 and before.isalpha() and len(before) <= _MAKER else ""
            if named:
                forms.append(named + whole)
            if 0 < len(after) <= _SUFFIX:
                forms += [whole + after, *([named + whole + after] if named else [])]
            forms += [part for part in _DIGITS.findall(chunk[0]) if len(part) >= _PART and part != whole]
            found += forms
        before, gap = whole, chunk.end()
    return found


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _joined(chunk: str) -> str:
    return chunk if chunk.isalnum() else "".join(character for character in chunk if character.isalnum())


def _stem(word: str) -> str:
    if not word.isalnum():
        word = _ENDING.sub("", word)
    if len(word) > _STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
