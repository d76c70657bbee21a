"""A source that a lead retires is suggested by no server any more."""

import pytest

from console.conversation.events import WORKSPACE
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.desk.desk import Desk
from console.desk.errors import Refused
from console.desk.retiring import Retiring
from tests.desks import MARTA, Clock

MACRO = "macro:repair-patience"


async def test_a_source_is_retired_once_with_a_mark_that_names_it(desk: Desk, clock: Clock) -> None:
    """Retiring it again changes nothing; what began after it knows it, too."""
    assert (await desk.retiring.retire(MARTA, MACRO)).sources == (MACRO,)
    await desk.retiring.retire(MARTA, MACRO)
    assert desk.retiring.names() == {MACRO}
    assert desk.retiring.standing()[MACRO].by == "Marta Quill"
    (mark,) = [e.data for e in await desk.live.history(WORKSPACE) if isinstance(e.data, ChangeMarked)]
    assert "repair-patience" in mark.words.split()
    other = Retiring(desk.live, desk.now)
    await other.start()
    assert other.names() == {MACRO}


async def test_what_is_brought_back_soon_leaves_no_mark_and_later_a_second_one(desk: Desk, clock: Clock) -> None:
    """Soon after, nothing has changed that could be compared."""
    await desk.retiring.retire(MARTA, MACRO)
    assert (await desk.retiring.bring_back(MARTA, MACRO)).sources == ()
    await desk.retiring.bring_back(MARTA, MACRO)
    marks = [e.data for e in await desk.live.history(WORKSPACE) if isinstance(e.data, ChangeMarked | ChangeUnmarked)]
    assert [type(mark) for mark in marks] == [ChangeMarked, ChangeUnmarked]
    await desk.retiring.retire(MARTA, MACRO)
    clock.forward(3 * 86_400)
    await desk.retiring.bring_back(MARTA, MACRO)
    assert desk.retiring.names() == frozenset()
    marks = [e.data for e in await desk.live.history(WORKSPACE) if isinstance(e.data, ChangeMarked)]
    assert marks[-1].words == "Macro repair-patience brought back: suggested again"


@pytest.mark.parametrize("source", ["", "macro:", "policy:refunds", "repair-patience", "past:one"])
async def test_only_macros_and_articles_are_retired(desk: Desk, source: str) -> None:
    """Policies and behaviours are put right where they stand."""
    with pytest.raises(Refused):
        await desk.retiring.retire(MARTA, source)
