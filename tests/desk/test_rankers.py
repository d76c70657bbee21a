"""The ranker in force on a desk: promoted where it is better, taken up at once, gone back from, named in decisions."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from console.conversation.assist_events import RepliesSuggested, SuggestionDecided, SuggestionsShown
from console.conversation.commands import SendMessage
from console.conversation.events import NewEvent
from console.conversation.people import Agent, Role
from console.conversation.ranker_events import RankerPublished, RankerTrained, RankerWeights
from console.conversation.ranking import BUILT_IN, version_of
from console.desk.desk import Desk
from console.desk.errors import Refused
from console.store import open_log
from tests.desks import ROBIN, Chair, Clock, arrive, events_of, suggestion

ADMIN = Agent("ada", "Ada Finch", Role.ADMIN)


def trained(near: float = 1.0, champion: str = BUILT_IN, low: float = 0.02) -> RankerTrained:
    """Return a challenger; it is better where its interval lies above nought."""
    weights = RankerWeights({"near": near})
    return RankerTrained(version_of(weights), weights, champion, Clock()(), 200, 90, 0.7, 0.6, low, 0.2)


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk that has learned nothing."""
    desk = await started(tmp_path)
    yield desk
    await desk.stop()


async def started(folder: Path) -> Desk:
    """Return a desk over the log of a folder."""
    desk = Desk(open_log(folder, folder / "keys"), Chair())
    await desk.start({})
    return desk


async def test_a_better_ranker_orders_replies_at_once(desk: Desk) -> None:
    """Champion and challenger are in the log, and who did it."""
    assert desk.ranking.ranker() is None
    one = trained()
    done = await desk.ranking.learned(ADMIN, one)
    assert (done.version, done.before) == (one.version, BUILT_IN)
    ranker = desk.ranking.ranker()
    assert ranker is not None
    assert ranker.version == one.version
    (logged,) = await events_of(desk, RankerTrained)
    assert logged.data == one
    (published,) = await events_of(desk, RankerPublished)
    assert published.data == RankerPublished(one.version, BUILT_IN, by="Ada Finch")


async def test_one_that_is_not_better_is_logged_and_stays_out(desk: Desk) -> None:
    """An interval that holds nought is no proof."""
    done = await desk.ranking.learned(ADMIN, trained(low=-0.01))
    assert done.version == done.before == BUILT_IN
    assert desk.ranking.ranker() is None
    assert len(await events_of(desk, RankerTrained)) == 1
    assert not await events_of(desk, RankerPublished)


async def test_going_back_leads_step_by_step_to_the_engines_own_order(desk: Desk) -> None:
    """Then there is nothing to go back from; and what was gone back from does not come back by itself."""
    one = trained()
    await desk.ranking.learned(ADMIN, one)
    two = trained(2.0, one.version)
    await desk.ranking.learned(ADMIN, two)
    assert (await desk.ranking.back(ADMIN)).version == one.version
    again = await desk.ranking.learned(ADMIN, two)
    assert again.version == one.version
    assert (await desk.ranking.back(ADMIN)).version == BUILT_IN
    with pytest.raises(Refused, match="no ranker to go back from"):
        await desk.ranking.back(ADMIN)


async def test_a_desk_that_starts_again_goes_on_with_it(tmp_path: Path) -> None:
    """It is read from the log."""
    first = await started(tmp_path)
    one = trained()
    await first.ranking.learned(ADMIN, one)
    await first.stop()
    second = await started(tmp_path)
    ranker = second.ranking.ranker()
    assert ranker is not None
    assert ranker.version == one.version
    assert (await second.ranking.back(ADMIN)).version == BUILT_IN
    await second.stop()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (replace(trained(), version="other"), "does not name its weights"),
        (trained(float("inf")), "finite numbers"),
        (trained(champion="other"), "learn again"),
    ],
)
async def test_what_does_not_fit_is_refused(desk: Desk, wrong: RankerTrained, why: str) -> None:
    """Nothing is logged of it."""
    with pytest.raises(Refused, match=why):
        await desk.ranking.learned(ADMIN, wrong)
    assert not await events_of(desk, RankerTrained)


async def test_a_decision_names_the_ranker_that_put_the_reply_there(desk: Desk) -> None:
    """A model's draft, which stands behind what was ranked, names none."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    ranked, draft = suggestion("I can reship it."), suggestion("Shall I?", kind="llm")
    for data in (
        RepliesSuggested("m1", (ranked,), versions={"ranker": "abc"}),
        RepliesSuggested("m1", (ranked, draft), versions={"model": "m"}),
        SuggestionsShown("m1", (ranked.id, draft.id)),
    ):
        await desk.live.record([NewEvent("c1", "assist", data, desk.now())])
    await desk.sending.send(ROBIN, "c1", SendMessage(ranked.text, "k1", ranked.id))
    decided = [event.data for event in await events_of(desk, SuggestionDecided)]
    named = {d.suggestion: d.ranker for d in decided if isinstance(d, SuggestionDecided)}
    assert named == {ranked.id: "abc", draft.id: ""}
