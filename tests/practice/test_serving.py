"""A server whose practice log cannot be used: the desk goes before practice."""

from pathlib import Path

import httpx

from console.conversation.people import Role
from console.server.assembly import build_server
from console.settings import Settings
from console.workspace import Workspace


async def test_a_desk_opens_though_nobody_can_practise(tmp_path: Path) -> None:
    """Whoever wants to is told why, and customers are served."""
    workspace = Workspace(tmp_path / "desk")
    workspace.practice.root.mkdir(parents=True)
    workspace.practice.database.write_text("no database " * 1000, encoding="utf-8")
    server = build_server(workspace, Settings())
    token, _ = server.accounts.keep(Role.AGENT, "Robin Ashdale")
    heads = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(server.app)
    async with (
        server.app.router.lifespan_context(server.app),
        httpx.AsyncClient(transport=transport, base_url="http://desk", headers=heads) as console,
    ):
        assert (await console.get("/v1/inbox")).status_code == 200
        refused = await console.get("/v1/practice/scenarios")
    assert refused.status_code == 503
    assert f"nobody can practise here: {workspace.practice.database}" in refused.text
