"""How each conversation went, as far as it tells routine from the rest: a fold of numbers, ids and event numbers."""

from datetime import datetime
from typing import ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Layer
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.review.reviewing.columns import NONE, Columns, Names
from console.review.reviewing.ledger import microseconds

COLUMNS: Final = (
    "opened", "at", "asked", "more", "said", "answered", "bot", "handed", "called", "mood", "intent", "layer",
    "closed", "resolved", "reopened", "generated",
)  # fmt: skip
"""``opened``, ``asked`` and ``more`` are numbers of events: of the opening, and of the customer's first two messages;
``said``, ``answered`` and ``bot`` count the messages of customer, agents and bot; ``mood`` is the lowest, in
thousandths; ``layer`` is the darkest; ``called`` is 1 where a lead was called, somebody passed it on, or a cross word
brought it to people."""

LAYERS: Final = (Layer.AUTONOMOUS, Layer.ASSISTED, Layer.HUMAN_ONLY)


class Openings:
    """Conversations that began in the stretch, a row each; what happens to others is left out."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "conversation-opened",
        "message-added",
        "routing-changed",
        "handed-over",
        "mood-read",
        "lead-called",
        "conversation-transferred",
        "conversation-closed",
        "conversation-reopened",
    )

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.rows = Columns(COLUMNS)
        self.intents = Names("")
        self._places: dict[str, int] = {}

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        if isinstance(event.data, e.ConversationOpened):
            if event.conversation not in self._places:
                nothing = dict.fromkeys(("said", "answered", "bot", "handed", "called", "resolved", "reopened"), 0)
                begun = {"opened": event.seq, "at": microseconds(event.at), "generated": int(event.generated)}
                self._places[event.conversation] = self.rows.add(event.conversation, **begun, **nothing, intent=0)
            return
        place = self._places.get(event.conversation)
        if place is not None:
            self._happened(place, event)

    def _happened(self, place: int, event: e.Event) -> None:
        rows = self.rows
        match event.data:
            case e.MessageAdded() as message:
                self._written(place, message, event.seq)
            case e.RoutingChanged(routing=routing):
                layer = max(rows.get(place, "layer"), LAYERS.index(routing.layer))
                rows.put(
                    place, layer=layer, **({"intent": self.intents.number(routing.intent)} if routing.intent else {})
                )
            case e.HandedOver(triggers=triggers):
                cross = any(trigger.when is HandoverWhen.MOOD for trigger in triggers)
                rows.put(
                    place, handed=rows.get(place, "handed") + 1, called=int(cross or rows.get(place, "called") == 1)
                )
            case a.MoodRead(mood=mood):
                score, lowest = round(mood.score * 1000), rows.get(place, "mood")
                rows.put(place, mood=score if lowest == NONE else min(lowest, score))
            case LeadCalled() | ConversationTransferred():
                rows.put(place, called=1)
            case e.ConversationClosed(resolved=resolved):
                rows.put(place, closed=event.seq, resolved=int(resolved))
            case e.ConversationReopened():
                rows.put(place, reopened=1)
            case _:
                pass

    def _written(self, place: int, message: e.MessageAdded, seq: int) -> None:
        rows = self.rows
        match message.role:
            case Author.CUSTOMER:
                said = rows.get(place, "said")
                rows.put(place, said=said + 1, **({"asked": seq} if said == 0 else {"more": seq} if said == 1 else {}))
            case Author.AGENT:
                rows.put(place, answered=rows.get(place, "answered") + 1)
            case Author.BOT:
                rows.put(place, bot=rows.get(place, "bot") + 1)
            case _:
                pass
