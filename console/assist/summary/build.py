"""The summary: who takes over knows in ten seconds what happened. Extractive: every line is somebody's words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from console.assist.facts import facts_of
from console.assist.flags.rules import steers
from console.assist.summary.cards import without_cards
from console.assist.summary.lines import fact_lines
from console.assist.summary.look_ups import looked_up
from console.assist.summary.open_questions import still_open
from console.assist.summary.promises import promised
from console.assist.summary.story import issue, tried
from console.assist.summary.wishes import wants
from console.assist.talk import Talk
from console.content.behaviours import Fact as Wanted
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.corrections import corrected

MOST_WORDS: Final = 90

_FIRST_TO_GO: Final = (SummaryKind.TRIED, SummaryKind.PROMISED, SummaryKind.WANTS)
"""Kinds that lose their oldest line when the summary grows too long."""


def summarise(talk: Talk, wanted: Iterable[Wanted] = ()) -> tuple[SummaryLine, ...]:
    """Return the summary of ``talk`` in the order of the kinds; ``wanted`` are facts the behaviours look for.

    What people corrected stands as they left it.
    """
    messages = talk.messages
    came_with = issue(messages)
    told = came_with + wants(messages, came_with)
    said = " ".join(line.text for line in came_with).lower()
    facts = [f for f in facts_of(messages, tuple(wanted), detailed=True) if f.label or f.value.lower() not in said]
    known = (*looked_up(messages), *fact_lines(facts, talk.customer))
    lines = (*told, *tried(messages), *promised(messages), *known, *still_open(messages, told))
    shown = (replace(line, text=without_cards(line.text)) for line in lines)
    return corrected(_within(tuple(line for line in shown if not steers(line.text))), talk.corrections)


def words(lines: Iterable[SummaryLine]) -> int:
    """Return the number of words of a summary."""
    return sum(len(line.text.replace("·", " ").split()) for line in lines)


def _within(lines: tuple[SummaryLine, ...]) -> tuple[SummaryLine, ...]:
    kept = list(lines)
    for kind in _FIRST_TO_GO:
        while words(kept) > MOST_WORDS and any(line.kind is kind for line in kept):
            kept.remove(next(line for line in kept if line.kind is kind))
    return tuple(kept)
