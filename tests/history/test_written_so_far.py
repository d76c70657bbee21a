"""Whoever waits for a generated history reads how far it is, and about how long it takes."""

from datetime import timedelta

from console.demo.history import Shape, batches, material
from console.desk.desk import Desk
from console.server.following import Following, Progress
from console.server.written_so_far import WrittenSoFar
from tests.history.conftest import UNTIL


def test_the_share_of_the_days_and_the_seconds_left_are_told() -> None:
    """From the first batch on, and nothing any more once it is whole."""
    times = iter(range(1_000))
    far, said = WrittenSoFar(lambda: float(next(times))), []
    assert far.words == ""
    for batch in batches(Shape(UNTIL, days=2), material(), size=40):
        far.take(batch)
        said.append(far.words)
    assert said[0] == "0% written"
    shares = [int(words.partition("%")[0]) for words in said[:-1]]
    assert shares == sorted(shares)
    assert max(shares) > 80
    assert any(words.endswith("s left") for words in said)
    assert said[-1] == ""


def test_weeks_that_go_on_count_from_where_they_began() -> None:
    """Not from the beginning of the first history."""
    far = WrittenSoFar()
    shape = Shape(UNTIL + timedelta(days=7), 2, 7, since=UNTIL)
    begun, *_ = batches(shape, material())
    far.take(begun)
    assert far.words == "0% written"
    far.stop()
    assert far.words == ""


async def test_a_look_says_so_while_what_it_counts_is_being_written(desk: Desk) -> None:
    """No figures of a part; who asks without a limit waits for nothing of it."""
    following = Following(desk.live, desk.now)
    following.held = lambda: "the past of the demo, 40% written, about 8 s left"
    made = await following.look("x", 9, lambda *_: "figures", wait=0.01)
    assert made == Progress("the past of the demo, 40% written, about 8 s left")
    assert await following.look("x", 9, lambda *_: "figures") == "figures"
