"""Fetches one address of a site after another: slowly, within limits, and never from another host."""

import asyncio
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpx

from knowledge.loaders.site.addresses import Site
from knowledge.loaders.site.connecting import CheckedTransport, PrivateAddress, Resolve, resolve
from knowledge.loaders.site.limits import Limits
from knowledge.loaders.site.pace import Pace
from knowledge.loaders.site.robots import AGENT

_MOST_REDIRECTS = 5
_CONNECT_SECONDS = 10.0
_SILENT_SECONDS = 20.0
_LONGEST_WAIT = 30.0
"""Seconds that a site which is busy may ask for before the one other attempt."""

_GONE = {404, 410}
_BUSY = {429, 503}
_CHUNK = 64 * 1024


class Unfetched(Exception):
    """An address that gave no page; the message is the reason."""

    def __init__(self, reason: str, *, for_now: bool = False, status: int = 0, private: bool = False) -> None:
        super().__init__(reason)
        self.for_now = for_now
        """Whether it may well be there the next time."""
        self.status = status
        """What the site answered, or 0."""
        self.private = private
        """Whether it was not asked for, since its host is on a private address."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str
    """Where the page was in the end, after redirects."""
    kind: str
    """Its media type, in small letters."""
    charset: str
    data: bytes
    modified: str
    """The Last-Modified header, as it was sent."""


class Fetcher:
    """A client for one site, for one thread that runs no event loop."""

    def __init__(
        self, site: Site, limits: Limits, pace: Pace, *, private_hosts: bool = False, resolve: Resolve = resolve
    ) -> None:
        self._site = site
        self._limits = limits
        self._pace = pace
        # A loop of its own, since only that can end a page which comes a byte at a time.
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            transport=CheckedTransport(private_hosts=private_hosts, resolve=resolve),
            headers={"User-Agent": _agent(), "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.5"},
            timeout=httpx.Timeout(_SILENT_SECONDS, connect=_CONNECT_SECONDS),
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def get(self, address: str, allowed: Callable[[str], bool] = lambda _: True, max_bytes: int = 0) -> Fetched:
        """The page at an address of the site; redirects are followed to what is `allowed` of it. Raises Unfetched."""
        limit = max_bytes or self._limits.page_bytes
        for _ in range(_MOST_REDIRECTS + 1):
            response, data = self._patiently(address, limit)
            if not response.has_redirect_location:
                return _fetched(address, response, data)
            target = self._site.page(response.headers["location"], address)
            if target is None:
                raise Unfetched(f"leads to another site ({response.headers['location'][:200]})")
            if not allowed(target):
                raise Unfetched("leads to a page that robots.txt does not allow")
            address = target
        raise Unfetched("leads from redirect to redirect")

    def _patiently(self, address: str, limit: int) -> tuple[httpx.Response, bytes]:
        """One answer; a site that is busy is asked again, once, when it says."""
        self._pace.wait()
        response, data = self._once(address, limit)
        if response.status_code in _BUSY:
            self._pace.rest(_seconds(response.headers.get("retry-after", "")))
            response, data = self._once(address, limit)
        return response, data

    def _once(self, address: str, limit: int) -> tuple[httpx.Response, bytes]:
        try:
            return self._runner.run(self._ask(address, limit))
        except PrivateAddress as error:
            reason = f"{error}; private hosts are read only where that is asked for"
            raise Unfetched(reason, private=True) from error
        except TimeoutError as error:
            raise Unfetched(f"took more than {self._limits.page_seconds:g} seconds", for_now=True) from error
        except httpx.TimeoutException as error:
            raise Unfetched("did not answer in time", for_now=True) from error
        except httpx.RemoteProtocolError as error:
            raise Unfetched("breaks off on its way, or is no answer of a web server", for_now=True) from error
        except (httpx.HTTPError, OSError) as error:
            raise Unfetched(f"cannot be reached ({error or type(error).__name__})", for_now=True) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise Unfetched(f"cannot be asked for ({type(error).__name__})") from error

    async def _ask(self, address: str, limit: int) -> tuple[httpx.Response, bytes]:
        async with asyncio.timeout(self._limits.page_seconds), self._client.stream("GET", address) as response:
            data = await _body(response, limit) if response.is_success else b""
            return response, data


async def _body(response: httpx.Response, limit: int) -> bytes:
    """The whole body, inflated a piece at a time, so that a bomb is noticed and not unpacked."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise Unfetched(f"is encoded in a way that was not asked for ({coding[:40]})")
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
    data = bytearray()
    try:
        async for chunk in response.aiter_raw(_CHUNK):
            data += packed.decompress(chunk, limit + 1 - len(data)) if packed else chunk
            if len(data) > limit:
                raise Unfetched(f"is larger than {limit // 1024**2 or 1} MB")
    except zlib.error as error:
        raise Unfetched("is damaged on its way", for_now=True) from error
    if packed and data and not packed.eof:
        raise Unfetched("breaks off on its way", for_now=True)
    return bytes(data)


def _fetched(address: str, response: httpx.Response, data: bytes) -> Fetched:
    status = response.status_code
    if status in _GONE:
        raise Unfetched(f"is not there ({status})", status=status)
    if not response.is_success:
        asks = "asks for a sign-in" if status in {401, 403, 407} else "answers with an error"
        raise Unfetched(f"{asks} ({status})", for_now=True, status=status)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(address, kind, response.charset_encoding or "", data, response.headers.get("last-modified", ""))


def _seconds(after: str) -> float:
    return min(float(after), _LONGEST_WAIT) if after.strip().isdecimal() else _LONGEST_WAIT / 10


def _agent() -> str:
    number = "0"
    with suppress(PackageNotFoundError):
        number = version("secondchair")
    return f"Mozilla/5.0 (compatible; {AGENT}/{number}; reads help articles for support agents)"
