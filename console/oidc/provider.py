"""One identity provider: where it asks people to sign in, and what it then says of them, checked.

Authlib and joserfc check the ID token; keys and addresses come from the provider's own discovery document.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from console.addresses import require_private
from console.oidc.errors import NotVouched, ProviderError
from console.oidc.fetching import fetch
from console.oidc.port import Client

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a key that only the provider has: no shared secrets, and never none."""

LEEWAY: Final = 60
"""Seconds that the provider's clock may be off."""

KEPT: Final = 3_600.0
"""Seconds for which its addresses and keys are kept."""

ASKED_AGAIN: Final = 60.0
"""Seconds after which keys are asked for again where one does not fit: the provider may have changed them."""


class Provider:
    """Talks to the provider of a client; ``clock`` yields seconds that never go back."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self.client = client
        self._clock = clock
        self._http = httpx.AsyncClient(timeout=10)
        self._found: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._asking = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def where(self, state: str, nonce: str, verifier: str) -> str:
        """Return the address at which the person signs in. Raises :class:`ProviderError`."""
        address: str = prepare_grant_uri(
            self._endpoint(await self._discovered(), "authorization_endpoint"),
            self.client.id,
            "code",
            redirect_uri=self.client.callback,
            scope=" ".join(self.client.scopes),
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return address

    async def claims(self, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Return what the provider says of whoever came back with ``code``: the claims of its ID token, checked.

        Raises :class:`ProviderError`.
        """
        found = await self._discovered()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.client.callback}
        form |= {"client_id": self.client.id, "code_verifier": verifier}
        auth: httpx.Auth | None = None
        if self.client.secret and _posts_secret(found):
            form["client_secret"] = self.client.secret
        elif self.client.secret:
            auth = httpx.BasicAuth(self.client.id, self.client.secret)
        answer = await fetch(self._http, self._endpoint(found, "token_endpoint"), form, auth)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotVouched("the identity provider did not say who you are")
        return await self._checked(token, nonce, answer.get("access_token"))

    async def _checked(self, token: str, nonce: str, access_token: object) -> Mapping[str, Any]:
        signed = await self._signed(token)
        client, issuer = self.client.id, self.client.issuer
        exact: Any = {name: {"essential": True, "value": value} for name, value in (("iss", issuer), ("aud", client))}
        params = {"nonce": nonce, "client_id": client, "access_token": access_token}
        claims = CodeIDToken(signed.claims, signed.header, exact, params)
        try:
            claims.validate(leeway=LEEWAY)
        except (JoseError, TypeError, ValueError, AttributeError) as error:  # a claim may be of any type
            raise NotVouched("what the identity provider says does not hold; begin again") from error
        return dict(claims)

    async def _signed(self, token: str) -> jwt.Token:
        """Return a token whose signature fits; keys are asked for once more where none fits."""
        try:
            return jwt.decode(token, await self._key_set(KEPT), ALGORITHMS)
        except (JoseError, ValueError, TypeError):
            keys = await self._key_set(ASKED_AGAIN)
        try:
            return jwt.decode(token, keys, ALGORITHMS)
        except (JoseError, ValueError, TypeError) as error:
            raise NotVouched("what the identity provider says is not signed as it should be") from error

    async def _key_set(self, kept: float) -> KeySet:
        """Return the provider's keys, at most ``kept`` seconds old."""
        found = await self._discovered()
        async with self._asking:
            if self._keys is None or self._clock() - self._keys[0] >= kept:
                answer: Any = await fetch(self._http, self._endpoint(found, "jwks_uri"))
                try:
                    self._keys = (self._clock(), KeySet.import_key_set(answer))
                except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
                    raise ProviderError("the identity provider's keys cannot be read") from error
            return self._keys[1]

    async def _discovered(self) -> dict[str, Any]:
        async with self._asking:
            if self._found is None or self._clock() - self._found[0] >= KEPT:
                address = f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration"
                found = await fetch(self._http, address)
                if found.get("issuer") != self.client.issuer:
                    raise ProviderError("the identity provider calls itself something else than [oidc] issuer")
                self._found = (self._clock(), found)
            return self._found[1]

    def _endpoint(self, found: Mapping[str, Any], name: str) -> str:
        address = found.get(name)
        try:
            if not isinstance(address, str) or not address.startswith(("http://", "https://")):
                raise ValueError
            require_private(address, insecure=self.client.insecure)
        except ValueError as error:
            raise ProviderError(f"the identity provider names no '{name}' that can be used") from error
        return address


def _posts_secret(found: Mapping[str, Any]) -> bool:
    """Return whether the provider wants the secret in the form; without a word of it, it is Basic (RFC 8414)."""
    ways = found.get("token_endpoint_auth_methods_supported")
    return isinstance(ways, list) and "client_secret_post" in ways and "client_secret_basic" not in ways
