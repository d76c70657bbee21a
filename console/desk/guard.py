"""What stands between a draft and the customer. Pure."""

from collections.abc import Sequence

from console.conversation.assist_events import WarningPassed
from console.conversation.assistance import Flag, Severity
from console.conversation.commands import SendMessage
from console.conversation.people import Agent, Role
from console.conversation.state import Approval, Conversation


def obstacles(send: SendMessage, flags: Sequence[Flag], role: Role, approval: Approval | None) -> tuple[Flag, ...]:
    """Return the flags that keep a text from going out; ``approval`` is the one that holds for it, if any.

    A note is never in the way. A warning is passed with a reason. A block is passed by a lead's approval; a lead who
    writes overrides it with a reason, which is recorded as an override: nobody approves their own text.
    """
    if approval is not None:
        return ()
    passed = {p.flag for p in send.passed if p.reason.strip()}
    return tuple(
        flag
        for flag in flags
        if not (
            flag.severity is Severity.INFO
            or (flag.severity is Severity.WARN and flag.id in passed)
            or (flag.severity is Severity.BLOCK and role is Role.LEAD and flag.id in passed)
        )
    )


def approval_that_holds(
    state: Conversation, agent: Agent, send: SendMessage, text: str, flags: Sequence[Flag], key: str
) -> Approval | None:
    """Return the approval by which ``text`` may go out as the message with this key.

    It holds for one message, of the agent who asked, for exactly this text, as long as nothing blocks the text that
    did not when the lead approved. A retry of that message names the approval or, having seen it used, no more.
    """
    blocking = {flag.id for flag in flags if flag.severity is Severity.BLOCK}
    for approval in state.approvals.values():
        meant = approval.used == key if approval.used else approval.id == send.approval
        if (
            meant
            and approval.approved is True
            and approval.agent == agent.id
            and approval.text == text
            and blocking <= {flag.id for flag in approval.flags}
        ):
            return approval
    return None


def warnings_passed(
    send: SendMessage, text: str, flags: Sequence[Flag], approval: Approval | None
) -> list[WarningPassed]:
    """Return the record of every flag that was passed with a reason; past a block without ``approval``: an override."""
    reasons = {p.flag: p.reason.strip() for p in send.passed if p.reason.strip()}
    alone = approval is None
    return [
        WarningPassed(flag.id, flag.policy, reasons[flag.id], text, override=alone and flag.severity is Severity.BLOCK)
        for flag in flags
        if flag.id in reasons
    ]


def asked_by(lead: Agent, asked: Approval, state: Conversation) -> bool:
    """Return whether a request comes from the very person who is to decide it, under this account or another.

    A person may have an account for each role; what they share is the name.
    """
    return asked.agent == lead.id or (asked.agent == state.agent and state.agent_name == lead.name)
