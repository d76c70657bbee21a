"""The figures by layer over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.layers import AskedTalks, Layers, ToldTalks
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class LayersCalls(ABC):
    """These calls of :class:`console.terminal.layers_port.LayersDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def layers(self, weeks: int) -> Layers:
        """Return the figures of each layer, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Layers, await self._call("GET", "/v1/layers", params=params))

    async def talks_behind(self, weeks: int, asked: AskedTalks) -> ToldTalks:
        """Return the conversations behind a figure."""
        params = {"weeks": str(weeks), "layer": asked.layer.value, "metric": asked.metric.value}
        params |= {"week": asked.week.isoformat()} if asked.week else {}
        params |= {"others": "true"} if asked.others else {}
        params |= {"disposition": asked.disposition} if asked.disposition is not None else {}
        return read_as(ToldTalks, await self._call("GET", "/v1/layers/conversations", params=params))
