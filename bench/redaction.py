"""How much personal data is hidden before it leaves the machine, and how much else.

    python -m bench.redaction [DATA]

Recall is strict: a value counts where every character of it but white space is hidden. It is measured on the sentences
of odd number of pii/, which the tagger of names has not learned from; over-redaction on conversations and questions of
odd number: they hold some names, so a share of what is hidden there is rightly so.
"""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import console.demo
from bench.figures import Figure, show
from console.assist.redaction import Redaction
from console.content.customers import load_customers
from console.conversation.message import Author, Message
from console.conversation.people import Customer

ASKED = {
    "CREDIT_CARD": 0.98,
    "IBAN_CODE": 0.98,
    "EMAIL_ADDRESS": 0.98,
    "IP_ADDRESS": 0.98,
    "PHONE_NUMBER": 0.90,
    "PERSON": 0.80,
}
CUSTOMERS = Path(console.demo.__file__).parent / "content" / "customers.jsonl"
MESSAGES = 40


def figures(data: Path) -> Iterator[Figure]:
    """Recall by kind, the record's fields, texts that come back, words hidden too much, and the time it takes."""
    talks = [list(said(row)) for row in _lines(data / "star" / "train.jsonl.gz")][1::2]
    yield Figure(f"a conversation of {MESSAGES} messages, median", duration(talks), 20, at_most=True, unit=" ms")
    rows = [json.loads(line) for line in (data / "pii" / "synth_given.jsonl").read_text("utf-8").splitlines()]
    yield from recalls(rows[1::2])
    hidden, whole = fields()
    yield Figure("fields of the customer's record hidden", hidden / whole, 1.0)
    yield Figure("texts that come back as they were", came_back(row["text"] for row in rows), 1.0)
    for name in ("banking77", "clinc150"):
        with gzip.open(data / "intents" / f"{name}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines][1::2]
        yield Figure(f"words hidden in {name} questions", 100 * over(texts), unit=" %")
    yield Figure(
        "words hidden in STAR's customers' messages", 100 * over(t for talk in talks for a, t in talk if a), unit=" %"
    )


def recalls(rows: Iterable[dict[str, Any]]) -> Iterator[Figure]:
    """The share of marked values that are hidden whole, for each kind."""
    marked: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for row in rows:
        text = row["text"]
        covered = {at for found in Redaction().found(text) for at in range(found.start, found.end)}
        for span in row["spans"]:
            places = range(span["start_position"], span["end_position"])
            marked[span["entity_type"]] += 1
            hidden[span["entity_type"]] += all(at in covered or text[at].isspace() for at in places)
    for kind in sorted(marked, key=lambda kind: (kind not in ASKED, kind)):
        yield Figure(f"recall of {kind} ({marked[kind]})", hidden[kind] / marked[kind], ASKED.get(kind))


def fields() -> tuple[int, int]:
    """How many of the demo's customers' own fields are hidden in a sentence, in three cases; and how many there are."""
    hidden = whole = 0
    for customer in load_customers(CUSTOMERS, date(2026, 1, 31)).values():
        values = [customer.name, customer.first_name, customer.email, customer.phone, customer.notes, customer.id]
        values += [value for order in customer.orders for value in (order.number, order.tracking)]
        redaction = Redaction.of(customer, ())
        for value in filter(None, values):
            for written in (value, value.upper(), value.lower()):
                left = redaction.hidden(f"so it says {written} here")
                whole += 1
                hidden += left.startswith("so it says [") and left.endswith("] here") and left.count("[") == 1
    return hidden, whole


def came_back(texts: Iterable[str]) -> float:
    """The share of texts that are the same after they were hidden and restored."""
    same = []
    for text in texts:
        redaction = Redaction()
        same.append(redaction.restored(redaction.hidden(text)) == text)
    return sum(same) / len(same)


def over(texts: Iterable[str]) -> float:
    """The share of words that are hidden."""
    words = hidden = 0
    for text in texts:
        words += len(text.split())
        hidden += sum(len(found.text.split()) for found in Redaction().found(text))
    return hidden / words


def said(row: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """What was said in a conversation of STAR, and whether the customer said it."""
    for event in row["events"]:
        if event["speaker"] in {"customer", "agent"} and event.get("text"):
            yield event["speaker"] == "customer", event["text"]


def duration(talks: list[list[tuple[bool, str]]]) -> float:
    """The median of milliseconds in which a conversation that nothing is known of yet is hidden, message by message."""
    messages = [
        Message("m", Author.CUSTOMER if own else Author.AGENT, text) for talk in talks[-900:] for own, text in talk
    ]
    spent = []
    for at in range(0, len(messages) - MESSAGES, MESSAGES):
        began = time.perf_counter()
        redaction = Redaction.of(
            Customer("c1", name="Dana Kovel", email="dana@example.com"), messages[at : at + MESSAGES]
        )
        for message in messages[at : at + MESSAGES]:
            redaction.hidden(message.text)
        spent.append((time.perf_counter() - began) * 1000)
    return median(spent)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        yield from map(json.loads, opened)


if __name__ == "__main__":
    from bench.data import arguments, parsed

    show("Redaction", figures(parsed(arguments(__doc__)).data))
