"""Deeds of practice: choosing a scenario, and going back to the desk."""

import asyncio
from typing import Final

from console.conversation.message import Status
from console.conversation.practice import BeginPractice, PracticeStarted
from console.terminal.screens.deeds import Deeds

_LOOKS: Final = 15
_A_MOMENT: Final = 0.1


class PractisingDeeds(Deeds):
    """Part of the main screen."""

    def action_practise(self) -> None:
        """Choose a scenario and play it; where one is played, go back to the desk."""
        if self.controller.practising:
            self.console.end_practice()
        else:
            self.do(self._choose)

    async def debrief(self, conversation: str) -> None:
        """Show what a session was worth that has just been closed; what comes next is chosen there."""
        from console.terminal.screens.debrief import DebriefScreen

        desk = self.controller.desk
        after = await self.app.push_screen_wait(DebriefScreen(await desk.practice_report(conversation)))
        if after == "desk":
            self.console.end_practice()
        elif after is None:
            await self._choose()
        else:
            await self._play(await desk.replay_practice(conversation, after))

    async def debriefed(self, conversation: str) -> bool:
        """Show what a session was worth that the agent has given away; ``False`` where it goes on."""
        for _ in range(_LOOKS):  # the practice desk ends it a moment later
            row = self.controller.state.rows.get(conversation)
            if row is None or row.status is Status.CLOSED:
                await self.debrief(conversation)
                return True
            await asyncio.sleep(_A_MOMENT)
        return False

    async def _choose(self) -> None:
        from console.terminal.screens.practice import PracticeScreen

        desk = self.controller.desk
        offers = (await desk.practice_offers()).scenarios
        chosen: str | None = await self.app.push_screen_wait(PracticeScreen(offers))
        if chosen:
            await self.controller.composing.save()
            await self._play(await desk.begin_practice(BeginPractice(chosen)))

    async def _play(self, started: PracticeStarted) -> None:
        if self.controller.practising:
            await self.controller.open(started.conversation)
        else:
            self.console.practise(started)
