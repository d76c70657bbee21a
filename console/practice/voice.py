"""How a simulated customer writes what they say: in one message or several, with the slips of their fingers."""

import re
from collections.abc import Sequence
from typing import Final

from console.practice.scenario import Persona
from console.practice.seeds import chance

LEAST: Final = 4
"""Letters of a word in which a slip is made: shorter ones become other words."""

SWAPPED: Final = 0.5
"""Share of slips in which two letters change places; in the others one is left out."""

_WORD: Final = re.compile(r"[a-z]{4,}")


def messages(says: Sequence[str], persona: Persona, seed: int, turn: int) -> tuple[str, ...]:
    """Return the messages in which ``says`` is written; words with figures, capitals or addresses keep all letters."""
    parts = parted(says, persona, seed, turn)
    return tuple(slipped(joined(part), persona.typos, seed, turn, place) for place, part in enumerate(parts))


def parted(says: Sequence[str], persona: Persona, seed: int, turn: int) -> tuple[tuple[str, ...], ...]:
    """Return what is said in each message: in one of it all, or, by the persona's chance, in one each."""
    if not says:
        return ()
    apart = len(says) > 1 and chance(seed, turn, "burst") < persona.bursts
    return tuple((text,) for text in says) if apart else (tuple(says),)


def joined(parts: Sequence[str]) -> str:
    """Return what is said in a message as one text, as it is meant: without slips."""
    return " ".join((*map(_ended, parts[:-1]), parts[-1]))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def slipped(text: str, share: float, seed: int, turn: int, place: int) -> str:
    """Return ``text`` with two letters swapped, or one left out, in a share of its plain words."""

    def slip(match: re.Match[str]) -> str:
        word, at = match.group(), match.start()
        around = text[max(0, at - 1) : at] + text[match.end() : match.end() + 1]
        if re.search(r"[\w@./-]", around) or chance(seed, turn, place, at, "slip") >= share:
            return word
        inside = 1 + int(chance(seed, turn, place, at, "where") * (len(word) - 2))
        if chance(seed, turn, place, at, "how") < SWAPPED:
            return word[:inside] + word[inside + 1] + word[inside] + word[inside + 2 :]
        return word[:inside] + word[inside + 1 :]

    return _WORD.sub(slip, text) if share else text
