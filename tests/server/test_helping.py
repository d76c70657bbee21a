"""Whether the suggestions help, on a running desk: it follows the log, and goes on from what the report has counted."""

import re
from pathlib import Path

import pytest

from console.conversation import events as e
from console.desk.desk import Desk
from console.review.impact.trials import EPOCH
from console.review.reading import book_of, report_file
from console.server import helping as module
from console.server.following import Following
from console.server.helping import Helping
from console.server.reviewing import Reviewing
from tests.desks import DANA, MARTA
from tests.review.test_impact_report import log
from tests.server.test_kept_book import read_events


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait until it is made."""
    monkeypatch.setattr(module, "PATIENCE", 60.0)
    monkeypatch.setattr(module, "FRESH", 0.0)


async def drawn(desk: Desk, name: str, number: int) -> None:
    """Let some conversations be drawn, with and without assistance."""
    made = [one for one in log(number) if one.conversation]
    await desk.live.record([e.NewEvent(f"{name}-{one.conversation}", one.actor, one.data, one.at) for one in made])


async def test_the_review_says_whether_the_suggestions_help(desk: Desk, tmp_path: Path) -> None:
    """Not measured at first; once some are held out, what that says."""
    reviewing = Reviewing(Following(desk.live, desk.now), Helping(desk.live, tmp_path))
    before = (await reviewing.look(9)).helps
    assert before is not None
    assert before.verdict.startswith("Not measured")
    await drawn(desk, "a", 20)
    after = (await reviewing.look(9)).helps
    assert after is not None
    assert after.verdict.startswith("Not enough data: ")
    assert after.behind[0].startswith("Conversations drawn: ")


async def test_it_goes_on_from_what_the_report_has_counted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is new is read, and it says the same as without."""
    await drawn(desk, "a", 12)
    await desk.live.call(lambda log: book_of(log, report_file(tmp_path), EPOCH, grown=1))
    upto = desk.live.seq
    await drawn(desk, "b", 6)
    anew = await Helping(desk.live).look()
    taken = read_events(desk, monkeypatch)
    assert await Helping(desk.live, tmp_path).look() == anew
    assert min(taken) > upto


async def test_who_looks_is_not_kept_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told that it is being counted."""
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    assert (await Helping(desk.live).look()).progress == "being counted"


async def test_what_is_erased_is_gone_from_it(desk: Desk) -> None:
    """Whoever looks next has it made anew; what is new is read on from where it stopped."""
    helping = Helping(desk.live)
    await drawn(desk, "a", 6)
    assert "Conversations drawn" in (await helping.look()).behind[0]
    await drawn(desk, "b", 6)
    (counted,) = {line for line in (await helping.look()).behind if line.startswith("Conversations drawn")}
    assert sum(int(word) for word in re.findall(r"\d+(?= with)", counted)) == 12
    await desk.erasure.erase(MARTA, DANA.id)
    assert (await helping.look()).verdict.startswith("Not measured")
