"""Servers that the desk asks, and that answer in bad faith: a fault of theirs, within bounds, and nothing more."""

import gzip
import tracemalloc

import httpx
import pytest

from console.desk.channels.remote import AGAIN_AT_MOST, Remote, RemoteFault
from console.oidc.errors import ProviderError
from console.oidc.fetching import fetch
from tests.security.lying import answering

DEEP = b"[" * 200_000


@pytest.mark.parametrize("status", ["200 OK", "500 Oops"])
async def test_an_answer_that_is_nested_too_deep_is_a_fault_of_the_other_server(status: str) -> None:
    """Of Matrix and Chatwoot alike, whether it says that it succeeded or not."""
    async with answering(status, DEEP) as address:
        remote = Remote(address, {})
        with pytest.raises(RemoteFault):
            await remote.ask("GET", "/")
        with pytest.raises(RemoteFault):
            await remote.upload("/", b"x", "text/plain", {})
        await remote.close()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("429 Wait\r\nRetry-After: 99999999999", b"{}"),
        (f"429 Wait\r\nRetry-After: {'9' * 400}", b"{}"),
        ("429 Wait", b'{"retry_after_ms": 1e300}'),
        ("429 Wait", b'{"retry_after_ms": 1e999}'),
        ("429 Wait", b'{"retry_after_ms": NaN}'),
        ("429 Wait", b'{"retry_after_ms": -1e999}'),
        ("429 Wait", b'{"retry_after_ms": ' + b"9" * 400 + b"}"),
    ],
)
async def test_no_server_can_have_a_channel_wait_for_ever_or_not_at_all(head: str, body: bytes) -> None:
    """However long it wants to be left alone, it is asked again in a while; what is no time is none."""
    async with answering(head, body) as address:
        remote = Remote(address, {})
        with pytest.raises(RemoteFault) as raised:
            await remote.ask("GET", "/")
        await remote.close()
    assert 0 <= raised.value.again_after <= AGAIN_AT_MOST


async def test_an_identity_provider_cannot_fill_the_memory_by_packing_its_answer() -> None:
    """A gigabyte of nothing is a megabyte on the wire; it is not unpacked to find out."""
    packed = gzip.compress(b" " * 60_000_000)
    head = "200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip"
    async with answering(head, packed) as address, httpx.AsyncClient(trust_env=False) as client:
        tracemalloc.start()
        with pytest.raises(ProviderError):
            await fetch(client, address)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 8_000_000
