"""What sort of thing a question asks for: told from another sort by its name, which vectors hardly tell apart. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from console.conversation.people import Customer

_SORTS: Final = {
    "order": r"orders?|ordered",
    "invoice": r"invoices?|INV-?\w*",
    "address": r"addresse?s?|where (?:shall|should|do|can|may) (?:i|we) (?:send|post|ship)|street|flat|house",
    "e-mail": r"e-?mails?",
    "phone": r"phone|mobile|call you|ring you",
    "postcode": r"post ?codes?|zip ?codes?",
    "tracking": r"tracking",
    "batch": r"batch|serial",
    "size": r"sizes?",
    "colour": r"colou?rs?",
    "photo": r"photos?|photographs?|pictures?|images?",
    "card": r"cards?",
    "receipt": r"receipts?",
    "name": r"(?:full |first |last |sur|your )name|who am i (?:speaking|talking|chatting)",
}
_NAMED: Final = {sort: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for sort, words in _SORTS.items()}
_ON_ACCOUNT: Final = re.compile(r"\be-?mail address\b", re.IGNORECASE)


def sorts_in(text: str) -> frozenset[str]:
    """Return the sorts of things that a text names."""
    plain = _ON_ACCOUNT.sub("e-mail", text)
    return frozenset(sort for sort, named in _NAMED.items() if named.search(plain))


def of_another_sort(question: str, texts: Iterable[str]) -> bool:
    """Return whether a question names sorts of things, and none that any of ``texts`` does."""
    named = sorts_in(question)
    return bool(named) and not any(named & sorts_in(text) for text in texts)


def on_record(question: str, customer: Customer) -> bool:
    """Return whether a question asks for something that stands in the customer's own record: they know it is there."""
    known = {
        "e-mail": bool(customer.email),
        "phone": bool(customer.phone),
        "name": bool(customer.name),
        **dict.fromkeys(("address", "postcode", "invoice", "receipt", "tracking"), bool(customer.orders)),
    }
    return any(known.get(sort, False) for sort in sorts_in(question))
