"""The warning before a customer asks for a manager: once in a conversation, calm, with reasons and one advice."""

from collections.abc import Set

from console.assist.mood.risk import WARNS, Signs, advice_of, reasons_of, risk_of
from console.conversation.assistance import ESCALATION_RISK, Flag, Severity, flag_id


def warning_of(signs: Signs, message: str, words: str, raised: Set[str], dismissed: Set[str]) -> Flag | None:
    """Return the warning as of the customer's ``message``; ``None`` where the risk is low, or it was given before.

    Who asks for a person in this very message has escalated already: there is nothing to warn of. ``words`` are those
    of the message; ``raised`` and ``dismissed`` hold the ids of flags.
    """
    name = flag_id(ESCALATION_RISK, "conversation", "")
    if signs.asks or name in raised or name in dismissed or risk_of(signs) < WARNS:
        return None
    why = "; ".join(reasons_of(signs)) or "unhappy"
    return Flag(
        id=name,
        policy=ESCALATION_RISK,
        severity=Severity.INFO,
        message=message,
        span=words,
        advice=f"{why[:1].upper()}{why[1:]}. {advice_of(signs)}",
        title="This may escalate",
        clause="Built in",
    )
