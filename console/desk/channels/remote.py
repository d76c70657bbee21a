"""Another server's HTTP interface, as channels ask it: JSON both ways, bounded in time and size."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import httpx

CONNECT: Final = 5.0
"""Seconds in which a connection must stand."""

DEADLINE: Final = 20.0
"""Seconds from first to last byte of an answer, unless the caller says otherwise."""

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of an answer that are read; what is longer is no answer to anything that is asked here."""

AGAIN_AT_MOST: Final = 600.0
"""Seconds that a server may ask to be left alone; customers wait meanwhile, so it is asked again after that."""

_WORDS: Final = 200


class RemoteFault(Exception):
    """The other server did not do what was asked; the words are for staff and hold no secret."""

    def __init__(self, words: str, status: int = 0, code: str = "", again_after: float = 0.0) -> None:
        super().__init__(words)
        self.status = status
        """The HTTP status; 0 where no answer came."""
        self.code = code
        """The server's own code for it (Matrix: ``M_FORBIDDEN``); empty where there is none."""
        self.again_after = again_after
        """Seconds after which the server wants to be asked again; 0 where it does not say."""
        self.location = ""
        """Where the server says that it is instead; empty where it does not."""

    @property
    def final(self) -> bool:
        """Whether asking again would not help: the server understood, and will not."""
        refused = httpx.codes.BAD_REQUEST <= self.status < httpx.codes.INTERNAL_SERVER_ERROR
        return refused and self.status not in {401, 408, 425, 429}


class Remote:
    """A server at ``address``; ``headers`` go with every request and nowhere else.

    Proxies and keys of the environment are not used, and redirects not followed: what is sent goes where the settings
    say. ``transport`` is for other ways to a server than the network.
    """

    def __init__(
        self, address: str, headers: Mapping[str, str], *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._secrets = tuple(value.split()[-1] for value in headers.values() if value.strip())
        self._opened = partial(
            httpx.AsyncClient,
            base_url=address.rstrip("/"),
            headers=dict(headers),
            follow_redirects=False,
            trust_env=False,
            verify=httpx.create_ssl_context(),  # but the authority that it names (SSL_CERT_FILE, SSL_CERT_DIR)
            timeout=httpx.Timeout(DEADLINE, connect=CONNECT),
            transport=transport,
        )
        self._http = self._opened()

    async def close(self) -> None:
        """Let go of the connections; whoever asks again gets new ones, as a channel whose duty comes back does."""
        closing, self._http = self._http, self._opened()
        await closing.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str] | None = None,
        seconds: float = DEADLINE,
    ) -> Any:  # noqa: ANN401 - JSON is any of its types
        """Return the JSON of an answer; raises :class:`RemoteFault`."""
        content = None if body is None else json.dumps(body).encode()
        raw = await self._exchange(method, path, content, "application/json", params, seconds, MOST_BYTES)
        try:
            return json.loads(raw) if raw else {}
        except (ValueError, RecursionError) as error:
            raise RemoteFault("the answer is not JSON") from error

    async def upload(self, path: str, data: bytes, kind: str, params: Mapping[str, str]) -> Any:  # noqa: ANN401
        """Send bytes and return the JSON of the answer; raises :class:`RemoteFault`."""
        raw = await self._exchange("POST", path, data, kind, params, 3 * DEADLINE, MOST_BYTES)
        try:
            return json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise RemoteFault("the answer is not JSON") from error

    async def download(self, path: str, most_bytes: int) -> bytes:
        """Return the bytes of an answer; raises :class:`RemoteFault` with status 413 where there are more."""
        return await self._exchange("GET", path, None, "", None, 3 * DEADLINE, most_bytes)

    async def _exchange(
        self,
        method: str,
        path: str,
        content: bytes | None,
        kind: str,
        params: Mapping[str, str] | None,
        seconds: float,
        most_bytes: int,
    ) -> bytes:
        headers = {"Accept-Encoding": "identity"}  # a few bytes must not become a gigabyte
        if content is not None:
            headers["Content-Type"] = kind
        timeout = httpx.Timeout(seconds, connect=CONNECT)
        try:
            async with asyncio.timeout(seconds):
                request = self._http.build_request(
                    method, path, content=content, params=params, headers=headers, timeout=timeout
                )
                response = await self._http.send(request, stream=True)
                try:
                    raw = await _bounded(response, most_bytes)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.TimeoutException) as error:
            raise RemoteFault(f"no answer within {seconds:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteFault(f"the connection failed: {type(error).__name__}") from error
        if not response.is_success:
            raise _fault(response, raw, self._secrets)
        return raw


async def _bounded(response: httpx.Response, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    taken = 0
    async for part in response.aiter_raw():
        taken += len(part)
        if taken > most_bytes:
            raise RemoteFault(f"the answer is larger than {most_bytes:,} bytes", 413)
        parts.append(part)
    return b"".join(parts)


def _fault(response: httpx.Response, raw: bytes, secrets: Sequence[str]) -> RemoteFault:
    """Return what an answer says went wrong; a server that repeats our own token to us is not quoted with it."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        said = {}
    said = said if isinstance(said, dict) else {}
    code, words = said.get("errcode"), said.get("error")
    wait = said.get("retry_after_ms")
    asked = isinstance(wait, int | float) and not isinstance(wait, bool)
    again = _within_bounds(wait) / 1000 if asked else _retry_after(response)
    if isinstance(words, str):
        for secret in secrets:
            words = words.replace(secret, "…")
    told = f": {' '.join(words.split())[:_WORDS]}" if isinstance(words, str) else ""
    status = response.status_code
    fault = RemoteFault(f"it answered {status}{told}", status, code if isinstance(code, str) else "", again)
    fault.location = response.headers.get("Location", "")
    return fault


def _retry_after(response: httpx.Response) -> float:
    header = response.headers.get("Retry-After", "")
    return _within_bounds(float(header) * 1000) / 1000 if header.isascii() and header.isdecimal() else 0.0


def _within_bounds(wait: Any) -> float:  # noqa: ANN401 - a number of any kind
    """Return milliseconds to wait, of any number that a server may name; 0 for one that is none."""
    return float(min(wait, 1000 * AGAIN_AT_MOST)) if wait > 0 else 0.0
