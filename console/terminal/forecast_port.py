"""The part of the desk's interface that the forecast needs."""

from typing import Protocol

from console.conversation.forecasts import Forecast


class ForecastDesk(Protocol):
    """For leads; raises :class:`~console.terminal.errors.DeskError`."""

    async def forecast(self, weeks: int) -> Forecast:
        """Return the forecast of the coming week from the last weeks, or how far the look is."""
