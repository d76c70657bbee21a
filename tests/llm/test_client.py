"""The client against real servers: one that behaves, and every way of going wrong."""

import asyncio
import logging
from collections.abc import Callable

import pytest
import structlog

from console.assist.llm.ports import ModelTrouble, Prompt, Purpose, Trouble, Written
from console.llm import Breaker, GuardedModel, OpenAiModel
from tests.desks import until
from tests.llm.lagging import lag
from tests.llm.misbehaving import FAULTS, Misbehaving, nobody_listens

PROMPT = Prompt(Purpose.DRAFT, "Write a reply.", "The customer wrote: secret-of-dana", 200)
KEY = "sk-very-secret"

WHY = {
    "hang": Trouble.LATE,
    "hang-after": Trouble.LATE,
    "busy": Trouble.BUSY,
    "failing": Trouble.FAILED,
    "refusing": Trouble.REFUSED,
    "redirect": Trouble.REFUSED,
    "garbage": Trouble.GARBLED,
    "no-http": Trouble.UNREACHABLE,
    "odd": Trouble.GARBLED,
    "half": Trouble.CUT,
    "length": Trouble.CUT,
    "drip": Trouble.LATE,
    "flood": Trouble.CUT,
    "line": Trouble.GARBLED,
    "inner-error": Trouble.FAILED,
    "page": Trouble.GARBLED,
    "empty": Trouble.GARBLED,
    "huge-object": Trouble.CUT,
}
"""What is made of each fault."""


async def ask(
    address: str, prompt: Prompt = PROMPT, seconds: float = 5.0, heard: Callable[[str], None] = lambda _: None
) -> Written:
    """Ask once, behind a breaker of its own."""
    client = OpenAiModel(address, "small", KEY)
    model = GuardedModel(client, lambda: Breaker(3, 60.0, lambda: 0.0))
    try:
        return await model.write(prompt, seconds, heard)
    finally:
        await client.close()


async def test_an_answer_comes_word_by_word_and_whole(server: Misbehaving) -> None:
    """With what it cost."""
    server.says = lambda _: "Your boots are on their way."
    heard: list[str] = []
    written = await ask(server.address("good"), heard=heard.append)
    assert (written.text, written.tokens_in, written.tokens_out) == ("Your boots are on their way.", 120, 12)
    assert heard[-1] == written.text
    assert all(written.text.startswith(part) for part in heard)
    assert 0 < written.first_ms <= written.ms


async def test_the_server_is_asked_as_such_servers_are(server: Misbehaving) -> None:
    """The task apart from the material, the key in the head, the schema where there is one."""
    await ask(server.address("good"), Prompt(Purpose.SUMMARY, "Sum up.", "m1: hello", 50, {"type": "object"}))
    (body,) = server.asked
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert (body["model"], body["max_tokens"], body["stream"]) == ("small", 50, True)
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert f"Bearer {KEY}" in server.heads[0]


async def test_a_server_that_does_not_stream_is_read_too(server: Misbehaving) -> None:
    """One object holds it all."""
    server.says = lambda _: "All in one."
    written = await ask(server.address("whole"))
    assert (written.text, written.tokens_out) == ("All in one.", 12)


@pytest.mark.parametrize("way", sorted(FAULTS))
async def test_every_fault_is_a_trouble_in_time(way: str, server: Misbehaving) -> None:
    """Within the deadline, and without keeping the event loop from others."""
    server.says = lambda _: "I will send you new boots today."
    loop = asyncio.get_running_loop()
    async with lag() as lagged:
        began = loop.time()
        with pytest.raises(ModelTrouble) as caught:
            await ask(server.address(way), seconds=0.6)
        took = loop.time() - began
    assert caught.value.why is WHY[way]
    assert took - lagged.starved < 0.6 + 0.5
    assert lagged.worst < 0.25
    assert KEY not in str(caught.value)


async def test_a_refused_connection_is_a_trouble_at_once() -> None:
    """Nobody listens there."""
    with nobody_listens() as address, pytest.raises(ModelTrouble) as caught:
        await ask(address)
    assert caught.value.why is Trouble.UNREACHABLE


async def test_a_redirect_is_not_followed(server: Misbehaving) -> None:
    """What was meant for one server goes to no other."""
    with pytest.raises(ModelTrouble):
        await ask(server.address("redirect"))
    assert len(server.asked) == 1


async def test_proxies_of_the_environment_are_not_used(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes where the settings do not say."""
    with nobody_listens() as address:
        monkeypatch.setenv("HTTP_PROXY", address.removesuffix("/v1"))
        monkeypatch.setenv("ALL_PROXY", address.removesuffix("/v1"))
        assert (await ask(server.address("good"))).text == "Hello."


async def test_a_server_that_has_no_room_is_left_alone_as_long_as_it_says(server: Misbehaving) -> None:
    """At its word; the next call does not reach it."""
    client = OpenAiModel(server.address("busy"), "small")
    model = GuardedModel(client, lambda: Breaker(3, 60.0, lambda: 0.0))
    for why in (Trouble.BUSY, Trouble.RESTING):
        with pytest.raises(ModelTrouble) as caught:
            await model.write(PROMPT, 5.0, lambda _: None)
        assert caught.value.why is why
    assert len(server.asked) == 1
    await client.close()


async def test_each_purpose_has_a_breaker_of_its_own(server: Misbehaving) -> None:
    """A server that fails at schemas goes on drafting."""
    client = OpenAiModel(server.address("failing"), "small")
    model = GuardedModel(client, lambda: Breaker(1, 60.0, lambda: 0.0))
    whys = []
    for purpose in (Purpose.SUMMARY, Purpose.SUMMARY, Purpose.DRAFT):
        with pytest.raises(ModelTrouble) as caught:
            await model.write(Prompt(purpose, "", "", 10), 5.0, lambda _: None)
        whys.append(caught.value.why)
    assert whys == [Trouble.FAILED, Trouble.RESTING, Trouble.FAILED]
    await client.close()


async def test_a_call_that_is_given_up_ends_the_connection_and_counts_for_nothing(server: Misbehaving) -> None:
    """A customer wrote meanwhile."""
    client = OpenAiModel(server.address("hang"), "small")
    model = GuardedModel(client, lambda: Breaker(1, 60.0, lambda: 0.0))
    task = asyncio.create_task(model.write(PROMPT, 60.0, lambda _: None))
    await until(lambda: bool(server.asked))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ModelTrouble) as caught:
        await model.write(PROMPT, 0.1, lambda _: None)
    assert caught.value.why is Trouble.LATE  # asked again: it does not rest
    await client.close()


async def test_nothing_secret_is_logged(server: Misbehaving, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the key nor what was asked, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    troubles: list[str] = []
    with structlog.testing.capture_logs() as said:
        for way in ("good", "failing", "garbage", "inner-error", "half", "refusing"):
            try:
                await ask(server.address(way))
            except ModelTrouble as trouble:
                troubles.append(repr(trouble))
    told = caplog.text + repr(said) + repr(troubles)
    assert KEY not in told
    assert "secret-of-dana" not in told
