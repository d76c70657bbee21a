"""The demo company's content is whole, ample, fictional, and at peace with itself."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import console.demo
from console.assist.engine import Engine
from console.assist.flags.policies import PolicyWatch
from console.assist.routing import Router
from console.assist.talk import Talk
from console.content.conditions import Record
from console.content.customers import load_customers
from console.content.library import Library
from console.content.loader import load_library
from console.content.policies import Watched
from console.content.scenarios import load_scenarios
from console.conversation.assistance import Routing, Severity
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Order
from console.replay.script import Ending, Line, Script
from console.server.engines import NoMeaning
from console.terminal.completion import completion
from knowledge import Embedder, load
from tests.assist import making
from tests.desks import DANA

ROUTED_OTHERWISE = {"code-sur-l-ancien-numero", "pole-went-snap", "zweimal-abgebucht"}
"""Scenarios whose customers do not write English, or write of a warranty where a faulty item is meant."""

CONTENT = Path(console.demo.__file__).parent / "content"
TODAY = date(2026, 11, 20)


@cache
def library() -> Library:
    """Return the demo's rules and macros."""
    return load_library(CONTENT)


@cache
def customers() -> dict[str, Customer]:
    """Return the demo's customers."""
    return load_customers(CONTENT / "customers.jsonl", TODAY)


@cache
def scenarios() -> tuple[Script, ...]:
    """Return the demo's scenarios."""
    return tuple(load_scenarios(CONTENT / "scenarios", customers(), TODAY))


def test_there_is_as_much_content_as_a_company_has() -> None:
    """Articles (some retired, some internal), policies, macros, behaviours, customers, scenarios."""
    documents = [item for item in load(CONTENT / "articles") if hasattr(item, "status")]
    kinds = Counter((d.status, d.audience) for d in documents)
    assert len(documents) >= 60
    assert sum(n for (status, _), n in kinds.items() if status == "retired") >= 3
    assert sum(n for (_, audience), n in kinds.items() if audience == "internal") >= 3
    assert len(library().policies) >= 12
    assert len(library().macros) >= 40
    assert len(customers()) >= 30
    assert len(scenarios()) >= 20
    assert library().company


def test_no_article_is_skipped() -> None:
    """Every file is readable."""
    files = [path for path in (CONTENT / "articles").rglob("*") if path.is_file()]
    assert len([item for item in load(CONTENT / "articles") if hasattr(item, "status")]) == len(files)


def test_everything_an_intent_is_named_in_knows_it() -> None:
    """Macros and scenarios name behaviours that there are."""
    intents = {b.intent for b in library().behaviours}
    assert {intent for macro in library().macros for intent in macro.intents} <= intents
    assert {script.intent for script in scenarios()} <= intents


def test_every_behaviour_can_be_recognised() -> None:
    """By a pattern, by examples or by a policy."""
    assert [b.intent for b in library().behaviours if not (b.patterns or b.examples or b.policies)] == []


@pytest.mark.parametrize("script", scenarios(), ids=lambda script: script.id)
def test_a_scenario_can_be_won_and_lost(script: Script) -> None:
    """Every step is reachable, one end is good, one is bad, and an agent who never helps reaches an end."""
    assert script.problems() == []
    endings = {step.ends for step in script.steps if step.ends}
    assert endings == {Ending.RESOLVED, Ending.LEFT}
    place, seen = script.steps[0], set()
    while not place.ends:
        assert place.id not in seen, f"'otherwise' goes round in a circle at {place.id}"
        seen.add(place.id)
        place = script.by_id[place.otherwise]


def test_what_the_company_writes_itself_is_not_blocked_by_its_own_policies(embedder: Embedder) -> None:
    """Neither macros nor the advice that policies give trip a policy that blocks drafts."""
    watch = PolicyWatch(library().policies, embedder)
    own = {f"macro {m.id}": m.text for m in library().macros} | {f"advice {p.id}": p.advice for p in library().policies}
    tripped = {
        name: flag.policy
        for name, text in own.items()
        for flag in watch.check(text, Watched.DRAFT, Record(DANA), "draft")
        if flag.severity is Severity.BLOCK
    }
    assert tripped == {}


def test_every_policy_fires_on_its_own_examples(embedder: Embedder) -> None:
    """An example that does not reach its own threshold would be a mistake; ``unless`` must not excuse them all."""
    silent = []
    for policy in library().policies:
        watch = PolicyWatch([policy], embedder)
        examples = [x for trigger in policy.triggers if not trigger.amount_over for x in trigger.examples]
        if examples and not policy.when:
            found = [
                any(f.policy == policy.id for f in watch.check(x, policy.on[0], Record(DANA), "m1")) for x in examples
            ]
            silent += [policy.id] if not all(found) else []
    assert silent == []


def test_people_are_fictional() -> None:
    """Telephone numbers come from the ranges kept for fiction, mail goes to example domains."""
    for file in CONTENT.rglob("*"):
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        for mail in re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", text):
            assert re.search(r"@([\w-]+\.)*(example\.(com|org|net)|[\w-]+\.example)$", mail), f"{file.name}: {mail}"
        for phone in re.findall(r"(?<![\d-])(?:\+44[ \d]{10,13}|0[1-9][\d ]{8,11}\d)(?![\d-])", text):
            digits = re.sub(r"\D", "", phone.replace("+44", "0"))
            if len(digits) in {10, 11}:
                assert re.match(r"07700900\d{3}|02079460\d{3}|0[12]\d{1,3}4960\d{3}|08081570\d{3}", digits), (
                    f"{file.name}: {phone}"
                )


@pytest.mark.parametrize("customer", customers().values(), ids=lambda customer: customer.id)
def test_a_customers_record_is_filled_in(customer: Customer) -> None:
    """What macros and policies read of it is there."""
    assert customer.name
    assert customer.first_name
    assert re.fullmatch(r"[\w.+-]+@example\.(com|org|net)", customer.email)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", customer.since)
    assert all(order.number and order.item and order.status for order in customer.orders)


@pytest.mark.parametrize(
    ("draft", "policy"),
    [
        ("It'll be with you by Monday.", "delivery-promise"),
        ("It will be with you tomorrow.", "delivery-promise"),
        ("Your replacement will be there on Friday.", "delivery-promise"),
        ("They will be with you on Tuesday, for sure.", "delivery-promise"),
        ("I promise it comes this week.", "delivery-promise"),
        ("You will have it by Monday.", "delivery-promise"),
        ("I'll give you your 185 quid back.", "refund-over-limit"),
        ("You will have your £250 back by then.", "refund-over-limit"),
        ("I'll refund you in full.", "refund-order-over-limit"),
        ("I can send you £640 back today.", "refund-over-500"),
        ("Take the repair, or your £185 back.", "refund-over-limit"),
        ("You are right, it's our fault legally.", "liability-admission"),
    ],
)
def test_promises_and_refunds_are_caught_as_people_word_them(embedder: Embedder, draft: str, policy: str) -> None:
    """In the commonest wordings."""
    watch = PolicyWatch(library().policies, embedder)
    record = Record(DANA, Order("LF-85530", "Kestrel down jacket", total="£185.00"), TODAY)
    assert policy in {flag.policy for flag in watch.check(draft, Watched.DRAFT, record, "draft")}


@pytest.mark.parametrize(
    "draft",
    [
        "It is estimated for Friday, and I can't promise the day.",
        "If it isn't there by Monday, write to me here.",
        "I'll give you £20 back for the delivery.",
        "May I have your name and postcode first?",
        "You will have an answer from me today.",
    ],
)
def test_careful_words_raise_nothing(embedder: Embedder, draft: str) -> None:
    """Doing what a policy asks for is no breach of it."""
    watch = PolicyWatch(library().policies, embedder)
    assert [f.policy for f in watch.check(draft, Watched.DRAFT, Record(DANA), "draft")] == []


def test_a_refund_that_the_bot_announced_is_a_promise(embedder: Embedder) -> None:
    """Though it names no hour by which it comes; that one comes once it is decided is no promise."""
    watch = PolicyWatch(library().policies, embedder)

    def raised(said: str) -> set[str]:
        return {flag.policy for flag in watch.check(said, Watched.BOT, Record(DANA), "m1")}

    assert "bot-promise" in raised("Your order has been cancelled. You will receive the refund within 5 working days.")
    assert "bot-promise" not in raised("If a colleague approves it, you will get your refund within 5 working days.")


@pytest.mark.parametrize(
    "script", [script for script in scenarios() if script.id not in ROUTED_OTHERWISE], ids=lambda script: script.id
)
def test_a_scenario_is_routed_by_what_its_customer_writes(embedder: Embedder, script: Script) -> None:
    """What is reserved for people is so from the first telling message; a passing remark moves nothing."""
    router = Router(library().behaviours, embedder)
    said: list[Message] = []
    routing: Routing | None = None
    for line in (*script.bot_part, *(Line(Author.CUSTOMER, text) for step in script.steps for text in step.say)):
        said.append(Message(f"m{len(said) + 1}", line.role, line.text))
        routing = router.route(Talk(script.id, script.customer, tuple(said), routing=routing))
    assert routing is not None
    assert routing.intent == script.intent


def test_a_broken_pole_is_no_injury(embedder: Embedder) -> None:
    """A safety flag that cries wolf is not read."""
    watch = PolicyWatch(library().policies, embedder)
    said = "Hello, my tent pole snapped on the first night, order LF-90112."
    assert list(watch.check(said, Watched.CUSTOMER, Record(DANA), "m1")) == []


def test_what_an_agent_begins_with_most_is_completed() -> None:
    """In the demo "I'm sorry to hea" goes on in grey; those phrases are never suggested by themselves."""
    engine = Engine(library(), NoMeaning())
    offered = engine.completions(making.talk("c: my boots are late"), ())
    texts, after = [one.text for one in offered], [one.after for one in offered]
    assert completion("I'm sorry to hea", texts, after).startswith("r ")
    phrases = next(macro for macro in library().macros if macro.id == "courtesy-phrases")
    assert phrases.layers == ()


@pytest.mark.parametrize(
    ("said", "price"), [("I PAID YOU £55", []), ("paid £55, they ask £42.00", ["£42.00"]), ("IT'S £42", ["£42"])]
)
def test_the_other_price_is_not_what_was_paid_here(said: str, price: list[str]) -> None:
    """Both stand in what people write of a price match."""
    matching = next(one for one in library().behaviours if one.intent == "price-match")
    other = next(fact for fact in matching.collect if fact.name == "other price")
    assert other.pattern is not None
    assert [match.group() for match in other.pattern.finditer(said)] == price
