"""A desk in memory: its forecast, by the server's own function, over the log of ``past``."""

from datetime import timedelta
from typing import TYPE_CHECKING

from console.conversation.forecasts import Forecast
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeForecast:
    """The call of :class:`console.terminal.forecast_port.ForecastDesk`."""

    async def forecast(self: "FakeDesk", weeks: int) -> Forecast:
        """What is to come."""
        self._gate("forecast", weeks)
        fold = Arrivals(NOW - timedelta(weeks=weeks + 1))
        for event in self.past:
            if event.kind in Arrivals.KINDS:
                fold.take(event)
        return forecast_of(fold, NOW, weeks, Ways())
