"""Pictures of the queue; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.conversation.queue import AtWork, Move
from console.conversation.queue_events import AsideKind, AsideWritten
from console.conversation.service_levels import Targets
from console.terminal import link
from console.terminal.screens.parking import ParkingDialog
from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.harness import (
    LARGE,
    SMALL,
    Console,
    app_of,
    console,
    followed,
    live,
    open_conversation,
    queue_text,
    steady,
    wait_until,
)
from tests.terminal.scenes import full_desk
from tests.terminal.test_passing_on import SKILLS
from tests.terminal.test_queueing import PRIYA, SAM


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    monkeypatch.setattr(ParkingDialog, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    monkeypatch.setattr(link, "pause", lambda failures: 3.4)


PICTURES = [
    ("queue", SMALL, ("f10",)),
    ("queue", LARGE, ("f10",)),
    ("passing on", SMALL, ("ctrl+r",)),
    ("passing on for a skill", SMALL, ("ctrl+r", "tab", "down", "down", "right")),
    ("passing on for a skill", LARGE, ("ctrl+r", "tab", "down", "down", "right")),
    ("parking", SMALL, ("ctrl+g",)),
    ("due soon and late", LARGE, ()),
    ("due soon and late", SMALL, ("f2",)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_the_queue_looks_as_it_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], snap_compare: Callable[..., bool]
) -> None:
    """Order and reasons, who is here, where to pass on to, and how answers stand."""
    name, size, keys = picture
    desk = full_desk(FakeDesk(agent=lead()) if name == "queue" else None)
    desk.team = (AtWork("robin", "Robin Ashdale", (1, 2), has=1), SAM, PRIYA)
    desk.skills = SKILLS if name.endswith("skill") else ()
    desk.targets = Targets((450.0, 300.0, 300.0), (600.0,) * 3)
    if name == "queue":
        desk.moves = (Move("c-dana", "Dana Kovel", "robin", SAM, "Robin Ashdale is not there"),)
    said = AsideWritten(
        AsideKind.WHISPERED, "Offer the express courier.", "marta", "Marta Quill", "robin", "Robin Ashdale"
    )
    desk.append("c-dana", said, "agent:marta")

    async def before(pilot: Console) -> None:
        await live(pilot)
        await open_conversation(pilot, "c-dana")
        await wait_until(pilot, lambda: followed(pilot, "c-dana"))
        await pilot.press(*keys)
        if name not in {"due soon and late"}:
            await wait_until(pilot, lambda: pilot.app.screen is not app_of(pilot).main)
        if name == "queue":
            await wait_until(pilot, lambda: "Here" in queue_text(pilot))
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=size, run_before=before)
