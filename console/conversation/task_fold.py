"""What the events of tasks make of a conversation and of its row in the inbox, and what packets make of the row."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation import task_events as t
from console.conversation.message import Layer
from console.conversation.packet_events import PacketPrepared
from console.conversation.tasks import Asked, Task, TaskMark, TaskRecord, listed
from console.conversation.triage import darkened, triage_of

if TYPE_CHECKING:
    from console.conversation.inbox import InboxRow
    from console.conversation.state import Conversation


def take(conversation: "Conversation", data: object, at: datetime) -> None:
    """Let a conversation take in an event of these; any other changes nothing.

    Once the bot has asked for an agent, nothing is owed until the task is over. A customer who waits for an agent
    waits on all the same.
    """
    record = conversation.tasks
    task, last = record.running, conversation.messages[-1].id if conversation.messages else ""
    match data:
        case t.TaskDelegated(facts=facts) if facts:  # without any there is nothing to ask for
            conversation.tasks = _begun(record, data, len(conversation.messages), last, at)
        case t.TaskAsked(slot=slot) if task:
            asked = replace(task, asked=(*task.asked, Asked(slot, last, at)))
            conversation.tasks = replace(record, running=asked)
            if not task.waiting:
                conversation.waiting_since = conversation.owed_since = None
        case t.TaskAnswered(got=got) if task:
            conversation.tasks = replace(record, running=task.with_got(got))
        case t.TaskEnded() if task:
            mark = TaskMark(last, _over(task, data), at)
            conversation.tasks = replace(record, running=None, marks=(*record.marks, mark))
            if data.owed:
                conversation.waiting_since = conversation.owed_since = conversation.waiting_since or at
        case _:
            pass


def _begun(record: TaskRecord, data: t.TaskDelegated, messages: int, last: str, at: datetime) -> TaskRecord:
    task = Task(data.agent, data.name, data.facts, messages, at)
    names = listed([fact.name for fact in data.facts])
    words = f"{data.name} lets the bot ask for: {names}" if data.agent else f"The bot asks meanwhile for: {names}"
    mark = TaskMark(last, words, at)
    return TaskRecord(task, record.waited or task.waiting, (*record.marks, mark))


def _over(task: Task, data: t.TaskEnded) -> str:
    names = {fact.slot: fact.name for fact in task.facts}
    got = "; ".join(f"{names[g.slot]}: {g.value} ({g.message})" for g in task.got if g.slot in names)
    return f"The bot is back: {data.reason}{f' · {got}' if got else ''}"


def row_after(row: "InboxRow", data: object, at: datetime) -> "InboxRow":
    """Return a row of the inbox after an event of these; any other changes nothing."""
    match data:
        case t.TaskDelegated(facts=facts) as begun if facts:
            return replace(row, task_facts=begun.facts, task_place=1, task_of=begun.agent, task_back="")
        case t.TaskAsked(slot=slot) if row.task:
            place = next((n for n, fact in enumerate(row.task_facts, 1) if fact.slot == slot), 1)
            row = replace(row, task_place=place, task_asked_at=at)
            return replace(row, waiting_since=None, owed_since=None) if row.task_of else row
        case t.TaskEnded(reason=reason, owed=owed) if row.task:
            since = row.waiting_since or at
            back = reason if owed and row.task_of else ""
            row = replace(row, task_facts=(), task_of="", task_asked_at=None, task_back=back)
            return replace(row, waiting_since=since, owed_since=since) if owed else row
        case PacketPrepared(packet=packet):
            triage = triage_of(packet)
            return replace(row, triage=darkened(triage) if row.layer is Layer.HUMAN_ONLY else triage)
        case _:
            return row
