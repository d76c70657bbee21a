"""While the engine is getting ready, the panel says how far it has come."""

from console.conversation import assist_events as a
from console.conversation import commands as c
from tests.terminal.harness import app_of, at_work, wait_until
from tests.terminal.scenes import full_desk

WAITING = "Assistance is getting ready."
INDEXING = "Assistance is getting ready: embedding 40 of 478 passages, 9 s left …"


async def test_the_panel_shows_progress_until_the_engine_is_ready() -> None:
    """The log holds one plain reason; what passes by is asked for and shown in its place."""
    desk = full_desk()
    desk.append("c-dana", a.AssistanceWithheld("m6", WAITING), "assist")
    desk.readiness_now = c.Readiness(ready=False, assist=INDEXING)
    async with at_work(desk) as pilot:
        controller = app_of(pilot).controller
        await wait_until(pilot, lambda: controller.progress == INDEXING)
        desk.readiness_now = c.Readiness(ready=True, assist="ready")
        await wait_until(pilot, lambda: controller.progress == "")
        assert desk.asked("readiness")


async def test_another_reason_is_shown_as_it_is() -> None:
    """With the engine ready, a customer's other language stays the reason."""
    desk = full_desk()
    desk.append("c-dana", a.AssistanceWithheld("m6", "Assistance is English only."), "assist")
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: desk.asked("readiness"))
        conversation = app_of(pilot).controller.conversation
        assert conversation is not None
        assert conversation.withheld == "Assistance is English only."
        assert app_of(pilot).controller.progress == ""
