"""A language model whose words the test writes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from console.assist.llm.ports import ModelTrouble, Prompt, Purpose, Written


@dataclass
class Model:
    """``says`` is what it answers, or why not. While ``held`` is there and not set it waits half way."""

    says: Callable[[Prompt], str | ModelTrouble] = lambda prompt: "Hello."
    held: asyncio.Event | None = None
    asked: list[Prompt] = field(default_factory=list)
    given_up: int = 0
    name: str = "test-model"

    async def close(self) -> None:
        """Nothing to let go of."""

    async def write(self, prompt: Prompt, seconds: float, heard: Callable[[str], None]) -> Written:
        """Answer word by word."""
        self.asked.append(prompt)
        answer = self.says(prompt)
        if isinstance(answer, ModelTrouble):
            raise answer
        try:
            half = len(answer) // 2
            heard(answer[:half])
            if self.held is not None:
                await self.held.wait()
            heard(answer)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return Written(answer, 100, 20, 1.0, 2.0)

    def asked_for(self, purpose: Purpose) -> list[Prompt]:
        """Return the questions of a purpose."""
        return [prompt for prompt in self.asked if prompt.purpose is purpose]
