"""The summary: who takes over knows in ten seconds what happened. Extractive: every line is somebody's words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from console.assist.facts import facts_of
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.summary import story
from console.assist.summary.lines import fact_lines
from console.assist.talk import Talk
from console.content.behaviours import Fact as Wanted
from console.conversation.assistance import SummaryKind, SummaryLine

MOST_WORDS: Final = 90

_FIRST_TO_GO: Final = (SummaryKind.TRIED, SummaryKind.PROMISED, SummaryKind.WANTS)
"""Kinds that lose their oldest line when the summary grows too long."""


def summarise(talk: Talk, wanted: Iterable[Wanted] = ()) -> tuple[SummaryLine, ...]:
    """Return the summary of ``talk`` in the order of the kinds; ``wanted`` are facts the behaviours look for."""
    messages = talk.messages
    issue = story.issue(messages)
    wants = story.wants(messages, issue)
    tried = story.tried(messages)
    promised = story.promised(messages)
    told = issue + wants
    facts = facts_of(messages, tuple(wanted))
    lines = (*told, *tried, *promised, *fact_lines(facts, talk.customer), *story.still_open(messages, told))
    return _within(tuple(replace(line, text=_without_cards(line.text)) for line in lines))


def words(lines: Iterable[SummaryLine]) -> int:
    """Return the number of words of a summary."""
    return sum(len(line.text.replace("·", " ").split()) for line in lines)


def _without_cards(text: str) -> str:
    """Return ``text`` with all but the last four digits of card numbers hidden: whoever takes over needs no more."""
    for entity in reversed(entities(text)):
        if entity.kind is Kind.CARD:
            text = f"{text[: entity.start]}•••• {entity.text[-4:]}{text[entity.end :]}"
    return text


def _within(lines: tuple[SummaryLine, ...]) -> tuple[SummaryLine, ...]:
    kept = list(lines)
    for kind in _FIRST_TO_GO:
        while words(kept) > MOST_WORDS and any(line.kind is kind for line in kept):
            kept.remove(next(line for line in kept if line.kind is kind))
    return tuple(kept)
