"""The part of the desk in memory that rewrites."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from console.conversation import commands as c
from console.terminal.errors import Refused


@dataclass
class FakeRewriting:
    """``rewritten`` is what comes of a rewrite, ``None`` a failure; ``writing_held`` holds it half way."""

    rewrites: bool = False
    """Whether the desk has a language model."""
    rewritten: c.Rewritten | None = None
    writing_held: asyncio.Event | None = None
    wished: list[c.Rewrite] = field(default_factory=list)
    given_up: int = 0

    async def rewrite(self, conversation: str, body: c.Rewrite, heard: Callable[[str], None]) -> c.Rewritten:
        """Write half of it, wait, then the whole."""
        self.wished.append(body)
        if self.rewritten is None:
            raise Refused(
                "not rewritten: the language model did not answer in time. Your text is as it was.", "not-ready"
            )
        heard(self.rewritten.text[: len(self.rewritten.text) // 2])
        try:
            if self.writing_held is not None:
                await self.writing_held.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return self.rewritten
