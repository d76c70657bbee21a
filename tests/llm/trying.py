"""A live desk with a real client and a server that misbehaves: how it goes for the agent."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from console.assist.talk import Talk
from console.conversation.assist_events import KnowledgeFound, LlmCalled, RepliesSuggested, SummaryUpdated
from console.conversation.assistance import KnowledgeHit, SummaryKind, SummaryLine
from console.conversation.events import Event, EventData
from console.desk.desk import Desk, utc_now
from console.desk.hub import Writing
from console.desk.model_calls import Terms
from console.llm import Breaker, GuardedModel, OpenAiModel
from console.store import open_log
from tests.desks import ROBIN, Chair, arrive, suggestion, until
from tests.llm.lagging import lag

LOST: Final = KnowledgeHit("lost.md", "Lost", "A parcel counts as lost after 7 working days without a scan.", 0.8)
DEADLINE: Final = 1.0
"""Seconds that a draft and a summary may take in these trials."""


@dataclass
class Trial:
    """What became of one conversation."""

    engine_seconds: float = 0.0
    """From the claim until the engine's reply could be taken; that is before the model is even asked."""
    over_seconds: float = 0.0
    """From the claim until the calls were over, without what other work on the machine took."""
    worst_lag: float = 0.0
    """The longest that the event loop kept others waiting by its own fault, in seconds."""
    outcomes: dict[str, str] = field(default_factory=dict)
    """How the call of each purpose ended."""
    kinds: tuple[str, ...] = ()
    """The kinds of what can be taken in the end."""
    ever: frozenset[str] = frozenset()
    """Every text that could be taken at any time."""
    why: str = ""
    """What the agent is told."""
    summary: tuple[str, ...] = ()


def engine(talk: Talk) -> Iterator[EventData]:
    """What the embedded engine says."""
    yield KnowledgeFound(talk.turn, (LOST,))
    yield RepliesSuggested(talk.turn, (suggestion(f"engine on {talk.turn}", talk.turn),))
    yield SummaryUpdated(talk.turn, (SummaryLine(SummaryKind.ISSUE, f"as of {talk.turn}", (talk.turn,)),))


async def tried(address: str, folder: Path, deadline: float = DEADLINE) -> Trial:
    """Let a customer write to a desk whose model is at ``address``, and an agent take the conversation."""
    trial = Trial()
    model = GuardedModel(OpenAiModel(address, "small", "sk-secret"), lambda: Breaker(3, 60.0, monotonic))
    terms = Terms(draft_seconds=deadline, summary_seconds=deadline)
    desk = Desk(
        open_log(folder / "workspace", folder / "keys"), Chair(says=engine), now=utc_now, model=model, terms=terms
    )
    await desk.start({})
    desk.assistance.ready(desk.assistant)
    await arrive(desk, "c1", "My boots are late", "they never came", "hello?", "anybody?")
    writings: list[Writing] = []
    watching = asyncio.create_task(_watch(desk, trial, writings))
    loop = asyncio.get_running_loop()

    async def spoken() -> bool:
        return bool((await desk.live.state("c1")).summary_read)

    await until(spoken)

    async def over() -> bool:
        if len(trial.outcomes) < 2 or not any(w.over for w in writings):
            return False
        return trial.outcomes["summary"] != "used" or bool((await desk.live.state("c1")).summary_written)

    async with lag() as lagged:
        began = loop.time()
        await desk.casework.claim(ROBIN, "c1")
        trial.engine_seconds = loop.time() - began
        await until(over, within=deadline + 20)
        trial.over_seconds = loop.time() - began - lagged.starved
    state = await desk.live.state("c1")
    trial.worst_lag = lagged.worst
    trial.kinds = tuple(s.kind for s in state.suggestions)
    trial.ever |= {s.text for s in state.offered.values()}
    trial.summary = tuple(line.text for line in state.summary)
    trial.why = next((w.why for w in reversed(writings) if w.over), "")
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await desk.stop()
    return trial


async def _watch(desk: Desk, trial: Trial, writings: list[Writing]) -> None:
    with desk.live.hub.listen() as listener:
        async for item in listener:
            if isinstance(item, Writing):
                writings += [item]
            elif isinstance(item, Event) and isinstance(item.data, LlmCalled):
                trial.outcomes[item.data.purpose] = item.data.outcome


def asked_for_summary(body: dict[str, object]) -> bool:
    """Return whether a request wants a summary."""
    return "response_format" in body
