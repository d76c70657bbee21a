"""How much of somebody's is left in practice scenarios that are made from conversations.

    python -m bench.practice_redaction [DATA]

500 conversations are put together from the marked sentences of pii/: customers say some of them, agents others, and
the record has a name and an address of them. Looked through are the draft and every message that it was made from, as
replaced. What is *structured* (numbers, addresses on the net and of e-mail) and
what the *record* knows must not stand in the draft at all; other marked names may, where they are marked for the person
who checks it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

import console.demo
from bench.figures import Figure, show
from console.assist.recognise.written import written
from console.assist.sentences import texts
from console.content.loader import load_library
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Order
from console.practice.acts import Act, ActSaid
from console.practice.making.drafting import Company, Draft, draft_of
from console.practice.making.escalation import Escalation
from console.practice.making.replacing import Replacing

CONVERSATIONS: Final = 500
STRUCTURED: Final = frozenset(
    [
        "CREDIT_CARD",
        "IBAN_CODE",
        "EMAIL_ADDRESS",
        "IP_ADDRESS",
        "PHONE_NUMBER",
        "US_SSN",
        "US_DRIVER_LICENSE",
        "ZIP_CODE",
        "DOMAIN_NAME",
    ]
)
NAMES: Final = ("PERSON", "GPE", "ORGANIZATION")
DEMO: Final = Path(console.demo.__file__).parent / "content"
DAY: Final = date(2026, 1, 31)


def figures(data: Path) -> Iterator[Figure]:
    """What is left of each kind, over all conversations."""
    rows = [json.loads(line) for line in (data / "pii" / "synth_given.jsonl").read_text("utf-8").splitlines()]
    public = [file.read_text("utf-8") for file in sorted((DEMO / "articles").rglob("*.md"))]
    yield from left_in(rows, Company.of(load_library(DEMO), public, ()))


def left_in(rows: list[dict[str, Any]], company: Company) -> Iterator[Figure]:
    """What is left in drafts of conversations of such rows."""
    said: Counter[str] = Counter()
    left: Counter[str] = Counter()
    unmarked: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for number in range(CONVERSATIONS):
        source, marked = conversation(rows, number)
        draft = draft_of(source, company, everything)
        replaced = Replacing(source, company.taken, company.names, company.published).escalation()
        whole = "\n".join([draft.text.replace("\\n", "\n"), *(message.text for message in replaced.messages)])
        for kind, value in {*marked, *record(source.customer)}:
            said[kind] += 1
            if not stands_in(whole, value):
                continue
            left[kind] += 1
            examples.setdefault(kind, []).append(value)
            unmarked[kind] += not is_marked(draft, value)
    structured = sum(left[kind] for kind in STRUCTURED)
    yield Figure(f"structured left ({sum(said[k] for k in STRUCTURED)} said)", structured, 0, at_most=True)
    yield Figure(f"known by the record left ({said['RECORD']} known)", left["RECORD"], 0, at_most=True)
    for kind in sorted(said.keys() - STRUCTURED - {"RECORD"}):
        yield Figure(f"{kind} left ({said[kind]} said)", left[kind])
        yield Figure(f"{kind} left and not marked, share", unmarked[kind] / said[kind])
    for kind in (*sorted(STRUCTURED), "RECORD"):
        for value in examples.get(kind, [])[:10]:
            print(f"left {kind}: {value!r}")


def conversation(rows: list[dict[str, Any]], number: int) -> tuple[Escalation, set[tuple[str, str]]]:
    """Return a conversation of marked sentences, and what is marked in it, by kind."""
    rng = Random(number)
    chosen = rng.sample(rows, 9)
    marked = {(span["entity_type"], span["entity_value"]) for row in chosen for span in row["spans"]}
    roles = (Author.CUSTOMER, Author.BOT, Author.CUSTOMER, Author.CUSTOMER, Author.AGENT, *(
        (Author.CUSTOMER, Author.AGENT) * 2))  # fmt: skip
    messages = [Message(f"m{n}", role, row["text"]) for n, (role, row) in enumerate(zip(roles, chosen, strict=True), 1)]
    people = [value for kind, value in sorted(marked) if kind == "PERSON"] or ["Ottoline Farrowgate"]
    mails = [value for kind, value in sorted(marked) if kind == "EMAIL_ADDRESS"] or [f"of{number}@example.net"]
    order = Order(f"Q{rng.randrange(10**5, 10**6)}", "a lamp", tracking=f"TR {rng.randrange(10**9, 10**10)}")
    customer = Customer(f"customer-{number}", people[0], email=mails[0], phone="+44 7700 900123", orders=(order,))
    own = (
        f"my order {order.number} is late, {customer.name} here",
        f"{order.tracking} says nothing, write to {customer.email}",
    )
    messages.insert(2, Message("o1", Author.CUSTOMER, own[0]))
    messages.append(Message("o2", Author.CUSTOMER, own[1]))
    return Escalation(f"c{number}", customer, tuple(messages), DAY, disposition=own[0], resolved=True), marked


def record(customer: Customer) -> set[tuple[str, str]]:
    """Return what the record knows of somebody."""
    orders = (value for order in customer.orders for value in (order.number, order.tracking))
    return {("RECORD", value) for value in (customer.name, customer.email, customer.phone, *orders)}


def everything(text: str) -> list[ActSaid]:
    """Every sentence, as a promise: so that as much as can be gets into the draft."""
    return [ActSaid(sentence, frozenset({Act.PROMISE}), Act.PROMISE, 1.0) for sentence in texts(text)]


def stands_in(text: str, value: str) -> bool:
    """Return whether a value stands in a text, however its letters are written."""
    return any(written(text, value))


def is_marked(draft: Draft, value: str) -> bool:
    """Return whether any word of a value is marked for the person who checks."""
    words = {word.lower() for doubt in draft.doubtful for word in doubt.replace("'", " ").split()}
    return any(part.lower() in words for part in value.replace("'", " ").replace("’", " ").split())


if __name__ == "__main__":
    from bench.data import arguments, parsed

    show("Practice scenarios made from conversations", figures(parsed(arguments(__doc__)).data))
