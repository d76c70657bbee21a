"""What agents chose among suggested replies, as they stood on the screen: a fold of events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Final

from console.assist.replies.ranker import RANKED
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import A_LOOK, Decision, Suggestion

GOOD_STARS: Final = 4
"""Stars from which a reply counts as taken, whatever was sent …"""
POOR_STARS: Final = 2
"""… and up to which it counts as passed over."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A reply on the screen."""

    reply: Suggestion
    place: int
    """Where it stood, 0 for the first, whatever stood beside it."""
    gain: float
    """What the agent made of it: 1 sent as it was, less the more they changed, 0 passed over; a rating outweighs it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the agent did at one turn with the replies that a ranker orders, in the order of the screen."""

    conversation: str
    at: datetime
    """The last decision on them."""
    offers: tuple[Offer, ...]

    @property
    def compares(self) -> bool:
        """Whether it says that one of several is better than another."""
        return len(self.offers) > 1 and len({offer.gain for offer in self.offers}) > 1


@dataclass(slots=True)
class _Turn:
    """The replies of one turn so far."""

    places: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    decided: dict[str, e.Event] = field(default_factory=dict)


def choices_of(history: Iterable[e.Event]) -> list[Choice]:
    """Return what was chosen, in the order in which it was decided; ``history`` is the log, in order.

    Of several decisions and ratings of a reply the last one counts. Left out are turns whose replies were replaced
    before anybody could read them, and those in which something was taken that no ranker orders: it says nothing of
    the others.
    """
    replies: dict[tuple[str, str], Suggestion] = {}
    turns: dict[tuple[str, str], _Turn] = {}
    turn_of: dict[tuple[str, str], str] = {}
    marks: dict[tuple[str, str], float] = {}
    for event in history:
        match event.data:
            case a.RepliesSuggested(turn=turn, suggestions=suggestions):
                held = turns.setdefault((event.conversation, turn), _Turn())
                for place, reply in enumerate(suggestions):
                    key = event.conversation, reply.id
                    replies[key], turn_of[key] = reply, turn
                    if reply.id not in held.shown:  # what stands on the screen stays where it is
                        held.places[reply.id] = place
            case a.SuggestionsShown(turn=turn, suggestions=names):
                turns.setdefault((event.conversation, turn), _Turn()).shown.update(names)
            case a.SuggestionDecided(suggestion=name) if (event.conversation, name) in turn_of:
                turns[event.conversation, turn_of[event.conversation, name]].decided[name] = event
            case a.SuggestionRated(suggestion=name) as rated:
                mark = mark_of(rated)
                if mark is not None:
                    marks[event.conversation, name] = mark
            case _:
                pass
    found = (_choice(conversation, turn, replies, marks) for (conversation, _), turn in turns.items())
    return sorted((choice for choice in found if choice), key=lambda choice: choice.at)


def decided_in(choices: Sequence[Choice]) -> list[Offer]:
    """Return every reply of these turns."""
    return list(chain.from_iterable(choice.offers for choice in choices))


def _choice(
    conversation: str, turn: _Turn, replies: dict[tuple[str, str], Suggestion], marks: dict[tuple[str, str], float]
) -> Choice | None:
    decided = {name: event for name, event in turn.decided.items() if name in turn.shown}
    if not decided or not any(map(_read, decided.values())):
        return None
    offers = []
    for name, event in decided.items():
        reply = replies[conversation, name]
        gain = marks.get((conversation, name), _gain(event.data, reply))
        if reply.kind in RANKED:
            offers.append(Offer(reply, turn.places.get(name, 0), gain))
        elif gain:
            return None
    offers.sort(key=lambda offer: offer.place)
    return Choice(conversation, max(event.at for event in decided.values()), tuple(offers)) if offers else None


def _read(event: e.Event) -> bool:
    """Return whether the agent had time to read what they decided on."""
    data = event.data
    return isinstance(data, a.SuggestionDecided) and (data.decision is not Decision.IGNORED or data.seconds >= A_LOOK)


def _gain(data: e.EventData, reply: Suggestion) -> float:
    if not isinstance(data, a.SuggestionDecided) or data.decision not in {Decision.ACCEPTED, Decision.EDITED}:
        return 0.0
    longest = max(len(reply.text), len(data.final_text), 1)
    return max(0.0, 1 - data.edit_distance / longest)


def mark_of(rated: a.SuggestionRated) -> float | None:
    """Return the gain that a rating stands for; ``None`` where it says neither good nor poor."""
    if rated.thumb > 0 or rated.stars >= GOOD_STARS:
        return 1.0
    if rated.thumb < 0 or 0 < rated.stars <= POOR_STARS:
        return 0.0
    return None
