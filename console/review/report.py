"""Counts and rates of what became of the suggestions, by kind and by source. Pure folds of events."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Suggestion
from console.conversation.codec import encode
from console.conversation.message import Author
from console.conversation.reviews import USUAL_WEEKS
from console.review import drift
from console.review.besides import besides_of
from console.review.bot_answers import BotAnswers
from console.review.evidence import Evidence
from console.review.impact.report import impact_of
from console.review.impact.trials import Trials
from console.review.model_calls import CallTally
from console.review.reviewing.review import reviewed
from console.review.wrap_ups import WrapUpTally

_NEVER: Final = datetime(1970, 6, 1, tzinfo=UTC)
"""When an empty log ends."""


@dataclass(slots=True)
class Tally:
    """What became of a group of suggestions."""

    suggested: int = 0
    shown: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    distances: list[int] = field(default_factory=list)
    thumbs: Counter[int] = field(default_factory=Counter)
    stars: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return the counts, and the rates of decided suggestions; a rate of nothing is ``None``."""
        decided = sum(self.decisions.values())
        counts = {decision.value: self.decisions[decision.value] for decision in Decision}
        rates = {f"{name}_rate": _share(count, decided) for name, count in counts.items()}
        return {
            "suggested": self.suggested,
            "shown": self.shown,
            "decided": decided,
            **counts,
            **rates,
            "median_seconds_to_decide": round(median(self.seconds), 1) if self.seconds else None,
            "median_edit_distance": median(self.distances) if self.distances else None,
            "thumbs_up": self.thumbs[1],
            "thumbs_down": self.thumbs[-1],
            "mean_stars": round(sum(self.stars) / len(self.stars), 2) if self.stars else None,
        }


def report_of(history: Iterable[e.Event], now: datetime | None = None, weeks: int = USUAL_WEEKS) -> dict[str, Any]:
    """Return the report: totals, ``by_kind``, ``by_source`` (type and id), conversations, flags, summaries, impact.

    ``review`` is the review of the ``weeks`` up to ``now`` (see :mod:`console.review.reviewing`), as the lead's screen
    shows it; without ``now``, up to the newest event.

    ``sources`` and ``edits`` are of the same weeks: what speaks for and against each source, why replies were changed.

    ``evidence`` is what speaks for and against each article, macro, policy and threshold, ``drift`` which rates moved.

    Rates are shares of the decided suggestions of the group; only suggestions that stood on a screen are decided. Of
    several decisions or marks for one suggestion the last one counts.
    """
    calls: dict[str, CallTally] = {}
    talks, flags = Counter[str](), Counter[str]()
    summaries: Counter[str] = Counter({"corrected": 0, "removed": 0})
    suggestions, answers, wrap_ups, evidence, trials = (
        _Suggestions(),
        BotAnswers(),
        WrapUpTally(),
        Evidence(),
        Trials(),
    )
    history = list(history)
    until = now or max((event.at for event in history), default=_NEVER)
    for event in history:
        _count_talk(event, talks, flags)
        for tally in (suggestions, answers, wrap_ups, evidence, trials):
            tally.apply(event)
        match event.data:
            case a.LlmCalled(purpose=purpose) as call:
                calls.setdefault(purpose, CallTally()).add(call)
            case a.SummaryCorrected(before=before, text=text) if text != before:
                summaries["corrected" if text else "removed"] += 1
            case _:
                pass
    return {
        "from": history[0].at.isoformat() if history else None,
        "to": history[-1].at.isoformat() if history else None,
        "conversations": dict(talks),
        "flags": dict(flags),
        "summary_lines": dict(summaries),
        "bot_answers": answers.figures(),
        "wrap_ups": wrap_ups.figures(),
        "impact": impact_of(trials),
        "language_model": {purpose: tally.figures() for purpose, tally in sorted(calls.items())},
        "evidence": evidence.figures(),
        "review": encode(reviewed(history, until, weeks)),
        **besides_of(history, until, weeks),
        "drift": drift.figures_of(drift.alarms_of(history)),
        **suggestions.figures(),
    }


class _Suggestions:
    """What became of the suggestions: of all, by kind, by source."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Suggestion] = {}
        self._groups: dict[str, dict[str, Tally]] = {"total": {}, "kind": {}, "source": {}}
        self._final: dict[tuple[str, str, str], a.SuggestionDecided | a.SuggestionRated] = {}

    def apply(self, event: e.Event) -> None:
        """Take in an event."""
        match event.data:
            case a.RepliesSuggested(suggestions=offered):
                new = {(event.conversation, one.id): one for one in offered}
                for key in new.keys() - self._made.keys():
                    for tally in _tallies(self._groups, new[key]):
                        tally.suggested += 1
                    self._made[key] = new[key]
            case a.SuggestionsShown(suggestions=ids):
                for name in ids:
                    for tally in _tallies(self._groups, self._made.get((event.conversation, name))):
                        tally.shown += 1
            case a.SuggestionDecided(suggestion=name) as decided:
                self._final[event.conversation, name, "decision"] = decided
            case a.SuggestionRated(suggestion=name, thumb=thumb, stars=stars):
                if thumb:
                    self._final[event.conversation, name, "thumb"] = a.SuggestionRated(name, thumb=thumb)
                if stars:
                    self._final[event.conversation, name, "stars"] = a.SuggestionRated(name, stars=stars)
            case _:
                pass

    def figures(self) -> dict[str, Any]:
        """Return them, all events taken in: ``total``, ``by_kind``, ``by_source``."""
        for (conversation, name, _), judged in self._final.items():
            for tally in _tallies(self._groups, self._made.get((conversation, name))):
                _judge(tally, judged)
        self._final.clear()
        groups = self._groups
        return {
            "total": groups["total"].get("", Tally()).figures(),
            "by_kind": {name: tally.figures() for name, tally in sorted(groups["kind"].items())},
            "by_source": {name: tally.figures() for name, tally in sorted(groups["source"].items())},
        }


def _tallies(groups: dict[str, dict[str, Tally]], suggestion: Suggestion | None) -> Iterable[Tally]:
    if suggestion is None:
        return
    yield groups["total"].setdefault("", Tally())
    yield groups["kind"].setdefault(suggestion.kind, Tally())
    for source in {f"{source.type}:{source.id}" for source in suggestion.sources}:
        yield groups["source"].setdefault(source, Tally())


def _judge(tally: Tally, judged: a.SuggestionDecided | a.SuggestionRated) -> None:
    if isinstance(judged, a.SuggestionRated):
        if judged.thumb:
            tally.thumbs[judged.thumb] += 1
        if judged.stars:
            tally.stars.append(judged.stars)
        return
    tally.decisions[judged.decision.value] += 1
    if judged.decision is not Decision.IGNORED:
        tally.seconds.append(judged.seconds)
    if judged.decision is Decision.EDITED:
        tally.distances.append(judged.edit_distance)


def _count_talk(event: e.Event, talks: Counter[str], flags: Counter[str]) -> None:
    match event.data:
        case e.ConversationOpened():
            talks["opened"] += 1
            if event.generated:
                talks["generated"] += 1
        case e.HandedOver():
            talks["handed_over"] += 1
        case e.ConversationClosed(resolved=resolved):
            talks["closed"] += 1
            talks["resolved"] += resolved
        case e.MessageAdded(role=role):
            talks["agent_messages"] += role is Author.AGENT
            talks["customer_messages"] += role is Author.CUSTOMER
        case a.FlagsRaised(flags=raised):
            flags["raised"] += len(raised)
        case a.FlagDismissed():
            flags["dismissed"] += 1
        case a.WarningPassed(override=override):
            flags["overrides" if override else "passed"] += 1
        case e.ApprovalRequested():
            flags["approvals_asked"] += 1
        case e.ApprovalDecided(approved=True):
            flags["approvals_given"] += 1
        case _:
            pass


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
