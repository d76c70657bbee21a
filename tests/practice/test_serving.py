"""A server with practice in it: what stands beside a session, and a log of practice that cannot be used."""

import shutil
from pathlib import Path

import httpx

from console.conversation.people import Role
from console.conversation.practice import BeginPractice
from console.server.assembly import build_server
from console.settings import Settings
from console.workspace import Workspace
from tests.desks import ROBIN, until
from tests.practice.scripted import DEMO


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


async def test_the_desk_s_own_bot_leaves_sessions_alone(tmp_path: Path) -> None:
    """What was said to a bot stands in the scenario; nothing waits for another answer to it, and none is missed."""
    workspace = Workspace(tmp_path / "desk")
    shutil.copytree(DEMO, workspace.content)
    server = build_server(workspace, Settings())
    async with server.app.router.lifespan_context(server.app):
        practice = server.practice
        assert practice is not None
        session = await practice.sessions.begin(ROBIN, BeginPractice("boots-before-the-ridge", seed=1))
        assert session not in practice.desk.bot.busy()


async def test_scenarios_are_read_anew_only_where_a_file_was_changed(tmp_path: Path) -> None:
    """Every console asks for them, and all at once where something is assigned."""
    workspace = Workspace(tmp_path / "desk")
    shutil.copytree(DEMO, workspace.content)
    server = build_server(workspace, Settings())
    async with server.app.router.lifespan_context(server.app):
        practice = server.practice
        assert practice is not None
        before = practice.scenarios()
        assert practice.scenarios() is before
        file = workspace.content / "practice/two-left-boots.toml"
        file.write_text(file.read_text("utf-8").replace("Two left boots", "Two right ones", 1), encoding="utf-8")
        assert practice.scenarios()["two-left-boots"].title == "Two right ones"
        file.unlink()
        assert "two-left-boots" not in practice.scenarios()


async def test_the_door_of_practice_is_the_desk_s_own(tmp_path: Path) -> None:
    """Who guesses a password there waits as long and stands in the desk's log; figures are for nobody else either."""
    workspace = Workspace(tmp_path / "desk")
    shutil.copytree(DEMO, workspace.content)
    settings = Settings.model_validate({"server": {"behind_proxy": True}, "sign_in": {"failures": 2}})
    server = build_server(workspace, settings)
    transport = httpx.ASGITransport(server.app)
    guess = {"name": "Robin Ashdale", "password": "a guess of some words"}
    async with (
        server.app.router.lifespan_context(server.app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as stranger,
    ):
        tried = [(await stranger.post("/practice/v1/sign-in", json=guess)).status_code for _ in range(3)]
        assert tried[0] == 401
        assert tried[-1] == 429
        await until(lambda: bool(server.desk.live.log.of_kinds(["sign-in-refused"])))
        assert [(await stranger.get(f"{path}/metrics")).status_code for path in ("", "/practice")] == [401, 401]
