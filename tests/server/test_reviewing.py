"""The review on a running desk: it follows the log, says how far it is, forgets what is erased, and decides nothing."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.people import Customer, Role
from console.conversation.review_commands import Asked, Judge, MarkChange
from console.conversation.reviews import Judgement, Measure, ReviewQueue
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.server import kept_book as module
from console.server.app import create_app
from console.server.following import Following
from console.server.reviewing import Reviewing
from console.terminal import errors
from console.terminal.client import HttpDesk
from tests.accounts.making import fast_passwords, new_accounts
from tests.desks import DANA, MARTA, Clock, arrive, suggestion

REPLY = suggestion("I can reship it.")


async def decided(desk: Desk, name: str, decision: Decision = Decision.OVERRIDDEN) -> None:
    """Let a customer come, be answered, and a reply be decided on."""
    await arrive(desk, name, customer=Customer("u-other", "Iris Tam") if name == "c1" else DANA)
    data = (a.RepliesSuggested("m1", (REPLY,)), a.SuggestionsShown("m1", (REPLY.id,)))
    done = a.SuggestionDecided(REPLY.id, decision, "my own words", 12, 9.0)
    await desk.live.record([e.NewEvent(name, "agent:robin", one, desk.now()) for one in (*data, done)])


async def test_a_look_follows_the_log_and_what_is_behind_it_is_read_from_there(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page; who asks meanwhile shares it or is told how far it is; what is erased is gone at the next look."""
    monkeypatch.setattr(module, "PAGE", 2)
    reviewing = Reviewing(Following(desk.live, desk.now))
    for name in ("c1", "c2"):
        await decided(desk, name)
    assert (await reviewing.look(9, wait=0)).progress
    first, second = await asyncio.gather(reviewing.look(9), reviewing.look(9))
    assert first is second
    assert first.groups[0].decided == 2
    assert await reviewing.look(9) is first  # nothing happened meanwhile
    await decided(desk, "c3")
    assert (await reviewing.look(9)).groups[0].decided == 3
    assert (await reviewing.look(26)).groups[0].decided == 3
    found = await reviewing.behind(9, Asked(measure=Measure.OVERRIDDEN))
    assert [one.conversation for one in found.exchanges] == ["c3", "c2", "c1"]
    assert (found.exchanges[0].text, found.exchanges[0].sent) == (REPLY.text, "my own words")
    assert [event.kind for event in found.exchanges[0].events] == [
        "replies-suggested",
        "suggestions-shown",
        "suggestion-decided",
    ]
    await desk.erasure.erase(MARTA, "u-other")
    assert (await reviewing.look(9)).groups[0].decided == 2
    assert {one.conversation for one in (await reviewing.behind(9, Asked(others=True))).exchanges} == {"c2", "c3"}


async def test_a_lead_judges_what_was_said_and_marks_what_changed(desk: Desk, clock: Clock) -> None:
    """What was never said, a wrong one without a reason, a day to come and a mark that is gone are refused."""
    reviewing = Reviewing(Following(desk.live, desk.now))
    await decided(desk, "c1")
    queue = ReviewQueue.SURE_OVERRIDDEN
    (waits,) = (await reviewing.queue(9, queue, done=False)).exchanges
    for body, refused in (
        (Judge("c1", REPLY.id, Judgement.WRONG), Refused),
        (Judge("c1", "s-none", Judgement.RIGHT), NotFound),
        (Judge("c1", "f-none", Judgement.RIGHT, is_flag=True), NotFound),
        (Judge("c-none", REPLY.id, Judgement.RIGHT), NotFound),
    ):
        with pytest.raises(refused):
            await desk.reviews.judge(MARTA, body)
    await desk.reviews.judge(MARTA, Judge("c1", waits.subject, Judgement.WRONG, "not ours", queue))
    assert (await reviewing.queue(9, queue, done=False)).exchanges == ()
    (judged,) = (await reviewing.queue(9, queue, done=True)).exchanges
    assert judged.judged is not None
    assert (judged.judged.verdict, judged.judged.reason, judged.judged.by) == (Judgement.WRONG, "not ours", MARTA.name)
    for on, words in (
        (desk.now() + timedelta(days=1), "x"),
        (desk.now() - timedelta(days=400), "x"),
        (desk.now(), " "),
    ):
        with pytest.raises(Refused):
            await desk.reviews.mark(MARTA, MarkChange(on, words))
    marked = await desk.reviews.mark(MARTA, MarkChange(desk.now() - timedelta(days=2), "macro\nreworded"))
    (change,) = (await reviewing.look(9)).changes
    assert (change.id, change.words, change.by) == (marked.change, "macro reworded", MARTA.name)
    await desk.reviews.unmark(MARTA, change.id)
    assert (await reviewing.look(9)).changes == ()
    with pytest.raises(NotFound):
        await desk.reviews.unmark(MARTA, change.id)


async def test_a_leads_console_reads_all_of_it_over_http_and_an_agents_nothing(desk: Desk, tmp_path: Path) -> None:
    """Figures, what is behind them, queues; judging and marking."""
    accounts = new_accounts(tmp_path)
    app = create_app(desk, accounts, passwords=fast_passwords())
    await decided(desk, "c1")
    (lead, agent) = (
        HttpDesk("http://desk", accounts.mint(role, "Sam")[0], transport=httpx.ASGITransport(app))
        for role in (Role.LEAD, Role.AGENT)
    )
    queue = ReviewQueue.SURE_OVERRIDDEN
    found = await lead.exchanges(9, Asked(measure=Measure.OVERRIDDEN, week=desk.now().date()))
    assert found.total == 1  # that day is a Monday
    (one,) = (await lead.to_judge(9, queue, judged=False)).exchanges
    await lead.judge_exchange(Judge(one.conversation, one.subject, Judgement.RIGHT, queue=queue))
    await lead.mark_change(MarkChange(desk.now() - timedelta(hours=1), "the desk moved"))
    review = await lead.review(9)
    assert (review.groups[0].decided, review.queues[0].judged, len(review.changes)) == (1, 1, 1)
    await lead.unmark_change(review.changes[0].id)
    assert (await lead.review(9)).changes == ()
    with pytest.raises(errors.Refused):
        await lead.review(5)
    with pytest.raises(errors.NotAllowed):
        await agent.review(9)
    for client in (lead, agent):
        await client.close()
