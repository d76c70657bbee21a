"""Two servers of a team ask a language model for no more opinions than one would."""

from console.desk.model_calls import Terms
from console.desk.second_opinions import DUTY
from tests.desk.test_second_opinions import Trying, answers
from tests.desks import Clock, until
from tests.llm.models import Model
from tests.team.conftest import Join
from tests.team.test_servers import both_at_work


async def test_two_servers_ask_no_more_than_one_would_and_either_goes_on_where_the_other_ends(
    join: Join, clock: Clock
) -> None:
    """Each conversation is asked about once, and a day's worth is that of both, though the duty may change hands."""
    terms = Terms(opinions=3, drafts=False, summaries=False)
    models = Model(answers), Model(answers)
    one, two = [await join(model=model, terms=terms) for model in models]
    await both_at_work(one, two)
    # a call that is given up as the duty changes hands counts against the day, and marks nothing
    await until(lambda: all((DUTY in desk.live.duties) == desk.live.mine(DUTY) for desk in (one, two)))
    tried = {desk: Trying(desk, clock) for desk in (one, two)}
    await tried[one].closed(*(f"c{n}" for n in range(6)))

    async def marked(many: int) -> bool:
        left = [await trying.opinions(3).left() for trying in tried.values()]
        return len(await tried[two].marked()) == many and left == [0, 0]

    await until(lambda: marked(3), within=90)
    first, other = (one, two) if models[0].asked else (two, one)
    assert sum(len(model.asked) for model in models) == 3
    await first.stop()
    clock.forward(24 * 3600)

    async def gone_on() -> bool:
        return len(await tried[other].marked()) == 6

    await until(gone_on, within=90)
    assert sorted(await tried[other].marked()) == [f"c{n}" for n in range(6)]
