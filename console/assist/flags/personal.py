"""Secrets that a customer has pasted and that nobody here should hold: card numbers, passwords, one-time codes."""

import re
from collections.abc import Iterator
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.conversation.assistance import Flag, Severity, flag_id

POLICY: Final = "personal-data"

_SECRETS: Final = (
    (
        "a password",
        re.compile(
            r"\b(?:my |the )?pass(?:word|phrase)\s*(?:is|was|:|=)\s*[\"'“]?(?!not\b|wrong\b|still\b|"
            r"being\b|in\b|the\b|a\b|correct\b|incorrect\b|invalid\b|too\b)\S{4,}",
            re.I,
        ),
    ),
    (
        "a one-time code",
        re.compile(
            r"\b(?:one[- ]time|verification|security|two[- ]step|2fa|otp|sms|login|"
            r"texted)\s*+(?:pass)?(?:code|number|pin)?\s*+(?:is|was|:|=|says)?\s*+\b\d{4,8}\b",
            re.I,
        ),
    ),
    (
        "a card's security code",
        re.compile(r"\b(?:cvv2?|cvc2?|security code|3 digits on the back)\s*+(?:is|:|=)?\s*+\d{3,4}\b", re.I),
    ),
    ("a PIN", re.compile(r"\bmy pin(?: number| code)?\s*(?:is|:|=)\s*\d{4,6}\b", re.I)),
)


def check(text: str, message: str) -> Iterator[Flag]:
    """Yield a flag for each kind of secret in ``text``."""
    for entity in entities(text):
        if entity.kind is Kind.CARD:
            yield _flag(message, entity.text, "a full card number")
            break
    for what, pattern in _SECRETS:
        match = pattern.search(text)
        if match:
            yield _flag(message, match.group(), what)


def _flag(message: str, span: str, what: str) -> Flag:
    return Flag(
        id=flag_id(POLICY, message, span),
        policy=POLICY,
        severity=Severity.WARN,
        message=message,
        span=span,
        advice=f"The customer has sent {what}: do not repeat or store it, and ask them not to send it again.",
        title="Personal data in the chat",
        clause="Built in",
    )
