"""Kills one part of a desk under load after the other, and looks each time what was lost and how long it took.

Two customers of the test's own write at the moment of each kill; an agent answers the one, and assistance is waited
for with the other, whom nobody answers. Beside them others write on and on, in a process of their own.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from console.conversation.people import Role
from tests.channels.synapse import Member as Roommate
from tests.channels.synapse import Synapse
from tests.faults.figures import Figures
from tests.faults.reaching import Page, Watch, Way
from tests.faults.slower import SLOWER
from tests.faults.team import Member, Team
from tests.faults.terminals import Terminal

CROWD = 3
"""Customers who write beside."""

PAUSE = 1.0
"""Seconds between two messages of one of them: three a second in all."""

PATIENCE = 60.0 * SLOWER
"""Seconds after which something counts as never."""

Strike = Callable[[], Awaitable[None]]
"""Kills and starts again; returns when what was killed does its own work again."""


class Crowd:
    """Customers in a process of their own, and what was acknowledged to them."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.numbers = [0] * CROWD
        self._more = asyncio.Event()

    async def start(self) -> None:
        """Let them write, each behind what was last acknowledged; returns with the first new acknowledgement."""
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.customers", stdin=pipe, stdout=pipe
        )
        given = {
            "urls": self._team.urls,
            "tokens": [self._team.vouches(f"crowd-{n}", f"Crowd {n}") for n in range(CROWD)],
            "numbers": self.numbers,
            "workspace": str(self._team.members[0].workspace.root),
            "pause": PAUSE,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(given).encode() + b"\n")
        await self._process.stdin.drain()
        self._reading = asyncio.create_task(self._read(self._process))
        self._more.clear()
        async with asyncio.timeout(PATIENCE):
            await self._more.wait()

    async def kill(self) -> None:
        """Kill the process; what it still said is read."""
        if self._process is not None and self._reading is not None:
            self._process.kill()
            await self._process.wait()
            await self._reading

    def acknowledged(self) -> set[str]:
        """Return the keys of what was acknowledged."""
        return {f"c{who}-{n:08d}" for who, number in enumerate(self.numbers) for n in range(1, number + 1)}

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            if line.endswith(b"\n"):
                said = json.loads(line)
                self.numbers[said["who"]] = said["number"]
                self._more.set()


class Killing:
    """One run. ``thorough``: the log is verified after each kill, and a server has assistance before the next.

    ``say`` is told how it goes.
    """

    def __init__(
        self, team: Team, folder: Path, seed: int, *, thorough: bool = True, say: Callable[[str], None] = print
    ) -> None:
        self._team, self._folder, self._thorough, self._say = team, folder, thorough, say
        self._chance = random.Random(seed)
        self.figures = Figures()
        self.kills: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        """How often each key stands in the log."""
        self.acknowledged: set[str] = set()
        self.events = ""
        """What ``verify`` said last."""
        self._read_to = 0
        self._crowd = Crowd(team)
        self._page, self._silent = Page(Way(team.urls)), Page(Way(team.urls))
        self._agent = Way(team.urls[::-1], team.token("Robin Ashdale"))
        self._watch = Watch(Way(team.urls[::-1], team.token("Marta Quill", Role.LEAD)))
        self._terminal: Terminal | None = None
        self._matrix: tuple[Synapse, Roommate, str] | None = None
        self.targets: dict[str, Strike] = {
            "server": self._server,
            "database": self._database,
            "console": self._console,
            "chat": self._chat,
        }

    async def run(self, order: list[str]) -> None:
        """Kill these, one after the other, and look after each."""
        await self._page.open(self._team.vouches("probe", "Dana Kovel"))
        await self._silent.open(self._team.vouches("silent", "Iris Tam"))
        following = [asyncio.create_task(part.run()) for part in (self._page, self._watch)]
        try:
            await self._crowd.start()
            for number, target in enumerate(order, 1):
                await self._round(number, target)
        finally:
            await self._crowd.kill()
            if self._terminal is not None:
                self._terminal.kill()
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
            for way in (self._page.way, self._silent.way, self._agent, self._watch.way):
                await way.close()

    def report(self, flows: float, helps: float) -> list[str]:
        """Return the figures so far, also of a run that failed; the aims are in seconds."""
        written = len(self.acknowledged) + len(self._crowd.acknowledged())
        told = f"{sum(self.kills.values())} kills {dict(self.kills)}, {written} acknowledged messages; {self.events}"
        return [told, *self.figures.lines(), *self.figures.missed(flows, helps)]

    def order(self, kills: int) -> list[str]:
        """Return what to kill, at random, each about as often."""
        names = [name for _ in range(-(-kills // len(self.targets))) for name in self.targets][:kills]
        self._chance.shuffle(names)
        return names

    async def join_matrix(self, synapse: Synapse, room: str, customer: Roommate) -> None:
        """Count Synapse among what is killed; the customer of this room writes there."""
        self._matrix = (synapse, customer, room)
        self.targets["synapse"] = self._synapse

    async def _round(self, number: int, target: str) -> None:
        await asyncio.sleep(self._chance.uniform(0, 1.5))  # anywhere in what the others write
        text, answer = f"where is my parcel by now? #probe-{number}", f"I am looking into it. #answer-{number}"
        unanswered = f"can I send my boots back? #silent-{number}"
        killed = time.perf_counter()
        async with asyncio.timeout(4 * PATIENCE), asyncio.TaskGroup() as tasks:
            striking = tasks.create_task(self._struck(target))
            writing = tasks.create_task(self._silent.writes(unanswered, f"silent-{number:08d}"))
            await self._page.writes(text, f"probe-{number:08d}")
            self.acknowledged.add(f"probe-{number}")
            shown = await self._watch.came(text, PATIENCE) - killed
            _, conversation, _ = self._watch.texts[text]
            await self._agent.post(f"/v1/conversations/{conversation}/claim")
            sent = await self._agent.post(f"/v1/conversations/{conversation}/messages", {"text": answer, "key": answer})
            assert sent.json()["sent"], sent.text
            self.acknowledged.add(f"answer-{number}")
            answered = await self._page.came(answer, PATIENCE) - killed
            await writing
            self.acknowledged.add(f"silent-{number}")
            helped = await self._watch.helped(unanswered, PATIENCE) - killed
        back = striking.result() - killed
        self.kills[target] += 1
        for measured, seconds in zip(
            (self.figures.shown, self.figures.answered, self.figures.helped, self.figures.back),
            (shown, answered, helped, back),
            strict=True,
        ):
            measured.setdefault(target, []).append(seconds)
        self._say(
            f"{number:4} {target:9} shown {shown:5.2f} s  answered {answered:5.2f} s  helped {helped:5.2f} s  "
            f"back {back:5.2f} s  acknowledged {len(self.acknowledged) + len(self._crowd.acknowledged())}"
        )
        await self._look()

    async def _struck(self, target: str) -> float:
        await self.targets[target]()
        return time.perf_counter()

    async def _look(self) -> None:
        """Compare what was acknowledged with what is there. Raises AssertionError."""
        acknowledged = self.acknowledged | self._crowd.acknowledged()
        said = await asyncio.to_thread(self._team.said, self._read_to)
        self.found.update(text.rpartition("#")[2] for _, text in said if "#" in text)
        self._read_to = said[-1][0] if said else self._read_to
        assert not acknowledged - self.found.keys(), "acknowledged, and not there"
        assert max(self.found.values()) == 1, [key for key, times in self.found.items() if times > 1]
        assert self._watch.doubled == 0, "an event came twice to a console"
        assert all(len(times) == 1 for times in self._page.texts.values()), "an item came twice to a page"
        if self._thorough:
            self.events = await asyncio.to_thread(self._team.verify)

    async def _server(self) -> None:
        member: Member = self._chance.choice(self._team.members)
        await asyncio.to_thread(member.kill)
        member.start()
        await asyncio.to_thread(member.wait, assists=self._thorough)

    async def _database(self) -> None:
        began = time.perf_counter()
        await asyncio.to_thread(self._team.kill_database)
        self.figures.back.setdefault("postgres", []).append(time.perf_counter() - began)  # until it answers at all
        for member in self._team.members:
            await asyncio.to_thread(member.wait)

    async def _console(self) -> None:
        """Kill the agent's console; another one shows what waits."""
        if self._terminal is not None:
            await asyncio.to_thread(self._terminal.kill)
        url = self._chance.choice(self._team.urls)
        self._terminal = Terminal(url, self._team.token("Sam Oldfield"), self._folder)
        await self._terminal.shows("Crowd", PATIENCE)

    async def _chat(self) -> None:
        await self._crowd.kill()
        await self._crowd.start()

    async def _synapse(self) -> None:
        """Kill the homeserver; the customer there is heard again once it is back."""
        assert self._matrix is not None
        synapse, customer, room = self._matrix
        await asyncio.to_thread(synapse.kill)
        await asyncio.to_thread(synapse.start)
        key = f"matrix-{self.kills['synapse']}"
        began = time.perf_counter()
        await asyncio.to_thread(customer.write, room, f"are you there? #{key}")
        self.acknowledged.add(key)
        came = await self._watch.came(f"are you there? #{key}", PATIENCE)
        self.figures.back.setdefault("matrix", []).append(came - began)
