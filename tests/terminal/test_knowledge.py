"""The knowledge panel: what stands at its top when other articles come."""

from dataclasses import replace

import pytest
from textual.events import Key
from textual.widgets import Input, Static

from console.conversation import assist_events as a
from console.conversation.assistance import KnowledgeHit, SourceType
from console.conversation.commands import Source
from console.terminal import link
from console.terminal.screens.search import SearchScreen
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.knowledge_panel import DamageLine, HitList
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, open_conversation, said, wait_until
from tests.terminal.scenes import HITS, full_desk

OTHER = tuple(KnowledgeHit(f"tents-{n}.md", f"Tents {n}", "Pitch it before you leave. " * 4, 0.7) for n in range(4))


def hits(pilot: Console) -> HitList:
    """The list of the panel."""
    return app_of(pilot).main.query_one(HitList)


async def found(pilot: Console, desk: FakeDesk, articles: tuple[KnowledgeHit, ...]) -> None:
    """Let other articles come."""
    desk.append("c-dana", a.KnowledgeFound("m6", articles), "assist")
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


async def test_an_internal_passage_is_not_put_into_a_reply() -> None:
    """By no way: not from the panel, not from the look-up, not from the article itself."""
    desk = full_desk()
    internal = HITS[2]
    desk.append("c-dana", a.KnowledgeFound("m6", (internal,)), "assist")
    desk.found = replace(desk.found, hits=(internal,))
    desk.sources[internal.document] = Source(
        SourceType.ARTICLE,
        internal.document,
        "Refunds",
        internal.passage,
        0,
        10,
        "internal: not for customers",
        internal=True,
    )
    async with at_work(desk, size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: len(hits(pilot).rows) == 1)
        hits(pilot).focus()
        await pilot.press("i")
        await wait_until(pilot, lambda: any("internal" in notice for notice in notices(pilot)))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        page = pilot.app.screen
        await wait_until(pilot, lambda: "internal" in str(page.query_one("#remark", Static).render()))
        assert not page.query_one("#confirm").display
        await pilot.press("ctrl+s", "i")
        assert pilot.app.screen is page
        await pilot.press("escape", "alt+k", *"refunds")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await wait_until(pilot, lambda: "1 article" in str(pilot.app.screen.query_one("#found", Static).render()))
        await pilot.press("down")
        await wait_until(pilot, lambda: pilot.app.screen.query_one(HitList).chosen)
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert said(pilot) == ""


async def test_a_retired_passage_is_not_put_into_a_reply() -> None:
    """What it says may no longer hold."""
    desk = full_desk()
    retired = replace(HITS[0], status="retired")
    desk.append("c-dana", a.KnowledgeFound("m6", (retired,)), "assist")
    async with at_work(desk, size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: len(hits(pilot).rows) == 1)
        hits(pilot).focus()
        await pilot.press("i")
        await wait_until(pilot, lambda: any("retired" in notice for notice in notices(pilot)))
        assert said(pilot) == ""


async def test_with_no_conversation_of_ones_own_nothing_is_inserted() -> None:
    """It would be lost, or go where nobody meant it to."""
    async with at_work(full_desk(), size=(120, 40)) as pilot:
        await open_conversation(pilot, "c-iris")
        await chosen_in_the_look_up(pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("nothing was inserted" in notice for notice in notices(pilot)))
        assert said(pilot) == ""


@pytest.mark.parametrize("key", ["f3", "alt+k"])
async def test_retired_and_internal_articles_say_so(key: str) -> None:
    """In words, in the panel and in the look-up."""
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        await pilot.press(key)
        if key == "alt+k":
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
            await pilot.press(*"refunds")
        await wait_until(pilot, lambda: len(pilot.app.screen.query_one(HitList).rows) == len(HITS))
        last = pilot.app.screen.query_one(HitList).rows[-1].face.plain
        assert "retired · internal" in last


async def test_another_conversations_articles_begin_at_the_top() -> None:
    """Those of Dana were scrolled."""
    desk = full_desk()
    desk.append("c-iris", a.KnowledgeFound("m1", OTHER), "assist")
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


WORDS_ONLY = "Searching by words only; 'secondchair doctor' says why"


async def test_what_the_knowledge_base_lacks_is_said_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line above the articles, without an event of the conversation; gone when all is well again."""
    monkeypatch.setattr(link, "PING_EVERY", 0.02)
    desk = full_desk()
    async with at_work(desk, size=(120, 40)) as pilot:
        line = app_of(pilot).main.query_one(DamageLine)
        assert not line.display
        events = len(desk.log)
        desk.damage = WORDS_ONLY
        await wait_until(pilot, lambda: line.display and line.size.height == 1)
        assert str(line.content) == WORDS_ONLY
        desk.damage = ""
        await wait_until(pilot, lambda: not line.display)
        assert len(desk.log) == events


async def test_the_look_up_says_what_it_had_to_do_without() -> None:
    """As of each answer."""
    desk = full_desk()
    desk.found = replace(desk.found, damage=WORDS_ONLY)
    async with at_work(desk, size=(120, 40)) as pilot:
        await pilot.press("alt+k", *"lost")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        line = pilot.app.screen.query_one(DamageLine)
        await wait_until(pilot, lambda: line.display)
        desk.found = replace(desk.found, damage="")
        await pilot.press("s")
        await wait_until(pilot, lambda: not line.display)


async def chosen_in_the_look_up(pilot: Console) -> None:
    """Ask, and go to the first article."""
    await pilot.press("alt+k", *"refunds")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
    await wait_until(pilot, lambda: "article" in str(pilot.app.screen.query_one("#found", Static).render()))
    await pilot.press("down")
    await wait_until(pilot, lambda: pilot.app.screen.query_one(HitList).chosen)


@pytest.mark.parametrize("keys", [("ctrl+s", "ctrl+s"), ("escape", "escape")])
async def test_a_key_that_is_pressed_twice_closes_the_look_up_once_and_sends_nothing(keys: tuple[str, ...]) -> None:
    """What is inserted is read before it goes."""
    desk = full_desk()
    async with at_work(desk, size=(120, 40)) as pilot:
        events = len(desk.log)
        await chosen_in_the_look_up(pilot)
        await pilot.press(*keys)
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert (said(pilot) != "") == (keys[0] != "escape")
        assert len(desk.log) == events


async def test_two_choices_in_one_breath_close_the_look_up_once() -> None:
    """The second message was on its way when the first closed it."""
    desk = full_desk()
    async with at_work(desk, size=(120, 40)) as pilot:
        await chosen_in_the_look_up(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        for _ in range(2):
            screen.action_confirm()
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert said(pilot)


async def test_words_typed_beside_the_question_of_the_look_up_are_a_new_question() -> None:
    """All of them, from the first letter."""
    async with at_work(full_desk(), size=(120, 40)) as pilot:
        await chosen_in_the_look_up(pilot)
        await pilot.press(*"is it lost")
        question = pilot.app.screen.query_one("#question", Input)
        assert (question.value, question.has_focus) == ("is it lost", True)


async def test_letters_that_come_in_one_burst_in_the_look_up_are_all_there() -> None:
    """As a terminal sends what was pasted, or typed while the console was busy."""
    async with at_work(full_desk(), size=(120, 40)) as pilot:
        await chosen_in_the_look_up(pilot)
        for letter in "tent":
            pilot.app.post_message(Key(letter, letter))
        question = pilot.app.screen.query_one("#question", Input)
        await wait_until(pilot, lambda: question.value == "tent")
        await pilot.press("down")
        await wait_until(pilot, lambda: not question.has_focus)
        await pilot.press("backspace")
        await wait_until(pilot, lambda: question.has_focus)
        assert question.value == "tent"
