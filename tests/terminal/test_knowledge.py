"""The knowledge panel: what stands at its top when other articles come."""

from console.conversation import events as e
from console.conversation.assistance import KnowledgeHit
from console.terminal.widgets.knowledge_panel import HitList
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, open_conversation, wait_until
from tests.terminal.scenes import HITS, full_desk

OTHER = tuple(KnowledgeHit(f"tents-{n}.md", f"Tents {n}", "Pitch it before you leave. " * 4, 0.7) for n in range(4))


def hits(pilot: Console) -> HitList:
    """The list of the panel."""
    return app_of(pilot).main.query_one(HitList)


async def found(pilot: Console, desk: FakeDesk, articles: tuple[KnowledgeHit, ...]) -> None:
    """Let other articles come."""
    desk.append("c-dana", e.KnowledgeFound("m6", articles), "assist")
    state = app_of(pilot).controller.state
    await wait_until(pilot, lambda: state.conversations["c-dana"].knowledge == articles)
    await wait_until(pilot, lambda: len(hits(pilot).rows) == len(articles))


async def test_other_articles_begin_with_the_title_of_the_first() -> None:
    """However far the list was scrolled."""
    desk = full_desk()
    async with at_work(desk, size=(120, 40)) as pilot:
        hits(pilot).scroll_to(y=2, animate=False, immediate=True)
        await wait_until(pilot, lambda: hits(pilot).scroll_y == 2)
        await found(pilot, desk, OTHER)
        assert hits(pilot).scroll_y == 0


async def test_another_conversations_articles_begin_at_the_top() -> None:
    """Those of Dana were scrolled."""
    desk = full_desk()
    desk.append("c-iris", e.KnowledgeFound("m1", OTHER), "assist")
    async with at_work(desk, size=(120, 40)) as pilot:
        hits(pilot).scroll_to(y=2, animate=False, immediate=True)
        await wait_until(pilot, lambda: hits(pilot).scroll_y == 2)
        await open_conversation(pilot, "c-iris")
        await wait_until(pilot, lambda: len(hits(pilot).rows) == len(OTHER))
        assert hits(pilot).scroll_y == 0


async def test_articles_that_come_behind_the_same_first_one_do_not_move_the_cursor() -> None:
    """The agent is in the list; only another first article brings them back to the top."""
    desk = full_desk()
    async with at_work(desk, size=(120, 40)) as pilot:
        hits(pilot).focus()
        await pilot.press("end")
        await wait_until(pilot, lambda: hits(pilot).highlighted == 2)
        stood = hits(pilot).scroll_y
        assert stood > 0
        await found(pilot, desk, (*HITS, *OTHER))
        assert (hits(pilot).highlighted, hits(pilot).scroll_y) == (2, stood)
        await found(pilot, desk, OTHER)
        assert (hits(pilot).highlighted, hits(pilot).scroll_y) == (0, 0)
