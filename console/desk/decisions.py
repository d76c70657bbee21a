"""What became of the suggestions when the agent sent a text. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from rapidfuzz.distance import Levenshtein

from console.conversation.assist_events import SuggestionDecided
from console.conversation.assistance import Decision, Suggestion
from console.conversation.message import Author
from console.conversation.state import Conversation

OWN_WORDS: Final = 0.35
"""Likeness (0 to 1, normalised Levenshtein) below which a taken suggestion was written anew: overridden, not edited."""


def decisions_on_send(state: Conversation, text: str, taken: str, now: datetime) -> list[SuggestionDecided]:
    """Return the decision on each suggestion that was at stake, given what the agent sent.

    ``taken`` is the id of the suggestion in the composer, or empty. Sent unchanged is accepted (also when typed out by
    hand), changed is edited, replaced by own words is overridden. Where one was used, the others shown are ignored;
    where none was, all that were shown last are overridden. What was put away and taken all the same, or called ignored
    because newer ones came while the agent was writing, is decided by what they send: the later decision counts.
    """
    at_stake = list(_at_stake(state, taken))
    used = next((s for s in at_stake if s.text == text), None)
    used = used or next((s for s in at_stake if s.id == taken), None)
    decided = []
    for suggestion in at_stake:
        distance = Levenshtein.distance(suggestion.text, text)
        if suggestion is used:
            decided.append(_decided(state, suggestion, _of_used(suggestion.text, text), now, text, distance))
        elif suggestion.id in state.shown_at:
            if not used:
                decided.append(_decided(state, suggestion, Decision.OVERRIDDEN, now, text, distance))
            elif suggestion.id not in state.decisions:
                decided.append(_decided(state, suggestion, Decision.IGNORED, now))
    return decided


def decisions_on_replacement(state: Conversation, now: datetime) -> list[SuggestionDecided]:
    """Return the decisions on suggestions that newer ones are about to replace: shown and left alone is ignored."""
    left = (s for s in state.suggestions if s.id in state.shown_at and s.id not in state.decisions)
    return [_decided(state, suggestion, Decision.IGNORED, now) for suggestion in left]


def decision_on_dismissal(state: Conversation, suggestion: Suggestion, reason: str, now: datetime) -> SuggestionDecided:
    """Return the decision on a suggestion that the agent put away."""
    return _decided(state, suggestion, Decision.DISMISSED, now, reason=reason)


def _at_stake(state: Conversation, taken: str) -> Iterator[Suggestion]:
    """Yield what the agent may be deciding on: what is offered now, what stood on the screen last, what they took."""
    answered = next((m.at for m in reversed(state.messages) if m.role is Author.AGENT), None)
    shown = {name: at for name, at in state.shown_at.items() if answered is None or at >= answered}
    turn = state.offered_for.get(max(shown, key=lambda name: shown[name])) if shown else None
    for suggestion in state.offered.values():
        name = suggestion.id
        last_seen = name in shown and state.offered_for.get(name) == turn
        decided = state.decisions.get(name, Decision.IGNORED)
        left_open = decided is Decision.IGNORED and (last_seen or suggestion in state.suggestions)
        if left_open or (name == taken and decided in {Decision.IGNORED, Decision.DISMISSED}):
            yield suggestion


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
    ranker = state.ranked_by.get(suggestion.id, "")
    return SuggestionDecided(suggestion.id, decision, text, distance, round(seconds, 3), reason, ranker)
