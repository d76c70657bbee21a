"""What had to be said in a conversation and what must not be: candidates, from its policies and its procedure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from console.assist.sentences import texts
from console.content.behaviours import Behaviour
from console.content.library import Library
from console.content.macros import SLOT
from console.content.policies import Policy, Watched
from console.conversation.message import Author
from console.practice.making.escalation import Escalation
from console.text import shorten

MOST: Final = 6
"""Examples of what must not be said; candidates of one kind."""


def musts(source: Escalation, behaviour: Behaviour | None) -> Iterator[dict[str, object]]:
    """Yield the steps of the procedure that the agent took, in the procedure's words and in theirs."""
    said = [s for m in source.messages[source.taken_up :] if m.role is Author.AGENT for s in texts(m.text)]
    for number, step in enumerate(behaviour.steps if behaviour else (), 1):
        own = [s for s in said if step.done_when is not None and step.done_when.search(s)]
        procedure = [] if SLOT.search(step.say) else [step.say]
        if own:
            examples = tuple(dict.fromkeys((*procedure, *(shorten(s, 240) for s in own))))[:MOST]
            yield {"id": f"step-{number}", "title": step.title, "trust": 0.1, "said": examples}


def must_nots(source: Escalation, behaviour: Behaviour | None, library: Library) -> Iterator[dict[str, object]]:
    """Yield the policies on what an agent writes that were flagged, or that the behaviour names."""
    for policy in _policies(source, behaviour, library):
        examples = [example for trigger in policy.triggers for example in trigger.examples][:MOST]
        if examples:
            yield {"id": policy.id, "title": policy.title, "trust": -0.2, "said": tuple(examples)}


def without_examples(source: Escalation, behaviour: Behaviour | None, library: Library) -> Iterator[str]:
    """Yield, in words, the policies that have no sentence to know their breach by."""
    for policy in _policies(source, behaviour, library):
        if not any(trigger.examples for trigger in policy.triggers):
            yield f"{policy.title}: {' '.join(policy.text.split())}"


def _policies(source: Escalation, behaviour: Behaviour | None, library: Library) -> list[Policy]:
    named = (*source.flags, *(behaviour.policies if behaviour else ()))
    found = (library.policy(name) for name in dict.fromkeys(named))
    return [policy for policy in found if policy is not None and {Watched.DRAFT, Watched.BOT} & {*policy.on}]


_FORBIDS: Final = re.compile(
    r"\b(?:must not|should not|may not|shall not|can ?not|can['’]t|don['’]t|do not|never|no (?:agent|one)|deny|"
    r"refuse)\b",
    re.I,
)
_ASKS: Final = re.compile(r"\b(?:must|should|shall|always|have to|has to|needs? to|required|ask)\b", re.IGNORECASE)
_FOR_MACHINES: Final = re.compile(r"\b(?:tool calls?|available tools|API|database)\b", re.IGNORECASE)
"""What such a document says to software, and no agent at a desk can keep to."""
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_HEADING: Final = re.compile(r"^\s*#+\s*")
_LONGEST: Final = 300


def rules_in(document: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a policy document (Markdown) says must be done, and what must not: whole sentences of it."""
    does: list[str] = []
    does_not: list[str] = []
    for line in document.splitlines():
        if _HEADING.match(line):
            continue
        for sentence in texts(_BULLET.sub("", line)):
            if _FOR_MACHINES.search(sentence):
                continue
            if _FORBIDS.search(sentence):
                does_not.append(shorten(sentence, _LONGEST))
            elif _ASKS.search(sentence):
                does.append(shorten(sentence, _LONGEST))
    return tuple(dict.fromkeys(does)), tuple(dict.fromkeys(does_not))


def closest(rules: Sequence[str], source: Escalation, most: int) -> list[str]:
    """Return the rules that share most words with a conversation, in the order of the document."""
    said = {word for m in source.messages for word in _words(m.text)}

    def shared(rule: str) -> float:
        words = _words(rule)
        return len(words & said) / (len(words) or 1)

    chosen = sorted(range(len(rules)), key=lambda n: -shared(rules[n]))[:most]
    return [rules[n] for n in sorted(chosen)]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{5,}", text.lower()))
