"""Deeds of practice: choosing a scenario, going back to the desk, reading what was planted, what trainers do."""

import asyncio
from contextlib import suppress
from typing import Final

from console.conversation.message import Status
from console.conversation.practice import (
    BeginPractice,
    PlantsToldOf,
    PlantTold,
    PracticeOffers,
    PracticeStarted,
    ReplayFrom,
)
from console.conversation.practice_training import OwnPractice
from console.terminal.errors import DeskError
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
            self.do(self._begin)

    async def _begin(self) -> None:
        await self._choose()

    async def debrief(self, conversation: str) -> None:
        """Show what a session was worth that has just been closed; what comes next is chosen there."""
        from console.terminal.screens.debrief import DebriefScreen

        desk = self.controller.desk
        report = await desk.practice_report(conversation)
        after = await self.app.push_screen_wait(DebriefScreen(report))
        await self._read(conversation, report.plants)
        if after == "desk":
            self.console.end_practice()
        elif after is None:
            if not await self._choose():
                self.console.end_practice()  # there is nothing to go on with here
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

    async def _choose(self) -> bool:
        """Let the agent choose what to play, and play it; ``False`` where they chose nothing."""
        from console.terminal.screens.practice import Chosen, PracticeScreen

        desk = self.controller.desk

        async def asked() -> tuple[PracticeOffers, OwnPractice]:
            return await desk.practice_offers(), await desk.own_practice()

        async def begun(chosen: Chosen) -> PracticeStarted:
            await self.controller.composing.save()
            return await desk.begin_practice(chosen) if isinstance(chosen, BeginPractice) else chosen

        started = await self.app.push_screen_wait(PracticeScreen(asked, begun))
        if started:
            await self._play(started)
        return bool(started)

    async def _play(self, started: PracticeStarted) -> None:
        """Show a session, on the practice desk."""
        await self.controller.composing.save()
        if self.controller.practising:
            await self.controller.open(started.conversation)
        else:
            self.console.practise(started)

    def action_training(self) -> None:
        """Show assignments, sessions and people; those who are no trainers see their own sessions."""

        async def show() -> None:
            from console.terminal.screens.training import training_screen

            screen = training_screen(lambda: self.controller.desk, trains=self.controller.reviews)
            place = await self.app.push_screen_wait(screen)
            if place is None:
                return
            if place.message:
                again = ReplayFrom(place.message)
                await self._play(await self.controller.desk.replay_practice(place.conversation, again))
            else:
                path = (await self.controller.desk.practice_sessions(own=True)).path
                await self._play(PracticeStarted(place.conversation, path))

        self.do(show)

    def action_make_scenario(self) -> None:
        """Draft a practice scenario from the closed conversation on the screen, and show it."""
        conversation = self.controller.conversation
        if not self.controller.reviews:
            self.console.announce("Practice scenarios are made by those who train others.")
        elif self.controller.practising:
            self.console.announce("This is practice already. Scenarios are made from real chats.")
        elif conversation is None or conversation.status is not Status.CLOSED:
            self.console.announce("A practice scenario is made from a closed chat: open one, or find one under Alt+/.")
        else:
            self.console.announce("Drafting a practice scenario …")
            self.do(lambda: self._make(conversation.id))

    async def _make(self, conversation: str) -> None:
        from console.terminal.screens.scenario_steps import made

        self.console.announce(await made(conversation, self.controller.desk, self.app.push_screen_wait))

    async def ask_what_to_practise(self) -> None:
        """Ask what was assigned to the agent: quietly, since a desk without practice has none."""
        if not self.controller.connection.live:
            return
        try:
            found = (await self.controller.desk.own_practice()).to_play
        except DeskError:
            return
        if found != self.controller.state.to_practise:
            self.controller.state.to_practise = found
            self.console.state_changed()
