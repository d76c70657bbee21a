"""What stands between a draft and the customer. Pure."""

from collections.abc import Sequence

from console.conversation.assistance import Flag, Severity
from console.conversation.commands import SendMessage
from console.conversation.events import WarningPassed
from console.conversation.people import Role
from console.conversation.state import Conversation


def obstacles(state: Conversation, send: SendMessage, text: str, flags: Sequence[Flag], role: Role) -> tuple[Flag, ...]:
    """Return the flags that keep ``text`` from going out.

    A note is never in the way. A warning is passed with a reason. A block is passed by a lead's approval of exactly
    this text; a lead who writes passes it with a reason, as their own approval.
    """
    passed = {p.flag for p in send.passed if p.reason.strip()}
    approval = state.approvals.get(send.approval)
    approved = approval is not None and approval.approved is True and approval.text == text
    return tuple(
        flag
        for flag in flags
        if not (
            flag.severity is Severity.INFO
            or (flag.severity is Severity.WARN and (flag.id in passed or approved))
            or (flag.severity is Severity.BLOCK and (approved or (role is Role.LEAD and flag.id in passed)))
        )
    )


def warnings_passed(send: SendMessage, text: str, flags: Sequence[Flag]) -> list[WarningPassed]:
    """Return the record of every flag that was passed with a reason."""
    reasons = {p.flag: p.reason.strip() for p in send.passed if p.reason.strip()}
    return [WarningPassed(flag.id, flag.policy, reasons[flag.id], text) for flag in flags if flag.id in reasons]
