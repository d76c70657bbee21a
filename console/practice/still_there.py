"""Whether what is wrong in a planted suggestion still stands in a text. Pure."""

import re
from typing import Final

from rapidfuzz.fuzz import partial_ratio

from console.conversation.practice_events import PlantKind, SuggestionPlanted

SAME: Final = 85.0
"""Likeness of words, 0 to 100, from which on a sentence is still the same one with a word changed."""


def still_there(plant: SuggestionPlanted, text: str) -> bool:
    """Return whether ``text`` says what is wrong in the plant: the very figure, or nearly the same words."""
    wrong, said = _plain(plant.words), _plain(text)
    if not wrong or not said:
        return False
    if plant.kind is PlantKind.FACT:
        return re.search(rf"(?<![\w.,]){re.escape(wrong)}(?![\w]|[.,]\d)", said) is not None
    return len(said) >= len(wrong) / 2 and partial_ratio(wrong, said) >= SAME


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".!?… ")
