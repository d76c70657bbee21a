"""Nine weeks of marked conversations for the tests of quality review: made up, and always the same."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer
from console.conversation.people import Customer
from console.conversation.quality import CriterionMark, Evidence, Mark, Marker
from console.conversation.quality_events import QualityMarked, QualityScored
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.scenes import full_desk

TALKS = 234
MATTERS = (("late-delivery", "delivery"), ("return-refund", "returns"), ("repair-status", "repairs"))
SAID = {
    Mark.MET: "taken up in the first answer",
    Mark.PARTLY: "only in a general way: not who, what or by when",
    Mark.NOT_MET: "the customer was upset, and nobody took it up",
    Mark.DOES_NOT_APPLY: "nobody seemed upset",
    Mark.CANNOT_BE_TOLD: "no source says it, nor the contrary",
}
CHANCES = {"greeting": (70, 15, 10, 0, 5), "empathy": (30, 10, 12, 40, 8), "next-step": (60, 20, 15, 5, 0)}


def quality_weeks() -> list[e.Event]:
    """Conversations with the engine's marks, 40 of them marked by a person too: on next steps they disagree."""
    rng, found = random.Random(11), list[e.Event]()
    for number in range(TALKS):
        at = START - timedelta(weeks=9) + timedelta(hours=6.4 * number) + timedelta(hours=8)
        name = "c-dana" if number == TALKS - 1 else f"q-{number:03}"
        found += _talk(name, at, number, rng, len(found))
    return found


def quality_desk() -> FakeDesk:
    """A desk at which a lead finds these weeks; conversation c-dana is the newest of them."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.past = quality_weeks()
    return desk


def opinion_desk() -> FakeDesk:
    """The same desk with a language model's opinion of each third conversation: of greetings it thinks as people do."""
    desk, rng = quality_desk(), random.Random(5)
    scored = {event.conversation: event.data for event in desk.past if isinstance(event.data, QualityScored)}
    for number, (name, engine) in enumerate(scored.items()):
        if number % 3 == 0:
            marks = tuple(_thought(one, rng) for one in engine.marks)
            desk.happened(name, QualityScored("r1", "some-model:7b", marks, by=Marker.MODEL))
    return desk


def _thought(one: CriterionMark, rng: random.Random) -> CriterionMark:
    mark = one.mark if one.criterion == "greeting" else rng.choices(tuple(Mark), CHANCES[one.criterion])[0]
    quotes = (Evidence("m2", "It is on its way."),)
    return CriterionMark(one.criterion, mark, 1.0, quotes, "the agent says [where] it is, and not when it comes")


def _talk(name: str, at: datetime, number: int, rng: random.Random, seq: int) -> Iterator[e.Event]:
    intent, skill = MATTERS[number % 3]
    agent = f"agent:{'jk'[number % 2] if skill == 'repairs' else 'abcde'[rng.randrange(5)]}"
    marks = {criterion: rng.choices(tuple(Mark), chances)[0] for criterion, chances in CHANCES.items()}
    people = number % 6 == 0
    scored = tuple(
        CriterionMark(criterion, mark, 1.0, (Evidence("m2", "Hello! It is on its way."),), SAID[mark])
        for criterion, mark in marks.items()
    )
    data: list[tuple[str, e.EventData]] = [
        ("customer:c", e.ConversationOpened("web", Customer("c"))),
        ("customer:c", e.MessageAdded(Author.CUSTOMER, "My boots are twelve days late.")),
        (agent, e.MessageAdded(Author.AGENT, "Hello! It is on its way.")),
        ("assist", e.RoutingChanged(Routing(intent, Layer.ASSISTED, 1, skills=(skill,)))),
        (agent, e.ConversationClaimed(agent.removeprefix("agent:"), "")),
        (agent, e.ConversationClosed("done", resolved=True)),
        ("assist", QualityScored("r1", "quality 1", scored)),
    ]
    for criterion, mark in marks.items() if people else ():
        other = rng.choices(tuple(Mark), CHANCES[criterion])[0]
        given = other if criterion == "next-step" or rng.random() < 0.1 else mark
        data.append(("agent:marta", QualityMarked(criterion, given, by="Marta Quill", sampled=True)))
    for place, (actor, one) in enumerate(data, 1):
        yield e.Event(seq + place, name, actor, one, at)
