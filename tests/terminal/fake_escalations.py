"""The part of the desk in memory that answers the review of escalations, by the server's own functions."""

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from console.content.shapes import BehaviourFile
from console.content.thresholds import changed, difference, threshold_of
from console.conversation import events as e
from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, ThresholdNow, Trials
from console.conversation.escalation_events import EscalationJudged
from console.conversation.escalations import Cases, Escalations, Part, Timing
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.review.book import Book
from console.review.escalating.cases import cases
from console.review.escalating.handovers import Handovers
from console.review.escalating.patterns import escalations_of
from console.review.escalating.replay import replayed
from console.review.escalating.trying import judged_of, trials_of
from console.review.reviewing.window import LEAD_IN, beginning
from console.terminal.errors import Conflict
from console.toml import parse_toml
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

RULE = """title = "Copy of an invoice"
layer = "autonomous"
tier = 1

[triggers]
examples = ["can I have a copy of my invoice"]

[[handover]]
when = "unresolved"
after = 5
with = ["summary", "facts", "orders"]
"""


class FakeEscalations:
    """These calls of :class:`console.terminal.escalation_port.EscalationDesk`, over the log of ``past``."""

    rules: list[str]
    """The behaviour's file, and before it what it was."""

    async def escalations(self: "FakeDesk", weeks: int) -> Escalations:
        """Where hand-overs came at the wrong moment."""
        self._gate("escalations", weeks)
        return escalations_of(_book(self.past, weeks), NOW, weeks)

    async def escalation_cases(self: "FakeDesk", weeks: int, part: Part, name: str, timing: Timing | None) -> Cases:
        """What is behind a pattern."""
        self._gate("escalation_cases", (part, name, timing))
        held = _book(self.past, weeks).of(Handovers)
        return cases(held, NOW, weeks, part, name, timing, lambda seq, _: self.past[seq - 1])

    async def judge_escalation(self: "FakeDesk", weeks: int, body: JudgeEscalation) -> None:
        """Keep it."""
        self._gate("judge_escalation", body)
        self.happened(body.conversation, EscalationJudged(body.timing, Timing.LATE, body.reason, "Marta Quill"))

    async def threshold_trials(self: "FakeDesk", weeks: int, behaviour: str) -> Trials:
        """Try them."""
        self._gate("threshold_trials", behaviour)
        if behaviour != "invoice-copy":
            return Trials(behaviour, why=f"there is no behaviour '{behaviour}' in the content any more")
        text = self.rules[-1]
        spec, now = parse_toml(text, BehaviourFile, "rule").build(behaviour), threshold_of(text)
        judged, left_out = judged_of(_book(self.past, weeks).of(Handovers), behaviour, NOW, weeks)
        histories = {one.conversation: [x for x in self.past if x.conversation == one.conversation] for one in judged}
        past = [found for one in judged if (found := replayed(one, spec, histories[one.conversation]))]
        found = trials_of(past, behaviour, spec.title, now, left_out)
        diffs = [replace(one, diff=difference(text, changed(text, one.threshold), "rule")) for one in found.trials]
        undo = ("ch-now", "Behaviour invoice-copy: hands over after 2 turns") if len(self.rules) > 1 else ("", "")
        return replace(found, trials=tuple(diffs), digest=_digest(text), undo=undo[0], undo_words=undo[1])

    async def change_threshold(self: "FakeDesk", body: ChangeThreshold) -> ThresholdNow:
        """Change the text."""
        self._gate("change_threshold", body)
        if body.digest != _digest(self.rules[-1]):
            raise Conflict("the behaviour was changed meanwhile")
        self.rules.append(changed(self.rules[-1], body.threshold))
        words = f"Behaviour {body.behaviour}: hands over {body.threshold.words}"
        self.happened(e.WORKSPACE, ChangeMarked("ch-now", NOW, words, "Marta Quill"))
        return ThresholdNow("ch-now", words)

    async def restore_threshold(self: "FakeDesk", change: str) -> ThresholdNow:
        """Take it back."""
        self._gate("restore_threshold", change)
        self.rules.pop()
        self.happened(e.WORKSPACE, ChangeUnmarked(change))
        return ThresholdNow(change, "Behaviour invoice-copy: hands over after 5 turns without progress again")


def _book(past: list[e.Event], weeks: int) -> Book:
    book = Book(beginning(NOW, weeks) - LEAD_IN)
    for event in past:
        book.take(event)
    return book


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
