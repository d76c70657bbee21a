"""Replays a conversation through the engine, message by message, in the shape of the ``assist`` command."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from console.assist.engine import Engine
from console.assist.routing import FALLBACK
from console.assist.talk import Talk
from console.conversation.assist_events import (
    FlagsRaised,
    KnowledgeFound,
    MoodRead,
    NextStepProposed,
    RepliesSuggested,
    SummaryUpdated,
)
from console.conversation.assistance import (
    Citation,
    Flag,
    KnowledgeHit,
    Mood,
    NextStep,
    SourceType,
    Suggestion,
    SummaryLine,
)
from console.conversation.events import EventData, RoutingChanged
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer

_TYPES: Final = {SourceType.BEHAVIOUR: SourceType.POLICY.value}
"""What a source is called where the command has no name of its own for it: a procedure is policy too."""


def replay(
    engine: Engine,
    conversation: str,
    customer: Customer,
    messages: tuple[Message, ...],
    agent: str = "",
    today: date | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield one JSON object for every message that is not the agent's, each seeing only what came before it.

    Routing, moods and standing flags are carried on as on the live desk. The day is that of the message, or ``today``
    where the messages do not say when they were written. The keys are those of the ``assist`` command.
    """
    talk = Talk(conversation, customer, (), agent)
    mood: Mood | None = None
    for place, message in enumerate(messages):
        if message.role is Author.AGENT:
            continue
        talk = replace(talk, messages=messages[: place + 1], today=message.at.date() if message.at else today)
        events = list(engine.turn(talk))
        mood = next((e.mood for e in reversed(events) if isinstance(e, MoodRead)), mood)
        talk = _carried(talk, events)
        if _human_only(talk):
            mood = None
        yield _line(talk, events, mood)


def _carried(talk: Talk, events: list[EventData]) -> Talk:
    for event in events:
        match event:
            case RoutingChanged(routing=routing):
                talk = replace(talk, routing=routing)
            case FlagsRaised(flags=flags):
                talk = replace(talk, raised=talk.raised | {flag.id for flag in flags})
            case MoodRead(turn=turn, mood=mood):
                talk = replace(talk, moods={**talk.moods, turn: mood.score})
            case _:
                pass
    return talk


def _human_only(talk: Talk) -> bool:
    return talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY


def _line(talk: Talk, events: list[EventData], mood: Mood | None) -> dict[str, Any]:
    routing = talk.routing or FALLBACK
    line: dict[str, Any] = {
        "conversation": talk.conversation,
        "turn": talk.turn,
        "ms": {},
        "summary": [],
        "replies": [],
        "next_step": None,
        "knowledge": [],
        "flags": [],
        "mood": _mood(mood) if mood else None,
        "routing": {
            "intent": routing.intent,
            "layer": routing.layer.value,
            "tier": routing.tier,
            "reasons": list(routing.reasons),
        },
    }
    for event in events:
        match event:
            case SummaryUpdated(lines=lines, ms=ms):
                line["summary"], line["ms"]["summary"] = [_summary(s) for s in lines], ms
            case RepliesSuggested(suggestions=suggestions, ms=ms):
                line["replies"], line["ms"]["replies"] = [_reply(s) for s in suggestions], ms
            case NextStepProposed(step=step, ms=ms):
                line["next_step"], line["ms"]["next_step"] = _step(step) if step else None, ms
            case KnowledgeFound(hits=hits, ms=ms):
                line["knowledge"], line["ms"]["knowledge"] = [_hit(h) for h in hits], ms
            case FlagsRaised(flags=flags, ms=ms):
                line["flags"] += [_flag(f) for f in flags]
                line["ms"]["flags"] = round(line["ms"].get("flags", 0.0) + ms, 3)
            case MoodRead(ms=ms):
                line["ms"]["mood"] = ms
            case _:
                pass
    line["ms"]["total"] = round(sum(line["ms"].values()), 3)
    return line


def _summary(line: SummaryLine) -> dict[str, Any]:
    return {"kind": line.kind.value, "text": line.text, "sources": list(line.sources)}


def _reply(reply: Suggestion) -> dict[str, Any]:
    return {
        "text": reply.text,
        "kind": reply.kind,
        "score": reply.score,
        "support": reply.support.value,
        "unsupported": list(reply.unsupported),
        "sources": _sources(reply.sources),
    }


def _step(proposed: NextStep) -> dict[str, Any]:
    step = proposed.step
    return {
        "text": step.text,
        "cases": step.cases,
        "similar": proposed.similar,
        "resolved": step.resolved,
        "sources": _sources(proposed.sources),
    }


def _sources(citations: Sequence[Citation]) -> list[dict[str, str]]:
    return [{"type": _TYPES.get(c.type, c.type.value), "id": c.id, "passage": c.passage} for c in citations]


def _hit(hit: KnowledgeHit) -> dict[str, Any]:
    return {
        "document": hit.document,
        "title": hit.title,
        "passage": hit.passage,
        "score": hit.score,
        "status": hit.status,
        "audience": hit.audience,
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "policy": flag.policy,
        "severity": flag.severity.value,
        "message": flag.message,
        "span": flag.span,
        "advice": flag.advice,
    }


def _mood(mood: Mood) -> dict[str, Any]:
    return {"score": mood.score, "label": mood.label, "trend": mood.trend, "escalation_risk": mood.escalation_risk}
