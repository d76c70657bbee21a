"""The summary: who takes over knows in ten seconds what happened. Extractive: every line is somebody's words."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from console.assist.facts import facts_of
from console.assist.flags.rules import steers
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.summary import story
from console.assist.summary.lines import fact_lines
from console.assist.talk import Talk
from console.content.behaviours import Fact as Wanted
from console.conversation.assistance import SummaryKind, SummaryLine

MOST_WORDS: Final = 90

_BESIDE_CARD: Final = re.compile(
    r"(?<![\d-])(?:0[1-9]|1[0-2])[ /.-]{1,3}(?:20)?\d{2}(?![\d-])|\b(?:cvv2?|cvc2?|code) ?:? ?\d{3,4}\b", re.IGNORECASE
)
"""The date of expiry and the code that stand beside a card number."""

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
    said = " ".join(line.text for line in issue).lower()
    facts = [f for f in facts_of(messages, tuple(wanted), detailed=True) if f.label or f.value.lower() not in said]
    known = (*story.looked_up(messages), *fact_lines(facts, talk.customer))
    lines = (*told, *tried, *promised, *known, *story.still_open(messages, told))
    shown = (replace(line, text=_without_cards(line.text)) for line in lines)
    return _within(tuple(line for line in shown if not steers(line.text)))


def words(lines: Iterable[SummaryLine]) -> int:
    """Return the number of words of a summary."""
    return sum(len(line.text.replace("·", " ").split()) for line in lines)


def _without_cards(text: str) -> str:
    """Return ``text`` with card numbers hidden but for four digits, and with their dates and codes.

    Whoever takes over needs no more.
    """
    cards = [entity for entity in entities(text) if entity.kind is Kind.CARD]
    for card in reversed(cards):
        before, after = (_BESIDE_CARD.sub("••", rest) for rest in (text[: card.start], text[card.end :]))
        text = f"{before}•••• {card.text[-4:]}{after}"
    return text


def _within(lines: tuple[SummaryLine, ...]) -> tuple[SummaryLine, ...]:
    kept = list(lines)
    for kind in _FIRST_TO_GO:
        while words(kept) > MOST_WORDS and any(line.kind is kind for line in kept):
            kept.remove(next(line for line in kept if line.kind is kind))
    return tuple(kept)
