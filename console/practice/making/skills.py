"""Which skills a draft trains: those that the workspace's scenarios name already, wherever one of them fits. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "de-escalation"
"""What a draft of an unknown matter trains: somebody took it over from the bot."""

SAYING_NO: Final = "saying no"

_SMALL: Final = frozenset({"and", "or", "of", "the", "a"})


@dataclass(frozen=True, slots=True)
class Trained:
    """What a scenario of the workspace trains, and in which matter."""

    intent: str
    skills: tuple[str, ...]


def skills_of(intent: str, routed: Sequence[str], trained: Sequence[Trained], *, no: bool = False) -> list[str]:
    """Return the skills of a draft in a matter; ``routed`` are those by which its conversations are given to people.

    One by which they are given out becomes the one that scenarios name by all its words: “returns” is “refunds and
    returns”. Where none does, it is the one that all scenarios of the matter have in common; else they stay.
    ``no``: the right answer was a no, which is what a draft of an unknown matter trains then.
    """
    used = Counter(skill for one in trained for skill in one.skills)
    named = [fitting for skill in routed if (fitting := _fitting(skill, used))]
    if named:
        return list(dict.fromkeys(named))
    same = [frozenset(one.skills) for one in trained if intent and one.intent == intent]
    common = frozenset.intersection(*same) if same else frozenset()
    if len(common) == 1:
        return list(common)
    unknown = SAYING_NO if no else UNKNOWN
    return list(routed) or [intent or _fitting(unknown, used) or unknown]


def _fitting(skill: str, used: Counter[str]) -> str:
    """Return the skill in use that says the same, or the same and more; of several the one most used."""
    words = _words(skill)
    found = [other for other in used if words and words <= _words(other)]
    return max(found, key=lambda other: (_words(other) == words, used[other]), default="")


def _words(skill: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", skill.casefold())) - _SMALL
