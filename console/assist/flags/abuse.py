"""Abuse aimed at a person: insults, slurs, threats. Swearing at a situation alone is mood, not abuse."""

import re
from collections.abc import Iterator
from typing import Final

from console.assist.heads.abuse import abuse_head
from console.assist.ports import Embed
from console.conversation.assistance import Flag, Severity, flag_id

POLICY: Final = "abuse"
INSULT: Final = "insult"
"""The policy of an agent's draft that insults the customer."""

_INSULT: Final = (
    r"idiots?|morons?|imbeciles?|cretins?|stupid|dumb(?:ass|o)?|retard(?:ed|s)?|bastards?|bitch(?:es)?|cunts?|"
    r"ass ?holes?|arse ?holes?|dick ?heads?|wankers?|twats?|pricks?|scumbags?|scum|pigs?|whores?|sluts?|losers?|"
    r"pathetic|worthless|useless (?:piece|idiot|cow|bot)|piece of (?:shit|crap|garbage)|brain ?dead|brainless|"
    r"(?:fucking|bloody) (?:idiot|useless|joke|liar)s?|fuck ?wits?|motherfuckers?|liars?|tossers?|"
    r"ugly|fat|clowns?|muppets?|numpt(?:y|ies)|plonkers?|useless lot|waste of space"
)
RULES: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"\b(?:you|ur|u|you'?re|you are|you guys are|yall are|you lot are)\b(?: \w+){{0,4}}? (?:{_INSULT})\b",
        r"\b(?:fuck|screw|sod|piss) (?:you|off|u|yourself|yourselves)\b|\bgo (?:fuck|kill|hang|screw) "
        r"your\s?sel(?:f|ves)\b",
        r"\b(?:shut (?:the \w+ )?up|shut your (?:mouth|face)|go to hell|drop dead|rot in hell|kiss my "
        r"(?:ass|arse)|suck my|eat shit)\b",
        r"\bi(?:'ll| will| am going to|'m going to|m gonna|'m gonna) (?:\w+ )?(?:kill|hurt|find|beat|"
        r"punch|stab|shoot|rape|destroy) (?:you|u|your)\b",
        r"\b(?:kill yourself|kys|hope you (?:die|get cancer|burn))\b",
        r"\b(?:cunts?|motherfuckers?|fuck ?wits?|whores?|sluts?|bitch(?:es)?|dick ?heads?|ass ?holes?|"
        r"arse ?holes?|wankers?)\b",
        r"\bi hate (?:you|u)\b|\byou (?:suck|disgust me|make me sick)\b",
        r"\b(?:send (?:me )?nudes|want to (?:fuck|have sex with) you|have sex with me|you are sexy|show "
        r"me your (?:tits|boobs))\b",
        rf"^\W*(?:{_INSULT})\W*$",
    )
)


_TOLD: Final = re.compile(
    r"\b(?:call(?:ed|s|ing)?|nam(?:ed|es|ing)) you (?:\w+ ){0,2}?\w+|"
    r"\b(?:said|says|wrote|told you|thinks?|thought|feel)(?: that)? you(?:['’]re| are| were)[^.!?]*|"
    r"\byou(?:['’]re| are)(?: \w+){0,2} not\b[^.!?]*|[“\"][^”\"]*[”\"]",
    re.IGNORECASE,
)
"""What somebody else said of the customer, and what is denied of them."""

OWN_TROUBLE: Final = frozenset(
    {"self-harm", "bereavement", "illness-or-disability", "coercion-or-abuse", "discrimination", "financial-hardship"}
)
"""Built-in policies on what a customer says of themselves: where one fires, the head's guess says nothing of abuse.

It has learned from insults, and so takes words for death or for who somebody is for one.
"""


class AbuseWatch:
    """Rules for the idioms, a head for what they do not spell out; the rules alone where the head fits no model."""

    def __init__(self, embed: Embed) -> None:
        self._head = abuse_head(embed)

    @property
    def version(self) -> str:
        """Name and version of the head; empty where it is silent."""
        return self._head.version if self._head else ""

    def check(self, text: str, message: str, *, plainly: bool = False) -> Iterator[Flag]:
        """Yield one flag at the first abusive words of ``text``; by the rules alone where it has to be ``plainly``."""
        span = insult(text) or (self._head.span(text) if self._head and not plainly else "")
        if span:
            yield Flag(
                id=flag_id(POLICY, message, span),
                policy=POLICY,
                severity=Severity.WARN,
                message=message,
                span=span,
                advice="Stay calm and set a limit once; if it goes on, you may end the chat or ask a lead to "
                "take over.",
                title="Abusive language",
                clause="Built in",
            )


def insult_in_draft(text: str) -> Iterator[Flag]:
    """Yield a flag at the first words of an agent's draft that insult who reads it; what somebody else said is not."""
    span = insult(_TOLD.sub(" . ", text))
    if span:
        yield Flag(
            id=flag_id(INSULT, "draft", span),
            policy=INSULT,
            severity=Severity.WARN,
            message="draft",
            span=span,
            advice="Say what you can do, and stay civil whatever was written to you.",
            title="An insult",
            clause="Built in",
        )


def insult(text: str) -> str:
    """Return the first words of ``text`` that a rule knows for abuse; empty when there are none."""
    found = (rule.search(text) for rule in RULES)
    return next((match.group().strip() for match in found if match), "")
