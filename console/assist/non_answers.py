"""What in an agent's words is no answer: that they do not know, put it off, refuse to say, or pass it on. Pure."""

import re
from typing import Final

from console.assist.greetings import without_greeting
from console.assist.summary.open_questions import answers
from console.assist.summary.promises import passes_on
from console.conversation.deeds import claims_a_deed

_NOT: Final = r"(?:do|does|did|could|can|is|are|was|were|has|have|wo|would)(?:n['’]?t| not)|can(?:no|['’]?)t|cannot"
_PAGES: Final = (
    r"(?:(?:help|web|support) )?(?:pages?|articles?|sites?|faqs?|guides?|notes|knowledge base|handbook|system|"
    r"documents?)"
)
_UNKNOWN: Final = re.compile(
    rf"\b(?:i|we)(?:['’]?m| am|['’]?re| are)? (?:(?:honestly|really|still|just|actually) )?"
    rf"(?:(?:{_NOT}) (?:(?:honestly|really|actually) )?(?:know|find|see|tell|say|think so)\b(?!\w)|"
    r"(?:not|un)[ -]?(?:sure|certain|aware)\b|have no (?:idea|clue|information|details)|"
    r"(?:had|have|need|needed|would have|will have) to (?:ask|check|find out|look|enquire|inquire|confirm))"
    rf"|\b{_PAGES} (?:\w+ )?(?:{_NOT}) (?:\w+ )?(?:mention|say|cover|tell|list|have|include|go into|explain|spell)\b"
    rf"|\b(?:it|that|this|which|nothing)(?:['’]s| is| has)?(?: not| been|n['’]t)* (?:\w+ )?"
    rf"(?:in (?:my|our|the) {_PAGES}|(?:mentioned|written|listed|documented|covered|described)(?: down)? "
    r"(?:anywhere|nowhere|in (?:my|our|the)))"
    r"|\b(?:no|not any) (?:information|details|mention|word) (?:on|about|of) (?:it|that|this)\b"
    r"|\b(?:good|great|interesting|tricky) question\b|\bnobody (?:here )?(?:knows|could tell|can tell)\b",
    re.IGNORECASE,
)
"""Who writes does not know it, or says where it does not stand."""
_REFUSES: Final = re.compile(
    r"\b(?:can(?:no|['’]?)t|cannot|(?:am|are|['’]m|['’]re) (?:not able|unable) to|not allowed to|not (?:something|a "
    r"thing) (?:i|we) can) (?:really )?(?:help|assist|advise|comment|answer|say more|tell you|discuss|speculate)\b"
    r"|\b(?:not|outside) (?:my|our) (?:department|area|team)\b",
    re.IGNORECASE,
)
"""Who writes will not say; that something is not sold or done is an answer."""
_PUTS_OFF: Final = re.compile(
    r"\b(?:find(?:ing)? (?:that |this |it )?out|look(?:ing)? into|get(?:ting)? back to you|be in touch|let you know|"
    r"keep you (?:posted|updated)|(?:ring|call|write(?: to)?|contact|e-?mail) you\b|as soon as i (?:know|hear)|"
    r"(?:i['’]?(?:ve| have)|i) asked|asking (?:a|my|our|the)\b)",
    re.IGNORECASE,
)
"""An answer is still to come, or somebody else is to give it."""
_POLITE_HEAD: Final = re.compile(
    r"^(?:(?:yes|no|ok(?:ay)?|sure|certainly|of course|great|sorry|thanks?|thank you|right|absolutely|honestly)\b"
    r"[^,.:;!–]{0,12}[,.:;!–]\s*)+",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"(?<=[;:])\s+")


def is_no_answer(text: str) -> bool:
    """Return whether a sentence or clause of an agent's answers nothing, whatever was asked."""
    bare = _POLITE_HEAD.sub("", without_greeting(text)).strip()
    if not bare or bare.endswith("?") or not answers(bare):
        return True
    return bool(_UNKNOWN.search(bare) or _REFUSES.search(bare) or _PUTS_OFF.search(bare)) or passes_on(bare)


def answering(sentence: str) -> str:
    """Return what of an agent's sentence answers: all of it, the clauses beside what does not, or nothing.

    “I had to ask: yes, both shops rent it out” answers from the colon on.
    """
    clauses = _CLAUSE.split(sentence)
    kept = [clause for clause in clauses if not (is_no_answer(clause) or claims_a_deed(clause))]
    if len(kept) == len(clauses):
        return sentence
    rest = " ".join(kept).rstrip(" ;:,")
    return f"{rest[:1].upper()}{rest[1:]}{'' if rest[-1:] in '.!…' else '.'}" if rest else ""
