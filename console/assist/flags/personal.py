"""Secrets that nobody here should hold: card numbers, passwords, one-time codes, whether pasted or repeated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.assist.recognise.entities import canonical, entities
from console.assist.recognise.patterns import Kind
from console.assist.talk import Talk
from console.conversation.assistance import Flag, Severity, flag_id
from console.conversation.message import Author

POLICY: Final = "personal-data"

REPEATED: Final = "repeated-secret"

_CARD: Final = "a full card number"

_HIDDEN: Final = re.compile(r"•{4} \d{4}(?!\d)")
"""How a card's number stands in the log: all but four figures are gone."""

_SECRETS: Final = (
    (
        "a password",
        re.compile(
            r"\b(?:my |the )?pass(?:word|phrase)\s*(?:is|was|:|=)\s*[\"'“]?(?!not\b|wrong\b|still\b|"
            r"being\b|in\b|the\b|a\b|correct\b|incorrect\b|invalid\b|too\b)(?P<value>\S{4,})",
            re.I,
        ),
    ),
    (
        "a one-time code",
        re.compile(
            r"\b(?:one[- ]time|verification|security|two[- ]step|2fa|otp|sms|login|"
            r"texted)\s*+(?:pass)?(?:code|number|pin)?\s*+(?:is|was|:|=|says)?\s*+\b(?P<value>\d{4,8})\b",
            re.I,
        ),
    ),
    (
        "a card's security code",
        re.compile(
            r"\b(?:cvv2?|cvc2?|security code|3 digits on the back)\s*+(?:is|:|=)?\s*+(?P<value>\d{3,4})\b", re.I
        ),
    ),
    ("a PIN", re.compile(r"\bmy pin(?: number| code)?\s*(?:is|:|=)\s*(?P<value>\d{4,6})\b", re.I)),
)
"""What each is called, and how it looks where somebody gives it away."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret in a text: what it is, the words that give it away, and the secret itself."""

    what: str
    span: str
    value: str


def secrets_in(text: str) -> Iterator[Secret]:
    """Yield the first secret of each kind in ``text``."""
    card = next((entity for entity in entities(text) if entity.kind is Kind.CARD), None)
    if card:
        yield Secret(_CARD, card.text, canonical(card))
    for what, pattern in _SECRETS:
        match = pattern.search(text)
        if match:
            yield Secret(what, match.group(), match["value"].rstrip(".,;!?\"'”"))


def check(text: str, message: str) -> Iterator[Flag]:
    """Yield a flag for each kind of secret in what a customer wrote; a card's number was hidden as it came."""
    hidden = _HIDDEN.search(text)
    gone = [Secret(_CARD, hidden.group(), "")] if hidden else []
    for secret in (*gone, *secrets_in(text)):
        yield Flag(
            id=flag_id(POLICY, message, secret.span),
            policy=POLICY,
            severity=Severity.WARN,
            message=message,
            span=secret.span,
            advice=f"The customer has sent {secret.what}: "
            "do not repeat or store it, and ask them not to send it again.",
            title="Personal data in the chat",
            clause="Built in",
            matter=secret.what,
        )


def repeated(draft: str, talk: Talk) -> Iterator[Flag]:
    """Yield the flags that keep a draft from going out because it holds a full card number or a secret of the customer.

    What a customer pasted is known in their conversation, so that the guard against foreign data lets it pass.
    """
    cards = [entity for entity in entities(draft) if entity.kind is Kind.CARD]
    if cards:
        yield _in_draft(_CARD, cards[0].text)
    words = {word.strip(".,;:!?\"'“”()") for word in draft.split()}
    for message in talk.messages:
        if message.role is Author.CUSTOMER:
            for secret in secrets_in(message.text):
                if secret.what != _CARD and secret.value in words:
                    yield _in_draft(secret.what, secret.value)
                    words.discard(secret.value)


def _in_draft(what: str, span: str) -> Flag:
    return Flag(
        id=flag_id(REPEATED, "draft", span),
        policy=REPEATED,
        severity=Severity.BLOCK,
        message="draft",
        span=span,
        advice=f"This is {what}: take it out; the last four digits, or no more than that it was received, are enough.",
        title="Do not repeat what is secret",
        clause="Built in",
    )
