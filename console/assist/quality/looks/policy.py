"""Was policy kept? Every message of a person is checked again, by the policies of today."""

from dataclasses import replace

from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, met, partly, quote
from console.assist.quality.tools import Tools
from console.content.rubrics import Criterion
from console.conversation.assistance import Severity
from console.conversation.quality import Evidence


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at every message; one that a lead let out, or that went out with a reason, is told apart."""
    del criterion
    blocked: list[tuple[str, Evidence]] = []
    warned: list[tuple[str, Evidence]] = []
    excepted: list[tuple[str, Evidence]] = []
    for place, message in zip(case.places, case.agents, strict=True):
        before = replace(case.talk, messages=case.messages[:place])
        for flag in tools.flags(before, message.text):
            kind = f"{flag.title or flag.policy} ({flag.clause})" if flag.clause else flag.title or flag.policy
            found = (kind, quote(message, flag.span))
            if flag.severity is Severity.INFO:
                continue
            if message.excepted and message.text not in case.unexplained:
                excepted.append(found)
            else:
                (blocked if flag.severity is Severity.BLOCK else warned).append(found)
    if blocked:
        return failed(f"against {blocked[0][0]}, without a lead's leave", *(words for _, words in blocked))
    if warned:
        given = any(message.text in case.unexplained for message in case.agents)
        why = "the reason says nothing" if given else "no reason was given"
        return partly(f"policy warns of it, and {why}: {warned[0][0]}", *(words for _, words in warned))
    many = len(case.agents)
    said = f"{many} message{'s' * (many > 1)} checked, and no policy speaks against them"
    if excepted:
        return met(f"an exception, let out with a reason or a lead's leave: {excepted[0][0]}", excepted[0][1])
    return met(said)
