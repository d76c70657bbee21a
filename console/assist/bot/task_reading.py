"""What a customer's words say about a fact that was asked for: its value, that there is none, or something else."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from console.assist.bot.deeds import asks_for_deed
from console.assist.facts import facts_of
from console.assist.flags.rules import without_steering
from console.assist.greetings import without_greeting
from console.assist.ruled_out import ruled_out
from console.assist.sentences import texts
from console.assist.shapes import completed, in_pieces, plainly, with_whole_days
from console.content.behaviours import Fact
from console.conversation.message import Message
from console.conversation.tasks import Got, TaskFact, TaskKind
from console.text import shorten

LONGEST: Final = 200
"""Characters of an answer that is kept; whoever wants all of it reads the message."""

_DIGITS: Final = re.compile(r"(?<![\w£$€.,/+-])(?<![£$€] )\d{3,}(?!\w|[.,/:-]\d| ?[%£$€])")
"""A number by itself: no part of a code, a sum or a date."""

_LACKS: Final = re.compile(
    r"\b(?:(?:don['’]?t|do not|haven['’]?t|have not|didn['’]?t|never) (?:really |actually )?"
    r"(?:have|got|get|know|remember|keep|kept|see|take|took|receive|received)|"
    r"(?:can['’]?t|can not|cannot|couldn['’]?t|could not|unable to|not able to) "
    r"(?:find|see|remember|tell|say|take|send|upload|attach|get|locate)|"
    r"no idea|no clue|not sure|(?:have|got) (?:no|none)\b|lost (?:it|the|my)|threw|"
    r"thrown (?:it )?away|deleted|rather not|won['’]?t (?:give|tell|send|say)|none of your)",
    re.IGNORECASE,
)
"""How people say that they do not have what they are asked for, or will not give it."""

_TO_COME: Final = re.compile(
    r"\b(?:(?:one|a|just a|half a) (?:moment|minute|min|sec|second|tick)|hang on|hold on|bear with|"
    r"wait (?:a|one|while|please)|let me (?:look|check|find|get|see|fetch|take|grab|dig)|will do|"
    r"(?:i['’]?ll|i will|i am going to|i['’]?m going to) (?:look|check|find|get|fetch|take|send|grab|dig))\b|"
    r"^\W{0,3}wait\W{0,3}$",
    re.IGNORECASE,
)
"""How people say that the answer is to come."""

_ASSENT: Final = re.compile(
    r"^\W{0,3}(?:(?:ok(?:ay)?|sure|yes|yep|yeah|no|nope|of course|no problem|alright|right|please)\W{1,3}){1,3}$",
    re.IGNORECASE,
)
"""Words that agree or decline and tell nothing else; a blank is put behind them."""

_THANKS: Final = re.compile(
    r"^\W{0,3}(?:(?:ok(?:ay)?|great|perfect|lovely|many|thanks?|thank you|thx|cheers|ta|so much|very much|a lot|bye|"
    r"goodbye|hello|hi)\W{1,3}){1,6}$",
    re.IGNORECASE,
)
"""Thanks and greetings alone; a blank is put behind them."""

_CLOSED: Final = re.compile(
    r"^(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|may|shall)\b", re.IGNORECASE
)
"""How a question begins to which a yes or a no is an answer."""

_ASKS: Final = re.compile(
    r"\?\W{0,3}$|^(?:and |but |so |also |or |then )?(?:what|when|how|where|why|which|who|whose|(?:can|could|will|would|"
    r"do|did|are|have) you|(?:can|could|may|should|do) i|is (?:it|there|that|my)|will (?:it|this|my))\b",
    re.IGNORECASE,
)


def values(
    facts: Sequence[TaskFact], shapes: Sequence[Fact | None], messages: Sequence[Message], asked: str = ""
) -> tuple[Got, ...]:
    """Return what ``messages`` of the customer give of these facts that look in a certain way, or are files.

    ``shapes`` says for each fact how the behaviour describes it, ``None`` where it does not. Of the one whose slot was
    ``asked`` for, figures without their prefix and codes with gaps in them count too.
    """
    found: list[Got] = []
    for fact, shape in zip(facts, shapes, strict=True):
        if fact.kind is TaskKind.FILE:
            file = next(((m, a) for m in messages for a in m.attachments), None)
            if file:
                found.append(Got(fact.slot, shorten(file[1].name, LONGEST), file[0].id))
        elif shape is not None and shape.pattern is not None:
            given = [f for f in facts_of(messages, (shape,)) if f.slot == fact.slot and shape.pattern.search(f.value)]
            told = [(f.value, f.message) for f in given]
            if not told and fact.slot == asked:
                others = [s.pattern for s in shapes if s is not None and s is not shape and s.pattern]
                read = ((value_in(m.text, shape.pattern, others), m.id) for m in messages)
                told = [(value, message) for value, message in read if value]
            if told:
                found.append(Got(fact.slot, shorten(told[-1][0], LONGEST), told[-1][1]))
    return tuple(found)


def value_in(text: str, pattern: re.Pattern[str], others: Sequence[re.Pattern[str]]) -> str:
    """Return the value of a fact that was asked for, as its pattern has it; empty for none, or no saying which.

    ``others`` are the patterns of what was asked for as well: figures that may be one of those are not guessed at.
    """
    plain = plainly(unicodedata.normalize("NFKC", text))
    for written in (plain, with_whole_days(plain)):
        whole = [m for m in pattern.finditer(written) if not ruled_out(written, *m.span())]
        if whole:
            return whole[0].group().strip()
    pieces = {value for value, start, end in in_pieces(plain, pattern) if not ruled_out(plain, start, end)}
    if len(pieces) == 1:
        return pieces.pop()
    bare = [m for m in _DIGITS.finditer(plain) if not ruled_out(plain, *m.span())]
    digits = {m.group() for m in bare if not any(other.search(m.group()) for other in others)}
    found = {value for number in digits if (value := completed(number, pattern))}
    return found.pop() if len(found) == 1 else ""


def told(fact: TaskFact, messages: Sequence[Message]) -> Got | None:
    """Return the answer to a question whose answers look in no certain way: what was written, where it tells any."""
    for message in messages:
        text = without_greeting(without_steering(message.text))
        empty = not text or text == "…" or _THANKS.search(f"{text} ")
        to_come = _TO_COME.search(text) or (_ASSENT.search(f"{text} ") and not _CLOSED.search(fact.ask))
        if not empty and not to_come and not asks(text) and not lacks(text):
            return Got(fact.slot, shorten(" ".join(text.split()), LONGEST), message.id)
    return None


def told_in(text: str) -> bool:
    """Return whether words tell anything: no thanks, no assent, nothing that is only to come, asked or lacking."""
    said = f"{text} "
    return (
        bool(text.strip(" …"))
        and not any(p.search(said) for p in (_THANKS, _TO_COME, _ASSENT))
        and not (asks(text) or lacks(text) or wants_a_deed(text))
    )


def asks(text: str) -> str:
    """Return the first sentence that asks something; empty where none does."""
    return next((piece for piece in texts(without_greeting(text)) if _ASKS.search(piece)), "")


def lacks(text: str) -> bool:
    """Return whether the customer says that they do not have it, or will not give it."""
    return _LACKS.search(text) is not None


def holds_on(text: str) -> bool:
    """Return whether the customer says that the answer is to come, or no more than yes, no or thanks."""
    said = f"{text} "
    return any(pattern.search(said) for pattern in (_TO_COME, _ASSENT, _THANKS))


def wants_a_deed(text: str) -> bool:
    """Return whether the customer asks for something to be done."""
    return asks_for_deed(text)
