"""The HTTP adapter against a server that is slow, down, busy or lying about its shapes."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from console.assist.bot.ports import Call, ToolTrouble
from console.conversation.bot_events import Outcome
from console.tools.http import MOST_BYTES, TRIES, HttpTools, read_result
from tests.bot.tools import served

FOUND = {"found": True, "customer": "dana", "fields": {"status": "sent"}}


@dataclass
class Bad:
    """A server that misbehaves as the tool's name says; it keeps the headers it was sent."""

    heads: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: Request) -> Response:  # noqa: PLR0911 - one arm a way
        """Answer."""
        self.heads.append(dict(request.headers))
        match request.path_params["tool"]:
            case "down":
                return JSONResponse({}, 503)
            case "recovers" if len(self.heads) < TRIES:
                return JSONResponse({}, 503)
            case "drips":
                return StreamingResponse(_drip(), media_type="application/json")
            case "huge":
                return Response(b'"' + b"x" * MOST_BYTES + b'"', media_type="application/json")
            case "html":
                return Response("<h1>Hello</h1>", media_type="text/html")
            case "nonsense":
                return Response(b"{", media_type="application/json")
            case "forbidden":
                return JSONResponse({}, 403)
            case "moved":
                return Response(status_code=302, headers={"Location": "http://127.0.0.1:1/elsewhere"})
            case _:
                return JSONResponse(FOUND)


async def _drip() -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(0.02)


@pytest.fixture
def bad() -> Iterator[Bad]:
    """The server."""
    server = Bad()
    with served(Starlette(routes=[Route("/tools/{tool}", server.answer, methods=["POST"])])) as address:
        server.address = address
        yield server


async def outcome_of(address: str, tool: str, seconds: float = 2.0) -> Outcome:
    """Return how a call goes wrong."""
    tools = HttpTools(address, "a secret", seconds, backoff=0.001)
    try:
        with pytest.raises(ToolTrouble) as trouble:
            await tools.call(Call(tool, "dana"))
    finally:
        await tools.close()
    return trouble.value.outcome


@pytest.mark.parametrize(
    ("tool", "outcome"),
    [
        ("down", Outcome.DOWN),
        ("huge", Outcome.GARBLED),
        ("html", Outcome.GARBLED),
        ("nonsense", Outcome.GARBLED),
        ("forbidden", Outcome.REFUSED),
        ("moved", Outcome.REFUSED),
    ],
)
async def test_what_goes_wrong_is_told_apart(bad: Bad, tool: str, outcome: Outcome) -> None:
    assert await outcome_of(bad.address, tool) is outcome


async def test_a_byte_at_a_time_is_no_answer(bad: Bad) -> None:
    assert await outcome_of(bad.address, "drips", seconds=0.2) is Outcome.LATE


async def test_nobody_listening_is_down() -> None:
    assert await outcome_of("http://127.0.0.1:9", "any") is Outcome.DOWN


async def test_a_server_that_recovers_is_asked_again_with_the_same_key(bad: Bad) -> None:
    tools = HttpTools(bad.address, "", backoff=0.001)
    assert (await tools.call(Call("recovers", "dana", {}, "key-1"))).found
    await tools.close()
    assert [head["idempotency-key"] for head in bad.heads] == ["key-1"] * TRIES


async def test_the_secret_is_sent_and_in_no_log_or_error(bad: Bad) -> None:
    tools = HttpTools(bad.address, "a secret", backoff=0.001)
    with capture_logs() as logs, pytest.raises(ToolTrouble) as trouble:
        await tools.call(Call("forbidden", "dana"))
    await tools.close()
    assert bad.heads[0]["authorization"] == "Bearer a secret"
    assert "a secret" not in f"{logs}{trouble.value}{trouble.value.why}{tools!r}"


def test_texts_of_an_answer_are_cleaned() -> None:
    body = {"found": True, "customer": "dana", "fields": {"status": "se\u202ent\x07", "n": 3, "none": None}}
    assert read_result(json.dumps(body).encode()).fields == {"status": "sent", "n": "3"}


@pytest.mark.parametrize(
    "fields", [{"a": {"b": 1}}, {"A!": "x"}, {"a": "x" * 500}, {f"f{n}": 1 for n in range(99)}, [1]]
)
def test_fields_that_are_not_flat_short_and_few_are_refused(fields: Any) -> None:  # noqa: ANN401 - hostile
    with pytest.raises(ToolTrouble):
        read_result(json.dumps({"found": True, "customer": "dana", "fields": fields}).encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_what_does_not_say_whether_anything_was_found_is_trouble(body: Any) -> None:  # noqa: ANN401 - hostile
    whole = isinstance(body, dict) and isinstance(body.get("found"), bool)
    with nullcontext() if whole else pytest.raises(ToolTrouble):
        read_result(json.dumps(body).encode())
