"""The review of escalations over HTTP."""

from abc import ABC, abstractmethod
from urllib.parse import quote

import httpx

from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, ThresholdNow, Trials
from console.conversation.escalations import Cases, Escalations, Part, Timing
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class EscalationCalls(ABC):
    """These calls of :class:`console.terminal.escalation_port.EscalationDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def escalations(self, weeks: int) -> Escalations:
        """Return where hand-overs came at the wrong moment, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Escalations, await self._call("GET", "/v1/escalations", params=params))

    async def escalation_cases(self, weeks: int, part: Part, name: str, timing: Timing | None) -> Cases:
        """Return what is behind a pattern."""
        params = {"weeks": str(weeks), "part": part.value, "name": name}
        params |= {"timing": timing.value} if timing else {}
        return read_as(Cases, await self._call("GET", "/v1/escalations/cases", params=params))

    async def judge_escalation(self, weeks: int, body: JudgeEscalation) -> None:
        """Judge when a conversation was given to people."""
        await self._call("POST", "/v1/escalations/judgements", body, {"weeks": str(weeks)})

    async def threshold_trials(self, weeks: int, behaviour: str) -> Trials:
        """Return what other thresholds of a behaviour would have done, or how far the replay is."""
        params = {"weeks": str(weeks), "behaviour": behaviour, "wait": WAIT}
        return read_as(Trials, await self._call("GET", "/v1/escalations/thresholds", params=params))

    async def change_threshold(self, body: ChangeThreshold) -> ThresholdNow:
        """Put a behaviour with another threshold in force."""
        return read_as(ThresholdNow, await self._call("POST", "/v1/escalations/thresholds", body))

    async def restore_threshold(self, change: str) -> ThresholdNow:
        """Take such a change back."""
        path = f"/v1/escalations/thresholds/{quote(change, safe='')}/back"
        return read_as(ThresholdNow, await self._call("POST", path))
