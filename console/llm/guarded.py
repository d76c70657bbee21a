"""A model behind its deadline and its breakers."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from console.assist.llm.ports import LanguageModel, ModelTrouble, Prompt, Purpose, Trouble, Written
from console.llm.breaker import Breaker


class GuardedModel:
    """The deadline holds from first to last byte: a server that drips a byte a second never trips a timeout of reads.

    Each purpose has a breaker of its own, which ``breaker`` makes: a server that knows no schemas may draft well.
    """

    def __init__(self, model: LanguageModel, breaker: Callable[[], Breaker]) -> None:
        self._model = model
        self._breakers: defaultdict[Purpose, Breaker] = defaultdict(breaker)

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self._model.name

    async def close(self) -> None:
        """Let go of the connections."""
        await self._model.close()

    async def write(self, prompt: Prompt, seconds: float, heard: Callable[[str], None]) -> Written:
        """See :class:`LanguageModel`; raises ``resting`` at once while the breaker is open."""
        breaker = self._breakers[prompt.purpose]
        if not breaker.admits():
            raise ModelTrouble(Trouble.RESTING, f"left alone for another {breaker.rests_for:.0f} s")
        try:
            async with asyncio.timeout(seconds):
                written = await self._model.write(prompt, seconds, heard)
        except TimeoutError as error:
            breaker.failed()
            raise ModelTrouble(Trouble.LATE, f"no whole answer within {seconds:g} s") from error
        except ModelTrouble as trouble:
            breaker.failed(trouble.again_after)
            raise
        except BaseException:  # given up by whoever asked, as a rule
            breaker.dropped()
            raise
        breaker.succeeded()
        return written
