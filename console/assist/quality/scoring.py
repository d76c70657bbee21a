"""Marks a conversation by a rubric. Pure: the same conversation, rubric and tools give the same marks.

Live conversations and practised ones are marked by the same function. No mark is invented: what there is no evidence
for cannot be told.
"""

from collections.abc import Callable, Mapping
from typing import Final

from console.assist.language import other_language
from console.assist.quality.case import Case
from console.assist.quality.found import Found, idle, untold
from console.assist.quality.looks import accuracy, closing, empathy, facts, greeting, next_step, policy, said
from console.assist.quality.tools import Tools
from console.content.rubrics import Criterion, Look, Rubric
from console.conversation.message import Author
from console.conversation.quality import CriterionMark

VERSION: Final = "quality 2"
"""Changes whenever the same conversation may get other marks."""

_LOOKS: Final[Mapping[Look, Callable[[Case, Criterion, Tools], Found]]] = {
    Look.GREETING: greeting.look,
    Look.FACTS: facts.look,
    Look.POLICY: policy.look,
    Look.EMPATHY: empathy.look,
    Look.ACCURACY: accuracy.look,
    Look.NEXT_STEP: next_step.look,
    Look.CLOSING: closing.look,
    Look.SAID: said.look,
}


def score(case: Case, rubric: Rubric, tools: Tools) -> tuple[CriterionMark, ...]:
    """Return one mark for each criterion, in the rubric's order."""
    foreign = other_language([m.text for m in case.messages if m.role is Author.CUSTOMER])
    return tuple(_marked(case, criterion, tools, foreign) for criterion in rubric.criteria)


def _marked(case: Case, criterion: Criterion, tools: Tools, foreign: str) -> CriterionMark:
    found = _found(case, criterion, tools, foreign)
    return CriterionMark(criterion.id, found.mark, criterion.weight, found.evidence, found.reason, criterion.title)


def _found(case: Case, criterion: Criterion, tools: Tools, foreign: str) -> Found:
    if case.layer not in criterion.layers:
        return idle(f"not in {case.layer} conversations")
    if not case.agents:
        return idle("nobody of the desk wrote")
    if criterion.look is Look.PEOPLE:
        return untold("people alone mark this")
    if foreign:
        return untold(f"the customer seems to write in {foreign}")
    return _LOOKS[criterion.look](case, criterion, tools)
