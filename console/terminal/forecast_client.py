"""The forecast over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.forecasts import Forecast
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class ForecastCalls(ABC):
    """The call of :class:`console.terminal.forecast_port.ForecastDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def forecast(self, weeks: int) -> Forecast:
        """Return the forecast of the coming week from the last weeks, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Forecast, await self._call("GET", "/v1/review/forecast", params=params))
