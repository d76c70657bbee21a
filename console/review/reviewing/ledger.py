"""Every suggestion and flag of a stretch of the log, with what became of it, in columns: a fold of events.

It holds numbers and ids, no text: what was said is read from the log when somebody looks, so that what is erased there
is gone here. Give it the events of :data:`KINDS` in the order of their numbers.
"""

from datetime import UTC, datetime
from typing import ClassVar, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, SourceType, Suggestion, Support
from console.conversation.review_events import ChangeMarked, ChangeUnmarked, FlagJudged, SuggestionJudged
from console.conversation.reviews import Change, Judgement, ReviewQueue
from console.review.reviewing.automatic import marked_by_itself
from console.review.reviewing.columns import NONE, Columns, Names, thousandths

KINDS: Final = (
    "routing-changed",
    "replies-suggested",
    "suggestions-shown",
    "suggestion-decided",
    "suggestion-rated",
    "flags-raised",
    "flag-dismissed",
    "suggestion-judged",
    "flag-judged",
    "change-marked",
    "change-unmarked",
    "content-published",
    "ranker-published",
)
"""The kinds of events that it reads."""

DECISIONS: Final = tuple(Decision)
JUDGEMENTS: Final = tuple(Judgement)
QUEUES: Final = tuple(ReviewQueue)

_SUGGESTION: Final = (
    "conversation", "kind", "source", "intent", "team", "turn", "agent", "decision", "at", "waited", "changed", "score",
    "evidence", "generated", "length", "size", "engine", "stars", "thumb", "judgement", "queue",
    "made", "shown", "decided", "rated", "judged",
)  # fmt: skip
"""Columns of a suggestion. ``at`` is when it was decided on, in microseconds since 1970; ``waited`` and ``score`` are
in thousandths, ``length`` and ``size`` are characters sent and suggested, ``thumb`` is 1 for up and 0 for down;
``made`` and what follows are numbers of events."""

_FLAG: Final = (
    "conversation", "kind", "intent", "team", "turn", "at", "generated", "judgement", "queue", "made", "decided",
    "judged",
)  # fmt: skip


_EVIDENCE: Final = frozenset({SourceType.ARTICLE, SourceType.POLICY})
_NO_SOURCE: Final = frozenset({SourceType.PAST, SourceType.MESSAGE})
"""Those are no one's source again."""


class Ledger:
    """The suggestions and flags so far."""

    KINDS: ClassVar[tuple[str, ...]] = KINDS

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.read = 0
        """The number of the newest event that it has taken in."""
        self.conversations, self.kinds, self.intents, self.teams = Names(), Names(), Names(""), Names("")
        self.turns, self.agents, self.sources = Names(), Names(), Names("")
        self.engines = Names("")
        self.suggestions, self.flags = Columns(_SUGGESTION), Columns(_FLAG)
        self.changes: dict[str, Change] = {}
        """What leads marked, and what the desk marked by itself, by id."""
        self._places: dict[tuple[int, str], int] = {}
        self._flag_places: dict[tuple[int, str], int] = {}
        self._routed: dict[int, tuple[int, int]] = {}

    def take(self, event: e.Event) -> None:
        """Take in an event; one that it has seen already changes nothing."""
        if event.seq <= self.read:
            return
        self.read = event.seq
        conversation = self.conversations.number(event.conversation)
        match event.data:
            case e.RoutingChanged(routing=routing):
                team = routing.skills[0] if routing.skills else ""
                self._routed[conversation] = self.intents.number(routing.intent), self.teams.number(team)
            case a.RepliesSuggested(suggestions=made) as replies:
                engine = self.engines.number(_engine(replies)) if made else NONE
                for suggestion in made:
                    self._made(event, conversation, replies.turn, engine, suggestion)
            case a.SuggestionsShown(suggestions=names):
                for name in names:
                    self._put(conversation, name, shown=event.seq, agent=self._agent(event))
            case a.SuggestionDecided() | a.SuggestionRated() | SuggestionJudged():
                self._said(event, conversation, event.data)
            case a.FlagsRaised() | a.FlagDismissed() | FlagJudged():
                self._flagged(event, conversation, event.data)
            case _:
                self._changed(event)

    def _changed(self, event: e.Event) -> None:
        match event.data:
            case ChangeMarked(change=change, on=on, words=words, by=by):
                self.changes[change] = Change(change, on, words, by)
            case ChangeUnmarked(change=change):
                self.changes.pop(change, None)
            case _ if found := marked_by_itself(event):
                self.changes[found.id] = found
            case _:
                pass

    def place(self, conversation: str, subject: str, *, is_flag: bool) -> int | None:
        """Return the row of a suggestion or flag; ``None`` where it is not known."""
        places = self._flag_places if is_flag else self._places
        return places.get((self.conversations.find(conversation), subject))

    def _made(self, event: e.Event, conversation: int, turn: str, engine: int, suggestion: Suggestion) -> None:
        key = conversation, suggestion.id
        if key in self._places:
            return
        intent, team = self._routed.get(conversation, (0, 0))
        evidence = suggestion.support is Support.FULL and any(s.type in _EVIDENCE for s in suggestion.sources)
        source = next((f"{s.type}:{s.id}" for s in suggestion.sources if s.type not in _NO_SOURCE), "")
        self._places[key] = self.suggestions.add(
            suggestion.id,
            conversation=conversation,
            kind=self.kinds.number(suggestion.kind),
            source=self.sources.number(source),
            intent=intent,
            team=team,
            turn=self.turns.number(turn),
            score=thousandths(suggestion.score),
            evidence=int(evidence),
            generated=int(event.generated),
            size=len(suggestion.text),
            engine=engine,
            made=event.seq,
        )

    def _said(
        self, event: e.Event, conversation: int, data: a.SuggestionDecided | a.SuggestionRated | SuggestionJudged
    ) -> None:
        name = data.suggestion
        match data:
            case a.SuggestionDecided():
                self._put(
                    conversation,
                    name,
                    decision=DECISIONS.index(data.decision),
                    at=microseconds(event.at),
                    waited=thousandths(data.seconds),
                    changed=data.edit_distance,
                    length=len(data.final_text),
                    decided=event.seq,
                )
            case a.SuggestionRated(thumb=thumb, stars=stars):
                up = {"thumb": int(thumb > 0)} if thumb else {}
                self._put(conversation, name, rated=event.seq, **up, **({"stars": stars} if stars else {}))
            case SuggestionJudged(verdict=verdict, queue=queue):
                self._put(conversation, name, judged=event.seq, **_judged(verdict, queue))

    def _flagged(self, event: e.Event, conversation: int, data: a.FlagsRaised | a.FlagDismissed | FlagJudged) -> None:
        match data:
            case a.FlagsRaised(turn=turn, flags=raised):
                for flag in raised:
                    self._flag(event, conversation, flag.id, flag.policy, turn)
            case a.FlagDismissed(flag=name, policy=policy):
                place = self._flag(event, conversation, name, policy, "")
                self.flags.put(place, at=microseconds(event.at), decided=event.seq)
            case FlagJudged(flag=name, policy=policy, verdict=verdict, queue=queue):
                place = self._flag(event, conversation, name, policy, "")
                self.flags.put(place, judged=event.seq, **_judged(verdict, queue))

    def _flag(self, event: e.Event, conversation: int, name: str, policy: str, turn: str) -> int:
        """Return the row of a flag, a new one where it is not known."""
        place = self._flag_places.get((conversation, name))
        if place is None:
            intent, team = self._routed.get(conversation, (0, 0))
            place = self._flag_places[conversation, name] = self.flags.add(
                name,
                conversation=conversation,
                kind=self.kinds.number(policy),
                intent=intent,
                team=team,
                turn=self.turns.number(turn),
                generated=int(event.generated),
                made=event.seq,
            )
        return place

    def _put(self, conversation: int, name: str, **values: int) -> int | None:
        """Change a suggestion's row, and return it; nothing for one that was made before the stretch began."""
        place = self._places.get((conversation, name))
        if place is not None:
            self.suggestions.put(place, **values)
        return place

    def _agent(self, event: e.Event) -> int:
        return self.agents.number(event.actor)


def _engine(replies: a.RepliesSuggested) -> str:
    """Return what made them: the engine with its version, which is in the versions, or the language model's name."""
    version = replies.versions.get("engine", "")
    return version if version.startswith(replies.engine) else replies.engine


def microseconds(at: datetime) -> int:
    """Return a moment as microseconds since 1970."""
    return round(at.timestamp() * 1_000_000)


def moment(value: int) -> datetime:
    """Return the moment of :func:`microseconds`."""
    return datetime.fromtimestamp(value / 1_000_000, UTC)


def _judged(verdict: Judgement, queue: ReviewQueue | None) -> dict[str, int]:
    return {"judgement": JUDGEMENTS.index(verdict), "queue": QUEUES.index(queue) if queue else NONE}
