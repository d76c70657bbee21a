"""Requests to an identity provider: whole within a time, of a size that fits, never redirected, always JSON."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

import httpx

from console.oidc.errors import NotVouched, ProviderError

SECONDS: Final = 10.0
"""Seconds that one answer may take, from first to last byte."""

MOST_BYTES: Final = 256 * 1024

_HEADERS: Final = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # a few bytes must not become a gigabyte
}

_REFUSED: Final = frozenset({400, 401, 403})


async def fetch(
    http: httpx.AsyncClient, url: str, form: Mapping[str, str] | None = None, auth: httpx.Auth | None = None
) -> dict[str, Any]:
    """Return the JSON object at an address; ``form`` is posted. Raises :class:`ProviderError`.

    An answer that refuses a form raises :class:`NotVouched`. What the provider wrote is not repeated.
    """
    try:
        async with asyncio.timeout(SECONDS):
            status, body = await _answer(http, url, form, auth)
        if form is not None and status in _REFUSED:
            raise NotVouched("the identity provider did not accept the sign-in; begin again")
        if status != httpx.codes.OK:
            raise ProviderError(f"the identity provider answered with status {status}")
        found = json.loads(body)
    except TimeoutError as error:
        raise ProviderError("the identity provider does not answer in time; try again") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderError(f"the identity provider cannot be reached ({type(error).__name__})") from error
    except (ValueError, RecursionError) as error:
        raise ProviderError("the identity provider answered something else than JSON") from error
    if not isinstance(found, dict):
        raise ProviderError("the identity provider answered something else than a JSON object")
    return found


async def _answer(
    http: httpx.AsyncClient, url: str, form: Mapping[str, str] | None, auth: httpx.Auth | None
) -> tuple[int, bytes]:
    verb, headers = ("GET" if form is None else "POST"), dict(_HEADERS)
    body = bytearray()
    async with http.stream(verb, url, data=form, auth=auth, headers=headers, follow_redirects=False) as response:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise ProviderError("the identity provider packs its answers, unasked")
        async for part in response.aiter_raw():
            body += part
            if len(body) > MOST_BYTES:
                raise ProviderError("the identity provider's answer is larger than any should be")
    return response.status_code, bytes(body)
