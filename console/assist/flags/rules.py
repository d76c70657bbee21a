"""The idioms in which people try to steer a model, as rules."""

import re
from functools import lru_cache
from typing import Final

from console.assist.recognise.disguise import undisguised
from console.assist.sentences import sentences

_OF_MODEL: Final = (
    r"(?:instruction|prompt|direction|rule|command|order|task|assignment|guideline|message|input|text|context)s?"
)
_BEFORE: Final = (
    r"(?:previous|prior|above|preceding|earlier|foregoing|initial|original|system|existing|past|old|everything|all)"
)
_DROP: Final = (
    r"(?:ignore|disregard|forget|override|overrule|bypass|drop|neglect|do not follow|don'?t follow|stop following|skip)"
)

RULES: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"\b{_DROP}\b[^.!?\n]{{0,40}}\b{_BEFORE}\b[^.!?\n]{{0,25}}\b{_OF_MODEL}\b",
        rf"\b{_DROP}\b (?:all |any |everything )?(?:of )?(?:your|the|my|these|those) (?:{_BEFORE} )?{_OF_MODEL}\b",
        rf"\b{_DROP}\b (?:everything|all|anything)\b[^.!?\n]{{0,20}}\b(?:before|above|said|told|previously|"
        rf"learned|know)\b",
        r"\b(?:reveal|show|print|repeat|output|display|tell|give|spell|leak|share|write)\b[^.!?\n]{0,40}"
        r"\b(?:your|the (?:system|initial|original|hidden|full|above)|system|hidden) (?:\w+ "
        r"){0,2}(?:prompt|instructions?|system message|prompt texts?)\b",
        r"\byou are (?:now|no longer|going to (?:act|be)|from now on)\b[^.!?\n]{0,40}"
        r"\b(?:a|an|the|in|bound|restricted|dan|mode|assistant|bot|model|ai)\b",
        r"\b(?:act|behave|respond|answer|pose) as (?:if you (?:are|were)|though you|an? (?:unrestricted|"
        r"unfiltered|evil|linux|ai|chatbot|language model))",
        r"\b(?:pretend|imagine|assume) (?:that )?(?:you are|you're|to be|you have no)\b",
        r"\bfrom now on,? (?:you (?:are|will|must|shall|act|only)|act|answer|respond|obey|ignore)\b",
        r"\b(?:jailbreak|developer mode|dan mode|god mode|do anything now|prompt injection)\b",
        r"\b(?:new|updated|real|actual|secret|hidden|important) (?:system )?(?:instructions?|prompt|task|"
        r"directive)s?\s*(?::|\bfor (?:the )?(?:ai|assistant|bot|model|agent)\b)",
        r"(?:^|\n)[^\S\n]*+(?:#++[^\S\n]*+)?(?:system|assistant|instructions?)\s*+(?:prompt|message|override)?\s*+:\s*+\S",
        r"<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<<SYS>>|</?(?:system|"
        r"instructions?|prompt)>",
        r"\b(?:attention|note to|message (?:to|for)|instructions? (?:to|for)) (?:any |all |the )?(?:ai|"
        r"assistant|language model|llm|chat ?bot|bot)s?\b",
        r"\bif you (?:are|'re) an? (?:ai|language model|llm)\b",
        r"\b(?:send|forward|post|e-?mail|upload|exfiltrate) [^.!?\n]{0,60}\b(?:conversation|chat history|customer data|"
        r"passwords?|credentials|api keys?|tokens?|card numbers?)\b[^.!?\n]{0,20}\bto\b",
        r"\bi want you to (?:act|behave|respond|pretend|answer) (?:as|like)\b|(?:^|[.!?:\n] ?)(?:now |"
        r"please )?(?:act|behave) (?:as|like) (?:a|an|the|my|two)\b",
        r"\b(?:just|only|simply|must|instead|stop:?)[ ,]+(?:out ?put|print|write|say|answer with|reply with|"
        r"respond with)\b:? ?[\"'“]",
        r"\b(?:and|please)[ ,]+(?:out ?put|print|answer with|reply with|respond with)\b:? ?[\"'“]",
        r"\bdo not (?:answer|look in|use the (?:documents?|context)|follow)\b[^.!?\n]{0,40}\b(?:question|"
        r"document|documents|context|but|just)\b",
        r"\bdespite what you(?:'ve| have) been told\b|\bleave all (?:the )?(?:previous|prior|earlier|"
        r"above)\b|\bnew task\b[^.\n]{0,40}\b(?:namely|:|now|forget|focus|start)\b",
        r"\b(?:forget|erase|drop|remove from your (?:mind|memory))\b[^.!?\n]{0,30}\b(?:tasks?|"
        r"assignments?|instructions?|everything|all of (?:this|that))\b[^.!?\n]{0,40}\b(?:now|focus|"
        r"instead|new)\b",
        r"\b(?:ignorieren?|ignoriere|vergiss|vergessen|missachte|oublie[rz]?|ignore[rz]|olvida|ignora|"
        r"dimentica)\b[^.!?\n]{0,50}\b(?:anweisung|befehl|aufgabe|instruktion|davor|vorherig|vorangehend|"
        r"obig|alles|instructions?|consignes?|tout|instrucciones|todo|anterior(?:es)?|istruzioni|tutto)\w*",
    )
)

LOOKUP_RULES: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        r"\b(?:in|to|into|of|with|within|from|for|throughout) (?:your|the) (?:next |final |own )?(?:reply|"
        r"replies|response|responses|answers?|output|summary)\b",
        r"\b(?:your|every|each) (?:reply|replies|response|responses|answers?|"
        r"output)\b[^.!?\n]{0,60}\b(?:must|should|to|in|with|by|using|as|that)\b",
        r"\bwhen (?:you are |they |customers? |someone |a customer )?asks?(?:ed)? (?:about|for|whether)\b"
        r"[^.!?\n]{0,60}\b(?:reply|respond|say|answer) (?:only|with|that|exactly)\b",
        r"\b(?:assistant|ai|bot|chat ?bot|language model) (?:must|shall|should|has to|needs to) "
        r"(?:now |always |only |then ){0,3}(?:tell|recommend|say|reply|answer|respond|inform|offer|ignore)\b",
        r"\b(?:disregard|ignore|forget) what you (?:were|have been|are|had been) told\b",
        r"(?:^|[.!?\n] ?)(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:tell|show|give|"
        r"teach|help|explain to|write) me\b",
    )
)
"""Idioms that are odd only in look-up results, which have nobody to talk to."""


_DISGUISED: Final = 80
"""Characters that are shown of a text whose words were in disguise."""


@lru_cache(maxsize=8192)
def steers(text: str, *, lookup: bool = False) -> str:
    """Return the first words of ``text`` that a rule knows for an attempt to steer a model; empty when there are none.

    ``lookup`` says that the text is a look-up result.
    """
    rules = (*RULES, *LOOKUP_RULES) if lookup else RULES
    plain = "\n".join(undisguised(line).text for line in text.split("\n"))  # fields of a look-up stand apart
    for written in dict.fromkeys((text, plain)):
        match = next((found for rule in rules if (found := rule.search(written))), None)
        if match:
            return match.group().strip() if written is text else text.strip()[:_DISGUISED]
    return ""


@lru_cache(maxsize=8192)
def without_steering(text: str) -> str:
    """Return ``text`` up to the first sentence that tries to steer a model: what follows belongs to the attempt."""
    if not steers(text):
        return text
    return next((text[: s.start].rstrip() for s in sentences(text) if steers(s.text)), "")
