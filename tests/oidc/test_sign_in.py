"""Signing in at the company's identity provider, from the start to a session and its end."""

import asyncio
import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from console.accounts.vouching import CODE, UNDER_WAY
from console.conversation.people import Agent, Role
from console.conversation.sign_in_events import AccountChanged, SessionsRevoked, SignedIn, SignInRefused
from tests.oidc.conftest import CONSOLE, Door, at_provider, code_shown, exchanged, signed_in
from tests.oidc.provider import Key, Provider

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ROBIN = {"id": "robin-ashdale", "name": "Robin Ashdale", "role": "agent"}


async def test_a_person_whom_the_provider_vouches_for_is_let_in(door: Door) -> None:
    """In the role that their group leads to; the log says so, and no secret of it all."""
    async with door.browser() as browser:
        code = await code_shown(browser)
        begun = (await exchanged(browser, code)).json()
        assert {key: begun[key] for key in ROBIN} == ROBIN
        browser.headers["Authorization"] = f"Bearer {begun['token']}"
        assert (await browser.get("/v1/me")).json()["agent"]["name"] == "Robin Ashdale"
    added, entered = await door.told()
    assert added == AccountChanged("robin-ashdale", "Robin Ashdale", "added", ("agent",), (), True)
    assert isinstance(entered, SignedIn)
    assert (entered.person, entered.how, entered.address) == ("robin-ashdale", "oidc", "127.0.0.1")
    assert not [secret for secret in (code, begun["token"]) if secret in str((added, entered))]


async def test_a_console_in_the_browser_gets_the_code_and_must_prove_that_it_began(door: Door) -> None:
    """A code that somebody read on its way is worth nothing; it holds once, right or wrong."""
    async with door.browser() as browser:
        for verifier, status in ((VERIFIER, 200), ("w" * 43, 401), ("", 401)):
            back = await signed_in(browser, console=CONSOLE, challenge=CHALLENGE)
            assert back.status_code == 303
            place = urlsplit(back.headers["Location"])
            assert back.headers["Location"].startswith(CONSOLE.partition("?")[0])
            query = parse_qs(place.query)
            assert query["tab"] == ["1"]
            assert (await exchanged(browser, query["code"][0], verifier)).status_code == status
            assert (await exchanged(browser, query["code"][0], VERIFIER)).status_code == 401


@pytest.mark.parametrize(
    "begun",
    [
        {"console": "https://evil.example/", "challenge": CHALLENGE},
        {"console": f"{CONSOLE}&more=1", "challenge": CHALLENGE},
        {"console": CONSOLE},
        {"challenge": CHALLENGE},
    ],
)
async def test_nobody_is_sent_anywhere_but_to_a_console_of_the_settings(door: Door, begun: dict[str, str]) -> None:
    """With a proof that it is the one that began."""
    async with door.browser() as browser:
        assert (await browser.get("/v1/oidc/start", params=begun)).status_code == 400


async def test_the_provider_is_asked_with_pkce_and_a_nonce(door: Door, provider: Provider) -> None:
    """Each fresh, over a cookie that no script reads."""
    seen = []
    async with door.browser() as browser:
        for _ in range(2):
            start = await browser.get("/v1/oidc/start")
            query = parse_qs(urlsplit(start.headers["Location"]).query)
            assert (query["code_challenge_method"], query["response_type"]) == (["S256"], ["code"])
            assert query["scope"] == ["openid profile"]
            seen += [query[name][0] for name in ("state", "nonce", "code_challenge")]
            cookie = start.headers["Set-Cookie"].lower()
            assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/"))
            assert start.headers["Cache-Control"] == "no-store"
    assert len(set(seen)) == 6


async def test_a_person_is_who_they_are_by_issuer_and_subject_alone(door: Door, provider: Provider) -> None:
    """Another name is theirs; the same name or address is not theirs with another subject, nor a local account's."""
    token, local = door.accounts.keep(Role.AGENT, "Robin Ashdale")
    async with door.browser() as browser:
        first = (await exchanged(browser, await code_shown(browser))).json()
        assert first["id"] != local.id
        provider.who |= {"name": "Robin Birch", "email": "robin@example.com"}
        renamed = (await exchanged(browser, await code_shown(browser))).json()
        assert (renamed["id"], renamed["name"]) == (first["id"], "Robin Birch")
        provider.who["sub"] = "another"
        other = (await exchanged(browser, await code_shown(browser))).json()
        assert other["id"] not in {first["id"], local.id}
    assert door.accounts.who(token) == local


async def test_whoever_has_no_role_is_refused_with_a_line_that_says_so(door: Door, provider: Provider) -> None:
    """And no account is made."""
    provider.who["groups"] = ["accounting"]
    async with door.browser() as browser:
        page = await signed_in(browser)
    assert page.status_code == 403
    assert "none of your groups there has a role on this desk" in page.text
    assert door.accounts.people() == []
    assert await door.told() == [SignInRefused("no role here", "oidc", "127.0.0.1")]


async def test_roles_follow_the_provider_at_each_sign_in(door: Door, provider: Provider) -> None:
    """What was taken away there ends here: the sessions in it, and with the last role all of them."""
    provider.who["groups"] = ["support", "support-leads"]
    async with door.browser() as browser:
        lead = (await exchanged(browser, await code_shown(browser))).json()
        agent = (await exchanged(browser, await code_shown(browser, role="agent"))).json()
        assert (lead["role"], agent["role"]) == ("lead", "agent")
        provider.who["groups"] = ["support"]
        refused = await signed_in(browser, role="lead")
        assert (refused.status_code, "yours: agent" in refused.text) == (403, True)
        assert [door.accounts.who(one["token"]) for one in (lead, agent)] == [
            None,
            Agent("robin-ashdale", "Robin Ashdale"),
        ]
        provider.who["groups"] = []
        assert (await signed_in(browser)).status_code == 403
        assert door.accounts.who(agent["token"]) is None
    assert len([data for data in await door.told() if isinstance(data, SessionsRevoked)]) == 2


async def test_a_disabled_person_is_refused_whatever_the_provider_says(door: Door) -> None:
    """Also with a code that was given before."""
    async with door.browser() as browser:
        code = await code_shown(browser)
        door.administration.set_active("robin-ashdale", active=False)
        assert (await exchanged(browser, code)).status_code == 403
        page = await signed_in(browser)
        assert (page.status_code, "disabled" in page.text) == (403, True)


async def test_what_takes_too_long_is_begun_again(door: Door) -> None:
    """At the provider, and with the code."""
    async with door.browser() as browser:
        late = await at_provider(browser)
        door.seconds.forward(UNDER_WAY)
        assert (await browser.get(late)).status_code == 401
        code = await code_shown(browser)
        door.seconds.forward(CODE)
        assert (await exchanged(browser, code)).status_code == 401


async def test_two_tabs_of_one_browser_do_not_disturb_each_other(door: Door) -> None:
    """Both end as they were begun."""
    async with door.browser() as browser:
        first, second = await at_provider(browser), await at_provider(browser)
        assert [(await browser.get(back)).status_code for back in (first, second)] == [200, 200]


async def test_keys_that_the_provider_changed_are_asked_for_again(door: Door, provider: Provider) -> None:
    """But not at every token that does not fit."""
    now = 0.0
    door.asked._clock = lambda: now
    async with door.browser() as browser:
        await code_shown(browser)
        provider.key = Key()
        provider.published = [provider.key]
        assert (await signed_in(browser)).status_code == 401
        assert provider.asked.count("/keys") == 1
        now = 60.0
        await code_shown(browser)
        assert provider.asked.count("/keys") == 2


async def test_a_person_who_declined_is_told_so(door: Door) -> None:
    """The provider sends no code then."""
    async with door.browser() as browser:
        back = await at_provider(browser)
        page = await browser.get(
            f"{back.partition('?')[0]}?error=access_denied&state={parse_qs(urlsplit(back).query)['state'][0]}"
        )
    assert (page.status_code, page.text) == (401, "The identity provider did not sign you in.\n")


async def test_one_address_begins_so_many_sign_ins_a_minute(door: Door) -> None:
    """What is kept of them is bounded."""
    async with door.browser() as browser:
        answers = await asyncio.gather(*(browser.get("/v1/oidc/start") for _ in range(31)))
    assert sorted(answer.status_code for answer in answers) == [303] * 30 + [429]


async def test_a_desk_without_a_provider_says_so(door: Door) -> None:
    """With 404, so that a console shows no such way in."""
    door.app.state.oidc = None
    async with door.browser() as browser:
        assert (await browser.get("/v1/oidc/start")).status_code == 404
        assert (await browser.get("/v1/oidc/callback")).status_code == 404
        assert (await exchanged(browser, "x")).status_code == 404
