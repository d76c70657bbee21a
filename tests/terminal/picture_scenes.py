"""Moments of the console that pictures are taken of: what happens until the screen is as it is to be seen."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation.assistance import Citation, SourceType, Suggestion, Support
from console.terminal.port import WritingSeen
from console.terminal.screens.rewrite_dialog import RewriteDialog
from console.terminal.widgets.knowledge_panel import DamageLine, HitList
from console.terminal.widgets.next_step_line import NextStepLine
from console.terminal.widgets.rewrite_panel import RewriteText
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import (
    Console,
    app_of,
    said,
    wait_until,
)
from tests.terminal.scenes import APOLOGY, REFUND, RESHIP, STEP, SUMMARY
from tests.terminal.test_hushing import FEWER, UPSET, WARNING
from tests.terminal.test_to_do_first import CLAIMING

Scene = Callable[[Console, FakeDesk], Awaitable[None]]
INVENTED = "You will get a voucher of £20."
VERSION = c.Rewritten(f"Sorry, Dana! I'll ask Northpost today and write to you by tomorrow. {INVENTED}", (INVENTED,))
AI_DRAFT = Suggestion(
    "s-llm",
    f"A parcel counts as lost after 7 working days. {INVENTED}",
    "llm",
    0.5,
    Support.PARTIAL,
    (Citation(SourceType.ARTICLE, "lost.md", "A parcel counts as lost after 7 working days.", "Lost parcels"),),
    unsupported=(INVENTED,),
)


async def nothing(pilot: Console, desk: FakeDesk) -> None:
    """The screen as it is."""


async def kept(pilot: Console) -> None:
    """Wait until the desk has what stands in the composer and nothing more is due for it."""
    composing = app_of(pilot).controller.composing
    await wait_until(pilot, lambda: said(pilot) and not composing.unsaved)


async def taken(pilot: Console, desk: FakeDesk) -> None:
    """A reply in the composer, and the customer wrote since."""
    await pilot.press("alt+1")
    desk.customer_writes("c-dana", "are you even there??")
    desk.append("c-dana", a.RepliesSuggested("m7", (REFUND, APOLOGY)), "assist")
    await wait_until(pilot, lambda: app_of(pilot).controller.shelf.waiting)
    await kept(pilot)


def pressed(*keys: str) -> Scene:
    """After these keys."""

    async def press(pilot: Console, desk: FakeDesk) -> None:
        await pilot.press(*keys)
        await wait_until(pilot, lambda: len(pilot.app.screen_stack) > 1 or app_of(pilot).main.part != "chat")
        asked = ("source", "search", "approvals")
        await wait_until(pilot, lambda: not [w for w in pilot.app.workers if w.group in asked and not w.is_finished])

    return press


def drafted(text: str, *keys: str) -> Scene:
    """With this text in the composer, checked, and then these keys."""

    async def write(pilot: Console, desk: FakeDesk) -> None:
        app = app_of(pilot)
        app.main.query_one("#draft").replace_all(text)  # type: ignore[attr-defined]
        await wait_until(pilot, lambda: app.controller.composing.draft.flags)
        await wait_until(pilot, lambda: desk.unsent.get("c-dana") == text)
        if keys:
            await pilot.press(*keys)
            await wait_until(pilot, lambda: pilot.app.screen is not app.main)

    return write


async def lost(pilot: Console, desk: FakeDesk) -> None:
    """The server is gone while a reply stands in the composer."""
    await pilot.press("alt+1")
    await kept(pilot)
    desk.cut()
    await wait_until(pilot, lambda: app_of(pilot).controller.connection.seconds == 4)
    pilot.app.workers.cancel_group(pilot.app, "link")  # the seconds stop counting down


def hidden(*keys: str) -> Scene:
    """With assistance hidden for this conversation, after these keys."""

    async def hide(pilot: Console, desk: FakeDesk) -> None:
        desk.append("c-dana", a.AssistanceHidden(hidden=True), "agent:robin")
        await wait_until(pilot, lambda: app_of(pilot).main.query_one("Assist").has_class("-dark"))
        if keys:
            await pressed(*keys)(pilot, desk)

    return hide


def warned(*keys: str) -> Scene:
    """Warned that it may escalate, with fewer replies for an agent who passes many over, after these keys."""

    async def warn(pilot: Console, desk: FakeDesk) -> None:
        desk.append("c-dana", a.MoodRead("m6", UPSET), "assist")
        desk.append("c-dana", a.FlagsRaised("m6", (WARNING,)), "assist")
        desk.append("c-dana", a.RepliesSuggested("m6", (RESHIP,), fewer=FEWER), "assist")
        await wait_until(pilot, lambda: len(app_of(pilot).controller.shelf.shown) == 1)
        if keys:
            await pressed(*keys)(pilot, desk)

    return warn


def harmed(*keys: str) -> Scene:
    """While vectors cannot be used, after these keys, with the articles in view."""
    damage = "Searching by words only; 'secondchair doctor' says why"

    async def press(pilot: Console, desk: FakeDesk) -> None:
        app = app_of(pilot)
        desk.found = replace(desk.found, damage=damage)
        app.controller.damage = damage
        app.state_changed()
        await pressed(*keys)(pilot, desk)
        if app.screen is app.main:
            app.main.query_one(HitList).focus()
        await wait_until(pilot, lambda: pilot.app.screen.query_one(DamageLine).display)

    return press


async def put_right(pilot: Console, desk: FakeDesk) -> None:
    """The summary in view: one line corrected, another taken out, and the cursor on a third."""
    issue, wants, *_ = SUMMARY
    better = "boots from order LF-88213 are lost, the carrier says"
    desk.append("c-dana", a.SummaryCorrected(issue.kind, issue.sources, issue.text, better, "Robin Ashdale"))
    desk.append("c-dana", a.SummaryCorrected(wants.kind, wants.sources, wants.text, "", "Marta Quill"))
    app_of(pilot).show_view("assist")
    lines = app_of(pilot).main.query_one(SummaryLines)
    await wait_until(pilot, lambda: lines.rows[-1].key == "removed")
    lines.focus()
    await wait_until(pilot, lambda: lines.highlighted is not None)
    await pilot.press("home", "down")


async def putting_right(pilot: Console, desk: FakeDesk) -> None:
    """The dialog that corrects a corrected line."""
    await put_right(pilot, desk)
    await pilot.press("up", "e")
    await wait_until(pilot, lambda: pilot.app.screen.query("#line"))


async def rewriting(pilot: Console, desk: FakeDesk) -> None:
    """The choice how to rewrite."""
    desk.rewrites, desk.rewritten = True, VERSION
    app = app_of(pilot)
    await wait_until(pilot, lambda: app.controller.state.me)
    app.controller.state.me = await desk.me()
    app.main.query_one("#draft").replace_all("I'm sorry. I will ask Northpost today.")  # type: ignore[attr-defined]
    await kept(pilot)
    await pilot.press("alt+e")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RewriteDialog))


async def rewritten(pilot: Console, desk: FakeDesk) -> None:
    """The rewrite below the draft."""
    await rewriting(pilot, desk)
    await pilot.press("ctrl+s")
    controller = app_of(pilot).controller
    await wait_until(pilot, lambda: controller.rewriting.version and controller.rewriting.version.whole)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, RewriteText))


async def being_drafted(pilot: Console, desk: FakeDesk) -> None:
    """A draft on its way, in view of the replies."""
    await pilot.press("f3")
    desk.typing_seen(WritingSeen("c-dana", "m6", "A parcel counts as lost"))
    await wait_until(pilot, lambda: app_of(pilot).main.query_one("#writing").display)


async def with_draft(pilot: Console, desk: FakeDesk) -> None:
    """A draft beside the engine's replies."""
    state = desk.state("c-dana")
    replies = (*state.suggestions, AI_DRAFT)
    desk.append("c-dana", a.RepliesSuggested(state.suggested_for, replies, engine="llm"), "assist")
    await wait_until(pilot, lambda: AI_DRAFT in app_of(pilot).controller.shelf.shown)


def advised(*keys: str) -> Scene:
    """With a next step from similar cases and a reply of which one sentence has no source, after these keys."""

    async def press(pilot: Console, desk: FakeDesk) -> None:
        half = replace(
            APOLOGY,
            text=f"{APOLOGY.text} Our drivers never lose a parcel.",
            support=Support.PARTIAL,
            unsupported=("Our drivers never lose a parcel.",),
        )
        desk.append("c-dana", a.NextStepProposed("m6", STEP), "assist")
        desk.append("c-dana", a.RepliesSuggested("m6", (RESHIP, half, REFUND)), "assist")
        app = app_of(pilot)
        await wait_until(pilot, lambda: half in app.controller.shelf.shown and app.main.query_one(NextStepLine).display)
        if keys:
            await pressed(*keys)(pilot, desk)

    return press


def claiming(*keys: str) -> Scene:
    """With a reply that says a deed is done, after these keys."""

    async def press(pilot: Console, desk: FakeDesk) -> None:
        desk.append("c-dana", a.RepliesSuggested("m6", (CLAIMING, APOLOGY)), "assist")
        await wait_until(pilot, lambda: CLAIMING in app_of(pilot).controller.shelf.shown)
        if keys:
            await pilot.press(*keys)
            await kept(pilot)

    return press
