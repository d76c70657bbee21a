"""Scripts: what makes one unplayable, and where an answer leads."""

import pytest

from console.conversation.message import Author
from console.conversation.people import Customer
from console.replay.matching import next_step
from console.replay.script import Branch, Ending, Line, Script, Step, linear_script
from knowledge import Embedder

END = Step("end", ("bye",), ends=Ending.RESOLVED)


def script(*steps: Step) -> Script:
    """Return a script of these steps."""
    return Script("s", Customer("dana"), (), steps)


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((), "there is no [[step]]"),
        ((Step("a", ("x",), otherwise="b"), END), "step 'a' leads to 'b', which is not a step"),
        ((Step("a", ("x",), (Branch(("y",), "b"),), "end"), END), "step 'a' leads to 'b', which is not a step"),
        ((Step("a", ("x",)), END), "step 'a' needs 'otherwise', or 'ends'"),
        ((Step("a", ("x",), otherwise="a"), END), "step 'end' cannot be reached"),
        ((Step("a", ("x",), otherwise="end"), Step("a", ("y",), otherwise="end"), END), "two steps have the same id"),
        ((Step("a", ("x",), otherwise="a", ends=Ending.LEFT),), "step 'a' ends, so nothing may follow it"),
    ],
)
def test_what_cannot_be_played_is_said_in_words(steps: tuple[Step, ...], problem: str) -> None:
    """For the author of the scenario."""
    assert problem in script(*steps).problems()


def test_a_playable_script_has_no_problems() -> None:
    """Circles are allowed where there is a way out."""
    steps = (Step("a", ("x",), (Branch(("help",), "end"),), "a"), END)
    assert script(*steps).problems() == []


STEP = Step(
    "start",
    ("well?",),
    (
        Branch(("I can send you a replacement by express", "I will reship your boots"), "offered"),
        Branch(("We apologise for any inconvenience", "Thank you for your patience"), "platitude"),
        Branch(("Please give me your order number",), "repeat"),
    ),
    otherwise="pushback",
)


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("I'll send a new pair out today by express courier.", "offered"),
        ("Sorry for the inconvenience this has caused you, and thanks for being patient.", "platitude"),
        ("What is the order number, please?", "repeat"),
        ("The capital of France is Paris.", "pushback"),
        ("Hello Dana, I've read everything. Right. I can reship your boots today!", "offered"),
        ("…", "pushback"),
    ],
)
def test_an_answer_leads_where_its_meaning_does(embedder: Embedder, answer: str, step: str) -> None:
    """As a whole or by one of its sentences; without a likeness, otherwise."""
    assert next_step(STEP, answer, embedder.encode) == step


def test_a_step_without_branches_needs_no_model() -> None:
    """Any answer leads on."""

    def never(_: object) -> object:
        raise AssertionError

    assert next_step(Step("a", ("x",), otherwise="b"), "anything", never) == "b"  # type: ignore[arg-type]


def test_a_plain_conversation_is_played_turn_by_turn() -> None:
    """What came before the first agent is told; after that each answer leads on, whatever it says."""
    played = linear_script(
        "c1",
        Customer("u1"),
        [
            (Author.CUSTOMER, "hi"),
            (Author.BOT, "hello"),
            (Author.CUSTOMER, "person please"),
            (Author.AGENT, "I'm here"),
            (Author.CUSTOMER, "where is it"),
            (Author.CUSTOMER, "my parcel"),
            (Author.SYSTEM, "look-up"),
            (Author.AGENT, "on its way"),
            (Author.CUSTOMER, "thanks"),
        ],
    )
    assert played.problems() == []
    assert played.bot_part == (
        Line(Author.CUSTOMER, "hi"),
        Line(Author.BOT, "hello"),
        Line(Author.CUSTOMER, "person please"),
    )
    assert [step.say for step in played.steps] == [(), ("where is it", "my parcel"), ("thanks",), ()]
    assert played.steps[-1].ends is Ending.RESOLVED


def test_a_conversation_without_an_agent_can_be_played_too() -> None:
    """Or one of a single word."""
    assert linear_script("c1", Customer("u1"), [(Author.CUSTOMER, "hi")]).problems() == []
    assert linear_script("c1", Customer("u1"), []).problems() == []
