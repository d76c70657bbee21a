"""A desk on which not everybody sees every conversation, as where people practise."""

import asyncio

import httpx

from console.conversation.people import Role
from tests.desks import arrive
from tests.server.conftest import Served


async def test_what_somebody_may_not_see_is_not_there_for_them(served: Served) -> None:
    """Neither in the inbox nor by its name; for others it is."""
    await arrive(served.desk)
    served.desk.visible = lambda agent, _: agent.role is not Role.AGENT
    async with served.client() as robin, served.client(Role.LEAD) as marta:
        assert (await robin.get("/v1/inbox")).json()["rows"] == []
        assert len((await marta.get("/v1/inbox")).json()["rows"]) == 1
        for path in ("/v1/conversations/c1", "/v1/conversations/c1/completions?draft=a"):
            assert (await robin.get(path)).status_code == 404
            assert (await marta.get(path)).status_code != 404
        assert (await robin.post("/v1/conversations/c1/claim")).status_code == 404


async def test_nobody_is_sent_events_of_what_they_may_not_see(served: Served) -> None:
    """What they may see comes."""
    served.desk.visible = lambda _, conversation: conversation != "c1"
    headers = {"Authorization": f"Bearer {served.tokens[Role.AGENT]}"}
    async with served.listening() as url, httpx.AsyncClient(headers=headers) as client:
        await arrive(served.desk, "c1")
        await arrive(served.desk, "c2")
        seen = []
        async with asyncio.timeout(10), client.stream("GET", f"{url}/v1/events?after=0") as stream:
            async for line in stream.aiter_lines():
                if '"conversation": "c' in line:
                    seen.append('"conversation": "c1"' in line)
                if '"kind": "handed-over"' in line and '"c2"' in line:
                    break
        assert seen
        assert not any(seen)


async def test_nobody_is_given_what_they_may_not_see(served: Served) -> None:
    """The queue neither shows it to them nor hands it over, and a look-up by hand does not reach into it."""
    await arrive(served.desk)
    served.desk.visible = lambda agent, conversation: not conversation or agent.role is not Role.AGENT
    asked = {"query": "Do you rent out tents in winter?", "conversation": "c1"}
    async with served.client() as robin, served.client(Role.LEAD) as marta:
        assert (await robin.get("/v1/queue")).json()["line"] == []
        refused = await robin.post("/v1/queue/next")
        assert (refused.status_code, refused.json()["error"]["message"]) == (404, "nobody waits")
        assert (await robin.post("/v1/lookups", json=asked)).status_code == 404
        assert [one["conversation"] for one in (await marta.get("/v1/queue")).json()["line"]] == ["c1"]
        assert (await marta.post("/v1/queue/next")).status_code == 200


async def test_a_lead_moves_nothing_to_who_may_not_see_it(served: Served) -> None:
    """Nor is that offered to them."""
    async with served.client() as robin, served.client(Role.LEAD) as marta:
        await arrive(served.desk)
        await marta.post("/v1/conversations/c1/claim")  # who has it is not there
        await robin.put("/v1/presence", json={"presence": "online"})
        assert [move["conversation"] for move in (await marta.get("/v1/queue")).json()["moves"]] == ["c1"]
        served.desk.visible = lambda agent, _: agent.role is not Role.AGENT
        assert (await marta.get("/v1/queue")).json()["moves"] == []
        assert (await marta.post("/v1/queue/rebalance")).json()["moves"] == []
