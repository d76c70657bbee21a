"""All that the bot says in a task: who it is, the question, another try, and that all is there."""

import re
from collections.abc import Sequence
from typing import Final

from console.conversation.tasks import Task, TaskFact, TaskKind, listed

ANYONE: Final = "a colleague"
"""Who goes on where no name is known."""

FILE_ASK: Final = "Could you send me a photo of it, or the file?"

FILE_NAME: Final = "a photo or file"

_COUNTED: Final = {1: "one thing", 2: "two things", 3: "three things", 4: "four things", 5: "five things"}
_BESIDE: Final = re.compile(r" \([^()]{0,80}\)$")


def first(task: Task, fact: TaskFact, company: str) -> str:
    """Return the first question, with who asks and for whom."""
    count = _COUNTED.get(len(task.facts), "a few things")
    if task.waiting:
        whose = f"{company}'s" if company else "the"
        return f"I'm {whose} automated assistant. While you wait, I'd like to ask you for {count}. {fact.ask}"
    name = _first_name(task.name)
    whose = f"{name}'s" if name else "the"
    return (
        f"I'm {whose} automated assistant. While {name or ANYONE} looks into this, I'd like to ask you for {count}. "
        f"{fact.ask}"
    )


def further(fact: TaskFact) -> str:
    """Return the next question."""
    return f"Thank you. {fact.ask}"


def again(fact: TaskFact) -> str:
    """Return the second try."""
    what = FILE_NAME if fact.kind is TaskKind.FILE else f"the {plain(fact.name)}"
    trouble = "Sorry, I didn't get that." if fact.kind is TaskKind.QUESTION else f"Sorry, I can't see {what} in that."
    return f"{trouble} {fact.ask}"


def complete(task: Task) -> str:
    """Return the last words: what is there, and who goes on. No value is repeated."""
    name = _first_name(task.name)
    goes_on = "a colleague goes on from here." if task.waiting or not name else f"{name} goes on now."
    return f"Thank you, I have {listed([_given(fact) for fact in task.facts])}. {goes_on[:1].upper()}{goes_on[1:]}"


def plain(name: str) -> str:
    """Return a fact's name without what stands beside it for agents, in brackets."""
    return _BESIDE.sub("", name)


def wanted(facts: Sequence[TaskFact]) -> str:
    """Return what is wanted, for agents."""
    return listed([plain(fact.name) for fact in facts])


def _given(fact: TaskFact) -> str:
    match fact.kind:
        case TaskKind.FILE:
            return "what you sent"
        case TaskKind.QUESTION:
            return "your answer"
        case TaskKind.FACT:
            return f"the {plain(fact.name)}"


def _first_name(name: str) -> str:
    return next(iter(name.split()), "")
