"""What the customer has asked and nobody has answered."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.courtesy import is_courtesy
from console.assist.sentences import texts
from console.assist.summary.wording import CLAUSE_END, WIDTH, bare, in_line, is_said
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message

_FEWEST_WORDS: Final = 3

_HOLDS: Final = re.compile(
    r"^(?:(?:(?:let me|allow me to|i(?:['’]ll| will| need to| have to)|we(?:['’]ll| will)) (?:just )?"
    r"(?:check|look|see|find out|ask|pass|connect|transfer|hand)|(?:just )?(?:one|a|give me a) (?:moment|second|"
    r"minute)|bear with|hold on|hang on|please (?:wait|hold|bear)|i(?:['’]m| am) (?:passing|bringing|sorry|looking|"
    r"checking)|(?:a|another|my) colleague|sorry|apologies|i (?:do )?understand|i see\b|thank(?:s| you)|hi|hello|hey|"
    r"sure|of course|certainly|ok|okay|right|great|good (?:morning|afternoon|evening))\b)",
    re.IGNORECASE,
)
"""How a sentence begins that puts an answer off, or is only polite."""
_ASKS_FOR: Final = re.compile(r"^(?:please|kindly) (?:give|provide|tell|send|enter|describe|confirm)\b", re.IGNORECASE)
_REQUEST: Final = re.compile(
    r"\b(?:can|could|would|will|may) (?:you|i|we|someone|somebody)\b|\bplease\b", re.IGNORECASE
)
"""What is to be done rather than said: who asks for more is at it."""


def still_open(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the customer's newest question that nobody has answered; who looks it up or asks back has not."""
    put_off = False
    for message in reversed(messages):
        if message.role in {Author.AGENT, Author.BOT}:
            if answers(message.text):
                break
            put_off = True
        if message.role is Author.CUSTOMER:
            asked = [
                t
                for t in bare(message.text)
                if t.endswith("?") and len(t.split()) >= _FEWEST_WORDS and not is_courtesy(t)
            ]
            if not asked and put_off:
                continue
            if asked and put_off and _REQUEST.search(asked[-1]):
                break
            lines = [SummaryLine(SummaryKind.OPEN, _ending(t), (message.id,)) for t in asked[-1:]]
            return tuple(line for line in lines if not is_said(line.text, known))
    return ()


def answers(text: str) -> bool:
    """Return whether a message of an agent or bot says anything, be it that they do not know."""
    return any(
        not sentence.endswith("?") and not _HOLDS.match(sentence) and not _ASKS_FOR.match(sentence)
        for sentence in texts(text)
    )


def _ending(question: str) -> str:
    """Return a question as it stands in a line: of one that is too long the last clauses, for there it asks."""
    question = " ".join(question.split())
    if len(question) <= WIDTH:
        return question
    starts = [match.start() for match in CLAUSE_END.finditer(question, len(question) - WIDTH)]
    telling = [s for s in starts if len(question[s:].split()) > _FEWEST_WORDS]
    return f"… {question[telling[0] :].lstrip(' ,;:–-')}" if telling else in_line(question)
