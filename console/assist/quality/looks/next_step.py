"""Whether the customer knows what happens next, or what they are to do."""

import re
from typing import Final

from console.assist.courtesy import hears
from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, idle, met, partly, quote, untold
from console.assist.quality.tools import Tools, nearest
from console.assist.summary.promises import is_no_commitment, promise_in
from console.content.rubrics import Criterion
from console.conversation.message import Author

_TO_DO: Final = re.compile(
    r"\b(?:please (?:send|reply|check|print|post|use|follow|bring|keep|pack|drop|click|fill|open|try|contact|call|"
    r"let me know (?:when|if|once))|"
    r"(?:you(?:['’]ll| will)?) (?:can|need to|only need|should|have to|just need|may want)(?! not)|"
    r"all you (?:need|have)|(?:the )?next step|from here|once (?:you|it|we|i|that|the)\b|"
    r"as soon as (?:you|it|we|i|they|the)\b|"
    r"if (?:it|you|they|nothing|that|this|there|the)\b[^.!?\n]{3,80}(?:,|then) |"
    r"when (?:it|you|the|they)\b[^.!?\n]{3,60},|"
    r"(?:you(?:['’]ll| will)|it(?:['’]ll| will)|they(?:['’]ll| will)) (?:\w+ )?(?:get|receive|hear|see|arrive|be|have|"
    r"take|come|find|email|call))\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"\b(?:look(?:ing)? into|get(?:ting)? back to you|let you know|be in touch|keep you (?:posted|updated)|"
    r"see what (?:i|we) can|do (?:my|our) best|someone will|pass(?:ed|ing)? (?:this|it) on|"
    r"check(?:ing)? (?:that|this|it)(?: for you)?|sort (?:it|this) out|soon)\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"\b(?:today|tonight|tomorrow|by (?:\w+day|the end)|within|"
    r"in (?:the next |about |up to )?(?:\d+|an|a|one|two|three|five|ten|a few) (?:to \w+ )?"
    r"(?:minutes?|hours?|(?:working |business )?days?|weeks?)|this (?:week|afternoon|evening|morning)|on \w+day|"
    r"\d+ (?:working |business )?days?)\b",
    re.IGNORECASE,
)


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look at all that people of the desk said, the latest first."""
    said = list(reversed(list(case.sentences())))
    vague = None
    for _, message, sentence in said:
        if sentence.endswith("?"):
            continue
        loose = _VAGUE.search(sentence) is not None
        clear = _clear(sentence)
        if clear and (not loose or _TIME.search(sentence)):
            return met("it is said what happens next, or what the customer is to do", quote(message, sentence))
        vague = vague or ((message, sentence) if loose else None)
    place, cosine = nearest(tools, [sentence for _, _, sentence in said], criterion.examples)
    if cosine >= criterion.threshold:
        return met("said much as in an example of the rubric", quote(said[place][1], said[place][2]))
    if vague is not None:
        return partly("only in a general way: not who, what or by when", quote(*vague))
    newest = next((m for m in reversed(case.messages) if m.role is Author.CUSTOMER), None)
    if case.resolved and newest is not None and hears(newest.text):
        return idle("answered, and nothing was left to do")
    if case.messages[-1].role is Author.AGENT and case.messages[-1].text.rstrip().endswith("?"):
        return untold("it ends with a question that the customer did not answer", quote(case.messages[-1]))
    return failed("nothing is said of what happens next", quote(case.agents[-1]))


def _clear(sentence: str) -> bool:
    if _TO_DO.search(sentence):
        return True
    return promise_in(sentence) is not None and not is_no_commitment(sentence)
