"""A real Caddy with the Caddyfile that operators get, before servers of our own; in the clear, on a port of its own."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.commands.running import wait_until
from tests.team.serving import Proxy, Running

CADDY = shutil.which("caddy")
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
BROWSERS = Path(__file__).parents[2] / "docs" / "web.md"
WITHOUT = "no Caddy here: apt-get install caddy"


class ThroughCaddy(Proxy):
    """Leaves it to Caddy to find a server that is ready."""

    async def pick(self) -> httpx.AsyncClient:
        """Return the one client there is."""
        return self._clients[0]


def adapted(text: str, folder: Path) -> str:
    """Return a Caddyfile as the JSON that Caddy runs; raises where it cannot be read or used."""
    file = folder / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    command = [str(CADDY), "adapt", "--adapter", "caddyfile", "--validate", "--config", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_environment(folder)).stdout


def for_browsers() -> str:
    """Return the Caddyfile for consoles in browsers that stands in the page about them."""
    (found,) = re.findall(r"For Caddy:\n\n```\n(.+?)```", BROWSERS.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@dataclass(frozen=True)
class Front:
    """A Caddy that encrypts, before a desk's servers and before consoles in browsers."""

    desk: str
    """The desk's address, for whoever trusts ``authority``."""
    consoles: int
    """The port at which it answers for https://console.example."""
    web: int
    """The port at which it looks for ``secondchair web``, on this machine."""
    authority: Path
    """The certificate of whoever signed its own."""


@contextmanager
def before_all(servers: Sequence[Running], folder: Path) -> Iterator[Front]:
    """Run Caddy with both of its files before two servers and ``secondchair web``; it makes its certificates itself."""
    port, consoles, web = free_ports(3)
    desk = before(servers, f"https://localhost:{port} {{\n\ttls internal").replace("10.0.0.20", "127.0.0.1 ::1")
    pages = for_browsers().replace("console.example {", f"https://console.example:{consoles} {{\n\ttls internal")
    text = "{\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n" + desk
    text += pages.replace("127.0.0.1:8630", f"127.0.0.1:{web}")
    authority = folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    front = Front(f"https://localhost:{port}", consoles, web, authority)
    with running(text, folder):
        wait_until(authority.exists)
        trusted = ssl.create_default_context(cafile=authority)
        wait_until(lambda: _ready(f"{front.desk}/ready", trusted))
        yield front


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens at."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [free.getsockname()[1] for free in sockets]


@contextmanager
def in_front(servers: Sequence[Running], folder: Path) -> Iterator[Running]:
    """Run Caddy before two servers; yields it as if it were one."""
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    with running(before(servers, f"{address} {{"), folder) as process:
        wait_until(lambda: _ready(f"{address}/ready"))
        yield Running(servers[0].workspace, process, address)


def before(servers: Sequence[Running], site: str) -> str:
    """Return the Caddyfile that operators get, for two servers here; ``site`` is how its block begins."""
    text = CADDYFILE.read_text(encoding="utf-8").replace("desk.example {", site)
    for address, server in zip(re.findall(r"10\.0\.0\.1\d:8620", text), servers, strict=True):
        text = text.replace(address, server.url.removeprefix("http://"))
    return text


@contextmanager
def running(text: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run Caddy with a Caddyfile; it need not be there yet when this yields."""
    whole = json.loads(adapted(text, folder)) | {"admin": {"disabled": True}}
    config = folder / "caddy.json"
    config.write_text(json.dumps(whole), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        command = [str(CADDY), "run", "--config", str(config)]
        process = subprocess.Popen(command, stdout=log, stderr=log, text=True, env=_environment(folder))
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}


def _ready(address: str, trusted: ssl.SSLContext | bool = True) -> bool:
    try:
        return httpx.get(address, timeout=10, verify=trusted).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
