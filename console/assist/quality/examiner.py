"""Marks conversations as the desk has them: the rubric in force, the engine's parts, and how long it took."""

from time import perf_counter

from console.assist.quality.case import Case, case_of
from console.assist.quality.scoring import VERSION, score
from console.assist.quality.tools import Tools
from console.assist.talk import Talk
from console.content.rubrics import Rubric
from console.conversation.quality import CriterionMark
from console.conversation.quality_events import QualityScored
from console.conversation.state import Conversation


class Examiner:
    """One rubric and the tools to mark by it."""

    def __init__(self, rubric: Rubric, tools: Tools, version: str = "") -> None:
        """``version`` is this program's."""
        self.rubric, self._tools = rubric, tools
        self._version = f"{VERSION}, {version}" if version else VERSION

    def examine(self, state: Conversation, talk: Talk) -> QualityScored:
        """Return the marks of a conversation; ``talk`` is the engine's view of it. Blocks and computes."""
        start = perf_counter()
        marks = self.marks(case_of(state, talk))
        return QualityScored(self.rubric.version, self._version, marks, round((perf_counter() - start) * 1000, 3))

    def marks(self, case: Case) -> tuple[CriterionMark, ...]:
        """Return the marks alone, of a live conversation or a practised one. Blocks and computes."""
        return score(case, self.rubric, self._tools)
