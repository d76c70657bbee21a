"""The figures of a server: what they count, who may read them, and that they name nobody."""

import re
from collections.abc import Mapping

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.conversation.assist_events import LlmCalled, MoodRead
from console.conversation.assistance import Mood
from console.conversation.commands import SendMessage
from console.conversation.events import NewEvent
from console.conversation.message import Status
from console.conversation.people import Role
from console.desk.log import LogUnwritable
from console.server.app import create_app
from console.server.metrics.door import MetricsTerms
from tests.desks import ROBIN, Clock, arrive, writes
from tests.server.conftest import Served

TOKEN = "a-token-for-figures"
HERE = {"Host": "localhost:8620"}


async def figures(served: Served) -> dict[str, float]:
    """Return every figure, by name and labels as they are written."""
    transport = httpx.ASGITransport(served.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    return read(answer.text)


def read(text: str) -> dict[str, float]:
    """Return the figures of a page, as Prometheus itself would read it."""
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_the_queue_is_counted_by_tier_and_status(served: Served, clock: Clock) -> None:
    """With the longest wait, and what the wait had been when an agent took one."""
    for name in ("c1", "c2"):
        await arrive(served.desk, name)
    clock.forward(40)
    await served.desk.casework.claim(ROBIN, "c1")
    clock.forward(20)
    found = await figures(served)
    assert found["secondchair_conversations status=waiting tier=1"] == 1
    assert found["secondchair_conversations status=active tier=1"] == 1
    assert found["secondchair_conversations status=waiting tier=3"] == 0
    assert found["secondchair_oldest_wait_seconds tier=1"] == 60
    assert found["secondchair_wait_at_claim_seconds_sum tier=1"] == 40
    assert not [name for name in found if Status.CLOSED.value in name]


async def test_assistance_and_the_language_model_are_timed(served: Served) -> None:
    """By part, purpose and outcome; tokens and price add up."""
    await arrive(served.desk)
    before, now = await figures(served), served.desk.now()
    mood = MoodRead("m1", Mood(0.1, "calm", "steady", 0.1), ms=30)
    called = LlmCalled("draft", "some-model", "late", ms=900, tokens_in=500, tokens_out=20, cost=0.25)
    await served.desk.live.record([NewEvent("c1", "assist", data, now) for data in (mood, called)])
    found = await figures(served)

    def grown(name: str) -> float:
        return round(found[name] - before.get(name, 0.0), 6)

    assert grown("secondchair_assist_seconds_sum part=mood-read") == 0.03
    assert grown("secondchair_llm_seconds_count outcome=late purpose=draft") == 1
    assert (grown("secondchair_llm_tokens_total way=in"), grown("secondchair_llm_tokens_total way=out")) == (500, 20)
    assert grown("secondchair_llm_cost_total") == 0.25
    assert grown("secondchair_events_total kind=llm-called") == 1
    assert grown("secondchair_event_publish_seconds_count") == 2
    assert found["secondchair_log_events"] == served.desk.live.seq


async def test_requests_are_counted_by_route_and_never_by_what_was_typed(served: Served) -> None:
    """So that strangers cannot make figures without end."""
    await arrive(served.desk)
    async with served.client(Role.AGENT) as client:
        await client.get("/v1/conversations/c1")
        await client.get("/v1/conversations/nobody-knows-this-one")
        await client.get("/no/such/page")
        await client.request("BREW", "/v1/me")
    found = await figures(served)
    place = "route=/v1/conversations/{conversation}"
    assert found[f"secondchair_http_requests_total method=GET {place} status=200"] == 1
    assert found[f"secondchair_http_requests_total method=GET {place} status=404"] == 1
    assert found["secondchair_http_requests_total method=GET route=none status=404"] == 1
    assert found["secondchair_http_requests_total method=other route=/v1/me status=405"] == 1
    assert found[f"secondchair_http_request_seconds_count method=GET {place}"] == 2
    assert "nobody-knows-this-one" not in str(found)


async def test_what_waits_for_a_channel_is_counted_with_its_age(served: Served, clock: Clock) -> None:
    """A channel for which nothing waits says 0."""
    await arrive(served.desk)
    await served.desk.casework.claim(ROBIN, "c1")
    channel = served.desk.live.rows["c1"].channel
    served.desk.channels = dict.fromkeys((channel, "other"))  # type: ignore[assignment]
    await served.desk.sending.send(ROBIN, "c1", SendMessage("I am looking into it.", "k1"))
    clock.forward(9)
    found = await figures(served)
    assert found[f"secondchair_outbox_messages channel={channel}"] == 1
    assert found[f"secondchair_outbox_oldest_seconds channel={channel}"] == 9
    assert found["secondchair_outbox_messages channel=other"] == 0


async def test_faults_of_the_log_are_counted_and_the_rest_still_is_told(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is when figures are wanted most."""

    def away() -> None:
        raise LogUnwritable("the database is away")

    monkeypatch.setattr(served.desk.live.log, "head", away)
    found = await figures(served)
    assert (found["secondchair_log_faults_total kind=LogUnwritable"], found["secondchair_serves"]) == (1, 0)
    assert found["secondchair_work_parts"] == 64
    assert not [name for name in found if "outbox" in name]


async def test_listeners_and_those_that_were_dropped_are_counted(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A console that falls behind is seen."""
    monkeypatch.setattr("console.desk.hub.BACKLOG", 1)
    with served.desk.live.hub.listen():
        await arrive(served.desk)
        await writes(served.desk, "anybody there?")
        assert (await figures(served))["secondchair_listeners"] == 1
    found = await figures(served)
    assert (found["secondchair_listeners"], found["secondchair_listeners_dropped_total"]) == (0, 1)


async def test_nobody_is_named_and_nothing_that_was_said(served: Served) -> None:
    """Neither customers, nor agents, nor conversations."""
    await arrive(served.desk, "c-secret")
    await writes(served.desk, "my boots are late", conversation="c-secret")
    await served.desk.casework.claim(ROBIN, "c-secret")
    page = str(await figures(served)).lower()
    for word in ("c-secret", "robin", "dana", "boots"):
        assert not re.search(rf"\b{word}\b", page), word


@pytest.mark.parametrize(
    ("terms", "peer", "heads", "admitted"),
    [
        (MetricsTerms(), "127.0.0.1", HERE, True),
        (MetricsTerms(), "::1", {"Host": "[::1]:8620"}, True),
        (MetricsTerms(), "192.0.2.7", HERE, False),
        (MetricsTerms(), "127.0.0.1", {"Host": "desk.example"}, False),
        (MetricsTerms(), "127.0.0.1", {**HERE, "X-Forwarded-For": "127.0.0.1"}, False),
        (MetricsTerms(), "127.0.0.1", {**HERE, "Authorization": "Bearer "}, True),
        (MetricsTerms(), "192.0.2.7", {**HERE, "Authorization": "Bearer "}, False),
        (MetricsTerms(here=False), "127.0.0.1", HERE, False),
        (MetricsTerms(TOKEN, here=False), "192.0.2.7", {"Host": "desk", "Authorization": f"Bearer {TOKEN}"}, True),
        (MetricsTerms(TOKEN), "192.0.2.7", {"Host": "desk", "Authorization": "Bearer another"}, False),
    ],
)
async def test_figures_are_for_this_machine_or_with_the_token(
    served: Served, terms: MetricsTerms, peer: str, heads: Mapping[str, str], admitted: bool
) -> None:
    """Not for a page in a browser of this machine, nor for who comes through a proxy on it."""
    app = create_app(served.desk, Accounts(sqlite_engine(served.folder / "accounts.db")), metrics=terms)
    transport = httpx.ASGITransport(app, client=(peer, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=dict(heads)) as client:
        answer = await client.get("/metrics")
    assert answer.status_code == (200 if admitted else 401)
