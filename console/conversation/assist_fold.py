"""What the events of assistance make of a conversation."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation import assist_events as a
from console.conversation.corrections import Correction, corrected, with_correction, with_line
from console.conversation.message import Author, Status
from console.conversation.reasons import says_why
from console.conversation.summaries import LLM, together

if TYPE_CHECKING:
    from console.conversation.state import Conversation


@dataclass(slots=True)
class Rating:
    """The agent's mark for a suggestion: thumb -1, 0, 1; stars 0 (none) to 5."""

    thumb: int = 0
    stars: int = 0
    reason: str = ""


def take(state: "Conversation", data: object, at: datetime) -> None:
    """Let a conversation take in what was made for its agent, or what they did with it; else nothing changes."""
    match data:
        case a.SummaryUpdated() | a.LlmCalled() | a.SummaryCorrected():
            _sum_up(state, data)
        case a.RepliesSuggested():
            state.suggestions, state.suggested_for, state.withheld = data.suggestions, data.turn, ""
            state.fewer = data.fewer
            state.offered.update((s.id, s) for s in data.suggestions)
            state.offered_for.update((s.id, data.turn) for s in data.suggestions)
            ranker = data.versions.get("ranker", "")
            # a language model's draft stands behind what was ranked
            state.ranked_by.update((s.id, ranker) for s in data.suggestions if ranker and s.kind != LLM)
        case a.NextStepProposed():
            state.next_step = data.step
        case a.KnowledgeFound():
            state.knowledge = data.hits
        case a.QuestionUnanswered() if data.turn:
            state.unanswerable[data.turn] = data.question
        case a.FlagsRaised():
            state.flags.update((f.id, f) for f in data.flags if f.id not in state.dismissed)
        case a.MoodRead():
            state.moods[data.turn] = data.mood
        case a.AssistanceWithheld():
            state.withheld, state.suggestions, state.suggested_for = data.reason, (), data.turn
            state.next_step = None
        case _:
            _decided(state, data, at)


def _decided(state: "Conversation", data: object, at: datetime) -> None:
    match data:
        case a.SuggestionsShown():
            for suggestion in data.suggestions:
                state.shown_at.setdefault(suggestion, at)
        case a.SuggestionDecided():
            state.decisions[data.suggestion] = data.decision
        case a.SuggestionRated():
            state.ratings[data.suggestion] = Rating(data.thumb, data.stars, data.reason)
        case a.FlagDismissed():
            state.dismissed.add(data.flag)
            state.flags.pop(data.flag, None)
        case a.WarningPassed():
            _except(state, data.text)
            if not says_why(data.reason):
                state.unexplained.add(data.text)
        case _:
            pass


def _sum_up(state: "Conversation", data: a.SummaryUpdated | a.LlmCalled | a.SummaryCorrected) -> None:
    match data:
        case a.SummaryUpdated(engine=engine) if engine == LLM:
            state.summary_written = data.lines
        case a.SummaryUpdated():
            state.summary_read, state.withheld = data.lines, ""
            if state.status is not Status.ACTIVE:  # nobody's: no model writes them anew
                state.summary_written = ()
        case a.LlmCalled(purpose="summary", outcome=outcome) if outcome not in {"used", "given-up"}:
            state.summary_written = ()
        case a.LlmCalled():
            return
        case a.SummaryCorrected():
            correction = Correction(data.line, data.sources, data.before, data.text, data.by)
            lines = with_line(state.summary, correction)
            state.corrections = with_correction(state.corrections, correction)
            state.summary = corrected(lines, state.corrections)
            return
    state.summary = corrected(together(state.summary_written, state.summary_read), state.corrections)


def _except(state: "Conversation", text: str) -> None:
    """Mark the message that went out in spite of a warning: it is logged before that is, or else right after."""
    last = state.messages[-1] if state.messages else None
    if last is not None and last.role is Author.AGENT and last.text == text:
        state.messages[-1] = replace(last, excepted=True)
    else:
        state.passing = True
