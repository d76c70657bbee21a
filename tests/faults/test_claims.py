"""However many reach for a conversation at once, on whichever server, exactly one has it."""

import asyncio
from pathlib import Path

import httpx
import pytest

from console.conversation.people import Role
from tests.faults.reaching import Page, Way
from tests.faults.team import Team

CLAIMS = 200
AT_ONCE = 4
"""Conversations that are raced for at the same moment: two agents for each."""


@pytest.mark.slow
async def test_two_servers_race_for_two_hundred_claims(tmp_path: Path) -> None:
    """One is told that it is theirs, the other who has it, and the log holds one claim."""
    with Team(tmp_path / "team") as team:
        tokens = [team.token(name) for name in ("Robin Ashdale", "Sam Oldfield")]
        agents = [_agent(url, token) for url, token in zip(team.urls, tokens, strict=True)]
        lead = _agent(team.urls[0], team.token("Marta Quill", Role.LEAD))
        names: list[str] = []
        while len(names) < CLAIMS:
            await asyncio.gather(*(_customer(team, len(names) + n) for n in range(AT_ONCE)))
            rows = (await lead.get("/v1/inbox")).raise_for_status().json()["rows"]
            new = [row["id"] for row in rows if row["status"] == "waiting"]
            for wins in await asyncio.gather(*(_raced(agents, name) for name in new)):
                assert sorted(wins) == [200, 409]
            names += new
        for client in (*agents, lead):
            await client.aclose()
        claimed = team.ask("select conversation from events where kind = 'conversation-claimed'")
        assert sorted(name for (name,) in claimed) == sorted(names)
        team.verify()


async def _raced(agents: list[httpx.AsyncClient], name: str) -> list[int]:
    answers = await asyncio.gather(*(agent.post(f"/v1/conversations/{name}/claim") for agent in agents))
    return [answer.status_code for answer in answers]


async def _customer(team: Team, number: int) -> None:
    page = Page(Way(team.urls[number % 2 :]))
    await page.open(team.vouches(f"claimed-{number}", f"Claimed {number}"))
    await page.writes("hello, is anybody there?", f"hello-{number:08d}")
    await page.way.close()


def _agent(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
