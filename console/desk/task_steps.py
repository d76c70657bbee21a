"""What a decision of the bot on its task becomes in the log, and whether it still holds. Pure."""

from typing import Final

from console.assist.bot.task import AskFor, End, TaskMoment, TaskVerdict
from console.conversation.events import EventData, MessageAdded
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author
from console.conversation.people import Agent
from console.conversation.state import Conversation
from console.conversation.task_events import TaskAnswered, TaskAsked, TaskEnded
from console.conversation.tasks import TaskOutcome

_UPSET: Final = frozenset({HandoverWhen.TOPIC, HandoverWhen.MOOD, HandoverWhen.PREDICTED})
"""What brought somebody to people whom the bot asks nothing by itself."""


def ended_by_writing(state: Conversation, agent: Agent) -> list[EventData]:
    """Return the end of the task that runs, for the agent writes to the customer; nothing where none runs."""
    running = state.tasks.running is not None
    return [TaskEnded(TaskOutcome.TAKEN_BACK, f"{agent.name} wrote", owed=False)] if running else []


def stands(state: Conversation, moment: TaskMoment) -> bool:
    """Return whether all that was decided on is still so."""
    then = moment.talk
    return (
        state.tasks.running == moment.task
        and len(state.messages) == len(then.messages)
        and (state.status, state.agent) == (moment.status, moment.agent)
        and (state.routing, state.hidden) == (then.routing, then.hidden)
    )


def events_of(verdict: TaskVerdict) -> list[EventData]:
    """Return what is recorded of a decision: the facts, the bot's words, the end."""
    found: list[EventData] = [TaskAnswered(verdict.got)] if verdict.got else []
    match verdict.step:
        case AskFor(fact=fact, text=text):
            found += [MessageAdded(Author.BOT, text), TaskAsked(fact.slot)]
        case End(text=text) as end:
            found += [MessageAdded(Author.BOT, text)] if text else []
            found.append(TaskEnded(end.outcome, end.reason, end.owed))
        case None:
            pass
    return found


def may_be_asked(state: Conversation) -> bool:
    """Return whether the bot may ask somebody who waits by itself: nobody is upset, and nobody has answered them."""
    packet = state.packet
    if packet is None or packet.dark or state.dark or state.tasks.waited or state.unanswered is None:
        return False
    return not any(trigger.when in _UPSET for trigger in packet.triggers)
