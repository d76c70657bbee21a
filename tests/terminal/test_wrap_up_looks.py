"""Pictures of closing with a wrap-up; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal import link, painting
from console.terminal.screens.follow_up_rows import FollowUpRows
from console.terminal.screens.follow_ups import FollowUpsScreen, ToDoRows
from console.terminal.widgets.inbox import Inbox, InboxList
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.harness import LARGE, SMALL, Console, app_of, console, live, open_conversation, steady, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.wrap_up_scenes import PROPOSAL, RESHIP, wrapped_before


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    for screen in (FollowUpRows, FollowUpsScreen):
        monkeypatch.setattr(screen, "clock", staticmethod(lambda: START))
    monkeypatch.setattr(painting, "_today", lambda controller: START.date())
    monkeypatch.setattr(link, "pause", lambda failures: 3.4)


def marked(pilot: Console) -> str:
    """Return the row of the inbox that is marked."""
    rows = app_of(pilot).main.query_one(InboxList)
    return rows.rows[rows.highlighted].key if rows.highlighted is not None else ""


PICTURES = [
    ("closing", SMALL, ("alt+x",)),
    ("closing", LARGE, ("alt+x",)),
    ("to do", SMALL, ("alt+8",)),
    ("to do", LARGE, ("alt+8",)),
    ("closed before", LARGE, ()),
    ("closed before", SMALL, ()),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_a_wrap_up_looks_as_it_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], snap_compare: Callable[..., bool]
) -> None:
    """The closing with what is proposed, the list of what is to do, and the mark in the transcript."""
    name, size, keys = picture
    desk = full_desk(FakeDesk(agent=lead()) if name == "to do" else None)
    desk.proposes = PROPOSAL
    if name != "closing":
        wrapped_before(desk)
        wrapped_before(desk, "c-iris", RESHIP)

    async def show(pilot: Console) -> None:
        await live(pilot)
        await open_conversation(pilot, "c-dana")
        if size == LARGE:  # what lies under a dialog is painted as it stood
            await wait_until(pilot, lambda: marked(pilot) == "c-dana", "the mark in the inbox")
        await pilot.press(*keys)
        if name == "closing":
            await wait_until(pilot, lambda: len(pilot.app.screen.query(FollowUpRows).first().follow_ups) == 3)
        elif name == "to do":
            await wait_until(pilot, lambda: any(rows.rows for rows in pilot.app.screen.query(ToDoRows)))
        await pilot.pause()
        steady(pilot)

    assert snap_compare(console(desk), terminal_size=size, run_before=show)
