"""A small OpenID provider: discovery, keys, sign-in and tokens over real HTTP, signed with real RSA keys.

It keeps the rules (PKCE, one use of a code, client authentication) unless a test tells it to lie.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "the-desk", "a secret that both know"

Claims = dict[str, Any]


@dataclass
class Key:
    """A key of the provider."""

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    private: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def public(self) -> dict[str, Any]:
        """The half that everybody may know, as the provider publishes it."""
        row = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**row, "kid": self.name, "use": "sig", "alg": "RS256"}

    def sign(self, claims: Claims) -> str:
        """Return an ID token."""
        return jwt.encode(claims, self.private, "RS256", headers={"kid": self.name})


@dataclass
class Provider:
    """What it says, and what a test changes of it."""

    who: Claims = field(default_factory=lambda: {"sub": "248289761001", "name": "Robin Ashdale", "groups": ["support"]})
    key: Key = field(default_factory=Key)
    published: list[Key] = field(default_factory=list)
    lie: Callable[[Claims], Claims] = lambda claims: claims
    """Changes the claims of an ID token before it is signed."""
    signed: Callable[[Claims], str] | None = None
    """Signs in another way than with the key."""
    discovery: Claims = field(default_factory=dict)
    """Changes what the discovery document says."""
    answer: Callable[[str], tuple[int, bytes] | None] = lambda path: None
    """Answers a path in another way."""
    address: str = ""
    asked: list[str] = field(default_factory=list)
    """Paths, in order."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Publish the key."""
        self.published.append(self.key)

    @property
    def issuer(self) -> str:
        """Its own name."""
        return f"{self.address}/realms/staff"

    def get(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Answer a GET: status, headers and body."""
        if path.endswith("/.well-known/openid-configuration"):
            ends = {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token")}
            return _json({"issuer": self.issuer, "jwks_uri": f"{self.address}/keys", **ends, **self.discovery})
        if path == "/keys":
            return _json({"keys": [key.public for key in self.published]})
        if path == "/authorization":
            code = secrets.token_urlsafe(16)
            self.codes[code] = query
            back = urlencode({"code": code, "state": query["state"], "iss": self.issuer})
            return 302, {"Location": f"{query['redirect_uri']}?{back}"}, b""
        return 404, {}, b""

    def post(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, str], bytes]:
        """Answer at the token endpoint."""
        begun = self.codes.pop(form.get("code", ""), None)
        made = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        proved = begun is not None and begun["code_challenge"] == made.rstrip(b"=").decode()
        if (
            begun is None
            or not proved
            or begun["redirect_uri"] != form.get("redirect_uri")
            or not _known(authorization)
        ):
            return 400, {"Content-Type": "application/json"}, b'{"error": "invalid_grant"}'
        now, access = int(time.time()), secrets.token_urlsafe(8)
        half = base64.urlsafe_b64encode(hashlib.sha256(access.encode()).digest()[:16]).rstrip(b"=").decode()
        claims: Claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims = self.lie({**claims, "at_hash": half, **self.who})
        token = (self.signed or self.key.sign)(claims)
        return _json({"token_type": "Bearer", "access_token": access, "id_token": token})


def _known(authorization: str) -> bool:
    kind, _, value = authorization.partition(" ")
    name, _, secret = base64.b64decode(value).decode().partition(":") if kind == "Basic" else ("", "", "")
    return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, SECRET)


def _json(value: object) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """Serve it on a port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(provider.get(parts.path, _flat(parts.query)), parts.path)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer(provider.post(_flat(form), self.headers.get("Authorization", "")), self.path)

        def _answer(self, answer: tuple[int, dict[str, str], bytes], path: str) -> None:
            provider.asked.append(path)
            other = provider.answer(path)
            status, headers, body = (other[0], {}, other[1]) if other else answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
