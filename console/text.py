"""Text from outside, made harmless.

Every message, article, name and model output passes :func:`clean` once, where it enters. What is left can be stored,
compared, embedded and shown; the terminal and the browser keep a second wall of their own.
"""

import unicodedata
from itertools import takewhile
from typing import Final

MAX_CHARACTERS: Final = 20_000
"""Longest message kept, in characters; what is cut off is announced by :data:`CUT_MARK`."""

CUT_MARK: Final = " … [cut]"

MAX_COMBINING: Final = 3
"""Marks kept on one base character; real scripts need no more than three."""

_LONGEST_RUN: Final = 30
"""Marks in a row that are put in order (Unicode's own limit for streams): the time for it grows with their square."""

_JOINER: Final = "\u200d"  # inside emoji families, and in scripts whose letters join
_EMOJI_STYLE: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"
_KEYS: Final = frozenset("0123456789#*")
_VIRAMA: Final = 9
_KEPT: Final = frozenset("\n\t\u200d")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me", "Mc"})
_BLANK: Final = "\u2800"


def _ranges(*spans: str) -> frozenset[str]:
    """Return the characters of spans such as ``1f442-1f443``."""
    pairs = (span.split("-") for line in spans for span in line.split())
    return frozenset(chr(code) for pair in pairs for code in range(int(pair[0], 16), int(pair[-1], 16) + 1))


_INVISIBLE: Final = _ranges("34f 115f-1160 17b4-17b5 180b-180f 3164 ffa0 fe00-fe0e e0100-e01ef")
"""Letters and marks that draw nothing: inside a word they would only hide it from whoever looks for it."""

_VOWELS_AND_FINALS: Final = _ranges("1161-11ff d7b0-d7c6 d7cb-d7fb")
"""Halves of Korean syllables; without a first half they pile up like marks."""

SKIN_TONES: Final = _ranges("1f3fb-1f3ff")

TONED: Final = _ranges(
    "261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f466-1f478 1f47c 1f481-1f483",
    "1f485-1f487 1f48f 1f491 1f4aa 1f574-1f575 1f57a 1f590 1f595-1f596 1f645-1f647 1f64b-1f64f 1f6a3 1f6b4-1f6b6",
    "1f6c0 1f6cc 1f90c 1f90f 1f918-1f91f 1f926 1f930-1f939 1f93c-1f93e 1f977 1f9b5-1f9b6 1f9b8-1f9b9 1f9bb",
    "1f9cd-1f9cf 1f9d1-1f9dd 1fac3-1fac5 1faf0-1faf8",
)
"""Emoji that a skin tone may follow (Emoji_Modifier_Base of Unicode 15)."""


def clean(text: str, limit: int = MAX_CHARACTERS) -> str:
    r"""Return ``text`` without control, bidirectional, invisible and unassigned characters, capped in length.

    Newlines are unified to ``\n``; at most :data:`MAX_COMBINING` marks stay on a character; a joiner stays only between
    what joins, a skin tone only after an emoji that has one, so that they cannot hide a word; more than ``limit``
    characters are cut and marked. The result is NFC, has no blank edges, and is a fixed point of ``clean``. What draws
    nothing but blanks is empty.
    HTML entities are not decoded: whoever reads HTML decodes before cleaning, never after.
    """
    overlong = len(text) > limit * 4
    text = text[: limit * 4]  # a megabyte of marks must not cost more than the text that can stay
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", _visible(text)):
        if _dangles(kept, character):
            kept.pop()
        if character in {_JOINER, _EMOJI_STYLE} or character in SKIN_TONES:
            if _may_follow(kept, character):
                kept.append(character)
            continue
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MAX_COMBINING:
            kept.append(character)
    result = _ended("".join(kept))
    if len(result) > limit or overlong:
        result = _ended(result[: limit - len(CUT_MARK)]) + CUT_MARK
    return result if result.replace(_BLANK, "").strip() else ""


def _visible(text: str) -> str:
    """Return ``text`` without what draws nothing, and with at most :data:`_LONGEST_RUN` marks in a row."""
    kept: list[str] = []
    run = 0
    for character in text:
        if character.isascii() and character.isprintable():
            run = 0
        elif character not in _KEPT:
            if character in _INVISIBLE or unicodedata.category(character) in _DROPPED:
                continue
            run = run + 1 if unicodedata.combining(character) else 0
            if run > _LONGEST_RUN:
                continue
        kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    if character.isascii():
        return False
    return character in _VOWELS_AND_FINALS or unicodedata.category(character) in _MARKS


def _may_follow(kept: list[str], character: str) -> bool:
    """Return whether a joiner, a skin tone or the sign for an emoji's style has something to hang on to."""
    if not kept:
        return False
    before = kept[-1]
    if character in SKIN_TONES:
        return before in TONED
    if character == _EMOJI_STYLE:
        return before in _KEYS or unicodedata.category(before) in {"So", "Sm", "Sk"} or before in "©®‼⁉ℹ〰〽"
    if _is_emoji(before):
        return True
    marks = list(takewhile(unicodedata.combining, reversed(kept)))
    if any(unicodedata.combining(mark) == _VIRAMA for mark in marks):
        return True
    return len(kept) > len(marks) and unicodedata.bidirectional(kept[-1 - len(marks)]) == "AL"  # as Arabic


def _dangles(kept: list[str], character: str) -> bool:
    """Return whether what was kept last leads to nothing now that ``character`` follows.

    A joiner between emoji wants another emoji, between letters another letter: whoever measures text takes what follows
    it for drawn already. The style of a key wants the key's cap.
    """
    if not kept or kept[-1] not in {_JOINER, _EMOJI_STYLE}:
        return False
    before = kept[-2] if len(kept) > 1 else ""
    if kept[-1] == _EMOJI_STYLE:
        return before in _KEYS and character != _KEYCAP
    if _is_emoji(before):
        return not _is_emoji(character)
    return character.isascii() or not character.isalpha()


def _is_emoji(character: str) -> bool:
    return character == _EMOJI_STYLE or character in SKIN_TONES or unicodedata.category(character) == "So"


def _ended(text: str) -> str:
    """Return ``text`` in its normal form, without blank edges and without what leads to nothing at its end."""
    text = unicodedata.normalize("NFC", text).strip()
    while text and _dangles([*text[-2:]], " "):
        text = text[:-1].rstrip()
    return text


def clean_line(text: str, limit: int = 200) -> str:
    """Return ``text`` cleaned and on one line, for names, subjects and ids: white space folds to single spaces."""
    return " ".join(clean(text, limit).split())


def shorten(text: str, width: int) -> str:
    """Return ``text`` on one line of at most ``width`` characters, cut at a word where one ends in time."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"


def counted(number: int, thing: str) -> str:
    """Return how many of a thing there are, in words."""
    return f"{number:,} {thing}{'s' * (number != 1)}"
