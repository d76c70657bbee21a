"""The flags panel: as much of each flag as there is room for."""

import pytest

from console.conversation import assist_events as a
from console.conversation.assistance import Flag, Severity
from console.terminal.widgets.flags_panel import FlagView
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk

ADVICE = (
    "Hand over to the bereavement team by the internal form, and tell the customer in your own words that one person "
    "will look after them from now on. Offer neither a discount nor a survey, and do not ask for a death certificate."
)
CARE = Flag("f-care", "vulnerable-customers", Severity.WARN, "m1", "", ADVICE, "hand over to a person trained for it")


def shown(pilot: Console) -> list[str]:
    """The flags as they read, each as one line."""
    views = app_of(pilot).main.query(FlagView)
    return [" ".join(view.render().plain.split()) for view in views if view.size.height]


async def raised(pilot: Console, desk: FakeDesk, conversation: str, *flags: Flag) -> None:
    """Raise these flags."""
    desk.append(conversation, a.FlagsRaised("m1", flags), "assist")
    await wait_until(pilot, lambda: len(shown(pilot)) >= len(flags))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_flag_that_has_the_column_for_itself_is_shown_in_full(size: tuple[int, int]) -> None:
    """Its title, its advice and its buttons, in a conversation for people only."""
    desk = full_desk()
    async with at_work(desk, size=size, opened="c-hugo") as pilot:
        app_of(pilot).show_view("assist")
        await raised(pilot, desk, "c-hugo", CARE)
        await wait_until(pilot, lambda: ADVICE in shown(pilot)[0], "the whole advice")
        assert CARE.title in shown(pilot)[0]
        assert "Policy" in shown(pilot)[0]
        assert "Dismiss" in shown(pilot)[0]


async def test_several_flags_share_a_small_panel() -> None:
    """Each is cut to three lines where all would not fit in full, and shown in full again when it is alone."""
    desk = full_desk()
    many = [Flag(f"f-{n}", "refunds", Severity.WARN, "m1", "", ADVICE, f"promise {n}") for n in range(4)]
    async with at_work(desk, size=(200, 60), opened="c-iris") as pilot:
        await raised(pilot, desk, "c-iris", *many)
        assert not any(ADVICE in flag for flag in shown(pilot))
        assert all(view.size.height == 3 for view in app_of(pilot).main.query(FlagView))
        for flag in many[1:]:
            desk.append("c-iris", a.FlagDismissed(flag.id, flag.policy, ""), "agent:robin")
        await wait_until(pilot, lambda: len(shown(pilot)) == 1 and ADVICE in shown(pilot)[0], "the whole advice")
        await pilot.resize_terminal(120, 24)
        await wait_until(pilot, lambda: shown(pilot) and ADVICE not in shown(pilot)[0], "a cut advice")
