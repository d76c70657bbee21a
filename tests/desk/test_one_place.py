"""Whatever happens in whatever order, every conversation is in exactly one place."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from console.conversation.commands import Close, Release, Reopen
from console.conversation.message import Author, Status
from console.conversation.people import Agent, Presence
from console.conversation.queue_commands import Park, Transfer
from console.conversation.queue_rules import QueueRules
from console.conversation.state import fold
from console.desk.desk import Desk
from console.desk.errors import DeskError
from console.desk.intake import Incoming
from console.store import open_log
from tests.desks import MARTA, ROBIN, SAM, Chair, Clock, arrive

AGENTS = st.sampled_from([ROBIN, SAM, MARTA])
CONVERSATIONS = st.integers(0, 3).map("c{}".format)
CAPACITY = 2


class Places(RuleBasedStateMachine):
    """A real desk on a real log, worked by three agents; refusals are part of the play."""

    @initialize()
    def begin(self) -> None:
        """Open a desk with four customers who wait."""
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.clock = Clock()
        rules = QueueRules(capacity=CAPACITY, gone_after=90.0, told_on=frozenset({"webchat"}))
        self.desk = Desk(open_log(self.folder / "w", self.folder / "k"), Chair(), now=self.clock, rules=rules)
        self.texts: dict[str, list[str]] = {}
        self.run(self._open())

    async def _open(self) -> None:
        await self.desk.start({})
        for number in range(4):
            await arrive(self.desk, f"c{number}", "hello", channel="webchat")
            self.texts[f"c{number}"] = ["hello"]
        for agent in (ROBIN, SAM, MARTA):
            await self.desk.casework.presence(agent, Presence.ONLINE)

    def run(self, work: Awaitable[Any]) -> Any:  # noqa: ANN401
        """Do something, which the desk may refuse with its own words."""

        async def tried() -> object:
            with contextlib.suppress(DeskError):
                return await work
            return None

        return self.loop.run_until_complete(tried())

    @rule(agents=st.lists(AGENTS, min_size=1, max_size=3), conversation=CONVERSATIONS)
    def claim(self, agents: list[Agent], conversation: str) -> None:
        """Several claim the same one at once: at most one more has it than before."""

        async def all_at_once() -> None:
            outcomes = await asyncio.gather(
                *(self.desk.casework.claim(agent, conversation) for agent in agents), return_exceptions=True
            )
            winners = {o.agent for o in outcomes if not isinstance(o, BaseException)}
            assert len(winners) <= 1
            assert all(isinstance(o, DeskError) for o in outcomes if isinstance(o, BaseException))

        self.run(all_at_once())

    @rule(agents=st.lists(AGENTS, min_size=1, max_size=4))
    def take_next(self, agents: list[Agent]) -> None:
        """Several ask for the next one at once: nobody gets another one's, nor more than their capacity."""
        before = self.held()

        async def all_at_once() -> list[str]:
            outcomes = await asyncio.gather(*(self.desk.queue.next(agent) for agent in agents), return_exceptions=True)
            return [outcome[0].id for outcome in outcomes if not isinstance(outcome, BaseException)]

        given = self.run(all_at_once())
        assert len(set(given)) == len(given)
        for agent, has in self.held().items():
            assert has <= max(CAPACITY, before.get(agent, 0))

    def held(self) -> dict[str, int]:
        """Return how many active conversations each agent has."""
        counted: dict[str, int] = {}
        for row in self.desk.live.rows.values():
            if row.status is Status.ACTIVE:
                counted[row.agent] = counted.get(row.agent, 0) + 1
        return counted

    @rule(agent=AGENTS, conversation=CONVERSATIONS, to=AGENTS, way=st.sampled_from(["agent", "skill", "tier"]))
    def transfer(self, agent: Agent, conversation: str, to: Agent, way: str) -> None:
        """Pass it on."""
        ways = {"agent": Transfer(to.id, note="for you"), "skill": Transfer(skill="refunds"), "tier": Transfer(tier=3)}
        self.run(self.desk.queue.transfer(agent, conversation, ways[way]))

    @rule(agent=AGENTS, conversation=CONVERSATIONS, minutes=st.sampled_from([0, 1, 60]))
    def park(self, agent: Agent, conversation: str, minutes: int) -> None:
        """Set it aside, for a time or not."""
        until = self.clock() + timedelta(minutes=minutes) if minutes else None
        self.run(self.desk.queue.park(agent, conversation, Park(until)))

    @rule(
        agent=AGENTS,
        conversation=CONVERSATIONS,
        deed=st.sampled_from(
            [
                lambda desk, agent, name: desk.casework.release(agent, name, Release()),
                lambda desk, agent, name: desk.casework.close(agent, name, Close("solved", resolved=True)),
                lambda desk, agent, name: desk.casework.reopen(agent, name, Reopen()),
                lambda desk, agent, _: desk.queue.rebalance(agent),
                lambda desk, agent, _: desk.casework.presence(agent, Presence.BREAK),
                lambda desk, agent, _: desk.casework.presence(agent, Presence.ONLINE),
            ]
        ),
    )
    def work(self, agent: Agent, conversation: str, deed: Callable[[Desk, Agent, str], Awaitable[Any]]) -> None:
        """Give back, close, reopen, rebalance, come and go."""
        self.run(deed(self.desk, agent, conversation))

    @rule(conversation=CONVERSATIONS)
    def customer_writes(self, conversation: str) -> None:
        """Wakes what is parked, opens what is closed."""
        text = f"message {len(self.texts[conversation])}"
        self.texts[conversation].append(text)
        self.run(self.desk.intake.receive(conversation, Incoming(Author.CUSTOMER, text)))
        assert self.desk.live.rows[conversation].status in {Status.WAITING, Status.ACTIVE}

    @rule(seconds=st.sampled_from([1, 60, 100, 4000]))
    def time_passes(self, seconds: int) -> None:
        """Agents who do nothing vanish, what was parked wakes."""
        self.clock.forward(seconds)
        self.run(self.desk.queue_upkeep.look())

    @invariant()
    def each_is_in_exactly_one_place(self) -> None:
        """With the bot, waiting for anybody, with one agent, or closed; nothing that was said is lost."""
        rows = self.desk.live.rows
        waiting = {one.conversation for one in self.desk.queue.page(MARTA).line}
        for name, texts in self.texts.items():
            row = rows.get(name)
            places = [row is None, name in waiting, row is not None and bool(row.agent)]
            assert places.count(True) == 1, (name, row)
            if row is not None:
                assert (row.queued_at is not None) is (row.status is Status.WAITING)
                assert row.wake_at is None or row.status is Status.PARKED
            state = fold(name, self.loop.run_until_complete(self.desk.live.history(name)))
            assert [m.text for m in state.messages if m.role is Author.CUSTOMER] == texts
            if row is not None:
                assert (state.status, state.agent) == (row.status, row.agent)

    def teardown(self) -> None:
        """Close the desk."""
        self.loop.run_until_complete(self.desk.stop())
        self.loop.close()
        shutil.rmtree(self.folder)


TestPlaces = Places.TestCase
TestPlaces.settings = settings(max_examples=12, stateful_step_count=25, deadline=None, derandomize=True)
