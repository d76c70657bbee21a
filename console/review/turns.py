"""What agents took at each turn, in numbers: what :mod:`console.review.learning.choices` tells, without the replies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from console.assist.replies.ranker import RANKED
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import A_LOOK, Decision
from console.review.learning.choices import mark_of
from console.review.reviewing.columns import NONE, Columns, Names
from console.review.reviewing.ledger import microseconds, moment

_TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})


@dataclass(frozen=True, slots=True)
class _Offer:
    """A reply that was decided on."""

    kind: str
    at: int
    read: bool
    gain: float


class Turns:
    """The turns so far, with the replies that were decided on at each."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "replies-suggested",
        "suggestions-shown",
        "suggestion-decided",
        "suggestion-rated",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._kinds = Names()
        self._turns: dict[tuple[str, str], int] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._replies = Columns(("kind", "length", "turn"))
        """Replies by conversation and id, as they were suggested last."""
        self._offered: dict[tuple[int, int], int] = {}
        self._offers = Columns(("turn", "reply", "shown", "at", "read", "taken", "changed", "length"))
        """Replies by turn."""
        self._marks: dict[tuple[str, str], float] = {}
        """What ratings say of replies, also of those that were never suggested."""

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        where = event.conversation
        match event.data:
            case a.RepliesSuggested(turn=turn, suggestions=suggestions):
                number = self._turn(where, turn)
                for reply in suggestions:
                    place = self._reply(where, reply.id)
                    kind = self._kinds.number(reply.kind)
                    self._replies.put(place, kind=kind, length=len(reply.text), turn=number)
            case a.SuggestionsShown(turn=turn, suggestions=names):
                number = self._turn(where, turn)
                for name in names:
                    self._offers.put(self._offer(number, self._reply(where, name)), shown=1)
            case a.SuggestionDecided(suggestion=name) as decided:
                reply_place = self._places.get((where, name))
                if reply_place is not None and (number := self._replies.get(reply_place, "turn")) != NONE:
                    self._decided(self._offer(number, reply_place), event.at, decided)
            case a.SuggestionRated(suggestion=name) as rated:
                if (mark := mark_of(rated)) is not None:
                    self._marks[where, name] = mark
            case _:
                pass

    def rates(self) -> dict[str, list[tuple[datetime, bool]]]:
        """Return what happened at each turn, by rate, in the order of the decisions."""
        rates: dict[str, list[tuple[datetime, bool]]] = {}
        for at, offers in sorted(self._choices(), key=lambda choice: choice[0]):
            when, taken = moment(at), [offer for offer in offers if offer.gain]
            rates.setdefault("replies taken", []).append((when, bool(taken)))
            for kind in sorted({offer.kind for offer in offers}):
                seen = any(offer.kind == kind for offer in taken)
                rates.setdefault(f"{kind} replies taken", []).append((when, seen))
            if taken:
                changed = any(offer.gain < 1 for offer in taken)
                rates.setdefault("taken replies changed", []).append((when, changed))
        return rates

    def _decided(self, place: int, at: datetime, data: a.SuggestionDecided) -> None:
        self._offers.put(
            place,
            at=microseconds(at),
            read=int(data.decision is not Decision.IGNORED or data.seconds >= A_LOOK),
            taken=int(data.decision in _TAKEN),
            changed=data.edit_distance,
            length=len(data.final_text),
        )

    def _choices(self) -> Iterator[tuple[int, Sequence[_Offer]]]:
        """Yield when each choice was made, and the replies that a ranker orders, as they were decided on."""
        by_turn: dict[int, list[_Offer]] = {number: [] for number in self._turns.values()}
        for number, offer in self._decisions():
            by_turn[number].append(offer)
        for offers in by_turn.values():
            ranked = [offer for offer in offers if offer.kind in RANKED]
            others = any(offer.gain for offer in offers if offer.kind not in RANKED)
            if ranked and not others and any(offer.read for offer in offers):
                yield max(offer.at for offer in offers), ranked

    def _decisions(self) -> Iterator[tuple[int, _Offer]]:
        """Yield the turn and what was made of each reply that stood on a screen and was decided on."""
        names, kinds, lengths = list(self._places), self._replies.of("kind"), self._replies.of("length")
        columns = ("turn", "reply", "shown", "at", "read", "taken", "changed", "length")
        for turn, reply, shown, at, read, taken, changed, length in zip(
            *(self._offers.of(name).tolist() for name in columns), strict=True
        ):
            if NONE in {shown, at}:
                continue
            longest = max(int(lengths[reply]), length, 1)
            gain = self._marks.get(names[reply], max(0.0, 1 - changed / longest) if taken == 1 else 0.0)
            yield turn, _Offer(self._kinds[kinds[reply]], at, read == 1, gain)

    def _turn(self, where: str, turn: str) -> int:
        return self._turns.setdefault((where, turn), len(self._turns))

    def _reply(self, where: str, name: str) -> int:
        place = self._places.get((where, name))
        if place is None:
            place = self._places[where, name] = self._replies.add("")
        return place

    def _offer(self, turn: int, reply: int) -> int:
        place = self._offered.get((turn, reply))
        if place is None:
            place = self._offered[turn, reply] = self._offers.add("", turn=turn, reply=reply)
        return place
