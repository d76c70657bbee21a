"""Tools over HTTP: ``POST {address}/tools/{name}`` with JSON, answered with JSON.

The request's body is ``{"customer": id, "arguments": {…}}``; the answer's is ``{"found": true, "customer": id,
"fields": {…}}``, the fields flat, or ``{"found": false}``. An action carries an ``Idempotency-Key``: the same key again
must have no further effect.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, Final

import httpx

from console.assist.bot.ports import Call, Result, ToolTrouble
from console.conversation.bot_events import Outcome
from console.text import clean_line

CONNECT: Final = 2.0
"""Seconds in which a connection must stand."""

TRIES: Final = 3
"""How often a call is made that may be made again: look-ups, and actions by their key."""

BACKOFF: Final = 0.2
"""Seconds before the second try; twice as long before the third."""

MOST_BYTES: Final = 64 * 1024
"""Bytes of an answer; a few fields are some hundred."""

MOST_FIELDS: Final = 40
LONGEST: Final = 200
"""Characters that are kept of a field."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{0,39}")


class _Again(Exception):
    """A try failed in a way that another may not."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome, self.why = outcome, why


class HttpTools:
    """The tools at ``address``; ``key`` is the bearer token, which may be empty; a call may take ``seconds`` in all.

    Proxies and keys of the environment are not used, and redirects not followed: what is sent goes where the settings
    say and nowhere else.
    """

    def __init__(
        self,
        address: str,
        key: str = "",
        seconds: float = 4.0,
        *,
        backoff: float = BACKOFF,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._address, self._seconds, self._backoff = address.rstrip("/"), seconds, backoff
        self._http = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            follow_redirects=False,
            trust_env=False,
            verify=httpx.create_ssl_context(),  # but the authority that it names (SSL_CERT_FILE, SSL_CERT_DIR)
            timeout=httpx.Timeout(seconds, connect=min(CONNECT, seconds)),
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=4),
            transport=transport,
        )

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def call(self, call: Call) -> Result:
        """Return the answer; see :class:`console.assist.bot.ports.Tools`."""
        if not _NAME.fullmatch(call.tool.replace("-", "_")):
            raise ToolTrouble(Outcome.REFUSED, "no tool has such a name")
        try:
            async with asyncio.timeout(self._seconds):  # a byte a second would never trip a timeout of reads
                return await self._tried(call)
        except TimeoutError as error:
            raise ToolTrouble(Outcome.LATE, f"no whole answer within {self._seconds:g} s") from error

    async def _tried(self, call: Call) -> Result:
        pause = self._backoff
        for left in reversed(range(TRIES)):
            try:
                return await self._once(call)
            except _Again as trouble:
                if not left:
                    raise ToolTrouble(trouble.outcome, trouble.why) from trouble
            await asyncio.sleep(pause)
            pause *= 2
        raise AssertionError  # the last try returns or raises

    async def _once(self, call: Call) -> Result:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }  # a few bytes must not become a gigabyte
        if call.key:
            headers["Idempotency-Key"] = call.key
        body = {"customer": call.customer, "arguments": dict(call.arguments)}
        try:
            async with self._http.stream(
                "POST", f"{self._address}/tools/{call.tool}", json=body, headers=headers
            ) as response:
                _require_answer(response)
                data = await _read(response)
        except httpx.TimeoutException as error:
            raise _Again(Outcome.LATE, type(error).__name__) from error
        except httpx.TransportError as error:
            raise _Again(Outcome.DOWN, type(error).__name__) from error
        return read_result(data)


def _require_answer(response: httpx.Response) -> None:
    status = response.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status in {408, 425, 429}:
        raise _Again(Outcome.DOWN, f"it answered {status}")
    if status != httpx.codes.OK:
        raise ToolTrouble(Outcome.REFUSED, f"it answered {status}")
    kind = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    if kind != "application/json" or response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ToolTrouble(Outcome.GARBLED, "it answered with something else than plain JSON")


async def _read(response: httpx.Response) -> bytes:
    data = b""
    async for piece in response.aiter_raw():
        data += piece
        if len(data) > MOST_BYTES:
            raise ToolTrouble(Outcome.GARBLED, f"more than {MOST_BYTES:,} bytes came")
    return data


def read_result(data: bytes) -> Result:
    """Return an answer's body as a result, its texts cleaned. Raises :class:`ToolTrouble` where it is not one."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ToolTrouble(Outcome.GARBLED, "the answer is not JSON") from error
    if not isinstance(body, dict) or not isinstance(body.get("found"), bool):
        raise ToolTrouble(Outcome.GARBLED, "the answer does not say whether anything was found")
    if not body["found"]:
        return Result(found=False)
    customer, fields = body.get("customer", ""), body.get("fields", {})
    if not isinstance(customer, str) or clean_line(customer) != customer:
        raise ToolTrouble(Outcome.GARBLED, "the answer does not say whose it is")
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise ToolTrouble(Outcome.GARBLED, "the answer's fields are none, or too many")
    return Result(found=True, customer=customer, fields=_flat(fields))


def _flat(fields: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in fields.items():
        if not _NAME.fullmatch(name) or isinstance(value, dict | list):
            raise ToolTrouble(Outcome.GARBLED, "the answer's fields are not flat, or have names that no field has")
        text = clean_line(str(value), LONGEST + 1) if value is not None and not isinstance(value, bool) else ""
        if len(text) > LONGEST:
            raise ToolTrouble(Outcome.GARBLED, "a field of the answer is too long")
        if text:
            flat[name] = text
    return flat
