"""How a generated conversation ends: wrapped up and closed, with a promise kept or broken, and sometimes once more."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from console.conversation.channel_events import MessagesRead
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    ConversationReopened,
)
from console.conversation.message import Author
from console.conversation.queue_events import ConversationReturned, ConversationWoken
from console.conversation.wrap_up import (
    FilledField,
    FollowUp,
    FollowUpKind,
    LineFate,
    ProposedLine,
    WrapUp,
    WrapUpPart,
)
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.demo.history.agent_part import say
from console.demo.history.besides import approval
from console.demo.history.material import Dialogue, Matter
from console.demo.history.people_part import Course
from console.demo.history.plants import Plant
from console.demo.history.roster import when_there, who_comes
from console.demo.history.thread import Thread
from console.demo.history.voice import typed
from console.text import shorten

PROMISES: Final = 0.16
BREAKS: Final = 0.22
COMES_BACK_FOR_IT: Final = 0.7
"""Talks that end with a promise, promises that are broken, and those whom it was broken to who write again."""
SAYS_THANKS: Final = 0.72
READS: Final = 0.3
"""Customers who say thanks, and talks whose customer is known to have read the last answer."""
RETURNS: Final = 0.05
RETURNS_ANGERED: Final = 0.4
"""Closed talks that the customer opens again, and of those whom a reply made angry."""
LEAVES: Final = 0.04
LEAVES_ANGERED: Final = 0.35
LEAVES_LATE: Final = 0.3
"""Customers who leave with nothing, of those whom a reply made angry, and of those whom the bot kept too long."""

APPROVED_MATTERS: Final = frozenset({"refund-status", "return-refund", "lost-parcel"})


def ending(thread: Thread, matter: Matter, dialogue: Dialogue, course: Course) -> None:
    """End it."""
    rng = thread.rng
    if matter.intent in APPROVED_MATTERS and dialogue.resolved and not course.escalated:
        _approved(thread)
    late = matter.plant is Plant.LATE_TRIGGER
    leaves = LEAVES_ANGERED if course.angered else LEAVES_LATE if late else LEAVES
    if rng.random() < leaves:
        thread.wait(20, 120)
        thread.says(typed(rng.choice(thread.material.lines("gone")), rng))
        _close(thread, "customer left", resolved=False)
    elif rng.random() < PROMISES and not thread.dark and (days := _days_to(thread)):
        _promised(thread, dialogue, days)
    else:
        _thanks(thread, course)
        _close(thread, dialogue.disposition, resolved=dialogue.resolved and not course.angered)
    if rng.random() < (RETURNS_ANGERED if course.angered else RETURNS):
        _again(thread, dialogue)


def _approved(thread: Thread) -> None:
    text = f"I've released the refund of {thread.customer.orders[0].total} for you; it shows within 5 working days."
    if allowed := approval(thread, text):
        thread.wait(5, 20)
        thread.sends(text, approval=allowed)
        thread.wait(0.05, 0.4)
        thread.delivered()


def _thanks(thread: Thread, course: Course) -> None:
    if thread.messages[-1].role is Author.AGENT and not course.angered and thread.rng.random() < SAYS_THANKS:
        thread.wait(10, 80)
        thread.says(typed(thread.rng.choice(thread.material.lines("thanks")), thread.rng))
    if thread.rng.random() < READS and thread.messages[-1].role is Author.AGENT:
        thread.wait(5, 60)
        thread.add(MessagesRead(thread.messages[-1].id))


def _days_to(thread: Thread) -> int:
    """Return in how many days the agent is there to keep a promise; 0 where they are away on all of the next days."""
    agent, days = thread.agent, thread.rng.sample((1, 2, 3), 3)
    return next((day for day in days if agent and agent.works(thread.at + timedelta(days=day))), 0)


def _promised(thread: Thread, dialogue: Dialogue, days: int) -> None:
    """Let the agent promise something for a day, and keep it, or not."""
    rng, agent = thread.rng, thread.agent
    if agent is None:
        return
    due = (thread.at + timedelta(days=days)).date()
    text = rng.choice(thread.material.staff("promises")).replace("{due}", f"{due:%A}")
    say(thread, text)
    follow_up = FollowUp(
        "p1", text, FollowUpKind.PROMISE, agent.name, thread.messages[-1].id, f"{due:%A}", due.isoformat()
    )
    if rng.random() >= BREAKS:
        thread.wait(20, 60)
        thread.by_agent(ConversationReleased(parked=True, reason="promised", until=thread.at + timedelta(days=days)))
        thread.at += timedelta(days=days)
        thread.add(ConversationWoken())
        thread.wait(60, 3_000)
        say(thread, thread.fill(rng.choice(thread.material.staff("kept"))))
        _thanks(thread, Course())
        _close(thread, dialogue.disposition, resolved=True, follow_ups=(replace(follow_up, done=True),))
        return
    _close(thread, dialogue.disposition, resolved=True, follow_ups=(follow_up,))
    thread.at += timedelta(days=days + 1, seconds=rng.randrange(3_600 * 4))
    if rng.random() < COMES_BACK_FOR_IT:
        _opened_again(thread, rng.choice(thread.material.lines("broken")))
        say(thread, thread.fill(rng.choice(thread.material.staff("late"))))
        thread.by_agent(FollowUpTicked("p1", done=True, name=thread.agent.name if thread.agent else ""))
        _close(thread, dialogue.disposition, resolved=True, follow_ups=(replace(follow_up, done=True),))
    else:
        thread.at = when_there(agent, thread.at)
        thread.by_agent(FollowUpTicked("p1", done=True, name=agent.name))


def _again(thread: Thread, dialogue: Dialogue) -> None:
    """Let the customer write again some hours or days later, and end it anew."""
    thread.at += timedelta(hours=thread.rng.uniform(5, 60))
    _opened_again(thread, thread.rng.choice(thread.material.lines("again")))
    say(thread, thread.fill(thread.rng.choice(thread.material.staff("own"))))
    _thanks(thread, Course())
    _close(thread, dialogue.disposition, resolved=True)


def _opened_again(thread: Thread, line: str) -> None:
    thread.add(ConversationReopened("the customer wrote again"), f"customer:{thread.customer.id}")
    thread.says(typed(line, thread.rng))
    if (agent := thread.agent) and not agent.works(thread.at):
        thread.wait(1, 20)
        thread.add(ConversationReturned(agent.id, agent.name))
        thread.agent, thread.at = who_comes(thread.at, thread.behaviour.skills, thread.rng)
        thread.wait(30, 600)
        thread.by_agent(ConversationClaimed(thread.agent.id, thread.agent.name))
    thread.wait(60, 900)


def _close(thread: Thread, disposition: str, *, resolved: bool, follow_ups: tuple[FollowUp, ...] = ()) -> None:
    """Close it with what the agent leaves behind: mostly what was proposed for it."""
    agent, rng = thread.agent, thread.rng
    if agent is None:
        return
    thread.wait(20, 150)
    first = next(m for m in thread.messages if m.role is Author.CUSTOMER)
    note = f"{shorten(first.text, 80)} ({first.id}). {disposition.capitalize()}."
    order = thread.customer.orders[0].number
    named = next((m.id for m in thread.messages if order in m.text), "")
    fields = (FilledField("order number", order, (named,)),) if named else ()
    fate = LineFate.KEPT if rng.random() < 0.75 else LineFate.EDITED  # noqa: PLR2004 - three of four stand as they are
    proposed = [ProposedLine(WrapUpPart.NOTE, shorten(first.text, 80), fate)]
    proposed += [ProposedLine(WrapUpPart.DISPOSITION, disposition, fate)]
    proposed += [ProposedLine(WrapUpPart.FIELD, "order number", LineFate.KEPT)] if fields else []
    wrapped = WrapUp(note, disposition, resolved, fields, follow_ups)
    thread.by_agent(WrappedUp(wrapped, agent.id, agent.name, () if thread.dark else tuple(proposed), 0))
    thread.by_agent(ConversationClosed(disposition, resolved, note))
