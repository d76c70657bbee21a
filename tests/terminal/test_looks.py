"""Pictures of the screens; look at them with your own eyes before accepting a change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.assistance import Citation, SourceType, Suggestion, Support
from console.terminal import link
from console.terminal.port import WritingSeen
from console.terminal.screens.draft import DraftScreen
from console.terminal.screens.rewrite_dialog import RewriteDialog
from console.terminal.screens.upkeep import UpkeepScreen
from console.terminal.widgets.inbox import Inbox, InboxList
from console.terminal.widgets.knowledge_panel import DamageLine, HitList
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.next_step_line import NextStepLine
from console.terminal.widgets.rewrite_panel import RewriteText
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.harness import Console, app_of, console, live, open_conversation, said, steady, wait_until
from tests.terminal.scenes import APOLOGY, REFUND, RESHIP, STEP, SUMMARY, full_desk, judge
from tests.terminal.test_hushing import FEWER, UPSET, WARNING
from tests.terminal.test_to_do_first import CLAIMING
from tests.terminal.test_upkeep import opened as opened_upkeep
from tests.terminal.upkeep_scenes import lacking_desk

SMALL, LARGE = (80, 24), (200, 60)
Scene = Callable[[Console, FakeDesk], Awaitable[None]]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))
    monkeypatch.setattr(link, "pause", lambda failures: 3.4)


async def nothing(pilot: Console, desk: FakeDesk) -> None:
    """The screen as it is."""


def followed(pilot: Console, opened: str) -> bool:
    """Whether the inbox's cursor, where it is seen, has gone along to the conversation on the screen."""
    inbox, rows = app_of(pilot).main.query_one(Inbox), app_of(pilot).main.query_one(InboxList)
    if not inbox.is_on_screen or not inbox.size.width:
        return True
    return rows.highlighted is not None and rows.rows[rows.highlighted].key == opened


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


PICTURES: list[tuple[str, tuple[int, int], bool, str, Scene]] = [
    ("main", SMALL, False, "c-dana", nothing),
    ("main", SMALL, True, "c-dana", nothing),
    ("main", LARGE, False, "c-dana", nothing),
    ("main", LARGE, True, "c-dana", nothing),
    ("nothing open", SMALL, False, "", nothing),
    ("inbox", SMALL, False, "c-dana", pressed("f2")),
    ("assist", SMALL, False, "c-dana", pressed("f3")),
    ("advised", SMALL, False, "c-dana", advised("f3")),
    ("advised", LARGE, False, "c-dana", advised()),
    ("do it first", SMALL, False, "c-dana", claiming()),
    ("do it first taken", SMALL, False, "c-dana", claiming("alt+1")),
    ("do it first taken", LARGE, True, "c-dana", claiming("alt+1")),
    ("taken and overtaken", SMALL, False, "c-dana", taken),
    ("taken and overtaken", LARGE, False, "c-dana", taken),
    ("flags on the draft", SMALL, False, "c-dana", drafted("I refund £350, it comes by Friday.")),
    ("warning", SMALL, False, "c-dana", drafted("It comes by Friday.", "ctrl+s")),
    ("blocked", SMALL, True, "c-dana", drafted("I refund £350.", "ctrl+s")),
    ("search", SMALL, False, "c-dana", pressed("alt+k", *"lost")),
    ("search", LARGE, True, "c-dana", pressed("alt+k", *"lost")),
    ("source", SMALL, False, "c-dana", pressed("alt+s")),
    ("source", LARGE, True, "c-dana", pressed("alt+s")),
    ("rating", SMALL, False, "c-dana", pressed("alt+m", "4")),
    ("closing", SMALL, False, "c-dana", pressed("alt+x")),
    ("note", SMALL, True, "c-dana", pressed("alt+n")),
    ("record", SMALL, False, "c-dana", pressed("alt+i")),
    ("help", SMALL, False, "c-dana", pressed("f1")),
    ("corrected summary", SMALL, False, "c-dana", put_right),
    ("corrected summary", LARGE, True, "c-dana", put_right),
    ("correcting", SMALL, False, "c-dana", putting_right),
    ("correcting", LARGE, False, "c-dana", putting_right),
    ("hidden", SMALL, False, "c-dana", hidden()),
    ("hidden assist", SMALL, True, "c-dana", hidden("f3")),
    ("hidden", LARGE, False, "c-dana", hidden()),
    ("warned", SMALL, False, "c-dana", warned()),
    ("warned assist", SMALL, False, "c-dana", warned("f3")),
    ("warned inbox", SMALL, False, "c-dana", warned("f2")),
    ("warned", LARGE, True, "c-dana", warned()),
    ("harmed assist", SMALL, False, "c-dana", harmed("f3")),
    ("harmed search", SMALL, False, "c-dana", harmed("alt+k", *"lost")),
    ("human only", SMALL, False, "c-hugo", nothing),
    ("human only", LARGE, False, "c-hugo", nothing),
    ("not english", SMALL, False, "c-lena", nothing),
    ("not english", LARGE, True, "c-lena", nothing),
    ("rewriting", SMALL, False, "c-dana", rewriting),
    ("rewritten", SMALL, False, "c-dana", rewritten),
    ("rewritten", LARGE, True, "c-dana", rewritten),
    ("being drafted", SMALL, False, "c-dana", being_drafted),
    ("being drafted", LARGE, False, "c-dana", being_drafted),
    ("with draft", LARGE, False, "c-dana", with_draft),
    ("reconnecting", SMALL, False, "c-dana", lost),
    ("reconnecting", LARGE, False, "c-dana", lost),
]


def _name(picture: tuple[str, tuple[int, int], bool, str, Scene]) -> str:
    return f"{picture[0]} {picture[1][0]}x{picture[1][1]} {'light' if picture[2] else 'dark'}".replace(" ", "-")


@pytest.mark.parametrize("picture", PICTURES, ids=_name)
def test_the_screen_looks_as_it_did(
    picture: tuple[str, tuple[int, int], bool, str, Scene], snap_compare: Callable[..., bool]
) -> None:
    """A change of the look is seen."""
    _, size, light, opened, scene = picture
    desk = full_desk()
    if not opened:  # a console opens on the agent's own conversation
        desk.append("c-dana", e.ConversationReleased(parked=False), "agent:robin")

    async def before(pilot: Console) -> None:
        await live(pilot)
        if light:
            app_of(pilot).toggle_theme()
        if opened:
            await open_conversation(pilot, opened)
            await wait_until(pilot, lambda: app_of(pilot).main.query_one(Lines).window)
            await wait_until(pilot, lambda: followed(pilot, opened))
        steady(pilot)
        await scene(pilot, desk)
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=size, run_before=before)


def test_the_leads_list_looks_as_it_did(snap_compare: Callable[..., bool]) -> None:
    """With one text waiting."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", judge("£350"), "12 days late"), "agent:robin")

    async def before(pilot: Console) -> None:
        await live(pilot)
        await pilot.press("alt+a")
        await wait_until(pilot, lambda: len(pilot.app.screen_stack) > 2)
        await wait_until(pilot, lambda: not pilot.app.screen.query_one("#approve").disabled)
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=(120, 40), run_before=before)


def working(pilot: Console) -> bool:
    """Whether the lead's screen still asks the desk for something."""
    groups = ("upkeep-pairs", "upkeep-deed")
    return isinstance(pilot.app.screen, UpkeepScreen) and any(
        worker.group in groups and not worker.is_finished for worker in pilot.app.workers
    )


def upkeep(*keys: str, light: bool = False) -> Scene:
    """The lead's screen, after these keys."""

    async def press(pilot: Console, desk: FakeDesk) -> None:
        if light:
            app_of(pilot).toggle_theme()
        await opened_upkeep(pilot)
        for key in keys:
            await pilot.press(key)
            await wait_until(pilot, lambda: not working(pilot))
        wanted = DraftScreen if "d" in keys else UpkeepScreen
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, wanted))
        await pilot.pause()

    return press


LEADS: list[tuple[str, tuple[int, int], Scene]] = [
    ("gaps", SMALL, upkeep()),
    ("gap put aside", SMALL, upkeep("a", "down")),
    ("gaps light", LARGE, upkeep(light=True)),
    ("contradictions", SMALL, upkeep("left")),
    ("contradictions", LARGE, upkeep("left")),
    ("no drafts", SMALL, upkeep("right")),
    ("draft", SMALL, upkeep("d")),
    ("draft", LARGE, upkeep("d")),
]


@pytest.mark.parametrize("picture", LEADS, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_the_upkeep_of_the_knowledge_base_looks_as_it_did(
    picture: tuple[str, tuple[int, int], Scene], snap_compare: Callable[..., bool]
) -> None:
    """Gaps, drafts and contradictions."""
    _, size, scene = picture
    desk = lacking_desk()

    async def before(pilot: Console) -> None:
        await live(pilot)
        await scene(pilot, desk)
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(desk), terminal_size=size, run_before=before)
