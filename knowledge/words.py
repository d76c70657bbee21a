"""The words of a text as they are compared: lower case, without accents, plural and possessive endings cut.

Besides words, texts hold codes (order numbers, error codes, models), which people write in many ways: "ERR-4031",
"err 4031" and "Err4031" have to meet. `codes` joins their parts, so that all of them become "err4031".
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEM = 3
"""Shortest word whose ending is cut, in letters."""

_ENDING = re.compile(r"['’]s?$|['’]")
_CHUNK = re.compile(r"[^\W_]+(?:[-/.:_+][^\W_]+)*")
"""Parts that are written together: "xk-200/b"."""

_RUN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_PART = 3
"""Digits of a longer code that somebody may name alone: the 4031 of "err4031"."""

_MAKER = 10
"""Letters of a word that may belong to the number after it: "iPhone 12"."""

_SUFFIX = 2
"""Characters that may belong to the number before them: "XK200 B"."""

_LONGEST = 40
"""Characters of a code; what is longer is an address or a digest, which nobody types."""


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return [_stem(word) for word in _WORD.findall(_plain(text))]


@lru_cache(maxsize=16_384)
def key(word: str) -> int:
    """A word as a number of 64 bits, always the same; that two of a million words share one has a chance of 3e-8."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def title_keys(title: str) -> tuple[int, frozenset[int]]:
    """The keys of a title as a whole, which no word has, and of its words."""
    held = words(title)
    return key(" ".join(["", *held])), frozenset(map(key, held))


def is_code(term: str) -> bool:
    """Whether a term is, or belongs to, a code rather than a plain word or a small number."""
    return len(term) >= _PART and _DIGITS.search(term) is not None


def terms(text: str) -> list[str]:
    """What a text is found by: its words and its codes."""
    return [*words(text), *codes(text)]


def codes(text: str) -> list[str]:
    """The joined forms of what may be a code; those that are words of the text already are left out.

    A chunk that holds a digit is joined ("err-4031": "err4031"), by itself, with the word before it ("err 4031") and
    with a very short one after it ("xk200 b"). Longer numbers in it are given too ("err4031": "4031").
    """
    plain = _plain(text)
    if not _DIGITS.search(plain):
        return []
    chunks = [(chunk.start(), chunk.end(), _RUN.findall(chunk[0])) for chunk in _CHUNK.finditer(plain)]
    found: list[str] = []
    for at, (start, end, runs) in enumerate(chunks):
        whole = "".join(runs)
        if not _DIGITS.search(whole) or len(whole) > _LONGEST:
            continue
        before = after = ""
        if at and chunks[at - 1][1] == start - 1 and plain[start - 1] == " ":
            before = "".join(chunks[at - 1][2])
        if at + 1 < len(chunks) and chunks[at + 1][0] == end + 1 and plain[end] == " ":
            after = "".join(chunks[at + 1][2])
        named = before if before.isalpha() and len(before) <= _MAKER else ""
        forms = [whole, named + whole]
        if 0 < len(after) <= _SUFFIX:
            forms += [whole + after, named + whole + after]
        forms += [part for run in runs for part in _DIGITS.findall(run) if len(part) >= _PART]
        found += dict.fromkeys(form for form in forms if form not in runs)
    return found


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _stem(word: str) -> str:
    if not word.isalnum():
        word = _ENDING.sub("", word)
    if len(word) > _STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
