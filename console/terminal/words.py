"""Figures and kinds as the agent reads them. Never colour alone: every sign has its word."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from console.conversation.assistance import (
    Citation,
    Decision,
    Flag,
    Mood,
    NextStep,
    Severity,
    SourceType,
    Suggestion,
    SummaryKind,
    Support,
)
from console.conversation.people import Customer
from console.conversation.service_levels import Due, Standing
from console.conversation.state import Conversation

_BARS: Final = "▁▂▃▄▅▆▇█"

SUMMARY: Final = {
    SummaryKind.ISSUE: "Issue",
    SummaryKind.WANTS: "Wants",
    SummaryKind.TRIED: "Tried",
    SummaryKind.PROMISED: "Promised",
    SummaryKind.FACT: "Fact",
    SummaryKind.OPEN: "Open",
}
SOURCE: Final = {
    SourceType.ARTICLE: "KB",
    SourceType.POLICY: "Policy",
    SourceType.BEHAVIOUR: "Procedure",
    SourceType.MACRO: "Macro",
    SourceType.PAST: "Past reply",
    SourceType.MESSAGE: "Message",
}
SUPPORT: Final = {
    Support.FULL: "every sentence sourced",
    Support.PARTIAL: "part has no source",
    Support.NONE: "no source",
}
DECIDED: Final = {
    Decision.ACCEPTED: "accepted",
    Decision.EDITED: "edited",
    Decision.OVERRIDDEN: "overridden",
    Decision.DISMISSED: "dismissed",
    Decision.IGNORED: "not used",
}
CHANNEL: Final = {"replay": "scripted customer", "webchat": "web chat"}
"""What is said of a channel where its own name would tell an agent nothing."""

SEVERITY: Final = {Severity.INFO: "note", Severity.WARN: "warning", Severity.BLOCK: "blocked"}
SIGN: Final = {Severity.INFO: "ℹ", Severity.WARN: "⚠", Severity.BLOCK: "⊘"}
TREND: Final = {"rising": "getting better", "steady": "steady", "falling": "getting worse"}


def waited(since: datetime | None, now: datetime) -> str:
    """Return how long a customer has waited: ``40 s``, ``12 min``, ``3 h 05 min``; nothing when nothing is owed."""
    if since is None:
        return ""
    seconds = max(0, int((now - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    if hours >= 24:  # noqa: PLR2004 - hours of a day
        return f"{hours // 24} d {hours % 24} h"
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def answer_due(owed: Due | None, since: str) -> str:
    """Return how an answer stands: ``since`` while there is time, then how much is left, then how late it is."""
    if owed is None or owed.standing is Standing.FINE:
        return since
    if owed.late:
        return f"⚠ late {_span(-owed.left)}"
    return f"◔ due in {_span(owed.left)}"


def _span(seconds: float) -> str:
    moment = datetime.fromtimestamp(0, UTC)
    return waited(moment, moment + timedelta(seconds=seconds))


def clock(at: datetime | None) -> str:
    """Return a moment as local hours and minutes, five characters wide."""
    return at.astimezone().strftime("%H:%M") if at else "     "


def moment(at: datetime, now: datetime | None = None) -> str:
    """Return a moment as this machine's clock shows it, with the day where that is not today's."""
    here, today = at.astimezone(), (now or datetime.now(UTC)).astimezone().date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%a} {here.day} {here:%b}, {here:%H:%M}"


def sparkline(scores: Sequence[float], width: int) -> str:
    """Return mood scores (-1 to 1) as bars, newest last, at most ``width`` of them: high is a happy customer."""
    top = len(_BARS) - 1
    return "".join(_BARS[round((min(1.0, max(-1.0, s)) + 1) / 2 * top)] for s in scores[-width:])


def risk(value: float) -> str:
    """Return the risk of escalation (0 to 1) as a word."""
    if value >= 0.66:  # noqa: PLR2004 - thirds
        return "high"
    return "medium" if value >= 0.33 else "low"  # noqa: PLR2004


def mood_line(mood: Mood) -> str:
    """Return a mood in words."""
    return f"{mood.label}, {TREND[mood.trend]} · risk {risk(mood.escalation_risk)}"


def cited(citation: Citation) -> str:
    """Return a source in a few words: what it is and which."""
    return f"{SOURCE[citation.type]} {citation.title or citation.id}"


def rests_on(suggestion: Suggestion) -> str:
    """Return how much of a reply has a source, in words; of one that claims a deed, the deed can have none."""
    if suggestion.claims and suggestion.support is Support.PARTIAL and not suggestion.unsupported:
        return "the rest sourced"
    return SUPPORT[suggestion.support]


def doubts(suggestion: Suggestion) -> tuple[str, ...]:
    """Return why a reply is not fully supported, a line a reason; none where it is."""
    unsaid = tuple(f"⚠ No source says: “{sentence}”" for sentence in suggestion.unsupported)
    if not suggestion.claims:
        return unsaid
    return ("⚑ It says that something has been done: true only once you have done it.", *unsaid)


def usual_step(proposed: NextStep) -> str:
    """Return what was done in similar cases, in a line: counts, no forecast."""
    step = proposed.step
    return f"In {step.cases} of {proposed.similar} similar cases: {step.text} · {step.resolved} resolved"


def flagged(flag: Flag) -> str:
    """Return a flag's heading: sign, word and title."""
    return f"{SIGN[flag.severity]} {SEVERITY[flag.severity]}: {flag.title or flag.policy}"


def where(flag: Flag) -> str:
    """Return where a flag's rule stands."""
    return f"policy {flag.policy} {flag.clause}".strip()


def known_by(customer: Customer) -> str:
    """Return the customer's newest order, or nothing."""
    return f"order {customer.orders[0].number}" if customer.orders else ""


def standing(conversation: Conversation) -> list[str]:
    """Return the heading of a conversation as short parts."""
    tier = conversation.routing.tier if conversation.routing else 0
    tier = tier or (conversation.handover.tier if conversation.handover else 0)
    parts = [
        known_by(conversation.customer),
        f"identity {conversation.identity.value}",
        f"tier {tier}" if tier else "",
        conversation.layer.value,
        CHANNEL.get(conversation.channel, conversation.channel),
        *(f"{name} watches" for _, name in conversation.team.watchers),
        "a lead is called" if conversation.team.called else "",
    ]
    return [part for part in parts if part]
