"""An article for a question that many asked: of the best answers given, or with a blank that says there are none."""

from dataclasses import replace

import pytest

from console.content.conversations import Transcript
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.past.anonymity import CommonWords
from console.past.gathering import AskedOnce, gathered
from knowledge import Embedder

QUESTION = "can I rent gear from you?"
COMMON = CommonWords.of((), ["Larkfell has shops in the town and rents a tent, a bag and other gear at the counter."])
GOOD = "Yes, our shops rent gear out by the weekend, on a deposit of £40."
ALSO_GOOD = "The shops rent out gear by the weekend, with a deposit of £40."
OTHER = "Gear for rent can be booked at the counter of the shop in town."
EMPTY = "Our help pages don't mention it, sorry."


def asked(name: str, *said: str, agent: str = "Robin Ashdale", thanks: str = "ok", rating: int = 0) -> AskedOnce:
    """The question, an agent's messages, and the customer's last word."""
    messages = [Message("m1", Author.CUSTOMER, QUESTION)]
    messages += [Message(f"m{n}", Author.AGENT, text, author=agent) for n, text in enumerate(said, 2)]
    messages.append(Message(f"m{len(said) + 2}", Author.CUSTOMER, thanks))
    transcript = Transcript(name, Customer(f"u-{name}"), tuple(messages), resolved=True, agent=agent)
    return AskedOnce(transcript, "m1", rating)


def test_an_answer_is_taken_from_where_it_was_given(embedder: Embedder) -> None:
    """The newest conversation has none: its agent did not know."""
    made = gathered([asked("c1", EMPTY), asked("c2", "Let me look.", GOOD)], QUESTION, COMMON, embedder, 2)
    assert made.title == "Can I rent gear from you?"
    assert made.text == f"## What to do\n\n{GOOD}"
    assert [(line.conversation, line.sources) for line in made.lines] == [("c2", ("m3",))]


def test_what_several_agents_say_alike_goes_before_what_one_says(embedder: Embedder) -> None:
    """And says how many they are; one agent who says it twice is one."""
    alone = [asked("c1", OTHER, thanks="thanks a lot"), asked("c2", OTHER, thanks="thank you")]
    several = [asked("c3", GOOD), asked("c4", ALSO_GOOD, agent="Sam Otterby")]
    made = gathered([*alone, *several], QUESTION, COMMON, embedder)
    assert made.lines[0].text in {GOOD, ALSO_GOOD}
    assert [line.agents for line in made.lines] == [2]


def test_of_answers_that_one_agent_gave_each_the_one_that_was_thanked_for_is_taken(embedder: Embedder) -> None:
    """Or that the customer rated well."""
    other = asked("c1", OTHER, thanks="hm")
    for liked in (asked("c2", GOOD, thanks="great, thank you!"), asked("c2", GOOD, thanks="hm", rating=5)):
        assert gathered([other, liked], QUESTION, COMMON, embedder).lines[0].conversation == "c2"


@pytest.mark.parametrize(
    "bad",
    [
        asked("c1", EMPTY, "I'll find out and write to you.", "Shall I put you on the list?"),
        asked("c1", "Hello, and thank you for writing.", "I'm passing you to a colleague who can help."),
        asked("c1", "Boots should have room at the toes when the socks are on."),
        asked("c1", GOOD, thanks="that's not what I asked"),
        asked("c1", GOOD, rating=1),
        replace(asked("c1", GOOD), poor=frozenset({"m2"})),
        replace(asked("c1", GOOD), transcript=replace(asked("c1", GOOD).transcript, resolved=False)),
    ],
    ids=["does not know", "hands over", "beside the point", "no answer", "rated low", "poor suggestion", "unresolved"],
)
def test_where_no_answer_will_do_the_draft_says_so_and_leaves_a_blank(bad: AskedOnce, embedder: Embedder) -> None:
    """With the conversations, so that the lead can look; the blank keeps it from being published."""
    made = gathered([bad, asked("c9", EMPTY)], QUESTION, COMMON, embedder, 28)
    said = "No agent's answer was good enough to take over; the question was asked 28 times."
    assert made.text == f"## What to do\n\n[{said} Write the answer here.]"
    assert [(line.part, line.conversation, line.sources) for line in made.lines] == [
        ("missing", "c1", ("m1",)),
        ("missing", "c9", ("m1",)),
    ]
