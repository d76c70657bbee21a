"""What the main screen does with the queue and with colleagues."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from console.conversation.queue_commands import Say, Transfer
from console.terminal import painting
from console.terminal.screens.practising import PractisingDeeds
from console.terminal.words import moment


class QueueingDeeds(PractisingDeeds):
    """The ``action_…`` methods for queues and teamwork."""

    def action_next_waiting(self) -> None:
        """Take the most urgent customer who is for this agent."""

        async def take() -> None:
            found, why = await self.controller.queueing.next()
            if found:
                self.to_composer()
                if why:
                    self.call_after_refresh(self._tell_why, f"Next for you: {why}")
            else:
                others = f"{why[0].upper()}{why[1:]}." if why and why != "nobody waits" else ""
                now = datetime.now(UTC) + self.controller.state.ahead
                self.console.announce(others or painting.nobody_new(self.controller, now))

        self.do(take, group="open")
        self.console.show_view("chat")

    def _tell_why(self, words: str) -> None:
        """Say why this conversation is next: at the foot of its packet, where that has come up, and beside it else."""
        from console.terminal.screens.packet import PacketScreen

        screen = self.app.screen
        if isinstance(screen, PacketScreen):
            screen.told(words)
        else:
            self.console.announce(f"{words}.")

    def action_claim(self) -> None:
        """Take the conversation on the screen; a lead may take it over from a colleague, after being asked."""
        if self.controller.leads and self.controller.queueing.others:
            self.do(self._take_over)
        else:
            super().action_claim()

    async def _take_over(self) -> None:
        from console.terminal.screens.sure import SureDialog

        conversation = self.controller.conversation
        name = conversation.agent_name if conversation else ""
        text = f"{name} has this conversation. The customer will read that you have joined."
        if await self.app.push_screen_wait(SureDialog("Take over", text, "Take over")):
            await self.controller.queueing.take_over()
            self.to_composer()

    def action_pass_on(self) -> None:
        """Pass the conversation on to a colleague, a skill or a tier."""

        async def pass_on() -> None:
            from console.terminal.screens.passing_on import PassingOnDialog

            page = await self.controller.queueing.page()
            conversation = self.controller.conversation
            holder = conversation.agent if conversation else ""
            team = tuple(one for one in page.team if one.id != holder)
            dialog = PassingOnDialog(team, skills=page.skills, leads=self.controller.leads)
            body: Transfer | None = await self.app.push_screen_wait(dialog)
            if body is not None:
                await self.controller.queueing.pass_on(body)
                if self.controller.practising and await self.debriefed(conversation.id if conversation else ""):
                    return
                self.console.announce("Passed on. An unsent draft stays with you.")

        self._with_this(pass_on)

    def action_park_until(self) -> None:
        """Set the conversation aside for a time."""

        async def park() -> None:
            from console.terminal.screens.parking import ParkingDialog

            minutes: int | None = await self.app.push_screen_wait(ParkingDialog())
            if minutes is not None:
                now = datetime.now(UTC)
                await self.controller.queueing.park_for(minutes, now)
                until = moment(now + timedelta(minutes=minutes), now)
                self.console.announce(f"Parked until {until}, or until the customer writes.")

        self._with_conversation(park)

    def action_aside(self) -> None:
        """Ask a colleague; answer one who asked; or whisper to the agent whose conversation is watched."""

        async def say() -> None:
            from console.terminal.screens.asides import AsideDialog

            conversation, queueing = self.controller.conversation, self.controller.queueing
            if self.controller.mine:
                page = await queueing.page()
                team = tuple(one for one in page.team if one.id != self.controller.state.agent)
                if not team:
                    self.console.announce("Nobody else is here right now.")
                    return
                dialog = AsideDialog(team)
            elif conversation is not None and (queueing.asked or queueing.watching):
                dialog = AsideDialog(to=conversation.agent_name or "the agent")
            else:
                self.console.announce("That needs a conversation of your own, or one that you watch.", "warning")
                return
            body: Say | None = await self.app.push_screen_wait(dialog)
            if body is not None:
                await queueing.say(body)

        self.do(say)

    def action_see_whisper(self) -> None:
        """Put the oldest whisper away; it stays in the transcript."""
        if not self.controller.queueing.whispers.see():
            self.console.announce("No lead has whispered anything that you have not seen.")

    def action_lead(self) -> None:
        """Call a lead into one's own conversation; a lead watches a colleague's, or no longer."""

        async def call() -> None:
            from console.terminal.screens.sure import SureDialog

            text = "A lead is asked to look at this conversation. They may watch, tell you something, or take over."
            if await self.app.push_screen_wait(SureDialog("Call a lead", text, "Call")):
                name = self.controller.state.current
                await self.controller.queueing.call_lead("")
                if self.controller.practising and await self.debriefed(name):
                    return
                self.console.announce("A lead was called. You can go on meanwhile.")

        async def watch() -> None:
            on = await self.controller.queueing.watch()
            take = ", Alt+C takes over" if self.controller.leads else ""
            self.console.announce(
                f"You watch. Alt+5 tells the agent something{take}." if on else "You watch no longer."
            )

        if painting.watches(self.controller) and (self.controller.queueing.others or self.controller.queueing.watching):
            self.do(watch)
        else:
            self._with_conversation(call)

    def action_queue(self) -> None:
        """Show the queue and who is there; whoever waits can be taken, and a lead may rebalance."""

        async def show() -> None:
            from console.terminal.screens.queue import QueueChosen, QueueScreen

            controller = self.controller
            screen = QueueScreen(controller.queueing.page, lambda: controller.state.rows, leads=controller.leads)
            chosen: QueueChosen | None = await self.app.push_screen_wait(screen)
            if chosen and chosen.conversation:
                self.console.show_view("chat")
                self.claim(chosen.conversation)
            elif chosen:
                done = await controller.desk.rebalance()
                self.console.announce(
                    f"Moved {len(done.moves)} of them." if done.moves else "Nothing was left to move."
                )

        self.do(show)

    def _with_this(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do something with one's own conversation, or as a lead with anybody's, or one that waits."""
        if self.controller.leads and self.controller.conversation is not None:
            self.do(work)
        else:
            self._with_conversation(work)
