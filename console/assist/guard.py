"""One customer's data never reaches another: identifying things in a text must be known in this conversation."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from console.assist.recognise.identities import DIGITS, SPREAD, Identity, identities, keys, words
from console.assist.shapes import plainly
from console.assist.talk import Talk
from console.content.macros import SLOT
from console.conversation.assistance import Flag, Severity, flag_id

FOREIGN: Final = "foreign-data"
UNFILLED: Final = "unfilled-slot"


def foreign(text: str, talk: Talk, public: Iterable[str] = ()) -> Iterator[Identity]:
    """Yield what identifies somebody or something in ``text`` and is in neither conversation, record nor ``public``.

    Each message, field and public text vouches for the whole things it names, none for pieces or for what stands
    together only in two of them. ``public`` is asked for its texts only where it has to vouch for something.
    """
    found = identities(text)
    if not found:
        return
    left = _unknown(found, (*(m.text for m in talk.messages), *_record(talk)))
    if left:
        yield from _unknown(left, (*(m.text for m in talk.messages), *_record(talk), *public))


def _unknown(found: Sequence[Identity], known: Sequence[str]) -> list[Identity]:
    """Return what none of these texts vouches for."""
    vouched = frozenset[str]().union(*(keys(plainly(text)) for text in known))
    return [i for i in found if not _vouched(i, vouched) and not (i.in_words and _said(i, known))]


def _vouched(identity: Identity, vouched: frozenset[str]) -> bool:
    """Return whether a thing is known, or all the numbers that it may be are, beside a count or two."""
    if identity.key in vouched:
        return True
    long = [group for group in identity.groups if len(group) >= DIGITS]
    counts = sum(len(group) for group in identity.groups if len(group) < DIGITS)
    return bool(long) and counts < SPREAD and all(group in vouched for group in long)


def _said(identity: Identity, known: Sequence[str]) -> bool:
    wanted = words(identity.text)
    return any(wanted in words(text) for text in known)


def unfilled(text: str) -> str:
    """Return the first slot left in ``text``; empty when there is none."""
    match = SLOT.search(text)
    return match.group() if match else ""


def guard(text: str, talk: Talk, public: Iterable[str] = ()) -> Iterator[Flag]:
    """Yield the flags that keep a draft from going out: another customer's data, or an unfilled slot."""
    slot = unfilled(text)
    if slot:
        advice = "Fill this in, or take it out."
        yield _flag(UNFILLED, slot, f"Something is still to be filled in: {_named(slot)}", advice)
    for span in _widest(identity.text for identity in foreign(text, talk, public)):
        advice = (
            "This is in neither this conversation, this customer's record nor a public article: check it is theirs."
        )
        yield _flag(FOREIGN, span, "Another customer's data?", advice)


def _named(slot: str) -> str:
    """Return a slot as words: ``{order.number}`` is “order number”."""
    return slot.strip("{}").replace(".", " ").replace("_", " ")


def _widest(spans: Iterable[str]) -> list[str]:
    """Return the spans without those that are part of another: one thing may be found in several ways."""
    found = list(dict.fromkeys(spans))
    return [span for span in found if not any(span != other and span in other for other in found)]


def _flag(policy: str, span: str, title: str, advice: str) -> Flag:
    return Flag(flag_id(policy, "draft", span), policy, Severity.BLOCK, "draft", span, advice, title, "Built in")


def _record(talk: Talk) -> Iterator[str]:
    customer = talk.customer
    yield from (customer.name, customer.email, customer.phone, customer.notes, *customer.extra.values())
    for order in customer.orders:
        yield from (order.number, order.item, order.placed, order.due, order.total, order.tracking)
    for contact in customer.history:
        yield from (contact.subject, contact.outcome)
