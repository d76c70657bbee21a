"""Every conversation that the bot began, up to its hand-over and what came of it, in columns: a fold of events.

It holds numbers and ids, no text. What a customer's words mean for the timing (that they ask for a person, that an
answer was none, that they say the same again) is worked out as they come; of the words themselves small digests are
kept until the bot has the conversation no more. Conversations whose beginning lies before the stretch are left out.
"""

import re
from datetime import datetime
from typing import ClassVar, Final
from zlib import crc32

from console.assist.asked_for_person import asks_for_person
from console.assist.courtesy import is_courtesy
from console.assist.talk import READ
from console.assist.triggers import CROSS, TURNS, unhelped
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.bot_events import BotDecided, Outcome, ToolCalled
from console.conversation.escalation_events import EscalationJudged
from console.conversation.escalations import Timing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Layer
from console.review.reviewing.columns import NONE, Columns, Names
from console.review.reviewing.ledger import microseconds

KINDS: Final = (
    "conversation-opened", "message-added", "mood-read", "bot-decided", "tool-called", "routing-changed", "handed-over",
    "conversation-claimed", "suggestion-decided", "conversation-closed", "conversation-reopened", "escalation-judged",
)  # fmt: skip

TIMINGS: Final = tuple(Timing)
WHENS: Final = tuple(HandoverWhen)
LAYERS: Final = tuple(Layer)
_AUTONOMOUS: Final = LAYERS.index(Layer.AUTONOMOUS)
STAKES: Final = ("low", "medium", "high")
ZERO: Final = 1000
"""What stands in a column for a mood of nought: moods are in thousandths, and this more, so that none is negative."""

REASONS: Final = ("asked", "failed", "cross", "repeated")
"""What makes a person due. Each has the columns of :data:`_OF_REASON` behind its name."""

_OF_REASON: Final = ("", "_turn", "_at", "_seq", "_mood")
"""The message, the customer's turn, the moment, the event of the message, and the mood there."""

_COLUMNS: Final = (
    "conversation", "customer", "intent", "layer", "stakes", "opened", "generated", "messages", "turns", "bot",
    "newest", "newest_seq", "newest_at", "mood", "fails", "failing", "courtesy", "down",
    *(reason + part for reason in REASONS for part in _OF_REASON),
    "handed", "handed_seq", "handed_turn", "handed_message", "handed_mood", "when",
    "answered", "replies", "asked_on", "looked", "unchanged", "closed", "resolved", "reopened",
    "judgement", "judged", "rule", "lead",
)  # fmt: skip
"""Moments are in microseconds since 1970, ``…_turn`` and ``turns`` count the customer's turns from 1; ``messages``,
``newest``, ``handed_message`` and the reasons are places of messages, from 1; moods see :data:`ZERO`."""

_THANKS: Final = re.compile(
    r"^\W*(?:thanks?|thank you|thx|ta|cheers|great|perfect|brilliant|lovely|ok)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]{4,}|\d{3,}")
_FEWEST_WORDS: Final = 3
_SAME: Final = 0.7
"""Share of the words of two messages together that both have, from which they say the same."""

_MOST_SAID: Final = 8
"""Messages of a customer to the bot in which the same again is looked for, the newest."""


class Handovers:
    """The conversations so far, a row each."""

    KINDS: ClassVar[tuple[str, ...]] = KINDS

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.conversations, self.customers, self.intents, self.leads = Names(), Names(), Names(""), Names("")
        self.rows = Columns(_COLUMNS)
        self.unknown = 0
        """Hand-overs of conversations that began before the stretch."""
        self._places: dict[str, int] = {}
        self._said: dict[int, list[tuple[int, ...]]] = {}
        self._after_bot: set[int] = set()
        """Rows in which the bot has spoken since the customer last did."""

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        data = event.data
        if isinstance(data, e.ConversationOpened):
            self._opened(event, data)
            return
        place = self._places.get(event.conversation)
        if place is None:
            self.unknown += isinstance(data, e.HandedOver) and bool(data.triggers)
            return
        with_bot = self.rows.get(place, "handed") == NONE and self.rows.get(place, "closed") == NONE
        match data:
            case e.MessageAdded():
                self._wrote(event, place, data, with_bot=with_bot)
            case EscalationJudged():
                self._judged(event, place, data)
            case e.RoutingChanged() | BotDecided() | ToolCalled() | a.MoodRead() | e.HandedOver() if with_bot:
                self._with_bot(event, place, data)
            case _:
                self._later(event, place, data)

    def place(self, conversation: str) -> int | None:
        """Return the row of a conversation; ``None`` where it is not known."""
        return self._places.get(conversation)

    def _judged(self, event: e.Event, place: int, data: EscalationJudged) -> None:
        said = {"judgement": TIMINGS.index(data.timing), "rule": TIMINGS.index(data.by_rule)}
        self.rows.put(place, **said, judged=event.seq, lead=self.leads.number(data.by))

    def _opened(self, event: e.Event, data: e.ConversationOpened) -> None:
        if event.conversation in self._places:
            return
        self._places[event.conversation] = self.rows.add(
            "",
            conversation=self.conversations.number(event.conversation),
            customer=self.customers.number(data.customer.id) if data.customer.id else NONE,
            intent=0,
            opened=microseconds(event.at),
            generated=int(event.generated),
            messages=0, turns=0, newest=0, bot=0, fails=0, replies=0, asked_on=0, looked=0, unchanged=0, down=0,
        )  # fmt: skip

    def _with_bot(
        self,
        event: e.Event,
        place: int,
        data: e.RoutingChanged | BotDecided | ToolCalled | a.MoodRead | e.HandedOver,
    ) -> None:
        rows = self.rows
        match data:
            case e.RoutingChanged(routing=routing):
                stakes = STAKES.index(routing.stakes) if routing.stakes in STAKES else NONE
                intent = self.intents.number(routing.intent) if routing.intent else rows.get(place, "intent")
                handing = intent == rows.get(place, "intent") and rows.get(place, "layer") == _AUTONOMOUS
                layer = _AUTONOMOUS if handing else LAYERS.index(routing.layer)  # it leaves it when it hands over
                rows.put(place, stakes=stakes, intent=intent, layer=layer)
            case BotDecided(failed=True) if rows.get(place, "newest"):
                self._failed(place)
            case ToolCalled(outcome=outcome):
                rows.put(place, down=int(outcome not in {Outcome.FOUND, Outcome.NOT_FOUND}))
            case a.MoodRead(turn=turn, mood=mood):
                self._felt(place, turn, mood.score)
            case e.HandedOver(triggers=triggers):
                self._said.pop(place, None)
                rows.put(
                    place,
                    handed=microseconds(event.at),
                    handed_seq=event.seq,
                    handed_turn=rows.get(place, "turns"),
                    handed_message=max(1, rows.get(place, "newest")),
                    handed_mood=rows.get(place, "mood"),
                    when=WHENS.index(triggers[0].when) if triggers else NONE,
                )
            case _:
                pass

    def _wrote(self, event: e.Event, place: int, data: e.MessageAdded, *, with_bot: bool) -> None:
        rows = self.rows
        number = rows.get(place, "messages") + 1
        rows.put(place, messages=number)
        match data.role:
            case Author.BOT:
                rows.put(place, bot=rows.get(place, "bot") + 1)
                self._after_bot.add(place)
            case Author.CUSTOMER if with_bot:
                self._turn(event, place, data.text[:READ], number)
            case Author.CUSTOMER if rows.get(place, "replies") and not _THANKS.match(data.text):
                rows.put(place, asked_on=rows.get(place, "asked_on") + 1)
            case Author.SYSTEM if not with_bot:
                rows.put(place, looked=rows.get(place, "looked") + 1)
            case Author.AGENT:
                self._said.pop(place, None)
                first = {"answered": microseconds(event.at)} if rows.get(place, "answered") == NONE else {}
                rows.put(place, replies=rows.get(place, "replies") + 1, **first)
            case _:
                pass

    def _turn(self, event: e.Event, place: int, text: str, number: int) -> None:
        rows, answered = self.rows, place in self._after_bot
        first = rows.get(place, "newest") == 0
        self._after_bot.discard(place)
        turn = rows.get(place, "turns") + (answered or first)
        rows.put(place, turns=turn, newest=number, newest_seq=event.seq, newest_at=microseconds(event.at))
        if asks_for_person(text):
            self._due(place, "asked")
        if answered and rows.get(place, "courtesy") != 1 and unhelped(text):  # an answer to a courtesy is none
            self._failed(place)
        polite = is_courtesy(text) and (answered or first or rows.get(place, "courtesy") == 1)
        rows.put(place, courtesy=int(polite))
        words = tuple(sorted({crc32(word.lower().encode()) & 0xFFFF for word in _WORD.findall(text)}))
        earlier = self._said.setdefault(place, [])
        if answered and any(_same(words, other) for other in earlier[-_MOST_SAID:]):
            self._due(place, "repeated")
        earlier.append(words)

    def _failed(self, place: int) -> None:
        """Count a turn that failed, each once; the second one makes a person due."""
        turn, fails = self.rows.get(place, "turns"), self.rows.get(place, "fails")
        if self.rows.get(place, "failing") == turn:
            return
        self.rows.put(place, fails=fails + 1, failing=turn)
        if fails + 1 == TURNS:
            self._due(place, "failed")

    def _felt(self, place: int, turn: str, score: float) -> None:
        rows, mood = self.rows, round(max(-1.0, min(1.0, score)) * 1000) + ZERO
        rows.put(place, mood=mood)
        if turn != f"m{rows.get(place, 'newest')}":
            return
        if score <= CROSS:
            self._due(place, "cross")
        for reason in REASONS:
            if rows.get(place, reason) == rows.get(place, "newest"):
                rows.put(place, **{f"{reason}_mood": mood})

    def _due(self, place: int, reason: str) -> None:
        """Note that a person is due since the customer's newest message; the first of each reason stands."""
        rows = self.rows
        if rows.get(place, reason) == NONE:
            found = rows.get(place, "newest"), rows.get(place, "turns"), rows.get(place, "newest_at")
            values = (*found, rows.get(place, "newest_seq"), NONE)
            rows.put(place, **{reason + part: value for part, value in zip(_OF_REASON, values, strict=True)})

    def _later(self, event: e.Event, place: int, data: e.EventData) -> None:
        rows, at = self.rows, microseconds(event.at)
        match data:
            case a.SuggestionDecided(decision=Decision.ACCEPTED):
                rows.put(place, unchanged=rows.get(place, "unchanged") + 1)
            case e.ConversationClosed(resolved=resolved) if rows.get(place, "closed") == NONE:
                self._said.pop(place, None)
                self._after_bot.discard(place)
                rows.put(place, closed=at, resolved=int(resolved))
            case e.ConversationReopened() if rows.get(place, "reopened") == NONE and rows.get(place, "closed") != NONE:
                rows.put(place, reopened=at)
            case _:
                pass


def _same(words: tuple[int, ...], other: tuple[int, ...]) -> bool:
    one, two = set(words), set(other)
    return min(len(one), len(two)) >= _FEWEST_WORDS and len(one & two) >= _SAME * len(one | two)
