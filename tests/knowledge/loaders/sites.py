"""A real site on the loopback address, and what may be wrong with one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread

from knowledge import Document, Skipped
from knowledge.loaders.site import Limits, load_site

FAST = Limits(requests_per_second=10_000, crawl_delay_seconds=0)


@dataclass(frozen=True)
class Reply:
    """What the site answers at a path."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drips: bool = False
    """Whether the body never ends, a byte at a time."""


class Site:
    """A site whose pages can be changed while it runs."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Callable[[], Reply]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.ended = Event()
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}/"

    def html(self, path: str, title: str, body: str = "", head: str = "") -> None:
        """Add a page."""
        text = f"<p>{title} are explained on this page, in all that there is to say about them.</p>"
        self.pages[path] = Reply(
            f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{text}{body}</main></body></html>"
        )

    def sitemap(self, *paths: str, at: str = "/sitemap.xml") -> None:
        """Add a sitemap of pages."""
        entries = "".join(f"<url><loc>{self.url.rstrip('/')}{path}</loc></url>" for path in paths)
        self.pages[at] = Reply(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>', "application/xml"
        )

    def load(self, path: str = "", limits: Limits = FAST) -> list[Document | Skipped]:
        """Everything that the site gives."""
        return list(load_site(self.url + path, private_hosts=True, limits=limits))

    def names(self, path: str = "", limits: Limits = FAST) -> list[str]:
        """The paths of its documents."""
        host = f"127.0.0.1:{self.port}"
        return [item.id.removeprefix(host) for item in self.load(path, limits) if isinstance(item, Document)]

    def skipped(self, path: str = "", limits: Limits = FAST) -> Sequence[Skipped]:
        """What could not be read."""
        return [item for item in self.load(path, limits) if isinstance(item, Skipped)]


@contextmanager
def running(tls: SSLContext | None = None) -> Iterator[Site]:
    """A site that runs, with TLS if a context is given."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            found = site.pages.get(self.path, Reply("Not here.", status=404))
            reply = found() if callable(found) else found
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.drips and "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            while reply.drips and not site.ended.wait(0.02):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Seconds."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(round(seconds, 3))
        self.time += seconds
