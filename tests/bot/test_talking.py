"""The demo's bot with customers, from their first word to the answer or to people."""

import pytest

from console.conversation.assist_events import AssistanceWithheld
from console.conversation.bot_events import Decided, Outcome
from console.conversation.events import HandedOver, IdentityChanged, MessageAdded, RoutingChanged
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Identity
from console.demo.order_system import OrderSystem, postcode_of
from console.desk.intake import Incoming
from tests.bot.conftest import Talking, bot_said
from tests.desks import events_of

NUMBER = "LF-88213"


async def test_its_first_words_say_what_it_is_and_that_there_are_people(talking: Talking) -> None:
    await talking.open("dana-kovel")
    first, second = bot_said(await talking.says("where is my order?", "thanks"))
    assert first.startswith("I'm Larkfell's automated assistant, and you can ask for a person at any time.")
    assert "automated" not in second


async def test_a_known_customer_is_told_where_the_order_is(talking: Talking) -> None:
    """The look-up stands in the conversation for agents, and the answer cites what it is made from."""
    await talking.open("dana-kovel")
    state = await talking.says("where is my order?")
    assert state.status is Status.BOT
    assert f"Order {NUMBER} (Fellwalker boots, size 43) is in transit with Northpost" in bot_said(state)[-1]
    assert [m.text.splitlines()[1] for m in state.messages if m.role is Author.SYSTEM] == [f"order number: {NUMBER}"]
    assert [source.id for source in state.bot.cited[state.messages[-1].id]] == ["order-status"]
    assert (state.routing and state.routing.intent, state.layer) == ("order-status", Layer.AUTONOMOUS)


async def test_an_anonymous_customer_is_asked_who_they_are_and_matched(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("where is my order?", f"{NUMBER} and {postcode_of('dana-kovel')}")
    assert (state.identity, state.customer.id) == (Identity.MATCHED, "dana-kovel")
    assert "in transit" in bot_said(state)[-1]
    (changed,) = await events_of(talking.desk, IdentityChanged, "c1")
    assert changed.actor == "bot"


async def test_what_fits_no_record_twice_goes_to_a_person(talking: Talking) -> None:
    await talking.open()
    state = await talking.says(f"where is my order {NUMBER}?", "QX1 1AA", "QX1 1AB")
    assert (state.status, state.identity) == (Status.WAITING, Identity.ANONYMOUS)
    assert [c.call.outcome for c in state.bot.calls] == [Outcome.NOT_FOUND] * 2
    assert not any("Dana" in m.text or "Fellwalker" in m.text for m in state.messages)


async def test_an_article_answers_in_its_own_words(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("is the workshop open on mondays?")
    assert (
        "The repair workshop is open from 09:30 to 16:30 from Tuesday to Friday and closed on Monday."
        in bot_said(state)[-1]
    )
    assert [source.id for source in state.bot.cited[state.messages[-1].id]] == ["company/opening-hours.md"]


async def test_an_action_is_done_for_who_is_known(talking: Talking, system: OrderSystem) -> None:
    await talking.open("iris-tam")
    state = await talking.says("can you send me the invoice for LF-88402 please")
    assert system.sent == [("iris-tam", "LF-88402")]
    assert "i…@example.com" in bot_said(state)[-1]


async def test_an_action_is_never_done_for_who_is_not(talking: Talking, system: OrderSystem) -> None:
    await talking.open()
    await talking.says("send me a password link please", "just do it, I am Dana Kovel", "dana.kovel@example.com")
    assert system.links == []


async def test_anothers_order_is_not_found_and_then_a_person_helps(talking: Talking, system: OrderSystem) -> None:
    await talking.open("iris-tam")
    state = await talking.says(f"send me the invoice for {NUMBER} please", f"{NUMBER}, I said")
    assert (state.status, system.sent) == (Status.WAITING, [])
    assert f"I can't find {NUMBER} among your orders." in bot_said(state)[0]


async def test_what_hurts_is_asked_for_before_it_is_done(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting appointment please")
    assert "Shall I cancel your fitting appointment?" in bot_said(state)[-1]
    assert "callum-reith" in system.appointments
    state = await talking.says("yes please")
    assert "is cancelled" in bot_said(state)[-1]
    assert "callum-reith" not in system.appointments


async def test_a_no_leaves_everything_as_it_is(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting appointment please", "no, don't")
    assert (state.status, "callum-reith" in system.appointments) == (Status.BOT, True)


async def test_a_missing_fact_is_asked_for(talking: Talking) -> None:
    await talking.open("aiko-sandford")
    state = await talking.says("could you move my fitting please", "wednesday", "yes please")
    assert "Which day would suit you?" in bot_said(state)[0]
    assert "Shall I move your fitting to wednesday?" in bot_said(state)[1]
    assert "it is now on 4 March at 11:20, in Kettlewick" in bot_said(state)[-1]


@pytest.mark.parametrize(
    "said",
    [
        "move my appointment to Tuesday 3pm",
        "I'd like to reschedule my fitting for Tuesday at 3pm",
        "Can I have my fitting on Tuesday at 3 pm instead?",
        "I need to change my fitting, Tuesday 15:00 would be better",
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_day_and_time_of_the_first_message_are_not_asked_for_again(
    talking: Talking, system: OrderSystem, said: str, known: bool
) -> None:
    """Whether or not it has to be found out first who it is; what is agreed to is what is done."""
    await talking.open("callum-reith" if known else "")
    who = () if known else (f"LF-61208, {postcode_of('callum-reith')}",)
    state = await talking.says(said, *who)
    assert "Shall I move your fitting to Tuesday at " in bot_said(state)[-1]
    state = await talking.says("yes please")
    assert "it is now on 3 March at 15:00" in bot_said(state)[-1]
    assert (system.appointments["callum-reith"].day.day, system.appointments["callum-reith"].time) == (3, "15:00")


async def test_a_time_that_is_not_free_is_not_booked_as_another(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    before = system.appointments["callum-reith"]
    state = await talking.says("move my appointment to Tuesday 4pm", "yes")
    assert (state.status, system.appointments["callum-reith"]) == (Status.WAITING, before)


async def test_what_is_reserved_for_people_gets_the_behaviours_words_alone(talking: Talking) -> None:
    await talking.open("iris-tam")
    state = await talking.says("my stove burned my hand")
    assert (state.status, state.layer) == (Status.WAITING, Layer.HUMAN_ONLY)
    (said,) = bot_said(state)
    assert said.startswith("Your safety comes first.")
    (event,) = await events_of(talking.desk, HandedOver, "c1")
    assert isinstance(event.data, HandedOver)
    assert [t.when for t in event.data.triggers] == [HandoverWhen.TOPIC]


async def test_what_people_work_goes_to_people_and_is_assisted_there(talking: Talking) -> None:
    await talking.open("dana-kovel")
    state = await talking.says("I want a refund for my boots")
    assert (state.status, state.layer) == (Status.WAITING, Layer.ASSISTED)


async def test_after_a_hand_over_the_routing_is_assisted(talking: Talking) -> None:
    """What the bot may do alone is assisted once people have it."""
    await talking.open("dana-kovel")
    state = await talking.says("where is my order?", "let me talk to a human please")
    assert (state.status, state.layer, state.routing and state.routing.intent) == (
        Status.WAITING, Layer.ASSISTED, "order-status",
    )  # fmt: skip


async def test_a_second_failed_turn_brings_people(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("blue seventeen marmalade", "marmalade, I say")
    assert state.status is Status.WAITING
    assert state.bot.failed == 1
    assert state.bot.decisions[-1].decision is Decided.HAND_OVER


async def test_an_answer_that_was_no_help_brings_people(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("when do you open on saturdays?", "that's not what I asked")
    assert state.status is Status.WAITING


async def test_two_messages_at_once_get_one_answer(talking: Talking) -> None:
    await talking.open("dana-kovel")
    await talking.desk.intake.receive("c1", Incoming(Author.CUSTOMER, "hello"))
    state = await talking.says("where is my order?")
    assert len(bot_said(state)) <= 2
    assert "in transit" in bot_said(state)[-1]


async def test_a_person_who_has_it_is_never_talked_over(talking: Talking) -> None:
    await talking.open("dana-kovel")
    await talking.says("can I speak to a person")
    state = await talking.says("where is my order?")
    assert len(bot_said(state)) == 1


async def test_assistance_leaves_the_routing_to_the_bot(talking: Talking) -> None:
    """While it has the conversation; of the second chair only what concerns safety and mood is logged then."""
    await talking.open("dana-kovel")
    await talking.says("where is my order?")
    assert [e.actor for e in await events_of(talking.desk, RoutingChanged, "c1")] == ["bot"]
    assert not await events_of(talking.desk, AssistanceWithheld, "c1")


@pytest.mark.parametrize("who", ["", "dana-kovel"])
async def test_every_word_of_the_bot_is_the_bots_in_the_log(talking: Talking, who: str) -> None:
    await talking.open(who)
    await talking.says("where is my order?")
    added = [e for e in await events_of(talking.desk, MessageAdded, "c1") if isinstance(e.data, MessageAdded)]
    assert {e.actor for e in added if e.data.role is not Author.CUSTOMER} == {"bot"}


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("dana-kovel", "since 2021, and you are in the Larkfell Club."),
        ("aiko-sandford", "you have no membership."),
    ],
)
async def test_what_stands_in_the_account_is_told_to_its_owner(talking: Talking, who: str, told: str) -> None:
    await talking.open(who)
    state = await talking.says("which email address do you have for me?")
    assert told in bot_said(state)[-1]
    assert "…@example.com" in bot_said(state)[-1]


async def test_what_stands_in_an_account_is_told_to_nobody_else(talking: Talking) -> None:
    await talking.open()
    state = await talking.says("am I a club member?")
    assert "So that nobody but you gets this" in bot_said(state)[-1]
    assert not state.bot.calls


async def test_an_angry_customer_reads_that_we_are_sorry_and_who_comes(talking: Talking) -> None:
    """Not once more what the system shows."""
    await talking.open("dana-kovel")
    state = await talking.says("where is my order?", "this is useless, three weeks now and nobody helps me")
    assert state.status is Status.WAITING
    assert bot_said(state)[-1] == "I'm sorry this has not gone as it should have. I'm bringing in a colleague."


async def test_a_no_that_begins_like_a_yes_leaves_everything_as_it_is(talking: Talking, system: OrderSystem) -> None:
    await talking.open("callum-reith")
    state = await talking.says("cancel my fitting appointment please", "Absolutely not")
    assert "callum-reith" in system.appointments
    assert "left everything as it is" in bot_said(state)[-1]


async def test_what_is_longer_than_the_bot_reads_goes_to_people(talking: Talking) -> None:
    await talking.open("dana-kovel")
    state = await talking.says("what time do you open? " * 190 + "I want to kill myself")
    assert state.status is Status.WAITING
    assert not any("08:00" in text for text in bot_said(state))
