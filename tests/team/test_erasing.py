"""A customer is erased on one server of a team, while all of them run."""

import asyncio
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from psycopg.sql import SQL, Identifier

from console.conversation import commands as c
from console.conversation.draft_events import ArticleDrafted, DraftEdited
from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.gap_events import GapPutAside
from console.conversation.message import Author, DraftLine
from console.conversation.people import Agent, Customer, Role
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.intake import Incoming
from console.desk.log import LogErased
from console.desk.retention import Retention, Terms
from console.server.past_folder import PastFolder
from console.server.stream import encoded_of
from console.store import open_log
from console.store.postgres.files import SqlFiles
from console.store.postgres.servers import PostgresServers
from console.store.schema import metadata
from console.workspace import Workspace, config_folder
from tests.channels.files import PICTURE
from tests.commands.running import secondchair
from tests.desks import DANA, MARTA, ROBIN, Chair, Clock, arrive, events_of, until, writes
from tests.store.desks import PostgresDesk

pytestmark = pytest.mark.slow

ADMIN = Agent("owner", "Owner", Role.ADMIN)
IRIS = Customer("iris-tam", "Iris Tam", "Iris")
MARKS = ("Dana", "dana-kovel", "Kovel", "boots")


class Team:
    """Two servers with past folders of their own."""

    def __init__(self, place: PostgresDesk, folder: Path, clock: Clock) -> None:
        self.desks: list[Desk] = []
        self.past = [folder / "past-one", folder / "past-two"]
        self.place, self._clock = place, clock

    async def start(self) -> None:
        """Start both."""
        for past in self.past:
            log = open_log(self.place.workspace, self.place.keys, address=self.place.address)
            files = SqlFiles(log.database)  # type: ignore[arg-type]  # that is what an address opens
            servers = PostgresServers(self.place.address)
            desk = Desk(log, Chair(), now=self._clock, servers=servers, files=files, past=PastFolder(past))
            self.desks.append(desk)
            await desk.start({})
            desk.assistance.ready(Chair())
            desk.packets.ready()

    async def stop(self) -> None:
        """Stop both."""
        for desk in self.desks:
            await desk.stop()

    def stored(self) -> str:
        """Return every row of every table, as text."""
        with psycopg.connect(self.place.address) as connection:
            rows = [
                str(row)
                for table in metadata.tables
                for row in connection.execute(SQL("SELECT t::text FROM {} AS t").format(Identifier(table)))
            ]
        return "\n".join(rows)


async def tell(one: Desk, two: Desk) -> None:
    """Let Dana be served twice, with a draft article of it; and Iris beside her."""
    picture = await one.attachments.take("boots.png", PICTURE)
    await arrive(one, "c1", "My boots are late")
    await one.intake.receive("c1", Incoming(Author.CUSTOMER, "[boots.png]", attachments=(picture,)))
    await arrive(one, "c9", "Do you wrap gifts?", customer=IRIS)
    await one.casework.claim(ROBIN, "c1")
    await one.casework.note(ROBIN, "c1", c.AddNote("Dana called before", "n1"))
    await one.wrap_ups.close(ROBIN, "c1", c.Close("boots found", resolved=True))
    await arrive(two, "c2", "My boots again")
    await two.casework.claim(ROBIN, "c2")
    await two.casework.save_draft(ROBIN, "c2", c.SaveDraft("Dear Dana"))
    lines = (
        DraftLine("step", "Gifts: wrapped.", ("m1",), "c9"),
        DraftLine("step", "Boots are late.", ("m1",), "c1"),
    )
    drafted = ArticleDrafted("d-1", "c9", "Late boots", lines)
    aside = GapPutAside("why is dana-kovel waiting", one.now())
    batch = [NewEvent(WORKSPACE, "agent:marta", data, one.now()) for data in (drafted, aside)]
    batch.append(NewEvent(WORKSPACE, "agent:marta", DraftEdited("d-1", "Late boots", "Boots!"), one.now()))
    await one.live.record(batch)


def held_by(desk: Desk) -> str:
    """Return what a server answers from, as text."""
    live = desk.live
    parts: Collection[Any] = (live.rows, live._states, desk.follow_ups._open, desk.drafts._drafts)
    return repr([*parts, encoded_of(live)._events, desk.packets._wanted, desk.memory])


@pytest_asyncio.fixture
async def team(place: PostgresDesk, tmp_path: Path, clock: Clock) -> AsyncIterator[Team]:
    """Two servers at work."""
    made = Team(place, tmp_path, clock)
    await made.start()
    yield made
    await made.stop()


async def test_every_server_forgets_and_no_table_names_the_customer(team: Team) -> None:
    """Whichever of them was asked; what is still on its way into the conversation is refused."""
    one, two = team.desks
    await tell(one, two)
    for desk in team.desks:
        await desk.live.catch_up()
        await desk.live.state("c1")
        await desk.live.state("c2")
        assert len(await desk.drafts.all(MARTA)) == 1
        await desk.follow_ups.page(MARTA)
    await until(lambda: all((past / "added.jsonl").exists() for past in team.past))
    assert all(mark in team.stored() for mark in MARKS)

    done = await one.erasure.erase(ADMIN, DANA.id)
    assert (done.conversations, done.files, done.left) == (2, 1, "")

    await until(lambda: two.live.seq >= one.live.seq)
    await until(lambda: not any((past / "added.jsonl").exists() for past in team.past))
    stored = team.stored()
    assert [mark for mark in MARKS if mark in stored] == []
    for desk in team.desks:
        assert [mark for mark in MARKS if mark in held_by(desk)] == []
        assert list(desk.live.rows) == ["c9"]
        assert await desk.drafts.all(MARTA) == ()
        with pytest.raises(NotFound):
            await desk.live.state("c1")
        with pytest.raises(NotFound):
            await writes(desk, "and now?", conversation="c2")
        late = NewEvent("c2", "assist", GapPutAside("boots", desk.now()), desk.now())
        with pytest.raises(LogErased):
            await desk.live.record([late])
    assert (await one.live.state("c9")).messages == (await two.live.state("c9")).messages
    verdict = one.live.log.verify()  # type: ignore[attr-defined]  # a real log
    assert verdict.whole, verdict.reason


async def test_a_server_that_did_not_run_forgets_when_it_starts(team: Team, tmp_path: Path, clock: Clock) -> None:
    """Its past conversations are its own: nobody else can take them out."""
    one, two = team.desks
    await tell(one, two)
    await until((team.past[1] / "added.jsonl").exists)
    team.desks.remove(two)
    await two.stop()
    await one.erasure.erase(ADMIN, DANA.id)
    assert (team.past[1] / "added.jsonl").exists()
    later = Team(team.place, tmp_path, clock)
    later.past = [team.past[1]]
    await later.start()
    await until(lambda: not (team.past[1] / "added.jsonl").exists())
    await later.stop()


async def test_the_command_erases_in_the_team_s_database_while_servers_run(
    place: PostgresDesk, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a machine on which none runs; those that do drop what they hold. The file of before a move is named."""
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", place.address)
    workspace = Workspace(tmp_path / "machine")
    workspace.root.mkdir()
    workspace.database.write_bytes(b"of before the move")
    log = open_log(workspace.root, config_folder(), address=place.address)
    desk = Desk(log, Chair(), now=clock, servers=PostgresServers(place.address))
    await desk.start({})
    await arrive(desk, "c1")
    command = ("customer", "erase", DANA.id, "--yes", "--workspace", workspace.root)
    done = await asyncio.to_thread(secondchair, *command)
    assert (done.code, done.out.startswith("Erased: ")) == (0, True)
    assert f"{workspace.database}: the log as it was before it was moved" in done.err
    await until(lambda: not desk.live.rows)
    await desk.stop()


async def test_retention_is_carried_out_by_one_of_the_servers(team: Team, clock: Clock) -> None:
    """Whichever has the duty; the other hears of it."""
    one, two = team.desks
    await tell(one, two)
    await two.live.catch_up()
    await two.live.state("c1")
    clock.forward(40 * 86_400.0)
    retentions = [
        Retention(desk.live, desk.live.log, desk.erasure, Terms(closed=30), clock)  # type: ignore[arg-type]  # real logs
        for desk in team.desks
    ]
    running = [asyncio.create_task(retention.run()) for retention in retentions]
    await until(lambda: all("c1" not in desk.live._states for desk in team.desks), within=30)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert len(await events_of(one, ConversationsErased)) == 1
    assert (await two.live.state("c2")).messages
