"""Scripted customers on a real desk, understood by the real model, a thousand times as fast as people."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from console.content.scripts import load_scripts
from console.conversation.commands import Release, SendMessage
from console.conversation.message import Author
from console.conversation.people import Customer
from console.conversation.state import Conversation
from console.desk.desk import Desk
from console.replay import channel
from console.replay.channel import ReplayChannel
from console.replay.matching import Encode
from console.replay.script import Ending, Script, Step
from console.store import SqlEventLog
from knowledge import Embedder
from tests.content.test_demo import scenarios
from tests.desks import ROBIN, Chair, state_when, until, wound_down

BOOTS = next(script for script in scenarios() if script.id == "boots-twelve-days-late")


@asynccontextmanager
async def playing(
    log: SqlEventLog, scripts: Sequence[Script], embedder: Embedder | None, **more: float
) -> AsyncIterator[Desk]:
    """Run a desk on the log whose only channel plays the scripts; the log outlives it."""
    desk = Desk(log, Chair())

    async def encode() -> Encode:
        if embedder is None:
            raise RuntimeError("no model")
        return embedder.encode

    played = ReplayChannel(desk, scripts, encode, **{"speed": 1000.0, "at_once": 1, **more})  # type: ignore[arg-type]
    await desk.start({played.name: played})
    try:
        yield desk
    finally:
        await wound_down(desk)


async def answer(desk: Desk, conversation: str, text: str) -> None:
    """Send the agent's answer."""
    await desk.casework.claim(ROBIN, conversation)
    key = str(desk.live.seq)
    assert (await desk.sending.send(ROBIN, conversation, SendMessage(text, key))).sent


def live_part(state: Conversation, script: Script) -> list[str]:
    """Return what was said since people took over."""
    return [m.text for m in state.messages[len(script.bot_part) :]]


async def said(desk: Desk, script: Script, step: str, conversation: str) -> Conversation:
    """Wait until the customer has said the last line of a step."""
    last = script.by_id[step].say[-1]
    return await state_when(desk, lambda s: last in live_part(s, script), conversation)


def way_to(script: Script, ending: Ending) -> list[tuple[str, str]]:
    """Return (step, answer that leads on from it) of a shortest way to an ending, branches and ``otherwise`` alike."""
    ways: list[list[tuple[str, str]]] = [[]]
    ends = {script.steps[0].id: ways[0]}
    ahead = [script.steps[0].id]
    while ahead:
        step = script.by_id[ahead.pop(0)]
        if step.ends is ending:
            return ends[step.id]
        following = [(b.when[0], b.next) for b in step.branches]
        following += [("Zebras graze at noon.", step.otherwise)] if step.otherwise else []
        for text, name in following:
            if name not in ends:
                ends[name] = [*ends[step.id], (step.id, text)]
                ahead.append(name)
    raise AssertionError(f"no way to {ending}")


@pytest.mark.parametrize("ending", list(Ending))
async def test_a_scenario_is_played_to_its_end(real_log: SqlEventLog, embedder: Embedder, ending: Ending) -> None:
    """By what the agent writes: helping resolves it, and not helping makes the customer leave."""
    name = f"{BOOTS.id}-1"
    async with playing(real_log, [BOOTS], embedder) as desk:
        await until(lambda: name in desk.live.rows)
        opened = await desk.live.state(name)
        assert [m.text for m in opened.messages[: len(BOOTS.bot_part)]] == [line.text for line in BOOTS.bot_part]
        assert opened.handover is not None
        assert opened.handover.reason == BOOTS.reason
        for step, text in way_to(BOOTS, ending):
            await said(desk, BOOTS, step, name)
            await answer(desk, name, text)
        last = next(step for step in BOOTS.steps if step.ends is ending)
        state = await said(desk, BOOTS, last.id, name)
        if ending is Ending.LEFT:
            state = await state_when(desk, lambda s: s.messages[-1].role is Author.SYSTEM, name)
            assert state.messages[-1].text == "Dana has left the chat."


async def test_an_impatient_customer_says_so_once(real_log: SqlEventLog, embedder: Embedder) -> None:
    """When no agent writes."""
    first = BOOTS.steps[0]
    name = f"{BOOTS.id}-1"
    async with playing(real_log, [BOOTS], embedder, speed=20_000.0) as desk:
        await until(lambda: name in desk.live.rows)
        state = await state_when(desk, lambda s: first.impatient in live_part(s, BOOTS), name)
        assert live_part(state, BOOTS).count(first.impatient) == 1


async def test_a_restart_in_the_middle_goes_on_where_it_was(real_log: SqlEventLog, embedder: Embedder) -> None:
    """Nothing is said twice, and an answer given just before the end is still heard."""
    name = f"{BOOTS.id}-1"
    (start, helping), *rest = way_to(BOOTS, Ending.RESOLVED)
    async with playing(real_log, [BOOTS], embedder) as desk:
        await until(lambda: name in desk.live.rows)
        before = await said(desk, BOOTS, start, name)
        before_texts = live_part(before, BOOTS)
    async with playing(real_log, [], embedder) as desk:  # a desk that plays nobody: the answer is not read yet
        await answer(desk, name, helping)
    async with playing(real_log, [BOOTS], embedder) as desk:
        following = rest[0][0] if rest else next(s.id for s in BOOTS.steps if s.ends is Ending.RESOLVED)
        state = await said(desk, BOOTS, following, name)
        texts = live_part(state, BOOTS)
        assert texts[: len(before_texts) + 1] == [*before_texts, helping]
        assert len(texts) == len(set(texts))


async def test_without_a_model_customers_still_write(real_log: SqlEventLog) -> None:
    """They understand nothing, and take it badly."""
    name = f"{BOOTS.id}-1"
    async with playing(real_log, [BOOTS], None) as desk:
        await until(lambda: name in desk.live.rows)
        await said(desk, BOOTS, BOOTS.steps[0].id, name)
        await answer(desk, name, "I can send a replacement by express.")
        await said(desk, BOOTS, BOOTS.steps[0].otherwise, name)


async def test_customers_arrive_up_to_a_number_at_once(real_log: SqlEventLog, embedder: Embedder) -> None:
    """In the order of the scripts, and round again under new names."""
    scripts = [Script(n, Customer(n, n), (), BOOTS.steps, reason="asked") for n in ("ada", "ben")]
    async with playing(real_log, scripts, embedder, at_once=3, every=1.0) as desk:
        await until(lambda: len(desk.live.rows) == 3)
        assert sorted(desk.live.rows) == ["ada-1", "ada-3", "ben-2"]


async def test_a_conversation_file_is_played_line_by_line(
    tmp_path: Path, real_log: SqlEventLog, embedder: Embedder
) -> None:
    """Each answer of the agent, whatever it says, leads on."""
    told = [
        ("customer", "my parcel is late"),
        ("bot", "try the link"),
        ("agent", "hello"),
        ("customer", "it says lost"),
        ("agent", "reshipping"),
        ("customer", "thank you"),
    ]
    row = {"id": "talk", "customer": {"id": "u1", "name": "Ada Finch"}}
    file = tmp_path / "talks.jsonl"
    file.write_text(json.dumps({**row, "messages": [{"role": r, "text": t} for r, t in told]}), encoding="utf-8")
    (script,) = load_scripts(file, tmp_path)
    async with playing(real_log, [script], embedder) as desk:
        await until(lambda: "talk-1" in desk.live.rows)
        for mine, theirs in (("one moment", "it says lost"), ("done", "thank you")):
            await answer(desk, "talk-1", mine)
            await state_when(desk, lambda s, text=theirs: s.messages[-1].text == text, "talk-1")  # type: ignore[misc]
        state = await desk.live.state("talk-1")
        assert [m.text for m in state.messages] == [
            "my parcel is late",
            "try the link",
            "one moment",
            "it says lost",
            "done",
            "thank you",
        ]


async def test_conversations_of_an_earlier_day_keep_no_customers_away(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes back hours later to conversations that still stand open meets new customers."""
    scripts = [Script(n, Customer(n, n), (), BOOTS.steps, reason="asked") for n in ("ada", "ben")]
    async with playing(real_log, scripts, None, at_once=2, every=1.0) as desk:
        await until(lambda: len(desk.live.rows) == 2)
        for name in list(desk.live.rows):
            await desk.casework.claim(ROBIN, name)
    async with playing(real_log, scripts, None, at_once=2, every=1.0) as desk:
        await said(desk, scripts[0], BOOTS.steps[0].id, "ada-1")
        assert len(desk.live.rows) == 2, "a short restart changes nothing"
    monkeypatch.setattr(channel, "OLD", timedelta(0))
    async with playing(real_log, scripts, None, at_once=2, every=1.0) as desk:
        await until(lambda: len(desk.live.rows) == 4)
        assert {"ada-3", "ben-4"} <= set(desk.live.rows)


async def test_a_customer_who_has_gone_or_is_parked_makes_room_for_the_next(real_log: SqlEventLog) -> None:
    """Though nobody has closed the conversation."""
    left = (Step("bye", ("It came. Thank you!",), ends=Ending.RESOLVED),)
    waits = (Step("ask", ("Where is it?",), otherwise="bye"), *left)
    scripts = [Script("ada", Customer("ada", "ada"), (), left), Script("ben", Customer("ben", "ben"), (), waits)]
    async with playing(real_log, scripts, None, at_once=1, every=1.0) as desk:
        await until(lambda: "ben-2" in desk.live.rows)
        await desk.casework.claim(ROBIN, "ben-2")
        await desk.casework.release(ROBIN, "ben-2", Release(parked=True))
        await until(lambda: "ada-3" in desk.live.rows)
