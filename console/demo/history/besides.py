"""What is done beside the talk of a generated conversation: flags, notes, marks, questions, tasks, a lead's leave."""

from dataclasses import replace
from typing import Final

from console.conversation.assist_events import FlagDismissed, FlagsRaised, SummaryCorrected
from console.conversation.assistance import ESCALATION_RISK, Flag, Severity, flag_id
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.events import ApprovalDecided, ApprovalRequested, NoteAdded
from console.conversation.message import Author, Layer
from console.conversation.queue_events import AsideKind, AsideWritten
from console.conversation.task_events import TaskAnswered, TaskAsked, TaskDelegated, TaskEnded
from console.conversation.tasks import Got, TaskFact, TaskOutcome
from console.demo.history.roster import another, lead
from console.demo.history.suggesting import summary
from console.demo.history.thread import Thread

NOTES: Final = 0.04
ASIDES: Final = 0.03
CORRECTS: Final = 0.03
"""Shares of turns with a note, with a question to a colleague, with a corrected summary."""
MARKS: Final = 0.12
"""Talks in which the bot's last answer is marked."""
FLAGS: Final = 0.07
FALSE_ALARMS: Final = 0.35
"""Talks with a flag, and flags of which agents say that they do not apply."""
IN_A_HURRY: Final = 0.3
"""Warnings of an escalation that are put aside."""
TASKS: Final = 0.04
"""Talks with a task for the bot."""
ALLOWS: Final = 0.3
"""Talks for people alone in which a lead lets assistance in."""
APPROVES: Final = 0.5
AGREES: Final = 0.85
"""Refunds above the limit that a lead is asked about, and to which they agree."""

FLAGGED: Final = ("illness-or-disability", "chargeback", "data-request", "financial-hardship")
"""Policies on what customers write that flags name."""

LIMIT: Final = 100.0
"""Pounds from which a refund needs a lead, as the demo's policy says."""


def flagged(thread: Thread) -> None:
    """Raise a flag about what the customer came with, now and then; some are false alarms and put aside."""
    rng = thread.rng
    if rng.random() >= FLAGS:
        return
    first = next(m for m in thread.messages if m.role is Author.CUSTOMER)
    policy = thread.material.library.policy(rng.choice(FLAGGED))
    if policy is None:
        return
    span = " ".join(first.text.split()[:4])
    found = flag_id(policy.id, first.id, span)
    flag = Flag(found, policy.id, policy.severity, first.id, span, policy.advice, policy.title, policy.clause)
    thread.add(FlagsRaised(first.id, (flag,), thread.ms(4)), "assist")
    if rng.random() < FALSE_ALARMS:
        thread.wait(10, 60)
        thread.by_agent(FlagDismissed(found, policy.id, "they did not mean that"))


def let_in(thread: Thread) -> None:
    """Let a lead allow assistance in what is for people alone, now and then."""
    if thread.dark and thread.routing and thread.rng.random() < ALLOWS:
        boss = lead(thread.at, thread.rng)
        allowed = AssistanceAllowed(thread.routing.intent, boss.name, "a question of dates only")
        thread.wait(5, 30)
        thread.add(allowed, f"agent:{boss.id}")
        thread.routing = replace(thread.routing, layer=Layer.ASSISTED)


def mark_bot(thread: Thread) -> None:
    """Let the agent mark the bot's last answer, now and then: wrong where it was asked for something else."""
    answers = [m for m in thread.messages if m.role is Author.BOT][:-1]
    if answers and thread.agent and thread.rng.random() < MARKS:
        verdict = Verdict.WRONG if thread.mood < 0 else Verdict.RIGHT
        why = "not what was asked" if verdict is Verdict.WRONG else ""
        thread.by_agent(BotAnswerMarked(answers[-1].id, verdict, thread.agent.name, why))


def beside(thread: Thread) -> None:
    """Let the agent do what is done beside writing, now and then."""
    rng, staff = thread.rng, thread.material.staff
    warned = flag_id(ESCALATION_RISK, "conversation", "")
    if warned in thread.flags and rng.random() < IN_A_HURRY:
        thread.flags.discard(warned)
        thread.by_agent(FlagDismissed(warned, ESCALATION_RISK, "they are only in a hurry"))
    if rng.random() < NOTES and thread.agent:
        thread.by_agent(NoteAdded(rng.choice(staff("notes")), thread.agent.name))
    if rng.random() < CORRECTS and thread.agent and not thread.dark:
        line = summary(thread)[0]
        thread.by_agent(
            SummaryCorrected(line.kind, line.sources, line.text, f"{line.text} (urgent)", thread.agent.name)
        )
    if rng.random() < ASIDES and (agent := thread.agent) and (colleague := another(agent, thread.at, rng)):
        asked = AsideWritten(
            AsideKind.ASKED, rng.choice(staff("asked")), agent.id, agent.name, colleague.id, colleague.name
        )
        thread.by_agent(asked)
        thread.wait(20, 120)
        told = AsideWritten(AsideKind.ANSWERED, rng.choice(staff("answered")), colleague.id, colleague.name)
        thread.add(told, f"agent:{colleague.id}")


def task(thread: Thread) -> None:
    """Let the agent have the bot ask for the order's number, now and then, and the customer give it."""
    agent, number = thread.agent, thread.customer.orders[0].number
    if agent is None or thread.dark or thread.rng.random() >= TASKS:
        return
    ask = "Could you give me your order number? It starts with LF."
    fact = TaskFact("order.number", "order number", ask, intent=thread.behaviour.intent)
    thread.wait(4, 15)
    thread.by_agent(TaskDelegated((fact,), agent.id, agent.name))
    thread.wait(0.2, 0.8)
    thread.answers(Author.BOT, ask)
    thread.add(TaskAsked("order.number"), "bot")
    thread.wait(10, 60)
    turn = thread.says(number)
    thread.wait(0.1, 0.6)
    thread.add(TaskAnswered((Got("order.number", number, turn),)), "bot")
    thread.add(TaskEnded(TaskOutcome.COMPLETE, "the order number is there"), "bot")


def approval(thread: Thread, text: str) -> str:
    """Let the agent ask a lead about a refund above the limit where one is due; return the approval, or nothing."""
    amount = float(thread.customer.orders[0].total.removeprefix("£"))
    agent = thread.agent
    if amount <= LIMIT or agent is None or thread.rng.random() >= APPROVES:
        return ""
    name = f"a-{thread.id}-{len(thread.messages)}"
    flag = Flag(
        flag_id("refund-over-limit", "draft", "refund"), "refund-over-limit", Severity.BLOCK, "draft", "refund",
        "Ask a lead.", "Refunds over £100 need a lead",
    )  # fmt: skip
    thread.wait(10, 40)
    thread.by_agent(ApprovalRequested(name, text, (flag,), "the order has been back for a week"))
    boss = lead(thread.at, thread.rng)
    thread.wait(30, 240)
    approved = thread.rng.random() < AGREES
    decided = ApprovalDecided(name, approved, "" if approved else "the workshop looks at it first")
    thread.add(decided, f"agent:{boss.id}")
    return name if approved else ""
