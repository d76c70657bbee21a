"""Several servers share one desk: what one writes all see, each piece of work is one's, and none is needed."""

import asyncio

import pytest

from console.conversation.assist_events import RepliesSuggested
from console.conversation.events import ConversationClaimed, Event, MessageAdded
from console.conversation.message import Status
from console.conversation.people import Customer
from console.desk import fellow_servers
from console.desk.attention import Screen
from console.desk.desk import Desk
from console.desk.errors import Taken
from console.desk.hub import Signal
from console.desk.servers import PARTS, part_of
from console.store.postgres import sharing
from console.store.postgres.locks import AT_ONCE
from tests.desk.test_rankers import trained
from tests.desks import DANA, MARTA, ROBIN, SAM, Chair, arrive, events_of, state_when, suggestion, until, writes
from tests.store.desks import PostgresDesk
from tests.team.conftest import Join


async def both_at_work(one: Desk, two: Desk) -> None:
    """Wait until two servers share the work evenly."""
    names = {part: next(f"c{n}" for n in range(10_000) if part_of(f"c{n}") == part) for part in range(PARTS)}

    def shared() -> bool:
        first, second = ({part for part, name in names.items() if desk.live.mine(name)} for desk in (one, two))
        return len(first) == len(second) == PARTS // 2 and not first & second

    await until(shared, within=20)


async def test_what_one_server_takes_in_the_other_shows(join: Join) -> None:
    """At once, in order, and without being asked."""
    one, two = await join(), await join()
    with two.live.hub.listen() as listener:
        await arrive(one)
        await writes(one, "anybody there?")
        heard = []
        async for item in listener:
            if isinstance(item, Event):
                heard.append(item)
                if isinstance(item.data, MessageAdded) and item.data.text == "anybody there?":
                    break
    assert [event.seq for event in heard] == list(range(1, len(heard) + 1))
    assert (await two.live.state("c1")).messages == (await one.live.state("c1")).messages


async def test_of_two_who_claim_on_two_servers_exactly_one_wins(join: Join) -> None:
    """Twenty times: the other is told who has it."""
    one, two = await join(), await join()
    for number in range(20):
        name = f"c{number}"
        await arrive(one, name)
        claims = await asyncio.gather(
            one.casework.claim(ROBIN, name), two.casework.claim(SAM, name), return_exceptions=True
        )
        assert [isinstance(claim, Taken) for claim in claims].count(True) == 1
        assert len(await events_of(one, ConversationClaimed, name)) == 1


async def test_a_conversation_is_worked_by_one_server_alone(join: Join) -> None:
    """Each turn is computed once, wherever the message came in, and shown everywhere."""
    engines = [
        Chair(says=lambda talk: iter([RepliesSuggested(talk.turn, (suggestion("Let me look."),))])) for _ in "ab"
    ]
    one, two = await join(engine=engines[0]), await join(engine=engines[1])
    await both_at_work(one, two)
    for number in range(12):
        await arrive((one, two)[number % 2], f"c{number}")
    for number in range(12):
        for desk in (one, two):
            await state_when(desk, lambda state: bool(state.suggestions), f"c{number}")
    assert all(engine.turns for engine in engines)
    assert sum(len(engine.turns) for engine in engines) == 12


async def test_what_a_server_did_is_taken_over_when_it_ends(join: Join) -> None:
    """The other has all of the work within seconds, and works what was left."""
    engine = Chair(says=lambda talk: iter([RepliesSuggested(talk.turn, (suggestion("Let me look."),))]))
    one, two = await join(engine=Chair()), await join(engine=engine)
    await both_at_work(one, two)
    name = next(f"c{n}" for n in range(1000) if one.live.mine(f"c{n}"))
    await arrive(two, name)
    await until(lambda: name in two.live.rows)
    await one.stop()
    await until(lambda: two.live.mine(name))
    state = await state_when(two, lambda state: bool(state.suggestions), name)
    assert state.suggestions[0].text == "Let me look."


async def test_who_types_is_seen_by_the_consoles_of_every_server(join: Join) -> None:
    """It passes, and is not logged."""
    one, two = await join(), await join()
    await arrive(one)
    with two.live.hub.listen() as listener:

        async def heard() -> Signal:
            async for item in listener:
                if isinstance(item, Signal):
                    return item
            raise AssertionError("the stream ended")

        hearing = asyncio.create_task(heard())
        while not hearing.done():
            one.casework.typing(ROBIN, "c1", active=True)
            await asyncio.wait({hearing}, timeout=0.05)
        assert hearing.result() == Signal("c1", "agent:robin", active=True)


async def test_an_agent_who_works_on_one_server_is_there_for_all(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps the queue does not take their chats away."""
    monkeypatch.setattr(fellow_servers, "SIGNS_EVERY", 0.05)
    one, two = await join(), await join()

    def heard_of() -> bool:
        one.signs.seen(MARTA.id)
        return MARTA.id in two.signs._last

    await until(heard_of)
    assert two.signs.lately() == ()


async def test_what_a_console_shows_on_one_server_is_known_to_all(join: Join) -> None:
    """What nobody looks at is worked in part, wherever somebody may look."""
    one, two = await join(), await join()
    await arrive(one)
    await one.casework.claim(ROBIN, "c1")

    def elsewhere_on_the_other() -> bool:
        one.signs.seen(ROBIN.id)
        row = two.live.rows.get("c1")
        return row is not None and two.attention.elsewhere(row)

    one.attention.show(Screen(ROBIN.id, "a console", "another"))
    await until(elsewhere_on_the_other)
    one.attention.show(Screen(ROBIN.id, "a console", "c1"))
    await until(lambda: not elsewhere_on_the_other())


async def test_a_server_that_comes_later_learns_what_consoles_show(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    """They say it again now and then, and it is told again."""
    monkeypatch.setattr(fellow_servers, "SIGNS_EVERY", 0.05)
    one = await join()
    one.attention.show(Screen(ROBIN.id, "a console", "c1"))
    two = await join()

    def heard_of() -> bool:
        one.attention.show(Screen(ROBIN.id, "a console", "c1"))
        return "a console" in two.attention._agents.get(ROBIN.id, ())

    await until(heard_of)


async def test_a_server_that_loses_the_database_goes_on_when_it_is_back(join: Join, place: PostgresDesk) -> None:
    """What was written meanwhile by the other is there."""
    one, two = await join(), await join()
    await arrive(one)
    await until(lambda: "c1" in two.live.rows)
    place.cut_off()
    await writes(one, "still there?")
    state = await state_when(two, lambda state: len(state.messages) == 2)
    assert (state.status, state.customer) == (Status.WAITING, DANA)
    await both_at_work(one, two)


async def test_many_decisions_at_once_wait_for_each_other_and_all_come_through(join: Join) -> None:
    """More than there are connections for locks, on both servers, each conversation written to by both."""
    one, two = await join(), await join()
    names = [f"c{number}" for number in range(2 * AT_ONCE)]
    await asyncio.gather(*(arrive(one, name, customer=Customer(name)) for name in names))
    await until(lambda: len(two.live.rows) == len(names))
    said = [(desk, text, name) for name in names for desk, text in ((one, "from one"), (two, "from two"))]
    async with asyncio.timeout(30):
        await asyncio.gather(*(writes(desk, text, text, name) for desk, text, name in said))
    for name in names:
        await state_when(two, lambda state: len(state.messages) == 3, name)


async def test_what_came_while_a_server_could_not_look_is_worked_once_it_can(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a while it took nothing to be its own, and the others did not either."""
    engine = Chair(says=lambda talk: iter([RepliesSuggested(talk.turn, (suggestion("Let me look."),))]))
    one = await join(engine=engine)
    await until(lambda: one.live.mine("c1"))
    monkeypatch.setattr(sharing, "STALE", 0.0)
    await arrive(one)
    monkeypatch.setattr(sharing, "STALE", 5.0)
    assert not engine.turns
    monkeypatch.setattr(sharing, "STALE", 0.5)  # less than passes between two looks
    await state_when(one, lambda state: bool(state.suggestions))


async def test_a_ranker_that_one_server_logs_orders_replies_on_all(join: Join) -> None:
    """And one that joins later reads it; going back reaches all, too."""
    one, two = await join(), await join()
    learned = trained()
    await one.ranking.learned(MARTA, learned)
    await until(lambda: two.ranking.ranker() is not None)
    three = await join()
    versions = [ranker.version for desk in (one, two, three) if (ranker := desk.ranking.ranker())]
    assert versions == [learned.version] * 3
    await two.ranking.back(MARTA)
    await until(lambda: one.ranking.ranker() is None)
