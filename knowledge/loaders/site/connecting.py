"""Connects only to addresses that were looked at: a site must not lead into the network that it is read from.

A name is resolved once, every address it stands for is checked, and the connection goes to the address that was
checked. A name that says something else a moment later (DNS rebinding) changes nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence

import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host's name and a port to the addresses that it stands for; raises OSError."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(Exception):
    """A host stands for an address that is not on the public internet; the message says which."""


def is_public(address: str) -> bool:
    """Whether an address is on the public internet; one inside another, as IPv6 has them, counts as that inside."""
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(other is not None and not is_public(str(other)) for other in inside):
            return False
        if ip in _NAT64 or ip.ipv4_mapped:
            return True
    return ip.is_global and not ip.is_multicast


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Sends a request to an address that was checked, with the host's own name for TLS and in the Host header."""

    def __init__(self, *, private_hosts: bool, resolve: Resolve = resolve) -> None:
        self._private_hosts = private_hosts
        self._resolve = resolve
        # Certificates of the system's settings (SSL_CERT_FILE), no proxy: it would resolve the name again.
        self._transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=2))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises PrivateAddress, or httpx.ConnectError where no address of the host answers."""
        host = request.url.host
        port = request.url.port or {"https": 443}.get(request.url.scheme, 80)
        addresses = await self._checked(host, port)
        for address in addresses[:-1]:
            try:
                return await self._send(request, host, address)
            except httpx.ConnectError:
                continue
        return await self._send(request, host, addresses[-1])

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise httpx.ConnectError(f"the name {host} is not known") from error
        if not addresses:
            raise httpx.ConnectError(f"the name {host} is not known")
        private = [address for address in addresses if not is_public(address)]
        if private and not self._private_hosts:
            raise PrivateAddress(f"{host} is the private address {private[0]}")
        return addresses

    async def _send(self, request: httpx.Request, host: str, address: str) -> httpx.Response:
        return await self._transport.handle_async_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=address.partition("%")[0]),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
        )
