"""The idioms in which people try to steer a model, as rules."""

import re
from functools import lru_cache
from typing import Final

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
        rf"\b{_DROP}\b (?:everything|all|anything)\b[^.!?\n]{{0,20}}\b(?:before|above|said|told|previously|learned|know)\b",
        r"\b(?:reveal|show|print|repeat|output|display|tell|give|spell|leak|share|write)\b[^.!?\n]{0,40}"
        r"\b(?:your|the|system|initial|original|hidden|full|above) (?:\w+ ){0,2}(?:prompt|instructions?|system message|prompt texts?)\b",
        r"\byou are (?:now|no longer|going to (?:act|be)|from now on)\b[^.!?\n]{0,40}"
        r"\b(?:a|an|the|in|bound|restricted|dan|mode|assistant|bot|model|ai)\b",
        r"\b(?:act|behave|respond|answer|pose) as (?:if you (?:are|were)|though you|an? (?:unrestricted|unfiltered|evil|linux|ai|chatbot|language model))",
        r"\b(?:pretend|imagine|assume) (?:that )?(?:you are|you're|to be|you have no)\b",
        r"\b(?:jailbreak|developer mode|dan mode|god mode|do anything now|prompt injection)\b",
        r"\b(?:new|updated|real|actual|secret|hidden|important) (?:system )?(?:instructions?|prompt|task|directive)s?\s*(?::|\bfor (?:the )?(?:ai|assistant|bot|model|agent)\b)",
        r"(?:^|\n)\s*(?:#+\s*)?(?:system|assistant|instructions?)\s*(?:prompt|message|override)?\s*:\s*\S",
        r"<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<<SYS>>|</?(?:system|instructions?|prompt)>",
        r"\b(?:attention|note to|message (?:to|for)|instructions? (?:to|for)) (?:any |all |the )?(?:ai|assistant|language model|llm|chat ?bot|bot)s?\b",
        r"\bif you (?:are|'re) an? (?:ai|assistant|language model|llm|chat ?bot|bot)\b",
        r"\b(?:send|forward|post|e-?mail|upload|exfiltrate) [^.!?\n]{0,60}\b(?:conversation|chat history|customer data|"
        r"passwords?|credentials|api keys?|tokens?|card numbers?)\b[^.!?\n]{0,20}\bto\b",
    )
)


@lru_cache(maxsize=8192)
def steers(text: str) -> str:
    """Return the first words of ``text`` that a rule knows for an attempt to steer a model; empty when there are none."""
    for rule in RULES:
        match = rule.search(text)
        if match:
            return match.group().strip()
    return ""
