"""Tasks that agents delegate to the demo's bot, on a real desk with a real log."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from console.assist.bot.mind import Mind
from console.conversation.assistance import Routing
from console.conversation.attachments import Attachment
from console.conversation.commands import Close, SendMessage
from console.conversation.events import MessageAdded, NewEvent, RoutingChanged
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Customer
from console.conversation.state import Conversation
from console.conversation.task_commands import DelegateTask
from console.conversation.task_events import TaskAnswered, TaskDelegated, TaskEnded
from console.conversation.tasks import TaskOutcome
from console.desk.bot import BotTerms
from console.desk.desk import Desk
from console.desk.errors import Refused, Taken
from console.desk.intake import Incoming
from console.store import SqlEventLog
from console.store.files import FileFolder
from tests.bot.conftest import bot_said
from tests.desks import ROBIN, SAM, Chair, Clock, events_of

PHOTO = Attachment("a" * 64, "boot.jpg", "image/jpeg", 1000)


def new_desk(log: SqlEventLog, clock: Clock, files: Path, *, asks_waiting: bool = False) -> Desk:
    """Return a desk that keeps files; whoever asks starts and stops it."""
    bot = BotTerms("Larkfell", asks_waiting=asks_waiting)
    return Desk(log, Chair(), now=clock, bot=bot, files=FileFolder(files))


@pytest_asyncio.fixture
async def desk(real_log: SqlEventLog, clock: Clock, mind: Mind, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot can be given tasks."""
    made = new_desk(real_log, clock, tmp_path / "files")
    await made.start({})
    made.tasks.ready(mind.tasks)
    yield made
    await made.stop()


async def arrived(desk: Desk, text: str = "I need help with my order", intent: str = "order-status") -> None:
    """Let a customer nobody knows be handed over, and Robin take them."""
    before = [Incoming(Author.CUSTOMER, text, "k0")]
    await desk.intake.open("test", Customer("v1"), conversation="c1", before=before, handover="asked for a person")
    routed = RoutingChanged(Routing(intent, Layer.ASSISTED, 1, ("said so",)))
    await desk.live.record([NewEvent("c1", "assist", routed, desk.now())])
    await desk.casework.claim(ROBIN, "c1")


async def delegated(desk: Desk, *slots: str, question: str = "") -> Conversation:
    """Let Robin delegate a task, and the bot ask."""
    await desk.tasks.delegate(ROBIN, "c1", DelegateTask(slots, question))
    await desk.tasks.settled("c1")
    return await desk.live.state("c1")


async def says(desk: Desk, *texts: str, files: tuple[Attachment, ...] = ()) -> Conversation:
    """Let the customer write; return what became of it once the bot is done."""
    for text in texts:
        await desk.intake.receive("c1", Incoming(Author.CUSTOMER, text, attachments=files))
        await desk.tasks.settled("c1")
    return await desk.live.state("c1")


async def ended(desk: Desk) -> TaskEnded:
    """Return how the newest task ended."""
    data = (await events_of(desk, TaskEnded, "c1"))[-1].data
    assert isinstance(data, TaskEnded)
    return data


async def test_the_bot_gets_the_order_number_and_a_photo_and_hands_back(desk: Desk) -> None:
    """It says whose assistant it is, asks one thing at a time, thanks, and says who goes on."""
    await arrived(desk)
    state = await delegated(desk, "order.number", "file")
    (first,) = bot_said(state)
    assert first.startswith("I'm Robin's automated assistant. While Robin looks into this, I'd like to ask you for two")
    assert "order number" in first
    assert desk.live.rows["c1"].task == "bot asks for order number 1/2"
    state = await says(desk, "it's LF-88213")
    assert bot_said(state)[-1].startswith("Thank you. Could you send me a photo")
    assert desk.live.rows["c1"].task == "bot asks for a photo or file 2/2"
    state = await says(desk, "…", files=(PHOTO,))
    assert bot_said(state)[-1] == "Thank you, I have the order number and what you sent. Robin goes on now."
    assert state.tasks.running is None
    assert (await ended(desk)).outcome is TaskOutcome.COMPLETE
    got = [g for event in await events_of(desk, TaskAnswered, "c1") for g in event.data.got]  # type: ignore[union-attr]
    assert [(g.slot, g.value, g.message) for g in got] == [
        ("order.number", "LF-88213", "m3"),
        ("file", "boot.jpg", "m5"),
    ]
    assert desk.live.rows["c1"].task_back == "all is there"


BREAKS = [
    ("when will it arrive?", TaskOutcome.BROKEN_OFF, "the customer asks: “when will it arrive?”"),
    ("LF-88213. When will it arrive?", TaskOutcome.COMPLETE, "all is there; the customer asks"),
    ("get me a manager now", TaskOutcome.BROKEN_OFF, "asked for a person"),
    ("this is a disgrace, you useless idiots, I am absolutely furious", TaskOutcome.BROKEN_OFF, ""),
    ("wo ist denn mein Paket geblieben, ich warte schon seit zwei Wochen darauf", TaskOutcome.BROKEN_OFF, "German"),
    ("I don't have it any more", TaskOutcome.WITHOUT, "cannot give: order number"),
    ("please change the delivery address to my office", TaskOutcome.BROKEN_OFF, "something else"),
    ("my solicitor will sue you", TaskOutcome.RESERVED, "reserved for people"),
]


@pytest.mark.parametrize(("words", "outcome", "reason"), BREAKS, ids=lambda part: str(part)[:30])
async def test_whatever_is_no_answer_brings_it_back_in_silence(
    desk: Desk, words: str, outcome: TaskOutcome, reason: str
) -> None:
    """The bot says nothing more, and the agent owes the answer from that message on."""
    await arrived(desk)
    await delegated(desk, "order.number")
    state = await says(desk, words)
    end = await ended(desk)
    assert (end.outcome, len(bot_said(state))) == (outcome, 1)
    assert reason in end.reason
    assert state.waiting_since is not None
    assert state.tasks.running is None


async def test_it_asks_once_more_and_then_no_more(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    state = await says(desk, "the brown ones in size nine", "brown leather, nine")
    assert [text[:9] for text in bot_said(state)] == ["I'm Robin", "Sorry, I "]
    assert (await ended(desk)).reason == "asked twice without an answer; missing: order number"


async def test_who_looks_for_it_is_given_time(desk: Desk, clock: Clock) -> None:
    """Ten minutes after the question the agent has the conversation back."""
    await arrived(desk)
    await delegated(desk, "order.number")
    state = await says(desk, "one moment, let me look")
    assert len(bot_said(state)) == 1
    clock.forward(599)
    desk.tasks.look()
    await desk.tasks.settled("c1")
    assert state.tasks.running is not None
    clock.forward(1)
    desk.tasks.look()
    await desk.tasks.settled("c1")
    assert (await ended(desk)).outcome is TaskOutcome.SILENT
    assert desk.live.rows["c1"].task_back == "no answer in 10 minutes; missing: order number"


async def test_nothing_is_owed_while_the_bot_waits_for_the_customer(desk: Desk, clock: Clock) -> None:
    """And when it comes back, the answer is owed from then on; conversation and inbox say the same."""
    await arrived(desk)
    clock.forward(60)
    state = await delegated(desk, "order.number")
    assert (state.waiting_since, desk.live.rows["c1"].waiting_since) == (None, None)
    clock.forward(60)
    state = await says(desk, "LF-88213")
    assert state.waiting_since == clock()
    assert desk.live.rows["c1"].waiting_since == clock()


async def test_the_agents_message_ends_it(desk: Desk) -> None:
    """The customer's answer is the agent's again."""
    await arrived(desk)
    await delegated(desk, "order.number")
    await desk.sending.send(ROBIN, "c1", SendMessage("I have found it already.", "k1"))
    state = await says(desk, "LF-88213")
    assert (await ended(desk)) == TaskEnded(TaskOutcome.TAKEN_BACK, "Robin Ashdale wrote", owed=False)
    assert [m.role for m in state.messages] == [Author.CUSTOMER, Author.BOT, Author.AGENT, Author.CUSTOMER]


async def test_the_agent_takes_it_back_at_any_moment(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    for _ in range(2):
        await desk.tasks.take_back(ROBIN, "c1")
    state = await says(desk, "LF-88213")
    assert len(await events_of(desk, TaskEnded, "c1")) == 1
    assert len(bot_said(state)) == 1
    with pytest.raises(Taken):
        await desk.tasks.take_back(SAM, "c1")


async def test_what_was_decided_is_dropped_where_the_agent_sends_at_the_same_moment(desk: Desk) -> None:
    """The lock is held by the agent's message while the bot has made up its mind."""
    await arrived(desk)
    async with desk.live.lock("c1"):
        begun = TaskDelegated((await desk.tasks.offer(ROBIN, "c1")).facts[:1], "robin", "Robin Ashdale")
        await desk.live.record([NewEvent("c1", "agent:robin", begun, desk.now())])
        wrote = MessageAdded(Author.AGENT, "Here I am myself.", "Robin Ashdale")
        await desk.live.record([NewEvent("c1", "agent:robin", wrote, desk.now())])
    await desk.tasks.settled("c1")
    state = await desk.live.state("c1")
    assert bot_said(state) == []
    assert (await ended(desk)).outcome is TaskOutcome.TAKEN_BACK


async def test_a_task_goes_on_after_a_restart(real_log: SqlEventLog, clock: Clock, mind: Mind, tmp_path: Path) -> None:
    """The next desk takes the answer that came when nobody was there to read it."""
    one = new_desk(real_log, clock, tmp_path / "files")
    await one.start({})
    one.tasks.ready(mind.tasks)
    await arrived(one)
    await delegated(one, "order.number")
    await one.tasks.close()
    await one.intake.receive("c1", Incoming(Author.CUSTOMER, "LF-88213"))
    other = new_desk(real_log, clock, tmp_path / "files")
    await other.start({})
    other.tasks.ready(mind.tasks)
    await other.tasks.settled("c1")
    state = await other.live.state("c1")
    assert bot_said(state)[-1] == "Thank you, I have the order number. Robin goes on now."
    await other.bot.close()
    await other.stop()


async def test_the_agents_own_question_is_asked_in_their_words(desk: Desk) -> None:
    await arrived(desk)
    state = await delegated(desk, question="Which colour would you like instead?")
    assert bot_said(state)[0].endswith("Which colour would you like instead?")
    assert desk.live.rows["c1"].task == "bot asks for an answer 1/1"
    state = await says(desk, "the moss green ones")
    assert bot_said(state)[-1] == "Thank you, I have your answer. Robin goes on now."
    assert state.tasks.marks[-1].words.endswith(": the moss green ones (m3)")


async def test_what_the_customer_told_already_is_not_offered(desk: Desk) -> None:
    await arrived(desk, "where is LF-88213?")
    assert [fact.slot for fact in (await desk.tasks.offer(ROBIN, "c1")).facts] == ["file"]


async def test_in_what_is_reserved_for_people_the_bot_asks_nothing(desk: Desk) -> None:
    await arrived(desk)
    dark = RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3))
    await desk.live.record([NewEvent("c1", "assist", dark, desk.now())])
    with pytest.raises(Refused, match="reserved for people"):
        await desk.tasks.offer(ROBIN, "c1")
    with pytest.raises(Refused, match="reserved for people"):
        await desk.tasks.delegate(ROBIN, "c1", DelegateTask(("order.number",)))


async def test_what_becomes_reserved_meanwhile_ends_it(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    dark = RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3))
    await desk.live.record([NewEvent("c1", "assist", dark, desk.now())])
    await desk.tasks.settled("c1")
    assert (await ended(desk)).outcome is TaskOutcome.RESERVED


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (DelegateTask(), "choose 1 to 5 things"),
        (DelegateTask(("secret",)), "cannot ask for this here"),
        (DelegateTask((), "x" * 301), "at most 300 characters"),
        (DelegateTask((), "Is order LF-99999 yours?"), "a policy stands against"),
    ],
)
async def test_a_task_that_makes_no_sense_is_refused_with_why(desk: Desk, command: DelegateTask, why: str) -> None:
    await arrived(desk)
    with pytest.raises(Refused, match=why):
        await desk.tasks.delegate(ROBIN, "c1", command)


async def test_one_task_at_a_time_and_only_of_whoever_has_it(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    with pytest.raises(Refused, match="asking here already"):
        await desk.tasks.delegate(ROBIN, "c1", DelegateTask(("file",)))
    with pytest.raises(Taken):
        await desk.tasks.offer(SAM, "c1")


async def test_closing_the_conversation_ends_it(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    await desk.tasks.settled("c1")
    assert (await ended(desk)) == TaskEnded(TaskOutcome.TAKEN_BACK, "the conversation was closed", owed=False)
    assert (await desk.live.state("c1")).status is Status.CLOSED


async def test_who_asks_whether_a_person_writes_is_told_and_asked_again(desk: Desk) -> None:
    await arrived(desk)
    await delegated(desk, "order.number")
    state = await says(desk, "are you a robot?")
    assert bot_said(state)[-1].startswith("You are writing to a program, not to a person.")
    assert "order number" in bot_said(state)[-1]
    state = await says(desk, "is this a bot?")
    assert bot_said(state)[-1] == "You are writing to a program, not to a person."
    assert (await ended(desk)).reason == "the customer asks who writes; missing: order number"


@pytest.mark.parametrize("answer", ["88213", "it's 88213", "No. 88213", "lf - 88213", "LF–88213"])
async def test_bare_figures_are_the_number_that_was_asked_for(desk: Desk, answer: str) -> None:
    await arrived(desk)
    await delegated(desk, "order.number", "file")
    state = await says(desk, answer)
    assert bot_said(state)[-1].startswith("Thank you. Could you send me a photo")
    (answered,) = await events_of(desk, TaskAnswered, "c1")
    assert isinstance(answered.data, TaskAnswered)
    assert re.sub(r"\W", "", answered.data.got[0].value).upper() == "LF88213"


@pytest.mark.parametrize("answer", ["QX10 1BQ", "qx101bq", "QX 10 1BQ", "it's qx10-1bq"])
async def test_a_bare_postcode_is_the_one_that_was_asked_for(desk: Desk, answer: str) -> None:
    await arrived(desk, "my account is locked", "account-locked")
    await delegated(desk, "postcode")
    await says(desk, answer)
    assert (await ended(desk)).outcome is TaskOutcome.COMPLETE


async def test_figures_that_are_something_else_are_not(desk: Desk) -> None:
    """A sum, a count, a number of another length."""
    await arrived(desk)
    await delegated(desk, "order.number")
    state = await says(desk, "it was £88213 for 3 of them")
    assert bot_said(state)[-1].startswith("Sorry, I can't see the order number in that.")
