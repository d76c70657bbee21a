"""A draft scenario out of a conversation: in the words that were written in it, of a customer who is invented.

Nothing of it is played before a person has read it: what may still be somebody's own is named.
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Final

from console.assist.packet import came_with
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.content.library import Library
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Order
from console.past.anonymity import CommonWords
from console.practice.making.days import counted, relative
from console.practice.making.duties import closest, must_nots, musts, rules_in, without_examples
from console.practice.making.escalation import Escalation
from console.practice.making.facts import Known, facts_in
from console.practice.making.looking_up import looked_up
from console.practice.making.offers import Recognise, resolutions, says_no
from console.practice.making.persona import persona_of
from console.practice.making.replacing import Replaced, Replacing
from console.practice.making.skills import Trained, skills_of
from console.practice.making.upset import Upset, from_there
from console.practice.making.written import Table, toml
from console.practice.scenario import UNWRITTEN, Difficulty
from console.text import shorten

MOST_BEFORE: Final = 30
"""Messages of the part before the agent came, the newest."""

LONGEST: Final = 2_000
"""Characters of a message in it."""

MOST_RULES: Final = 10
"""Rules of a policy document, of each kind, that are noted in a draft."""

UNSURE: Final = "It did not end well: look whether what was offered is right, or write allowed = false under it."

_DAY: Final = re.compile(r"\{date:-?\d+\}|^@-?\d+$")
_TELL_NOTHING: Final = frozenset(
    {"id", "needs", "skills", "intent", "customer", "difficulty", "manner", "role", "told", "language", "status"}
)
"""Keys of a file under which no words of a conversation stand."""

_LATEST: Final = 600.0
"""Seconds between two messages that a scenario keeps at the most."""

_HARD: Final = 2
_MANY: Final = 4
_CROSS: Final = -0.3


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, and what whoever checks it has to look at."""

    id: str
    text: str
    replaced: tuple[Replaced, ...]
    doubtful: tuple[str, ...]
    """Words that may still be somebody's own: names that nothing gave away, places, what is rare."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the company says and rules, to draft by."""

    library: Library
    common: CommonWords
    """What counts as nobody's: plain words, and what is published."""
    taken: Collection[str] = field(default_factory=frozenset)
    """Numbers of real orders and parcels, which no invented one may be."""
    rules: str = ""
    """A policy document, in Markdown, whose rules are noted in the drafts."""
    published: str = ""
    """What everybody can read of the company: names that stand in it are nobody's to hide."""
    trained: Sequence[Trained] = ()
    """What its scenarios train already."""

    @property
    def names(self) -> frozenset[str]:
        """The words, in small letters, of its own name and of what it calls matters: they name nobody."""
        called = (self.library.company, *(behaviour.title for behaviour in self.library.behaviours))
        return frozenset(word for name in called for word in re.findall(r"[^\W\d_]+", name.lower()))

    def allowed(self, intent: str) -> frozenset[str]:
        """Return the words of what it allows in a matter, as they are written there."""
        behaviour = self.library.behaviour(intent)
        return frozenset(word for action in (behaviour.allowed_actions if behaviour else ()) for word in action.split())

    @classmethod
    def of(
        cls,
        library: Library,
        public: Iterable[str],
        orders: Iterable[Order],
        rules: str = "",
        trained: Sequence[Trained] = (),
    ) -> "Company":
        """Return the company of a library, the texts that it publishes, and the orders that are real ones."""
        known = list(orders)
        told = [
            library.company,
            *public,
            *(macro.text for macro in library.macros),
            *(text for policy in library.policies for text in (policy.title, policy.text, policy.advice)),
            *dict.fromkeys(order.item for order in known),
            *dict.fromkeys(order.carrier for order in known),
        ]
        numbers = frozenset(number for order in known for number in (order.number, order.tracking) if number)
        return cls(library, CommonWords.of((), told), numbers, rules, "\n".join(told), trained)


def draft_of(escalation: Escalation, company: Company, recognise: Recognise) -> Draft:
    """Return the draft of a conversation; the same one for the same conversation and company."""
    replacing = Replacing(
        escalation, company.taken, company.names, company.published, company.allowed(escalation.intent)
    )
    source, upset = from_there(replacing.escalation())
    behaviour = company.library.behaviour(source.intent)
    table = _table(source, upset, behaviour, company, recognise)
    dated = _relative(table, source.day)
    head = [
        "Made from a conversation. Names, numbers and addresses are invented; read all of it before you approve it.",
        _ended(source),
        *upset.remarks(),
    ]
    notes = [
        *([UNSURE] if not source.resolved and not (behaviour and behaviour.allowed_actions) else []),
        *(f"The company allows: {action}." for action in (behaviour.allowed_actions if behaviour else ())),
        *(f"Policy without an example: {words}" for words in without_examples(source, behaviour, company.library)),
        *_rules(company.rules, source),
    ]
    text = toml(dated, head=head, foot=notes)
    shown = tuple(one for one in replacing.replaced.values() if one.words in text)
    return Draft(_id(escalation), text, shown, doubtful(text, company.common, [one.words for one in shown]))


def doubtful(text: str, common: CommonWords, invented: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the words of a draft that may be somebody's own: neither plain English, nor published, nor invented.

    Nothing of a text that is no TOML.
    """
    try:
        told = list(_texts(tomllib.loads(text)))
    except ValueError:
        return ()
    made = {word.casefold() for words in invented for word in re.findall(r"[^\W_]+", words)} | {"s"}  # “Wrenna's”
    strange = dict.fromkeys(word for value in told for word in common.strange(value))
    return tuple(word for word in strange if not {part.casefold() for part in re.findall(r"[^\W_]+", word)} <= made)


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of a file that tell something."""
    if isinstance(value, str):
        yield _DAY.sub("", value)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _TELL_NOTHING:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _table(
    source: Escalation, upset: Upset, behaviour: Behaviour | None, company: Company, recognise: Recognise
) -> dict[str, object]:
    before, begins = _parts(source)
    before += [message for message in looked_up(source, recognise) if message.id not in {one.id for one in before}]
    came = came_with(Talk(source.id, source.customer, source.messages[: source.taken_up], today=source.day))
    lines = [line for line in came if line.kind is SummaryKind.WANTS] or came
    wants = [shorten(_uncut(line, source.messages), 300) for line in lines][:3] or begins
    facts = facts_in(source, behaviour.collect if behaviour else ())
    names = _names(facts)
    settled = resolutions(source, facts, names, behaviour, recognise)
    routed = behaviour.skills if behaviour else ()
    called = behaviour.title if behaviour else came[0].text if came else ""
    title = shorten(source.subject or called or "An escalated conversation", 80)
    minutes = _minutes(before)
    table: dict[str, object] = {
        "title": title,
        "difficulty": str(_difficulty(source, facts)),
        "skills": upset.skills(
            list(source.skills) or skills_of(source.intent, routed, company.trained, no=says_no(settled))
        ),
        "intent": source.intent,
        "subject": source.subject,
        "reason": upset.reason or source.reason or "handed over",
        "tier": min(3, max(1, source.tier)),
        "minutes_ago": minutes,
        "notes": _notes(source),
        "begins": begins,
        "wants": wants,
        "record": _record(source.customer, source.day),
        "persona": persona_of(source, _own(company)),
        "before": [_line(message, before[n - 1] if n else None) for n, message in enumerate(before)],
        "fact": [*(_fact(name, fact) for name, fact in zip(names, facts, strict=True)), *upset.to_find_out(wants)],
        "resolution": upset.needed_by(settled),
        "must": [*upset.musts(), *musts(source, behaviour)],
        "must_not": list(must_nots(source, behaviour, company.library)),
        "words": upset.words,
    }
    return {name: value for name, value in table.items() if value not in ("", [], (), {})}


def _parts(source: Escalation) -> tuple[list[Message], list[str]]:
    """Return what was said before the agent came, and the customer's first words to them.

    Where they wrote nothing once they were handed over, it is their last words to the bot. What the bot said to those
    is left out: nobody answers what is not said yet. What was looked up stays.
    """
    came = [m for m in source.messages[: source.taken_up] if m.text.strip()]
    own = [n for n, message in enumerate(came) if message.role is Author.CUSTOMER]
    if not own:
        later = (m.text for m in source.messages[source.taken_up :] if m.role is Author.CUSTOMER)
        return came[-MOST_BEFORE:], [_whole(next(later, "Hello?"))]
    first = next((n for n in own if _is_late(came[n], source.handed_at)), _last_words(came, own[-1]))
    looked_up = [message for message in came[first:] if message.role is Author.SYSTEM]
    begins = [_whole(message.text) for message in came[first:] if message.role is Author.CUSTOMER]
    return [*came[:first], *looked_up][-MOST_BEFORE:], begins


def _last_words(came: Sequence[Message], last: int) -> int:
    """Return the place from which on nobody but the customer speaks, up to the place ``last``."""
    spoken = (n for n in range(last, -1, -1) if came[n].role not in {Author.CUSTOMER, Author.SYSTEM})
    return next(n for n in range(next(spoken, -1) + 1, last + 1) if came[n].role is Author.CUSTOMER)


def _uncut(line: SummaryLine, messages: Sequence[Message]) -> str:
    """Return a line of the packet as it was written, where it was cut there."""
    if not line.text.endswith("…"):
        return line.text
    said = next((message.text for message in messages if message.id in line.sources), line.text)
    return next((sentence for sentence in texts(said) if line.text.rstrip(" …") in sentence), said)


def _whole(text: str) -> str:
    """Return a message with its lines, where it is not too long."""
    return text if len(text) <= LONGEST else shorten(text, LONGEST)


def _is_late(message: Message, handed: datetime | None) -> bool:
    """Return whether a message was written once the conversation was handed over."""
    return bool(handed and message.at and message.at > handed)


def _line(message: Message, last: Message | None) -> Table:
    line: dict[str, object] = {"role": str(message.role), "text": _whole(message.text)}
    if last is not None and message.at and last.at:
        line["after"] = round(min(_LATEST, max(0.0, (message.at - last.at).total_seconds())), 1)
    return line


def _minutes(before: Sequence[Message]) -> float:
    times = [message.at for message in before if message.at]
    return round(min(60.0, max(2.0, (times[-1] - times[0]).total_seconds() / 60 + 1)), 1) if times else 5.0


def _notes(source: Escalation) -> str:
    """Return what stands where a person is to write what it teaches."""
    brief = [f"What the customer was told to want: {source.brief}"] if source.brief else []
    return " ".join([*brief, UNWRITTEN])


def _ended(source: Escalation) -> str:
    """Return how the conversation ended, for whoever checks the draft."""
    ended = "It was resolved" if source.resolved else "It was not resolved"
    return f"{ended}: {source.disposition}." if source.disposition else f"{ended}."


def _difficulty(source: Escalation, facts: Sequence[Known]) -> Difficulty:
    asked = sum(not fact.first for fact in facts)
    weight = (source.mood <= _CROSS) + (not source.resolved) + (asked >= _MANY) + (source.tier >= _HARD)
    return Difficulty.EASY if not weight else Difficulty.HARD if weight > _HARD else Difficulty.MEDIUM


def _names(facts: Sequence[Known]) -> list[str]:
    names: list[str] = []
    for number, fact in enumerate(facts, 1):
        words = (
            "" if fact.about.startswith("their answer") else re.sub(r"[^a-z0-9]+", "-", fact.about.lower()).strip("-")
        )
        names.append(words if words and words not in names else f"answer-{number}")
    return names


def _fact(name: str, fact: Known) -> Table:
    return {
        "id": name,
        "about": fact.about,
        "told": "first" if fact.first else "asked",
        "says": fact.says,
        "asked": fact.asked,
    }


def _record(customer: Customer, today: date) -> Table:
    """Return the record as the file writes it: its days counted from the day on which it is played."""
    plain = ("name", "first_name", "email", "phone", "contract", "language")
    record: dict[str, object] = {name: getattr(customer, name) for name in plain if getattr(customer, name)}
    if customer.since:
        record["since"] = counted(customer.since, today)
    if customer.vulnerable:
        record["vulnerable"] = True
    if customer.orders:
        record["orders"] = [_order(order, today) for order in customer.orders]
    return record


def _order(order: Order, today: date) -> Table:
    rows = ((one.name, getattr(order, one.name)) for one in fields(Order))
    return {name: counted(value, today) if name in {"placed", "due"} else value for name, value in rows if value}


def _rules(document: str, source: Escalation) -> list[str]:
    does, does_not = rules_in(document) if document else ((), ())
    noted = [f"Rule that may be a [[must]]: {rule}" for rule in closest(does, source, MOST_RULES)]
    return [*noted, *(f"Rule that may be a [[must_not]]: {rule}" for rule in closest(does_not, source, MOST_RULES))]


def _own(company: Company) -> frozenset[str]:
    return frozenset(word.lower() for word in company.common)


def _relative(table: Table, today: date) -> dict[str, object]:
    """Return the table with the days in its texts as so many from the day on which it is played."""

    def told(value: object) -> object:
        if isinstance(value, str):
            return relative(value, today)
        if isinstance(value, dict):
            return {name: told(inner) if name not in _AS_THEY_ARE else inner for name, inner in value.items()}
        return [told(inner) for inner in value] if isinstance(value, list | tuple) else value

    return {name: told(value) if name not in _AS_THEY_ARE else value for name, value in table.items()}


_AS_THEY_ARE: Final = frozenset({"record", "persona", "title", "asked", "offered", "said", "about", "skills", "intent"})
"""Where a file has no days, or the loader puts none in."""


def _id(escalation: Escalation) -> str:
    """Return a name for the file that tells of nobody."""
    digest = hashlib.sha256(escalation.id.encode()).hexdigest()[:8]
    return "-".join(
        part for part in (re.sub(r"[^a-z0-9-]+", "-", escalation.intent.lower()).strip("-"), digest) if part
    )
