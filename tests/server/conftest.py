"""A desk behind its HTTP interface, in process and on a port."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from console.accounts import Accounts
from console.content.loader import load_library
from console.conversation.people import Role
from console.desk.desk import Desk
from console.server.app import create_app
from console.server.articles import Articles
from console.server.automating import Automating
from console.server.behaviour_shelf import BehaviourFolderShelf
from console.server.lookup import ContentLookup
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder, KnowledgeIndex
from tests.accounts.making import fast_passwords, new_accounts
from tests.desks import Chair
from tests.serving_apps import address_of, serving

PEOPLE = {
    Role.AGENT: "Robin Ashdale",
    Role.LEAD: "Marta Quill",
    Role.TRAINER: "Teo Brandt",
    Role.DESIGNER: "Ines Hollow",
    Role.ADMIN: "Owner",
}


@dataclass
class Served:
    """The application over a desk, with a token for each role."""

    app: FastAPI
    desk: Desk
    accounts: Accounts
    tokens: dict[Role, str]
    folder: Path
    """The workspace."""

    def client(self, role: Role | None = Role.AGENT) -> httpx.AsyncClient:
        """Return a client that comes as somebody, or as nobody."""
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://desk", headers=headers)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a port of this machine, and yield its address."""
        config = uvicorn.Config(self.app, port=0, log_level="error", timeout_graceful_shutdown=1)
        async with serving(config) as server:
            try:
                yield address_of(server)
            finally:
                self.desk.live.hub.close()


@pytest_asyncio.fixture
async def served(desk: Desk, chair: Chair, tmp_path: Path, embedder: Embedder) -> Served:
    """The application, with a small company's content and knowledge base to look things up in."""
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    (content / "articles/lost.md").write_text("# Lost parcels\nA parcel counts as lost after seven days.\n")
    (content / "policies").mkdir()
    (content / "policies/refund.toml").write_text(
        'title="Refunds"\nclause="§2"\nseverity="block"\non=["draft"]\ntext="Ask a lead first."\nadvice="Ask."\n'
        "[[trigger]]\npattern='refund'\n"
    )
    (content / "articles/late.md").write_text("# Late\nA parcel counts as lost after 14 days.\n")
    (content / "articles/old.md").write_text(
        "---\nstatus: retired\naudience: internal\n---\nA parcel is lost after a year.\n"
    )
    index = KnowledgeIndex(tmp_path / "knowledge", embedder)
    index.update_from(content / "articles")
    upkeep = Upkeep(Workspace(tmp_path), Settings(), embedder, retired=desk.retiring.names)
    lookup: Callable[[str], str | None] = lambda _: None  # noqa: E731 - no past conversations here
    desk.equip(chair, ContentLookup(load_library(content), Articles(index, desk.retiring.names), lookup), upkeep)
    accounts = new_accounts(tmp_path)
    tokens = {role: accounts.mint(role, name)[0] for role, name in PEOPLE.items()}
    app = create_app(desk, accounts, passwords=fast_passwords())
    app.state.automating = Automating(desk, app.state.following, content, BehaviourFolderShelf(content / "behaviours"))
    return Served(app, desk, accounts, tokens, tmp_path)
