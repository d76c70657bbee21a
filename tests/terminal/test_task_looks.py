"""Pictures of tasks for the bot and of who waits; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.conversation.packet_events import PacketPrepared
from console.conversation.task_commands import DelegateTask
from console.conversation.task_events import TaskAnswered, TaskEnded
from console.conversation.tasks import Got, TaskOutcome
from console.terminal import link
from console.terminal.screens.delegating import DelegatingDialog
from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START, FakeDesk
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
from tests.terminal.test_tasks import PACKET


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    monkeypatch.setattr(link, "pause", lambda failures: 3.4)


async def asking(desk: FakeDesk) -> None:
    """Let the bot be at its second question."""
    await desk.delegate_task("c-dana", DelegateTask(("order.number", "file")))


def back(desk: FakeDesk) -> None:
    """Let it come back with one fact of two."""
    number = desk.customer_writes("c-dana", "it is LF-88213, but I have no photo")
    desk.append("c-dana", TaskAnswered((Got("order.number", "LF-88213", number),)), "bot")
    reason = "the customer cannot give: a photo or file"
    desk.append("c-dana", TaskEnded(TaskOutcome.WITHOUT, reason), "bot")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", ["dialog", "asking", "asking-inbox", "back", "back-inbox", "queue"])
def test_tasks_look_as_they_did(scene: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    """What to ask for, how the bot is at it, how it comes back; and the queue with what is known of who waits."""
    desk = full_desk()
    desk.append("c-iris", PacketPrepared(PACKET), "assist")

    async def before(pilot: Console) -> None:
        if scene.startswith(("asking", "back")):
            await asking(desk)
        if scene.startswith("back"):
            back(desk)
        await live(pilot)
        await open_conversation(pilot, "c-dana")
        await wait_until(pilot, lambda: followed(pilot, "c-dana"))
        if scene == "dialog":
            await pilot.press("alt+9")
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, DelegatingDialog))
        if scene.endswith("inbox"):
            await pilot.press("f2")
        if scene == "queue":
            await pilot.press("f10")
            await wait_until(pilot, lambda: pilot.app.screen is not app_of(pilot).main)
            await wait_until(pilot, lambda: "Here" in queue_text(pilot))
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=size, run_before=before)
