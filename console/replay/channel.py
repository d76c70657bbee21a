"""The replay channel: scripted customers arrive, write, wait, grow impatient, and answer what the agent writes.

Where each of them stands, and which of the agent's messages they have answered, is a cursor in the log; a restart goes
on from there, with nothing said twice and nothing unheard.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from console.conversation.events import Event
from console.conversation.generated_events import WeeksPassed
from console.conversation.message import Author, Message, Status
from console.conversation.notices import left_by
from console.conversation.people import Identity
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import Cursor
from console.replay.matching import Encode, next_step
from console.replay.script import Ending, Line, Script, Step

LETTERS_A_SECOND: Final = 14.0
"""How fast a customer types."""

READS_FOR: Final = 2.5
"""Seconds from the agent's message to the customer's first key press."""

OLD: Final = timedelta(minutes=30)
"""How long a conversation may have lain still before the desk starts; an older one keeps nobody from arriving."""

ARRIVALS: Final = "replay"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a played customer stands: at a step, after so many answers, having heard the agent up to an event."""

    step: str
    visit: int = 0
    heard: int = 0

    def encode(self) -> str:
        """Return the place as a cursor's value."""
        return json.dumps([self.step, self.visit, self.heard])

    @classmethod
    def decode(cls, value: str) -> "Place":
        """Return the place that a cursor's value stands for."""
        return cls(*json.loads(value))


class ReplayChannel:
    """Plays scripts as live customers, ``speed`` times as fast as people write."""

    name = "replay"
    everywhere = False

    def __init__(
        self,
        desk: Desk,
        scripts: Sequence[Script],
        encode: Callable[[], Awaitable[Encode]],
        *,
        speed: float = 1.0,
        at_once: int = 4,
        every: float = 60.0,
    ) -> None:
        self._desk = desk
        self._scripts = {script.id: script for script in scripts}
        self._order = list(scripts)
        self._encode = encode
        self._speed, self._at_once, self._every = speed, at_once, every
        self._spoken: dict[str, asyncio.Event] = {}
        self._lively: set[str] = set()
        """Conversations whose customer is still in the middle of something."""
        self._playing: set[asyncio.Task[None]] = set()
        desk.live.watchers.append(self._watch)

    async def deliver(self, conversation: str, message: Message) -> str:
        """Let the customer read the agent's message."""
        self._spoken_to(conversation).set()
        return message.id

    async def run(self) -> None:
        """Go on with those who were here, then let others arrive."""
        async with asyncio.TaskGroup() as tasks:
            for row in list(self._desk.live.rows.values()):
                if row.channel == self.name:
                    if row.updated_at and self._desk.now() - row.updated_at < OLD:
                        self._lively.add(row.id)
                    self._begin(tasks, row.id)
            while self._order:
                if self._present() < self._at_once:
                    conversation = await self._arrive()
                    self._lively.add(conversation)
                    self._begin(tasks, conversation)
                await self._pause(self._every)

    def _begin(self, tasks: asyncio.TaskGroup, conversation: str) -> None:
        playing = tasks.create_task(self._keep_playing(conversation))
        self._playing.add(playing)
        playing.add_done_callback(self._playing.discard)

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, WeeksPassed):  # whoever was here is long gone
            for playing in self._playing:
                playing.cancel()

    def _present(self) -> int:
        """Return how many customers take up an agent: neither gone, nor parked, nor left lying since an earlier day."""
        rows = self._desk.live.rows
        return sum(name in rows and rows[name].status is not Status.PARKED for name in self._lively)

    async def _arrive(self) -> str:
        """Open the next script's conversation, with what came before people took over."""
        count = int(await self._desk.live.call(lambda log: log.cursor(ARRIVALS)) or "0")
        script = self._order[count % len(self._order)]
        now = self._desk.now()
        conversation = f"{script.id}-{count + 1}"
        await self._desk.intake.open(
            self.name,
            script.customer,
            conversation=conversation,
            subject=script.subject,
            level=Identity.VERIFIED if script.customer.name else Identity.ANONYMOUS,
            before=_before(script, now),
            handover=script.reason or "asked for a person",
            tier=script.tier,
            cursor=Cursor(ARRIVALS, str(count + 1)),
        )
        return conversation

    async def _keep_playing(self, conversation: str) -> None:
        try:
            await self._play(conversation)
        except Exception:  # one customer's fault must not take the others away
            _log.exception("replay", conversation=conversation)
        finally:
            self._spoken.pop(conversation, None)
            self._lively.discard(conversation)

    async def _play(self, conversation: str) -> None:
        stored = await self._desk.live.call(lambda log: log.cursor(_cursor(conversation)))
        script = self._scripts.get(conversation.rpartition("-")[0])
        if script is None:
            return  # its script is gone; the conversation stays for people to close
        place = Place.decode(stored) if stored else Place(script.steps[0].id)
        while step := script.by_id.get(place.step):  # a script that was changed meanwhile may have lost its step
            await self._say(conversation, step, place)
            if step.ends:
                await self._leave(conversation, script, step)
                return
            answer, heard = await self._listen(conversation, step, place)
            place = Place(await self._follow(step, answer), place.visit + 1, heard)
            await self._move(conversation, place)

    async def _follow(self, step: Step, answer: str) -> str:
        try:
            encode = await self._encode()
        except Exception:  # there is no model: customers go on, understanding nothing
            _log.exception("replay without a model")
            return step.otherwise
        return await asyncio.to_thread(next_step, step, answer, encode)

    async def _say(self, conversation: str, step: Step, place: Place) -> None:
        for number, text in enumerate(step.say):
            self._desk.intake.typing(conversation, active=True)
            await self._pause(len(text) / LETTERS_A_SECOND)
            self._desk.intake.typing(conversation, active=False)
            await self._receive(conversation, text, f"{place.visit}.{step.id}.{number}")

    async def _listen(self, conversation: str, step: Step, place: Place) -> tuple[str, int]:
        """Wait for the agent; say the impatient line once if nothing comes.

        Returns what the agent wrote, and the number of its last event.
        """
        try:
            async with asyncio.timeout(step.wait / self._speed if step.impatient else None):
                await self._answered(conversation, place.heard)
        except TimeoutError:
            await self._receive(conversation, step.impatient, f"{place.visit}.{step.id}.impatient")
            await self._answered(conversation, place.heard)
        await self._pause(READS_FOR)
        heard = await self._unheard(conversation, place.heard)  # what was added meanwhile belongs to the same answer
        return "\n".join(message.text for message in heard), heard[-1].seq

    async def _answered(self, conversation: str, heard: int) -> None:
        spoken = self._spoken_to(conversation)
        while not await self._unheard(conversation, heard):
            await spoken.wait()
            spoken.clear()

    async def _unheard(self, conversation: str, heard: int) -> list[Message]:
        state = await self._desk.live.state(conversation)
        return [m for m in state.messages if m.role is Author.AGENT and m.seq > heard]

    async def _leave(self, conversation: str, script: Script, step: Step) -> None:
        row = self._desk.live.rows.get(conversation)
        if step.ends is Ending.LEFT and row and row.status is not Status.CLOSED:
            said = Incoming(Author.SYSTEM, left_by(script.customer.called), "left")
            await self._desk.intake.receive(conversation, said)

    async def _receive(self, conversation: str, text: str, key: str) -> None:
        await self._desk.intake.receive(conversation, Incoming(Author.CUSTOMER, text, key))

    async def _move(self, conversation: str, place: Place) -> None:
        await self._desk.live.record([], cursor=Cursor(_cursor(conversation), place.encode()))

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    def _spoken_to(self, conversation: str) -> asyncio.Event:
        return self._spoken.setdefault(conversation, asyncio.Event())


def _cursor(conversation: str) -> str:
    return f"{ARRIVALS}:{conversation}"


def _before(script: Script, now: datetime) -> list[Incoming]:
    at = now - timedelta(minutes=script.minutes_ago)
    incoming: list[Incoming] = []
    for number, line in enumerate(script.bot_part):
        at = min(at + timedelta(seconds=_gap(line, number)), now)
        incoming.append(Incoming(line.role, line.text, f"before.{number}", at))
    return incoming


def _gap(line: Line, number: int) -> float:
    return line.after if number else 0.0
