"""Whoever would like to be somebody else: tokens that do not hold, answers that lie, what was not begun here."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest

from console.conversation.sign_in_events import SignInRefused
from tests.oidc.conftest import Door, at_provider, code_shown, exchanged, signed_in
from tests.oidc.provider import CLIENT, Claims, Key, Provider

pytestmark = pytest.mark.slow

DAY = 24 * 3600

LIES: dict[str, Callable[[Claims], Claims]] = {
    "another nonce": lambda c: {**c, "nonce": "another"},
    "no nonce": lambda c: {k: v for k, v in c.items() if k != "nonce"},
    "another audience": lambda c: {**c, "aud": "another-desk"},
    "an audience among others, and another party": lambda c: {**c, "aud": [CLIENT, "x"], "azp": "x"},
    "an audience among others, and no party": lambda c: {**c, "aud": [CLIENT, "x"]},
    "no audience": lambda c: {**c, "aud": []},
    "another issuer": lambda c: {**c, "iss": "https://evil.example"},
    "the issuer with a slash": lambda c: {**c, "iss": c["iss"] + "/"},
    "expired": lambda c: {**c, "iat": c["iat"] - DAY, "exp": c["exp"] - DAY},
    "no end": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "an end that is no number": lambda c: {**c, "exp": "never"},
    "from tomorrow": lambda c: {**c, "iat": c["iat"] + DAY, "exp": c["exp"] + DAY},
    "not before tomorrow": lambda c: {**c, "nbf": c["iat"] + DAY},
    "no subject": lambda c: {k: v for k, v in c.items() if k != "sub"},
    "a subject that is no text": lambda c: {**c, "sub": 5},
    "an empty subject": lambda c: {**c, "sub": ""},
    "a subject in disguise": lambda c: {**c, "sub": "2482\u200b89761001"},
    "a subject that never ends": lambda c: {**c, "sub": "x" * 256},
    "another access token": lambda c: {**c, "at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


def none_signed(claims: Claims) -> str:
    """Return a token that says it needs no signature."""
    return jwt.encode(claims, None, "none")


def shared_signed(claims: Claims) -> str:
    """Return a token signed with what everybody knows, as if it were a shared secret."""
    return _by_hand({"alg": "HS256", "typ": "JWT"}, claims, CLIENT.encode())


def stripped(claims: Claims) -> str:
    """Return a token whose signature was cut off."""
    return Key().sign(claims).rpartition(".")[0] + "."


def own_key(claims: Claims) -> str:
    """Return a token that brings its own key."""
    key = Key()
    return jwt.encode(claims, key.private, "RS256", headers={"jwk": key.public})


SIGNED: dict[str, Callable[[Claims], str]] = {
    "alg none": none_signed,
    "a shared secret": shared_signed,
    "no signature": stripped,
    "a key of its own": own_key,
    "somebody else's key": Key().sign,
    "no token": lambda _: "no.token.",
    "nothing": lambda _: "",
}


def _by_hand(header: Claims, claims: Claims, secret: bytes) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    text = f"{part(header)}.{part(claims)}"
    made = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


async def refused(door: Door, reason: str = "not vouched for", status: int = 401) -> None:
    """Sign in, be refused with a page, and find that in the log, and nobody in the accounts."""
    async with door.browser() as browser:
        page = await signed_in(browser)
    assert page.status_code == status, page.text
    assert page.headers["Content-Type"].startswith("text/plain")
    assert door.accounts.people() == []
    assert await door.told() == [SignInRefused(reason, "oidc", "127.0.0.1")]


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
async def test_a_token_that_does_not_hold_lets_nobody_in(
    door: Door, provider: Provider, lie: Callable[[Claims], Claims]
) -> None:
    """Though the provider's own key signed it."""
    provider.lie = lie
    await refused(door)


@pytest.mark.parametrize("signed", SIGNED.values(), ids=SIGNED.keys())
async def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    door: Door, provider: Provider, signed: Callable[[Claims], str]
) -> None:
    """However it is signed instead."""
    provider.signed = signed
    await refused(door)


async def test_an_audience_among_others_is_taken_where_the_token_was_made_for_this_desk(
    door: Door, provider: Provider
) -> None:
    """As the ``azp`` says."""
    provider.lie = lambda claims: {**claims, "aud": [CLIENT, "x"], "azp": CLIENT}
    async with door.browser() as browser:
        await code_shown(browser)


async def test_a_code_or_a_state_that_is_played_again_lets_nobody_in(door: Door) -> None:
    """In the same browser, too; the session of the first one goes on."""
    async with door.browser() as browser:
        back = await at_provider(browser)
        first = await browser.get(back)
        assert (await browser.get(back)).status_code == 401
        used = parse_qs(urlsplit(back).query)["code"][0]
        other = await at_provider(browser)
        query = {**{k: v[0] for k, v in parse_qs(urlsplit(other).query).items()}, "code": used}
        assert (await browser.get("/v1/oidc/callback", params=query)).status_code == 401
        code = first.text.split()[-1]
        assert (await exchanged(browser, code)).status_code == 200
        assert (await exchanged(browser, code)).status_code == 401


async def test_what_was_begun_in_one_browser_is_not_ended_in_another(door: Door) -> None:
    """Nobody is led into somebody else's account by a link; and the link is worth nothing afterwards."""
    async with door.browser() as attacker, door.browser() as victim:
        link = await at_provider(attacker)
        await victim.get("/v1/oidc/start")
        assert (await victim.get(link)).status_code == 401
        assert (await attacker.get(link)).status_code == 401


@pytest.mark.parametrize("change", [{"state": "x"}, {"state": ""}, {"iss": "https://evil.example"}, {"code": ""}])
async def test_an_answer_that_was_changed_on_its_way_lets_nobody_in(door: Door, change: dict[str, str]) -> None:
    """Also one of another provider that took its place (RFC 9207)."""
    async with door.browser() as browser:
        back = urlsplit(await at_provider(browser))
        query = {**{k: v[0] for k, v in parse_qs(back.query).items()}, **change}
        assert (await browser.get(f"/v1/oidc/callback?{urlencode(query)}")).status_code == 401


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/token", 500, b""),
        ("/token", 200, b"<html>"),
        ("/token", 200, b"[]"),
        ("/token", 200, b'{"a":' * 100_000),
        ("/token", 200, b"x" * 300_000),
        ("/keys", 200, b'{"keys": "none"}'),
        ("/keys", 200, b'{"keys": [{"kty": "RSA"}]}'),
        ("/keys", 404, b""),
    ],
)
async def test_a_provider_that_answers_nonsense_is_said_to_have_failed(
    door: Door, provider: Provider, path: str, status: int, body: bytes
) -> None:
    """With 503; nothing of its answer is shown."""
    provider.answer = lambda asked: (status, body) if asked == path else None
    await refused(door, "the provider failed", 503)


@pytest.mark.parametrize("answer", [{}, {"id_token": None}, {"id_token": 5}])
async def test_an_answer_without_an_id_token_lets_nobody_in(
    door: Door, provider: Provider, answer: dict[str, object]
) -> None:
    """An access token alone says nothing of a person."""
    provider.answer = lambda asked: (200, json.dumps(answer).encode()) if asked == "/token" else None
    await refused(door)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://192.0.2.1/authorize"},
        {"authorization_endpoint": None},
    ],
)
async def test_a_discovery_that_does_not_fit_sends_nobody_anywhere(
    door: Door, provider: Provider, discovery: dict[str, object]
) -> None:
    """Another issuer's, or addresses at which anybody between could read along."""
    provider.discovery = discovery
    async with door.browser() as browser:
        page = await browser.get("/v1/oidc/start")
    assert page.status_code == 503
    assert "evil" not in page.text


async def test_a_redirect_of_the_provider_is_not_followed(door: Door, provider: Provider) -> None:
    """The secret of the desk goes nowhere else."""
    provider.answer = lambda asked: (307, b"") if asked == "/token" else None
    await refused(door, "the provider failed", 503)


def test_the_double_is_a_provider_that_other_programs_believe(provider: Provider) -> None:
    """Or the tests above would prove nothing: its tokens hold for a library of another maker."""
    now = int(time.time())
    claims = {"iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": "x"}
    token = provider.key.sign(claims)
    public = provider.key.private.public_key()
    assert jwt.decode(token, public, ["RS256"], audience=CLIENT, issuer=provider.issuer) == claims
