"""Whether somebody said that they understand, and soon, where the customer was upset."""

import re
from typing import Final

from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, idle, met, partly, quote, untold
from console.assist.quality.tools import Tools, moods_of, nearest
from console.assist.replies.tone import BAD, apologises, feels_with
from console.assist.sentences import texts
from console.content.rubrics import Criterion
from console.conversation.message import Author, Message

_MORE: Final = re.compile(
    r"\b(?:sorry (?:for|about|that|to|you)|(?:deepest |sincere )?apolog|condolences|must (?:be|have been|feel)|"
    r"can imagine|(?:completely|totally|fully|absolutely) (?:understand|get)|i(?:['’]d| would) (?:be|feel) \w+ too|"
    r"(?:that|this)(?:['’]s| is) not (?:good enough|ok|okay|acceptable|right|how)|let you down|our (?:fault|mistake)|"
    r"i hear you|not what (?:you|we) (?:expect|want))",
    re.IGNORECASE,
)
_KNOWN: Final = (
    "I'm so sorry about this.",
    "I understand how frustrating this must be for you.",
    "That is not the experience we want you to have.",
    "I can see why you are upset.",
    "You have every right to be annoyed.",
)
_ALIKE: Final = 0.62


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look from the first message in which the customer was upset."""
    moods = moods_of(case.talk, tools)
    last = case.places[-1]
    upset = [
        (place, message)
        for place, message in enumerate(case.messages)
        if message.role is Author.CUSTOMER and place < last and moods.get(message.id, 0.0) <= BAD
    ]
    if not upset:
        late = any(moods.get(m.id, 0.0) <= BAD for m in case.said(Author.CUSTOMER))
        return untold("the customer was upset, and nobody wrote after that") if late else idle("nobody seemed upset")
    place, message = upset[0]
    after = [m for p, m in zip(case.places, case.agents, strict=True) if p > place]
    kind = next((n for n, m in enumerate(after) if _kind(m, criterion, tools)), None)
    if kind is None:
        return failed("the customer was upset, and nobody took it up", quote(message), quote(after[0]))
    if kind == 0:
        return met("taken up in the first answer", quote(message), quote(after[0]))
    return partly("taken up, but not in the first answer", quote(message), quote(after[kind]))


def _kind(message: Message, criterion: Criterion, tools: Tools) -> bool:
    if apologises(message.text) or feels_with(message.text) or _MORE.search(message.text):
        return True
    sentences = texts(message.text)
    if nearest(tools, sentences, criterion.examples)[1] >= criterion.threshold:
        return True
    return nearest(tools, sentences, _KNOWN)[1] >= _ALIKE
