"""The bot's calls of tools: allow-listed by the behaviour, for the customer of the conversation alone, and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Final

import structlog

from console.assist.bot.called import without_odd_names
from console.assist.bot.needs import IDENTIFY
from console.assist.bot.ports import Call, Tools, ToolTrouble
from console.assist.bot.trust import believed
from console.content.tools import Tool, ToolKind
from console.conversation.bot_events import Outcome, ToolCalled
from console.conversation.people import Identity
from console.conversation.state import Conversation
from console.desk.bot_identity import standing
from console.desk.bot_limits import Limits, counted_by, counts

_log = structlog.get_logger(__name__)

_SAID: Final[Mapping[Outcome, str]] = {
    Outcome.NOT_FOUND: "nothing found",
    Outcome.LATE: "no answer in time",
    Outcome.DOWN: "cannot be reached",
    Outcome.REFUSED: "not allowed",
    Outcome.GARBLED: "an answer that cannot be read",
    Outcome.DOUBTED: "an answer that does not fit what was asked",
}


_Answer = tuple[Outcome, Mapping[str, str], str]
"""How a call ended, the fields that may be used, and whose it is."""


@dataclass(frozen=True, slots=True)
class Done:
    """A call as it is logged: its event, the system message, and whose it says it is."""

    called: ToolCalled
    text: str
    customer: str = ""


class Calls:
    """Calls the tools of ``tools``; without any, each call is one that cannot be reached."""

    def __init__(self, tools: Tools | None, now: Callable[[], datetime]) -> None:
        self._tools, self._limits = tools, Limits(now)

    async def make(self, state: Conversation, turn: str, tool: Tool, arguments: Mapping[str, str]) -> Done:
        """Call a tool about a message; whatever happens there is an outcome."""
        start = perf_counter()
        sure = standing(state).level.reaches(Identity.MATCHED)
        key = f"{state.id}:{turn}:{tool.name}" if tool.kind is ToolKind.ACTION else ""
        call = Call(tool.name, state.customer.id if sure else "", arguments, key)
        outcome, fields, whose = await self._within_limits(state, tool, call)
        called = ToolCalled(turn, tool.name, outcome, arguments, fields, key, _since(start))
        return Done(called, as_text(tool, outcome, fields), whose)

    async def _within_limits(self, state: Conversation, tool: Tool, call: Call) -> _Answer:
        if not standing(state).level.reaches(tool.identity):  # decided so already; no tool relies on that
            return Outcome.REFUSED, {}, ""
        counted = counted_by(tool, call, state.address or state.customer.id)
        if not self._limits.take(counted):
            _log.warning("a tool was called too often in an hour", tool=tool.name, conversation=state.id)
            return Outcome.REFUSED, {}, ""
        answer = await self._answered(tool, call)
        if not counts(tool, answer[0]):
            self._limits.give_back(counted)
        return answer

    async def _answered(self, tool: Tool, call: Call) -> _Answer:
        if self._tools is None:
            return Outcome.DOWN, {}, ""
        try:
            result = await self._tools.call(call)
        except ToolTrouble as trouble:
            _log.warning("tool without an answer", tool=tool.name, outcome=trouble.outcome.value, why=trouble.why)
            return trouble.outcome, {}, ""
        if tool.name == IDENTIFY:
            result = replace(result, fields=without_odd_names(result.fields))
        outcome, fields = believed(tool, call, result)
        if tool.name == IDENTIFY and outcome is Outcome.FOUND and not result.customer:
            outcome, fields = Outcome.DOUBTED, {}
        return outcome, fields, result.customer if outcome is Outcome.FOUND else ""

    async def close(self) -> None:
        """Let go of the tools' connections."""
        if self._tools is not None:
            await self._tools.close()


def as_text(tool: Tool, outcome: Outcome, fields: Mapping[str, str]) -> str:
    """Return a call's answer as agents read it: a line for each field."""
    if outcome is not Outcome.FOUND:
        return f"{tool.title}: {_SAID[outcome]}"
    lines = [f"{name.replace('.', ' ').replace('_', ' ')}: {value}" for name, value in fields.items()]
    return "\n".join([tool.title, *lines])


def _since(start: float) -> float:
    return round((perf_counter() - start) * 1000, 3)
