"""Deeds of practice: choosing a scenario, going back to the desk, and reading what was planted."""

from contextlib import suppress

from console.conversation.practice import BeginPractice, PlantsToldOf, PlantTold
from console.terminal.errors import DeskError
from console.terminal.screens.deeds import Deeds


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

        report = await self.controller.desk.practice_report(conversation)
        after = await self.app.push_screen_wait(DebriefScreen(report))
        await self._read(conversation, report.plants)
        if after == "desk":
            self.console.end_practice()
        else:
            await self._choose()

    async def tell_plants(self) -> None:
        """Name the plants of sessions that were left without a debrief, before anything else is done."""
        from console.terminal.screens.plants import PlantsScreen

        with suppress(DeskError):  # asked again with the next connection
            for session in (await self.controller.desk.plants_to_tell()).sessions:
                if await self.app.push_screen_wait(PlantsScreen(session)):
                    await self._read(session.conversation, session.plants)

    async def _read(self, conversation: str, plants: tuple[PlantTold, ...]) -> None:
        if plants:
            names = PlantsToldOf(tuple(plant.suggestion for plant in plants))
            await self.controller.desk.plants_told(conversation, names)

    async def _choose(self) -> None:
        from console.terminal.screens.practice import PracticeScreen

        desk = self.controller.desk
        chosen = await self.app.push_screen_wait(PracticeScreen(await desk.practice_offers()))
        if not chosen:
            return
        await self.controller.composing.save()
        started = await desk.begin_practice(chosen) if isinstance(chosen, BeginPractice) else chosen
        if self.controller.practising:
            await self.controller.open(started.conversation)
        else:
            self.console.practise(started)
