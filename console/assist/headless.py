"""Replays a conversation through the engine, message by message, in the shape of the ``assist`` command."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from console.assist.engine import Engine
from console.assist.routing import FALLBACK
from console.assist.talk import Talk
from console.conversation.assist_events import (
    FlagsRaised,
    KnowledgeFound,
    MoodRead,
    RepliesSuggested,
    SummaryUpdated,
)
from console.conversation.assistance import Flag, KnowledgeHit, Mood, Suggestion, SummaryLine
from console.conversation.events import EventData, RoutingChanged
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer


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
            case KnowledgeFound(hits=hits, ms=ms):
                line["knowledge"], line["ms"]["knowledge"] = [_hit(h) for h in hits], ms
            case FlagsRaised(flags=flags, ms=ms):
                line["flags"] += [_flag(f) for f in flags]
                line["ms"]["flags"] = line["ms"].get("flags", 0.0) + ms
            case MoodRead(ms=ms):
                line["ms"]["mood"] = ms
            case _:
                pass
    line["ms"]["total"] = round(sum(line["ms"].values()), 3)
    return line


def _summary(line: SummaryLine) -> dict[str, Any]:
    return {"kind": line.kind.value, "text": line.text, "sources": list(line.sources)}


def _reply(reply: Suggestion) -> dict[str, Any]:
    sources = [{"type": s.type.value, "id": s.id, "passage": s.passage} for s in reply.sources]
    return {
        "text": reply.text,
        "kind": reply.kind,
        "score": reply.score,
        "support": reply.support.value,
        "sources": sources,
    }


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
