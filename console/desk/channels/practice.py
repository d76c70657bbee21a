"""The practice channel: simulated customers, who answer what the agent writes as their scenario and their state say.

Where each of them stands, and what they answer, is an event of the log; a server that starts again, or another one,
goes on from there. Of all servers one plays them at a time. Nobody loses patience while no server plays, or while the
agent's console is away.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

import structlog

from console.assist.summary.cards import without_cards
from console.conversation.events import ConversationClaimed, ConversationClosed, Event, NewEvent
from console.conversation.message import Author, Message, Status
from console.conversation.notices import left_by
from console.conversation.people import Agent
from console.conversation.practice_events import CustomerMoved, CustomerVoiced, PracticeBegan, PracticeEnded
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.desk.desk import Desk
from console.desk.duties import AGAIN
from console.desk.errors import NotFound, Refused
from console.desk.intake import Incoming
from console.desk.log import LogError
from console.desk.voicing import Voicing
from console.practice.customer import Answer, Ending, State, answered, at_first, left_waiting
from console.practice.drills import deed_done, rightly
from console.practice.hearing import Ear, Heard
from console.practice.keeping import heard_so_far, moved_of, moves_of, said_since, state_of
from console.practice.scenario import Drill, Scenario
from console.practice.voice import joined, parted, slipped

NAME: Final = "practice"

LETTERS_A_SECOND: Final = 14.0
"""How fast a customer types."""

READS_FOR: Final = 1.5
"""Seconds from the agent's message to the customer's first key press."""

LONGEST: Final = 6.0
"""Seconds that a customer types at the most: an agent who practises learns nothing from waiting."""

AWAY: Final = 45.0
"""Seconds without a sign of the agent's console, which gives one every 15, after which nobody waits for them."""

LOOKS_EVERY: Final = 5.0
"""Seconds between two looks at whether the agent is there."""

DEEDS: Final = (ConversationClaimed, ConversationClosed, ConversationTransferred, LeadCalled)
"""What an agent does that the customer's player has to look at at once."""

_log = structlog.get_logger(__name__)


class PracticeChannel:
    """Plays the customers of all sessions under way, ``speed`` times as fast as people write.

    ``voicing`` words what they say; without it they say it in the engine's words.
    """

    name = NAME
    everywhere = False

    def __init__(
        self,
        desk: Desk,
        scenarios: Callable[[], Mapping[str, Scenario]],
        ear: Callable[[Scenario], Ear],
        *,
        speed: float = 1.0,
        voicing: Voicing | None = None,
        ready: asyncio.Event | None = None,
    ) -> None:
        """``ready`` is set once an ``ear`` can be had; without it that is from the beginning."""
        self._ready, self._playing = ready, set[str]()
        self._desk, self._scenarios, self._ear, self._speed = desk, scenarios, ear, speed
        self._voicing = voicing
        self._spoken: dict[str, asyncio.Event] = {}
        self._tasks: asyncio.TaskGroup | None = None
        desk.live.watchers.append(self._watch)

    async def deliver(self, conversation: str, message: Message) -> str:
        """Let the customer read the agent's message."""
        self._spoken_to(conversation).set()
        return message.id

    async def run(self) -> None:
        """Go on with all sessions under way, and with those that begin, until cancelled."""
        if self._ready is not None:
            await self._ready.wait()
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            try:
                for row in list(self._desk.live.rows.values()):
                    if row.channel == NAME:
                        tasks.create_task(self._keep_playing(row.id))
                await asyncio.get_running_loop().create_future()  # until cancelled
            finally:
                self._tasks = None
                self._playing.clear()

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, PracticeBegan) and self._tasks is not None:
            self._tasks.create_task(self._keep_playing(event.conversation))
        elif isinstance(event.data, DEEDS) and event.conversation in self._spoken:
            self._spoken[event.conversation].set()

    async def _keep_playing(self, conversation: str) -> None:
        if conversation in self._playing:
            return  # it was seen twice as the duty came here
        self._playing.add(conversation)
        try:
            await self._play_to_the_end(conversation)
        except NotFound:
            pass  # erased meanwhile
        except Exception:  # one customer's fault must not take the others away
            _log.exception("practice", conversation=conversation)
        finally:
            self._spoken.pop(conversation, None)
            self._playing.discard(conversation)

    async def _play_to_the_end(self, conversation: str) -> None:
        """Play, and go on where the log was away for a moment."""
        while True:
            try:
                return await self._play(conversation)
            except LogError as error:
                _log.warning("practice waits for its log", conversation=conversation, why=str(error))
                await asyncio.sleep(AGAIN)

    async def _play(self, conversation: str) -> None:
        history = await self._desk.live.history(conversation)
        began = next((e.data for e in history if isinstance(e.data, PracticeBegan)), None)
        scenario = self._scenarios().get(began.scenario) if began else None
        if began is None or scenario is None:
            return  # its scenario is gone; the session stays for people to end
        moves = moves_of(history)
        state, heard = state_of(moves[-1]) if moves else at_first(scenario), heard_so_far(history)
        if scenario.drill is not Drill.TAKE_OVER or began.replays:
            await self._see_claimed(conversation, history, began)
        ear = await asyncio.to_thread(self._ear, scenario)
        if moves:  # what they were about to say when nobody played them any more
            left, said_already = Answer(state, moves[-1].says), said_since(history)
            await self._say(conversation, scenario, left, began.seed, heard, after=said_already)
        if (
            scenario.drill is Drill.TAKE_OVER
            and not began.replays
            and not await self._taken_over(conversation, scenario)
        ):
            return
        while state.ending is None:
            spoken = await self._listen(conversation, heard, scenario, began.agent)
            if spoken is None:  # the agent has closed it, or given it away
                await self._given_away(conversation, scenario)
                return
            said: Heard | None = None
            if spoken:
                await self._pause(READS_FOR)
                spoken = await self._unheard(conversation, heard)  # what was added meanwhile is the same answer
                said = await asyncio.to_thread(ear.hear, "\n".join(message.text for message in spoken))
                answer = answered(scenario, state, said, began.seed)
            else:
                answer = left_waiting(scenario, state, began.seed)
            heard = spoken[-1].seq if spoken else heard
            moved = moved_of(answer, said, heard, spoken[-1].id if spoken else "")
            if not await self._move(conversation, moved, len(moves)):
                await self._play(conversation)  # another server was faster: its answer is the one that holds
                return
            moves.append(moved)
            await self._say(conversation, scenario, answer, began.seed, heard)
            state = answer.state
        await self._end(conversation, scenario, state)

    async def _see_claimed(self, conversation: str, history: Sequence[Event], began: PracticeBegan) -> None:
        """Give a session to who began it, where a server ended before it was theirs; who gave it back has had it."""
        if not any(isinstance(event.data, ConversationClaimed) for event in history):
            with suppress(Refused):  # closed meanwhile
                await self._desk.casework.claim(Agent(began.agent, began.name), conversation)

    async def _listen(self, conversation: str, heard: int, scenario: Scenario, agent: str) -> list[Message] | None:
        """Return what the agent wrote, nothing where the customer waited in vain; ``None`` once they have let it go.

        Who was away is waited for anew.
        """
        loop, spoken = asyncio.get_running_loop(), self._spoken_to(conversation)
        waits = scenario.persona.waits / self._speed
        until = loop.time() + waits
        while not await self._let_go(conversation, scenario):
            if unheard := await self._unheard(conversation, heard):
                return unheard
            if self._desk.signs.gone_for(agent) > AWAY:
                until = loop.time() + waits
            elif loop.time() >= until:
                return []
            with suppress(TimeoutError):
                async with asyncio.timeout(min(LOOKS_EVERY, until - loop.time())):
                    await spoken.wait()
            spoken.clear()
        return None

    async def _let_go(self, conversation: str, scenario: Scenario) -> bool:
        """Whether the agent has closed it or given it away."""
        closed = (await self._desk.live.state(conversation)).status is Status.CLOSED
        return closed or deed_done(await self._desk.live.history(conversation), scenario) is not None

    async def _given_away(self, conversation: str, scenario: Scenario) -> None:
        """End a session that the agent passed on: nobody else is there to play it."""
        done = deed_done(await self._desk.live.history(conversation), scenario)
        if done is None or (await self._desk.live.state(conversation)).status is Status.CLOSED:
            return
        right = rightly(scenario.deed, done)
        ended = PracticeEnded(Ending.SETTLED if right else Ending.CUT_OFF)
        batch = (ended, ConversationClosed("practice", resolved=right))
        await self._desk.live.record([NewEvent(conversation, "desk", data, self._desk.now()) for data in batch])

    async def _taken_over(self, conversation: str, scenario: Scenario) -> bool:
        """Let bot and customer talk until the agent takes over, or the bot has said all it has; whether they did."""
        state = await self._desk.live.state(conversation)
        for number, line in enumerate(scenario.before):
            if number < len(state.messages):
                continue  # said before the server started again
            if await self._claimed(conversation, line.after if number else 0.0):
                break
            await self._desk.intake.receive(conversation, Incoming(line.role, line.text, f"before.{number}"))
        if not await self._claimed(conversation, scenario.persona.waits):
            await self._desk.intake.hand_over(conversation, scenario.reason, scenario.tier)
        while not await self._claimed(conversation, scenario.persona.waits):
            if (await self._desk.live.state(conversation)).status is Status.CLOSED:
                return False
        for number, text in enumerate(scenario.begins):
            await self._desk.intake.receive(conversation, Incoming(Author.CUSTOMER, text, f"begins.{number}"))
        return True

    async def _claimed(self, conversation: str, seconds: float) -> bool:
        """Wait this long for the agent to take the conversation; whether they have it."""
        spoken = self._spoken_to(conversation)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / self._speed):
                while not (state := await self._desk.live.state(conversation)).agent:
                    if state.status is Status.CLOSED:
                        return False
                    await spoken.wait()
                    spoken.clear()
                return True
        return bool((await self._desk.live.state(conversation)).agent)

    async def _unheard(self, conversation: str, heard: int) -> list[Message]:
        state = await self._desk.live.state(conversation)
        return [m for m in state.messages if m.role is Author.AGENT and m.seq > heard]

    async def _move(self, conversation: str, moved: CustomerMoved, before: int) -> bool:
        """Record where they stand, after so many moves; whether nobody else had."""
        key = f"{conversation}:moved:{before}"
        done = await self._desk.live.record([NewEvent(conversation, "desk", moved, self._desk.now(), NAME, key)])
        return not done.repeated

    async def _say(
        self, conversation: str, scenario: Scenario, answer: Answer, seed: int, heard: int, *, after: int = 0
    ) -> None:
        """Write an answer, from the message of this number on, unless the agent closes the chat meanwhile."""
        turn = answer.state.turn + answer.state.silences
        for number, says in enumerate(parted(answer.says, scenario.persona, seed, turn)):
            if number < after:
                continue
            text = slipped(joined(says), scenario.persona.typos, seed, turn, number)
            self._desk.intake.typing(conversation, active=True)
            seconds = min(LONGEST, len(text) / LETTERS_A_SECOND)
            worded, _ = await asyncio.gather(
                self._worded(conversation, scenario, answer.state, says), self._pause(seconds)
            )
            self._desk.intake.typing(conversation, active=False)
            sent = slipped(worded, scenario.persona.typos, seed, turn, number) if worded else text
            voiced = self._voicing and sent != text and CustomerVoiced(without_cards(text), self._voicing.model)
            if (await self._desk.live.state(conversation)).status is Status.CLOSED:
                return  # it would open it again
            key = f"{heard}.{answer.state.silences}.{number}"
            await self._desk.intake.receive(conversation, Incoming(Author.CUSTOMER, sent, key), beside=voiced or None)

    async def _worded(self, conversation: str, scenario: Scenario, state: State, says: Sequence[str]) -> str:
        """Return other words for a message, found while it is typed; empty where its own are to be sent."""
        if self._voicing is None:
            return ""
        return await self._voicing.worded(conversation, scenario, state, says)

    async def _end(self, conversation: str, scenario: Scenario, state: State) -> None:
        if state.ending is Ending.GAVE_UP:
            text = left_by(scenario.customer.called)
            await self._desk.intake.receive(conversation, Incoming(Author.SYSTEM, text, "left"))
        ended = PracticeEnded(state.ending or Ending.CUT_OFF)
        await self._desk.live.record(
            [NewEvent(conversation, "desk", ended, self._desk.now(), NAME, f"{conversation}:ended")]
        )

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    def _spoken_to(self, conversation: str) -> asyncio.Event:
        return self._spoken.setdefault(conversation, asyncio.Event())
