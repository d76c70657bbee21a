"""A generated conversation from the hand-over on: it waits, is taken, is talked through, and may go up to a lead."""

from dataclasses import dataclass
from typing import Final

from console.assist.asking import is_question
from console.content.macros import Stage
from console.conversation.assist_events import WarningPassed
from console.conversation.assistance import SummaryKind, SummaryLine, flag_id
from console.conversation.events import ConversationClaimed, HandedOver
from console.conversation.message import Author
from console.conversation.packet import Packet, Standing
from console.conversation.packet_events import PacketPrepared
from console.conversation.passages import as_message
from console.conversation.people import Identity
from console.conversation.queue_events import ConversationTransferred, LeadCalled, PlaceTold, WatchBegun, WatchEnded
from console.demo.history.agent_part import agent_turn, say
from console.demo.history.besides import flagged, let_in, mark_bot, task
from console.demo.history.material import Dialogue, Matter
from console.demo.history.plants import Plant
from console.demo.history.roster import Roster, another, lead
from console.demo.history.suggesting import look_up
from console.demo.history.thread import Thread
from console.demo.history.voice import typed
from console.text import shorten

COOLS: Final = 0.08
"""Share of a customer's lines that turn cool, whatever the agent does."""
CALLS_LEAD: Final = 0.2
"""Of the cool ones, how many want a manager."""
CHASES: Final = 0.06
"""Customers who write again before they are answered."""
MOVES: Final = 0.05
"""Turns after which a colleague goes on."""
ODD: Final = 0.02
"""Turns with a question that nothing answers, each another."""
SAYS_GOODBYE: Final = 0.6
"""Last words of customers that are answered."""
ANGERED: Final = 0.85
"""Of those who read the bad macro, how many get angry; and how many of these ask for a manager."""
UP: Final = 0.4
OVERRIDES: Final = 0.2
"""Leads' answers that go out against a policy."""


@dataclass(slots=True)
class Course:
    """How it went."""

    angered: bool = False
    """Whether a reply made the customer angry."""
    escalated: bool = False
    """Whether it went up to a lead."""
    shared: bool = False
    """Whether more than one colleague had it."""


def people_part(thread: Thread, matter: Matter, dialogue: Dialogue, roster: Roster) -> Course:
    """Let people work the conversation up to where it could be closed."""
    course = Course()
    _packet(thread)
    _claimed(thread, roster)
    mark_bot(thread)
    flagged(thread)
    let_in(thread)
    if matter.plant is Plant.MISSING_ARTICLE:
        _asked(thread, matter)
    task(thread)
    stage = Stage.OPENING
    for role, line in dialogue.lines:
        if role is Author.AGENT:
            macro = agent_turn(thread, matter, thread.fill(_known(thread, line)), stage)
            stage = Stage.ANY
            if macro and macro == thread.material.bad and _angers(thread, course):
                break
        elif role is Author.CUSTOMER:
            if _customer_line(thread, matter, line, course):
                break
        elif role is Author.SYSTEM:
            thread.wait(1, 6)
            thread.answers(Author.SYSTEM, thread.fill(line))
    if thread.turn == thread.messages[-1].id and thread.rng.random() < SAYS_GOODBYE:
        agent_turn(thread, matter, thread.fill(thread.rng.choice(thread.material.staff("goodbyes"))), Stage.CLOSING)
    return course


def _packet(thread: Thread) -> None:
    """Note the packet: lighter than a live one, as what it is worked out from is a short talk."""
    handed = next(e.data for e in reversed(thread.events) if isinstance(e.data, HandedOver))
    customer = thread.customer
    first = next(m for m in thread.messages if m.role is Author.CUSTOMER)
    issue = () if thread.dark else (SummaryLine(SummaryKind.ISSUE, shorten(first.text, 120), (first.id,)),)
    standing = Standing(
        customer.value, customer.contract, customer.since, complaints=customer.complaints, orders=customer.orders
    )
    thread.wait(0.1, 0.4)
    packet = Packet(
        thread.turn,
        handed.reason,
        handed.triggers,
        standing,
        Identity.MATCHED,
        issue=issue,
        moods=tuple(mood.score for mood in thread.moods.values()),
        mood=next(reversed(thread.moods.values())) if thread.moods else None,
        matter=thread.behaviour.title,
        dark=thread.dark,
    )
    thread.add(PacketPrepared(packet, thread.ms(24)), "assist")


def _claimed(thread: Thread, roster: Roster) -> None:
    handed = thread.at
    agent, at = roster.claims(handed, thread.behaviour.skills, thread.rng)
    minutes = (at - handed).total_seconds() / 60
    if minutes > 1:
        thread.wait(5, 20)
        thread.add(PlaceTold(thread.rng.randrange(1, 4), min(30, round(minutes))))
    if minutes > 4 and thread.rng.random() < 0.5:  # noqa: PLR2004 - half of those who wait long ask
        thread.wait(60, 200)
        thread.says(typed(thread.rng.choice(thread.material.lines("chasing")), thread.rng))
    thread.at = max(thread.at, at)
    thread.wait(0.5, 4)
    thread.agent = agent
    thread.by_agent(ConversationClaimed(agent.id, agent.name))


def _asked(thread: Thread, matter: Matter) -> None:
    question = next(m.text for m in thread.messages if m.role is Author.CUSTOMER)
    if not look_up(thread, question, matter):
        thread.planted.add(Plant.MISSING_ARTICLE)


def _known(thread: Thread, line: str) -> str:
    """Return what the agent would write: where an article answers it, nobody has to ask around."""
    return f"I've looked it up for you: {as_message(thread.found.passage)}" if thread.found else line


def _customer_line(thread: Thread, matter: Matter, line: str, course: Course) -> bool:
    """Let the customer write on; return whether it went up to a lead."""
    rng, lines = thread.rng, thread.material.lines
    thread.wait(12, 95)
    if rng.random() < CHASES:
        first = thread.rng.choice(lines("chasing"))
        thread.says(typed(first, rng))
        thread.wait(4, 25)
    cool = rng.random() < COOLS
    thread.says(typed(rng.choice(lines("cool")) if cool else thread.fill(line), rng))
    if rng.random() < ODD and not thread.dark:
        thread.wait(4, 20)
        thread.says(typed(rng.choice(lines("odd")), rng))
        if is_question(thread.messages[-1].text):
            look_up(thread, thread.messages[-1].text, matter)
    if cool and rng.random() < CALLS_LEAD:
        _goes_up(thread, course)
    elif rng.random() < MOVES and thread.agent and not course.shared:
        _moves(thread, course)
    return course.escalated


def _angers(thread: Thread, course: Course) -> bool:
    """Let the customer answer the bad macro; return whether the talk ends here, as far as it was planned."""
    rng, lines = thread.rng, thread.material.lines
    thread.wait(10, 60)
    if rng.random() >= ANGERED:
        thread.says(typed(rng.choice(lines("fine")), rng))
        return False
    course.angered = True
    thread.says(typed(rng.choice(lines("stalled")), rng))
    if rng.random() < UP:
        _goes_up(thread, course)
        return True
    say(thread, thread.fill(rng.choice(thread.material.staff("calming"))))
    return True


def _goes_up(thread: Thread, course: Course) -> None:
    """Let the customer ask for a manager, and a lead take over."""
    rng, agent = thread.rng, thread.agent
    if agent is None:
        return
    course.escalated = course.shared = True
    thread.wait(10, 50)
    thread.says(typed(rng.choice(thread.material.lines("person")), rng))
    thread.wait(5, 25)
    thread.by_agent(LeadCalled(agent.id, agent.name, "wants a manager"))
    boss = lead(thread.at, rng)
    thread.wait(20, 160)
    thread.add(WatchBegun(boss.id, boss.name), f"agent:{boss.id}")
    thread.wait(20, 60)
    passed = ConversationTransferred(boss.name, boss.id, boss.name, note="I'll take this one")
    thread.add(passed, f"agent:{boss.id}")
    thread.add(WatchEnded(boss.id), f"agent:{boss.id}")
    thread.agent = boss
    say(thread, thread.fill(thread.material.staff("lead")[0]))
    if rng.random() < OVERRIDES:
        text = thread.messages[-1].text
        named = flag_id("goodwill-limit", "draft", text[:20])
        thread.by_agent(WarningPassed(named, "goodwill-limit", "right for this one customer", text, override=True))
    thread.wait(30, 120)
    thread.says(typed(rng.choice(thread.material.lines("fine")), rng))
    say(thread, thread.fill(rng.choice(thread.material.staff("own"))))


def _moves(thread: Thread, course: Course) -> None:
    """Let the agent pass it on to a colleague."""
    agent = thread.agent
    colleague = another(agent, thread.at, thread.rng) if agent else None
    if agent is None or colleague is None:
        return
    course.shared = True
    thread.wait(5, 40)
    thread.by_agent(
        ConversationTransferred(agent.name, colleague.id, colleague.name, note="knows this better than I do")
    )
    thread.agent = colleague
