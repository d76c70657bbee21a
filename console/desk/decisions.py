"""What became of the suggestions when the agent sent a text. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from rapidfuzz.distance import Levenshtein

from console.conversation.assistance import Decision, Suggestion
from console.conversation.events import SuggestionDecided
from console.conversation.state import Conversation

OWN_WORDS: Final = 0.35
"""Likeness (0 to 1, normalised Levenshtein) below which a taken suggestion was written anew: overridden, not edited."""


def decisions_on_send(state: Conversation, text: str, taken: str, now: datetime) -> list[SuggestionDecided]:
    """Return the decision on each undecided suggestion of the turn, given what the agent sent.

    ``taken`` is the id of the suggestion in the composer, or empty. Sent unchanged is accepted (also when typed out by
    hand), changed is edited, replaced by own words is overridden. Where one was used, the others shown are ignored;
    where none was, all that were shown are overridden.
    """
    undecided = [s for s in _offered(state, taken) if s.id not in state.decisions]
    used = next((s for s in undecided if s.text == text), None)
    used = used or next((s for s in undecided if s.id == taken), None)
    decided = []
    for suggestion in undecided:
        if suggestion is used:
            distance = Levenshtein.distance(suggestion.text, text)
            decision = _of_used(suggestion.text, text)
            decided.append(_decided(state, suggestion, decision, now, text, distance))
        elif suggestion.id in state.shown_at:
            decision = Decision.IGNORED if used else Decision.OVERRIDDEN
            distance = 0 if used else Levenshtein.distance(suggestion.text, text)
            decided.append(_decided(state, suggestion, decision, now, "" if used else text, distance))
    return decided


def decisions_on_replacement(state: Conversation, now: datetime) -> list[SuggestionDecided]:
    """Return the decisions on suggestions that newer ones are about to replace: shown and left alone is ignored."""
    left = (s for s in state.suggestions if s.id in state.shown_at and s.id not in state.decisions)
    return [_decided(state, suggestion, Decision.IGNORED, now) for suggestion in left]


def decision_on_dismissal(state: Conversation, suggestion: Suggestion, reason: str, now: datetime) -> SuggestionDecided:
    """Return the decision on a suggestion that the agent put away."""
    return _decided(state, suggestion, Decision.DISMISSED, now, reason=reason)


def _offered(state: Conversation, taken: str) -> Iterator[Suggestion]:
    yield from state.suggestions
    earlier = state.offered.get(taken)
    if earlier and earlier not in state.suggestions:
        yield earlier


def _of_used(suggested: str, sent: str) -> Decision:
    if suggested == sent:
        return Decision.ACCEPTED
    return Decision.EDITED if Levenshtein.normalized_similarity(suggested, sent) >= OWN_WORDS else Decision.OVERRIDDEN


def _decided(
    state: Conversation,
    suggestion: Suggestion,
    decision: Decision,
    now: datetime,
    text: str = "",
    distance: int = 0,
    reason: str = "",
) -> SuggestionDecided:
    shown = state.shown_at.get(suggestion.id)
    seconds = max(0.0, (now - shown).total_seconds()) if shown else 0.0
    return SuggestionDecided(suggestion.id, decision, text, distance, round(seconds, 3), reason)
