"""Whether a server answers and knows a model: one short question, for whoever sets it up."""

import json
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Final

import httpx

WITHIN: Final = 5.0
"""Seconds in which it must have answered, from first to last byte."""

MOST_BYTES: Final = 2_000_000
"""Bytes that are read; the longest lists of models have some hundred thousand."""

NAMED: Final = 5
"""Models that are named where the wanted one is not among them."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How it answered: ``reached`` at all, ``well`` enough to be used, and what to do in ``said``."""

    reached: bool
    well: bool
    said: str


def probe(address: str, model: str, key: str = "", *, within: float = WITHIN) -> Probe:
    """Ask for the server's models. Blocks. Never raises for what the server does."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    opened = partial(httpx.Client, trust_env=False, follow_redirects=False, verify=httpx.create_ssl_context())
    try:
        with (
            opened(headers=headers, timeout=within) as client,
            client.stream("GET", f"{address}/models", headers={"Accept-Encoding": "identity"}) as response,
        ):
            return _of(response, address, model, within)
    except httpx.TimeoutException:
        return _no(address, f"does not answer within {within:g} s")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return _no(address, f"cannot be reached ({type(error).__name__})")


def _of(response: httpx.Response, address: str, model: str, within: float) -> Probe:
    match response.status_code:
        case 200:
            pass
        case 401 | 403:
            return Probe(True, False, f"{address} refuses the key: set SECONDCHAIR_LLM__KEY, or 'key_file' in [llm]")
        case status if 300 <= status < 400:  # noqa: PLR2004 - redirects
            return Probe(True, False, f"{address} points elsewhere, which is not followed: name that address in [llm]")
        case status:
            known = "; an address often ends in /v1" if not address.endswith("/v1") else ""
            return Probe(True, False, f"{address} answers {status} when asked for its models{known}")
    names = _names(_read(response, within))
    if names is None:
        return Probe(True, False, f"{address} answers, but not as an OpenAI-compatible server: check the address")
    if model not in names:
        there = ", ".join(names[:NAMED]) or "none"
        return Probe(True, False, f"{address} answers, but has no model '{model}'; it has: {there}")
    return Probe(True, True, f"{model} at {address} answers")


def _no(address: str, why: str) -> Probe:
    return Probe(False, False, f"{address} {why}: start it, or take 'address' out of [llm] to work without one")


def _read(response: httpx.Response, within: float) -> bytes:
    """Return the body, as far as it comes in time and in measure."""
    until, data = monotonic() + within, b""
    for piece in response.iter_raw():
        data += piece
        if len(data) > MOST_BYTES or monotonic() > until:
            break
    return data


def _names(data: bytes) -> list[str] | None:
    """Return the names of the models; ``None`` where that is no list of them."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return None
    listed = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        return None
    names = [model.get("id") for model in listed if isinstance(model, dict)]
    return [" ".join(name.split())[:80] for name in names if isinstance(name, str)]
