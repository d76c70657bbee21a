"""What the server writes down: lines of JSON that name the request, and never what people wrote."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import structlog
from pydantic import BaseModel, ValidationError

from console.conversation.people import Role
from console.desk.errors import NotFound
from console.server.logs import log_to_stderr
from tests.server.conftest import Served

SECRET = "my card is 4111 1111 1111 1111"


class Number(BaseModel):
    """Takes no text."""

    n: int


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What is written down, line by line, at the level ``debug``."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    before, handlers = structlog.get_config(), logging.getLogger().handlers[:]
    log_to_stderr("debug")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.configure(**before)
    logging.getLogger().handlers[:] = handlers


def raised(fails: Callable[[], object]) -> Exception:
    """Return what a call raises."""
    try:
        fails()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_an_exception_of_a_library_is_told_by_kind_and_place(written: Lines) -> None:
    """A parser quotes its input, and input is what people wrote."""
    error = raised(lambda: Number.model_validate({"n": SECRET}))
    assert isinstance(error, ValidationError)
    assert SECRET in str(error)
    structlog.get_logger("test").error("unexpected", exc_info=error)
    logging.getLogger("library").error("failed", exc_info=error)
    lines = written()
    assert [line["event"] for line in lines] == ["unexpected", "failed"]
    assert all(line["exception"]["kind"] == "ValidationError" for line in lines)
    assert "test_logs.py" in lines[0]["exception"]["at"][0]
    assert SECRET not in json.dumps(lines)
    assert lines[1]["logger"] == "library"


def test_what_caused_it_is_told_and_our_own_words_too(written: Lines) -> None:
    """They say only what they are meant to say."""

    def fails() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise NotFound("there is no conversation 'c1'") from error

    structlog.get_logger("test").error("unexpected", exc_info=raised(fails))
    (line,) = written()
    assert line["exception"]["says"] == "there is no conversation 'c1'"
    assert line["exception"]["from"]["kind"] == "ValueError"
    assert SECRET not in json.dumps(line)


async def test_a_request_is_named_in_its_lines_and_in_its_answer(served: Served, written: Lines) -> None:
    """By the name that a proxy gave it, if that is a plain one; lines of ``debug`` say the route, not the address."""
    async with served.client(Role.AGENT) as client:
        own = await client.get("/v1/conversations/c-secret")
        given = await client.get("/v1/me", headers={"X-Request-ID": "from-the-proxy-17"})
        forged = await client.get("/v1/me", headers={"X-Request-ID": 'x"}{"event":"forged"'})
    lines = [line for line in written() if line["event"] == "request"]
    names = [answer.headers["X-Request-ID"] for answer in (own, given, forged)]
    assert [line["request"] for line in lines] == names
    assert names[1] == "from-the-proxy-17"
    assert "forged" not in names[2]
    assert (lines[0]["route"], lines[0]["status"]) == ("/v1/conversations/{conversation}", 404)
    assert "c-secret" not in json.dumps(lines)


async def test_an_unexpected_fault_is_found_by_the_name_of_its_request(
    served: Served, written: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which the answer carries."""

    def fails(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(served.desk.casework, "drafts", fails)
    transport = httpx.ASGITransport(served.app, raise_app_exceptions=False)
    heads = {"Authorization": f"Bearer {served.tokens[Role.AGENT]}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://desk", headers=heads) as client:
        answer = await client.get("/v1/inbox")
    line = next(line for line in written() if line["event"] == "unexpected")
    assert (answer.status_code, line["request"]) == (500, answer.headers["X-Request-ID"])
    assert line["exception"]["kind"] == "RuntimeError"
    assert SECRET not in json.dumps(written()) + answer.text
