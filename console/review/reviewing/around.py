"""What stood beside a suggestion, and what happened next: in words, from the events around it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.conversation.reviews import Exchange
from console.text import shorten

BEFORE: Final = 60
"""Numbers before a suggestion from which on events of its conversation are looked at."""

_LONGEST: Final = 400


def asked_words(before: Iterable[e.Event]) -> str:
    """Return what the customer wrote last; empty where it is not among these events."""
    said = [x.data.text for x in before if isinstance(x.data, e.MessageAdded) and x.data.role is Author.CUSTOMER]
    return shorten(said[-1], _LONGEST) if said else ""


def beside_words(before: Iterable[e.Event], exchange: Exchange) -> tuple[str, ...]:
    """Return what was found for the same message: articles, the other replies, and what was not shown."""
    return tuple(_beside(before, exchange))


def _beside(before: Iterable[e.Event], exchange: Exchange) -> Iterator[str]:
    mood = ""
    for event in before:
        match event.data:
            case a.MoodRead(turn=turn, mood=read) if turn == exchange.message:
                mood = f"mood {read.score:+.2f}, {read.label}"
            case a.KnowledgeFound(turn=turn, hits=hits) if turn == exchange.message:
                for hit in hits:
                    yield f"article found: {hit.document}, score {hit.score:.2f}"
            case a.RepliesSuggested(turn=turn) as made if turn == exchange.message and event.seq == _made(exchange):
                yield from _replies(made, exchange.subject)
            case _:
                pass
    if mood:
        yield mood


def _made(exchange: Exchange) -> int:
    return exchange.events[0].seq


def _replies(made: a.RepliesSuggested, subject: str) -> Iterator[str]:
    for place, one in enumerate(made.suggestions, 1):
        if one.id != subject:
            source = next((f"{s.type}:{s.id}" for s in one.sources), one.kind)
            yield f"reply {place}: {source}, score {one.score:.2f}: {shorten(one.text, 120)}"
    for passed in made.passed_over:
        yield f"not shown: {passed.source or 'a past reply'}, score {passed.score:.2f}: {passed.why}"
    if made.fewer:
        yield f"fewer shown: {made.fewer}"
    versions = ", ".join(f"{name} {version[:12]}" for name, version in sorted(made.versions.items()) if version)
    if versions:
        yield f"made with {versions}"


def next_words(after: Sequence[e.Event], turn: str) -> str:
    """Return what happened next: the customer's next message with their mood, or whatever came instead."""
    del turn
    said, words = "", list[str]()
    for event in after:
        match event.data:
            case e.MessageAdded(role=Author.CUSTOMER, text=text) if not said:
                said = f"customer: “{shorten(text, _LONGEST)}”"
            case e.MessageAdded(role=Author.AGENT) if said:
                break
            case a.MoodRead(mood=mood) if said:
                words.append(f"mood {mood.score:+.2f}, {mood.label}, {mood.trend}")
                break
            case LeadCalled():
                words.append("a lead was called")
            case ConversationTransferred(name=name, skill=skill):
                words.append(f"passed on to {name or skill or 'the queue'}")
            case e.ConversationClosed(disposition=disposition):
                words.append(f"closed: {disposition}")
            case e.ConversationReopened() if event.actor.startswith("customer:"):
                words.append("the customer came back")
            case _:
                pass
    return " · ".join(part for part in (said, *words) if part)
