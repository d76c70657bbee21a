"""A person presses the company's button on the console's page and comes in: console, desk and provider over HTTP."""

import socket
from pathlib import Path

import httpx
import uvicorn
from aiohttp import web

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.vouching import Vouching
from console.commands.web import build_web
from console.desk.desk import Desk
from console.oidc.port import Client
from console.oidc.provider import Provider as Asked
from console.server.app import create_app
from console.server.routes_oidc import Oidc
from console.web.place import place_of
from console.web_settings import WebSettings
from tests.accounts.making import Seconds, fast_passwords
from tests.oidc.conftest import ROLES
from tests.oidc.provider import CLIENT, SECRET, Provider
from tests.serving_apps import serving


async def test_the_button_leads_to_the_provider_and_back_into_the_console(
    desk: Desk, provider: Provider, tmp_path: Path
) -> None:
    """With no token typed by anybody; the session of the desk ends with the sign-out."""
    with socket.create_server(("127.0.0.1", 0)) as for_desk, socket.create_server(("127.0.0.1", 0)) as for_console:
        desk_url, console_url = (f"http://127.0.0.1:{s.getsockname()[1]}" for s in (for_desk, for_console))
        accounts = Accounts(sqlite_engine(tmp_path / "accounts.db"), now=Seconds())
        asked = Asked(Client(provider.issuer, CLIENT, SECRET, f"{desk_url}/v1/oidc/callback", ("openid", "profile")))
        oidc = Oidc(asked, Vouching(accounts), "groups", ROLES, frozenset({f"{console_url}/signed-in"}))
        app = create_app(desk, accounts, passwords=fast_passwords(), oidc=oidc)

        async def where() -> str:
            return desk_url

        place = place_of("127.0.0.1", for_console.getsockname()[1], "")
        console = build_web(WebSettings(company_sign_in="Company account"), place, where)
        runner = web.AppRunner(await console.make_app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, for_console).start()
        try:
            async with (
                serving(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1), for_desk),
                httpx.AsyncClient(base_url=console_url, follow_redirects=True) as browser,
            ):
                page = await browser.get("/sign-in/provider")
                assert (page.status_code, str(page.url)) == (200, f"{console_url}/")
                assert "Robin Ashdale" in page.text
                await browser.post("/sign-out", headers={"Origin": console_url})
                assert str((await browser.get("/")).url) == f"{console_url}/sign-in"
        finally:
            await runner.cleanup()
            await asked.close()
