"""What is kept for how long: old things go in small steps, and the rest stands as if they had never been."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.conversation import commands as c
from console.conversation.assist_events import MoodRead
from console.conversation.assistance import Mood
from console.conversation.erasure_events import ConversationsErased, EventsExpired
from console.conversation.events import ConversationClosed, Event, NewEvent
from console.conversation.people import Customer
from console.conversation.satisfaction_events import CsatGiven
from console.conversation.state import fold
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.retention import LOOKUPS, MOODS, QUESTIONS, SUGGESTIONS, Retention, Terms, carry_out, due
from console.review.report import report_of
from console.store import SqlEventLog, open_log
from console.workspace import Workspace, config_folder
from tests.commands.running import secondchair
from tests.desks import DANA, MARTA, ROBIN, Chair, Clock, arrive, events_of, suggest, suggestion, writes
from tests.terminal.scenes import full_desk

pytestmark = pytest.mark.slow

DAY = 86_400.0
ALL = dict.fromkeys((*MOODS, *SUGGESTIONS, *LOOKUPS, *QUESTIONS), 30)


async def mood(desk: Desk, conversation: str, score: float) -> None:
    """Let a mood be read."""
    read = MoodRead("m1", Mood(score, "cross", "steady", 0.1))
    await desk.live.record([NewEvent(conversation, "assist", read, desk.now())])


async def close(desk: Desk, conversation: str) -> None:
    """Let a conversation come, be assisted, and end."""
    await arrive(desk, conversation)
    await mood(desk, conversation, -0.5)
    await suggest(desk, suggestion("Let me look."), conversation=conversation)
    await desk.casework.claim(ROBIN, conversation)
    await desk.casework.close(ROBIN, conversation, c.Close("done", resolved=True))


async def test_what_is_old_goes_and_what_is_new_or_open_stays(desk: Desk, real_log: SqlEventLog, clock: Clock) -> None:
    """Moods and suggestions of closed conversations first, then these whole; the chain holds, and counts are logged."""
    await close(desk, "c1")
    await arrive(desk, "c2")
    await mood(desk, "c2", -0.2)
    clock.forward(40 * DAY)
    await close(desk, "c3")
    kinds = dict.fromkeys((*MOODS, *SUGGESTIONS), 30)
    retention = Retention(desk.live, real_log, desk.erasure, Terms(kinds=kinds), clock)
    state = await desk.live.state("c1")
    assert (state.moods, bool(state.suggestions)) != ({}, False)
    assert due(real_log, Terms(kinds=kinds), clock()).kinds == {
        "mood-read": 1,
        "replies-suggested": 1,
        "suggestions-shown": 1,
    }
    assert await retention.look() == 3
    (expired,) = await events_of(desk, EventsExpired)
    assert expired.data == EventsExpired({"mood-read": 1, "replies-suggested": 1, "suggestions-shown": 1}, ("c1",))
    assert len(await events_of(desk, MoodRead)) == 2
    assert (await desk.live.state("c1")).moods == {}
    assert (await desk.live.state("c1")).messages
    assert real_log.verify().whole

    clock.forward(20 * DAY)
    whole = Retention(desk.live, real_log, desk.erasure, Terms(closed=30), clock)
    await whole.look()
    with pytest.raises(NotFound):
        await desk.live.state("c1")
    assert (await desk.live.state("c2")).messages
    assert (await desk.live.state("c3")).messages
    assert [event.data.conversations for event in await events_of(desk, ConversationsErased)] == [("c1",)]  # type: ignore[union-attr]
    assert not due(real_log, Terms(closed=30, kinds=kinds), clock()).any
    assert real_log.verify().whole


async def test_a_customers_rating_goes_with_the_conversation_by_age_or_when_they_are_erased(
    desk: Desk, real_log: SqlEventLog, clock: Clock
) -> None:
    """What the layers count of it goes too; ages of single kinds leave it."""
    closings = {}
    for name, customer in (("c1", DANA), ("c2", Customer("u2", "Hugo Prent"))):
        await arrive(desk, name, customer=customer)
        await desk.casework.claim(ROBIN, name)
        await desk.casework.close(ROBIN, name, c.Close("done", resolved=True))
        closings[name] = (await events_of(desk, ConversationClosed, name))[-1].seq
        await desk.satisfaction.rate(name, closings[name], 4)
    clock.forward(40 * DAY)
    await Retention(desk.live, real_log, desk.erasure, Terms(kinds=ALL), clock).look()
    assert len(await events_of(desk, CsatGiven)) == 2
    await desk.erasure.erase(MARTA, "u2")
    assert [event.conversation for event in await events_of(desk, CsatGiven)] == ["c1"]
    await Retention(desk.live, real_log, desk.erasure, Terms(closed=30), clock).look()
    assert [event for event in real_log.read(limit=10_000) if isinstance(event.data, CsatGiven)] == []
    assert real_log.verify().whole


async def test_a_conversation_goes_on_after_its_newest_event_has_expired(
    desk: Desk, real_log: SqlEventLog, clock: Clock
) -> None:
    """Who claims it again is not told that it moved on."""
    await close(desk, "c1")
    await mood(desk, "c1", 0.2)
    clock.forward(40 * DAY)
    await Retention(desk.live, real_log, desk.erasure, Terms(kinds={"mood-read": 30}), clock).look()
    await desk.casework.reopen(ROBIN, "c1", c.Reopen())
    await desk.casework.release(ROBIN, "c1", c.Release(parked=False))
    assert (await desk.casework.claim(ROBIN, "c1")).agent == ROBIN.id


async def test_unsent_texts_go_where_nothing_has_happened(desk: Desk, real_log: SqlEventLog, clock: Clock) -> None:
    """Those of a conversation that lives stay."""
    for name in ("c1", "c2"):
        await arrive(desk, name)
        await desk.casework.claim(ROBIN, name)
        await desk.casework.save_draft(ROBIN, name, c.SaveDraft("Dear Dana"))
    clock.forward(10 * DAY)
    await writes(desk, "and now?", conversation="c2")
    assert due(real_log, Terms(drafts=7), clock()).drafts == 1
    await Retention(desk.live, real_log, desk.erasure, Terms(drafts=7), clock).look()
    assert set(real_log.drafts(ROBIN.id)) == {"c2"}
    assert [event.data for event in await events_of(desk, EventsExpired)] == [EventsExpired({"unsent-draft": 1}, ())]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.sets(st.sampled_from(sorted(ALL)), min_size=1), cut=st.integers(0, 40))
def test_whatever_expires_the_rest_folds_and_the_chain_holds(
    tmp_path_factory: pytest.TempPathFactory, kinds: set[str], cut: int
) -> None:
    """On a desk full of all that happens: states, rows, figures."""
    folder = tmp_path_factory.mktemp("desk")
    log = open_log(folder / "workspace", folder / "keys")
    history = full_desk().log
    log.append([_again(event) for event in history[: len(history) - cut]])
    names = {event.conversation for event in history if event.conversation}
    closing = [NewEvent(n, "agent:robin", ConversationClosed("done", resolved=True), _NOW) for n in sorted(names)]
    log.append(closing)
    for _ in carry_out(log, Terms(kinds=dict.fromkeys(kinds, 30)), _NOW + timedelta(days=60)):
        pass
    left = log.read(limit=100_000)
    assert not {event.kind for event in left} & kinds
    assert {name: fold(name, log.read(conversation=name)).id for name in names} == {name: name for name in names}
    report_of(left)
    verdict = log.verify()
    assert verdict.whole, verdict.reason
    log.close()


_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _again(event: Event) -> NewEvent:
    return NewEvent(event.conversation, event.actor, event.data, event.at, event.channel, event.external_id)


async def test_the_command_says_what_would_go_and_erases_it(tmp_path: Path, clock: Clock) -> None:
    """A dry run changes nothing; where nothing is set, everything is kept."""
    workspace = Workspace(tmp_path / "desk")
    workspace.root.mkdir()

    desk = Desk(open_log(workspace.root, config_folder()), Chair(), now=clock)
    await desk.start({})
    await close(desk, "c1")
    await desk.stop()
    arguments = ("retention", "--workspace", workspace.root)
    assert "Everything is kept" in secondchair(*arguments).out
    workspace.config.write_text("[retention]\nclosed_days = 30\nmoods_days = 10\n", encoding="utf-8")
    shown = secondchair(*arguments, "--dry-run")
    assert (shown.code, "1 conversations closed more than 30 days ago" in shown.out) == (0, True)
    assert "0 erased" not in secondchair("verify", "--workspace", workspace.root).out
    assert "Erased: " in secondchair(*arguments).out
    assert "Nothing is old enough" in secondchair(*arguments).out
    assert secondchair("verify", "--workspace", workspace.root).code == 0
