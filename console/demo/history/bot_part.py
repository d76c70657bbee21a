"""The bot's part of a generated conversation: it answers, asks, looks up, and gives away by the product's own rules."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Final

from console.assist.bot import wording
from console.assist.slots import spelled_date
from console.assist.triggers import Seen, triggers
from console.content.tools import Tool, ToolKind
from console.conversation.assistance import Citation, Routing, SourceType
from console.conversation.bot_events import BotDecided, Decided, Outcome, ToolCalled
from console.conversation.events import ConversationClosed, ConversationOpened, HandedOver, IdentityChanged
from console.conversation.generated_events import GENERATED
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.conversation.passages import as_message
from console.conversation.people import Identity
from console.demo.history.material import Dialogue, Matter
from console.demo.history.plants import Plant
from console.demo.history.thread import Thread
from console.demo.history.voice import typed

_ASKS_FOR_PERSON = ("can I talk to a person please", "I'd like to speak to someone real", "human please")
UNHELPED: Final = 0.24
UNHELPED_LATE: Final = 0.85
"""Customers whom the bot does not help, and where the late trigger is."""
ASKS: Final = 0.12
"""Those who then ask for a person at once."""
HEARD: Final = 0.6
"""Customers who say thanks where it did help."""

MOST_TURNS: Final = 9


def bot_part(thread: Thread, matter: Matter, dialogue: Dialogue, *, down: bool) -> bool:
    """Open the conversation and let the bot do what it may; return whether people are to take over.

    ``down`` is whether the company's systems answer nothing just now.
    """
    opening = thread.fill(dialogue.opening or thread.rng.choice(matter.openings))
    thread.add(ConversationOpened(GENERATED, thread.customer, thread.behaviour.title), f"customer:{thread.customer.id}")
    thread.says(typed(opening, thread.rng, greets=True))
    thread.wait(0.2, 0.9)
    behaviour = thread.behaviour
    layer, stakes = behaviour.layer, behaviour.stakes.value
    thread.route(Routing(behaviour.intent, layer, behaviour.tier, (behaviour.title,), behaviour.skills, stakes))
    if layer is not Layer.AUTONOMOUS:
        alone = layer is Layer.HUMAN_ONLY
        why = f"reserved for people: {behaviour.title}" if alone else f"“{behaviour.title}” is worked by people"
        hand_over(thread, (Trigger(HandoverWhen.TOPIC, why, thread.turn),))
        return True
    said = _said(thread, matter)
    if behaviour.tools and not _looked_up(thread, behaviour.tools[0], down=down):
        return True
    if not behaviour.tools:
        _quote(thread, said)
    late = matter.plant is Plant.LATE_TRIGGER
    if thread.rng.random() >= (UNHELPED_LATE if late else UNHELPED):
        _thanked(thread)
        return False
    return _in_vain(thread, said, late=late)


def hand_over(thread: Thread, fired: Sequence[Trigger]) -> None:
    """Let the bot say its last words and give the conversation to people."""
    routing = thread.routing
    if routing is None:
        return
    if routing.layer is Layer.AUTONOMOUS:
        routing = Routing(routing.intent, Layer.ASSISTED, routing.tier, routing.reasons, routing.skills, routing.stakes)
        thread.route(routing)
    thread.wait(0.3, 1.2)
    _speak(thread, thread.behaviour.say)
    thread.add(_decided(thread, Decided.HAND_OVER, fired[0].reason), "bot")
    thread.add(HandedOver(fired[0].reason, routing.tier, tuple(fired)), "bot")


def _in_vain(thread: Thread, said: Iterator[Citation], *, late: bool) -> bool:
    """Let the customer say that this is no help, and the bot try again, until the rules give it to people."""
    rng, words = thread.rng, thread.material.words
    for levels in range(MOST_TURNS):
        lines = words["unhelped" if late else "lost"]
        thread.wait(15, 70)
        asks = not late and rng.random() < ASKS
        thread.says(typed(rng.choice(_ASKS_FOR_PERSON if asks else lines[min(levels, len(lines) - 1)]), rng))
        mood = thread.moods.get(thread.turn)
        if fired := triggers(thread.talk(), Seen(thread.behaviour, (), mood)):
            hand_over(thread, fired)
            if late:
                thread.planted.add(Plant.LATE_TRIGGER)
            return True
        thread.wait(0.3, 1.2)
        _quote(thread, said, failed=True)
    hand_over(thread, (Trigger(HandoverWhen.UNRESOLVED, "nothing helped", thread.turn),))
    return True


def _looked_up(thread: Thread, tool: Tool, *, down: bool) -> bool:
    """Let the bot find out who it is and ask a system; return whether that answered. People take over where not."""
    order = thread.customer.orders[0]
    if "order.number" in tool.needs and order.number not in thread.messages[-1].text:
        _speak(thread, thread.behaviour.collect[0].ask if thread.behaviour.collect else "Which order is it about?")
        thread.add(_decided(thread, Decided.ASK, "the order's number is not known", tool.name, "order.number"), "bot")
        thread.wait(8, 45)
        thread.says(thread.rng.choice(("{0}", "it's {0}", "order {0}", "{0} thanks")).format(order.number))
        thread.wait(0.3, 1.0)
    act = Decided.ACT if tool.kind is ToolKind.ACTION else Decided.LOOK_UP
    thread.add(_decided(thread, act, f"{tool.title} was asked for", tool.name), "bot")
    thread.wait(0.1, 0.6)
    arguments = {"order.number": order.number} if "order.number" in tool.needs else {}
    if down:
        thread.answers(Author.SYSTEM, f"{tool.title}: no answer")
        thread.add(ToolCalled(thread.turn, tool.name, Outcome.DOWN, arguments, ms=thread.ms(4_000)), "bot")
        hand_over(thread, (Trigger(HandoverWhen.UNSURE, f"'{tool.name}' does not answer", thread.turn),))
        return False
    fields = _fields(thread, tool)
    text = next((said for say in tool.say if (said := _filled(say, fields))), tool.title)
    thread.answers(Author.SYSTEM, f"{tool.title}: " + ", ".join(f"{name} {value}" for name, value in fields.items()))
    thread.add(ToolCalled(thread.turn, tool.name, Outcome.FOUND, arguments, fields, ms=thread.ms(180)), "bot")
    thread.add(IdentityChanged(Identity.MATCHED, thread.customer), "bot")
    thread.wait(0.1, 0.5)
    source = (Citation(SourceType.MESSAGE, thread.messages[-1].id, thread.messages[-1].text),)
    _speak(thread, text, source)
    thread.add(_decided(thread, Decided.ANSWER, f"{tool.title} answers it", sources=source), "bot")
    return True


def _fields(thread: Thread, tool: Tool) -> dict[str, str]:
    """Return what the company's system would say of this customer: no more than the behaviour takes."""
    customer, order = thread.customer, thread.customer.orders[0]
    late = order.due < thread.at.date().isoformat() and order.status == "in transit"
    known = {
        "order.number": order.number,
        "item": order.item,
        "status": order.status,
        "carrier": order.carrier,
        "tracking": order.tracking,
        "late" if late else "due": order.due,
        "delivered": order.due if order.status == "delivered" else "",
        "email": f"{customer.email[:1]}…@example.com",
        "sent_to": f"{customer.email[:1]}…@example.com",
        "since": customer.since,
        "membership": "Club" if customer.contract == "Club" else "",
        "valid": "30 minutes",
        "date": order.due,
        "time": "14:20",
        "where": "in Kettlewick",
    }
    return {name: known[name] for name in tool.returns if known.get(name)}


def _filled(say: str, fields: dict[str, str]) -> str:
    """Return a wording with its fields in it, days as people write them; empty where one is missing."""
    for name, value in fields.items():
        say = say.replace(f"{{{name}}}", spelled_date(value))
    return "" if "{" in say else say


def _said(thread: Thread, matter: Matter) -> Iterator[Citation]:
    """Return what the bot may quote, passage by passage and round again."""
    found = [
        Citation(SourceType.ARTICLE, name, passage, article.title)
        for name in matter.articles
        if (article := thread.material.articles[name]).audience == "public"
        for passage in article.text.split("\n\n")
        if len(passage) > 40 and not passage.startswith("1.")  # noqa: PLR2004 - a passage that says something
    ]
    return cycle(found)


def _quote(thread: Thread, said: Iterator[Citation], *, failed: bool = False) -> None:
    source = next(said)
    _speak(thread, as_message(source.passage), (source,))
    why = "the answer before was no help" if failed else "an article of the behaviour answers it"
    thread.add(_decided(thread, Decided.ANSWER, why, sources=(source,)), "bot")


def _thanked(thread: Thread) -> None:
    """Let a customer whom the bot has helped take their leave."""
    thread.wait(15, 90)
    if thread.rng.random() < HEARD:
        thread.says(typed(thread.rng.choice(thread.material.lines("thanks")), thread.rng))
        thread.wait(0.3, 1.0)
        _speak(thread, "You're welcome. Just write here if there is anything else.")
        thread.add(_decided(thread, Decided.ANSWER, "the customer says thanks"), "bot")
    thread.wait(600, 1_200)
    thread.add(ConversationClosed("answered by the bot", resolved=True), "bot")


def _speak(thread: Thread, text: str, sources: tuple[Citation, ...] = ()) -> None:
    first = not any(m.role is Author.BOT for m in thread.messages)
    if first and not thread.dark:
        text = f"{wording.introduction(thread.material.library.company)} {text}"
    thread.answers(Author.BOT, text, sources=sources)


def _decided(
    thread: Thread, decision: Decided, reason: str, tool: str = "", fact: str = "", sources: tuple[Citation, ...] = ()
) -> BotDecided:
    intent = thread.behaviour.intent
    return BotDecided(thread.turn, decision, reason, intent, tool, tool, fact, sources=sources, ms=thread.ms(30))
