"""Sentences that the agent's first words may be completed to."""

from collections.abc import Iterable
from typing import Final

from console.assist.sentences import texts
from console.conversation.assistance import Suggestion

MOST: Final = 400
_FEWEST_CHARACTERS: Final = 8


def completions_of(suggestions: Iterable[Suggestion], macro_sentences: Iterable[str]) -> tuple[str, ...]:
    """Return complete sentences without doubles: those of the suggestions first, then of the macros."""
    proposed = (sentence for suggestion in suggestions for sentence in (suggestion.text, *texts(suggestion.text)))
    ordered = dict.fromkeys(s for s in (*proposed, *macro_sentences) if len(s) >= _FEWEST_CHARACTERS)
    return tuple(ordered)[:MOST]
