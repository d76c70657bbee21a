"""A desk that lets people in whom a provider vouches for, and a browser."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from console.accounts import Accounts
from console.accounts.administration import Administration
from console.accounts.database import sqlite_engine
from console.accounts.vouching import Vouching
from console.conversation.events import WORKSPACE
from console.conversation.people import Role
from console.conversation.sign_in_events import SignInEvent
from console.desk.desk import Desk
from console.oidc.port import Client
from console.oidc.provider import Provider as Asked
from console.server.app import create_app
from console.server.routes_oidc import Oidc
from tests.accounts.making import Seconds, fast_passwords
from tests.oidc.provider import CLIENT, SECRET, Provider, serving

DESK = "http://desk.test"
CONSOLE = "https://console.example/signed-in?tab=1"
ROLES = (("support-leads", Role.LEAD), ("support", Role.AGENT))


@dataclass
class Door:
    """The desk's application, with what is behind it."""

    app: FastAPI
    desk: Desk
    accounts: Accounts
    administration: Administration
    seconds: Seconds
    asked: Asked

    def browser(self) -> httpx.AsyncClient:
        """Return a browser without cookies."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=DESK)

    async def told(self) -> list[SignInEvent]:
        """Return what the log says."""
        await self.app.state.audit.write()
        history = await self.desk.live.history(WORKSPACE)
        return [event.data for event in history if isinstance(event.data, SignInEvent)]


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An identity provider that tells the truth until the test says otherwise."""
    with serving(Provider()) as running:
        yield running


@pytest_asyncio.fixture
async def door(desk: Desk, provider: Provider, tmp_path: Path) -> AsyncIterator[Door]:
    """A desk that believes this provider."""
    seconds, passwords = Seconds(), fast_passwords()
    accounts = Accounts(sqlite_engine(tmp_path / "accounts.db"), now=seconds)
    asked = Asked(Client(provider.issuer, CLIENT, SECRET, f"{DESK}/v1/oidc/callback", ("openid", "profile")))
    oidc = Oidc(asked, Vouching(accounts), "groups", ROLES, frozenset({CONSOLE}))
    app = create_app(desk, accounts, passwords=passwords, oidc=oidc)
    yield Door(app, desk, accounts, Administration(accounts, passwords), seconds, asked)
    await asked.close()


async def at_provider(browser: httpx.AsyncClient, **begun: str) -> str:
    """Begin a sign-in and do what the provider asks; return the address that it sends the browser back to."""
    start = await browser.get("/v1/oidc/start", params=begun)
    assert start.status_code == 303, start.text
    async with httpx.AsyncClient() as elsewhere:
        return (await elsewhere.get(start.headers["Location"])).headers["Location"]


async def signed_in(browser: httpx.AsyncClient, **begun: str) -> httpx.Response:
    """Sign in at the provider, and return what the desk then says."""
    return await browser.get(await at_provider(browser, **begun))


async def code_shown(browser: httpx.AsyncClient, **begun: str) -> str:
    """Sign in without a console, and return the code that the page shows."""
    page = await signed_in(browser, **begun)
    assert page.status_code == 200, page.text
    return page.text.split()[-1]


async def exchanged(browser: httpx.AsyncClient, code: str, verifier: str = "") -> httpx.Response:
    """Exchange a code for a session."""
    body: dict[str, Any] = {"code": code, "verifier": verifier}
    return await browser.post("/v1/sign-in/code", json=body)
