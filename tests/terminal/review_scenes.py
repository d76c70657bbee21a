"""Nine weeks of decisions for the tests of the lead's review: made up, and always the same."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import (
    Citation,
    Decision,
    Flag,
    Mood,
    PassedOver,
    Routing,
    Severity,
    SourceType,
    Suggestion,
    Support,
)
from console.conversation.message import Author, Layer
from console.conversation.review_events import ChangeMarked
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.scenes import full_desk

MATTERS = (
    ("late-delivery", "delivery", "late-where-it-is"),
    ("return-refund", "returns", "return-how"),
    ("exchange-size", "returns", "exchange-in-stock"),
    ("repair-status", "repairs", "repair-patience"),
    ("legal-threat", "legal", "legal-hand-on"),
)
CHANGED = START - timedelta(days=24)
_A_WEEK = 26


ASKED = {
    "late-delivery": "my parcel was due on {day:%d %B} and nothing has come. where is it?",
    "return-refund": "I ordered on {day:%d %B} and want to send it back. how?",
    "exchange-size": "the boots from {day:%d %B} are a size too small",
    "repair-status": "you have had my tent since {day:%d %B}. is it done?",
    "legal-threat": "nothing since {day:%d %B}. my lawyer will write to you",
}
CHANGED_TO = (
    "Hi Dana, it is on its way, and here is what happens next with your {intent}.",
    "It should be on its way, and here is what happens next with your {intent}.",
    "It is on its way since Friday, and here is what happens next with your {intent}.",
)
PASSED = PassedOver("macro:late-apology", 0.52, "others say it better, or it would say the same again")


def decided_weeks() -> list[e.Event]:
    """Nine weeks of replies and what agents made of them; from :data:`CHANGED` on they take more."""
    rng, found = random.Random(7), list[e.Event]()
    for number in range(9 * _A_WEEK):
        at = START - timedelta(weeks=9) + timedelta(hours=6.4 * number) + timedelta(hours=8)
        matter = MATTERS[0 if number % 60 else 4] if number % 4 == 0 else MATTERS[number % 4]
        agent = f"agent:{'judge' if matter[0] == 'legal-threat' else 'abcde'[rng.randrange(5)]}"
        name = "c-dana" if number == 9 * _A_WEEK - 1 else f"w-{number:03}"
        found += _talk(name, at, matter, agent, rng, len(found))
    mark = ChangeMarked("ch-1", CHANGED, "Macro late-where-it-is reworded: the date comes first", "Marta Quill")
    return [*found, e.Event(len(found) + 1, e.WORKSPACE, "agent:marta", mark, CHANGED)]


def reviewing_desk() -> FakeDesk:
    """A desk at which a lead finds these weeks; conversation c-dana is one of them."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.past = decided_weeks()
    return desk


def _talk(
    name: str, at: datetime, matter: tuple[str, str, str], agent: str, rng: random.Random, seq: int
) -> Iterator[e.Event]:
    intent, skill, macro = matter
    macro_cited = Citation(SourceType.MACRO, macro, "It is on its way.")
    article = Citation(SourceType.ARTICLE, f"{skill}.md", "Thirty days.")
    replies = (
        Suggestion("s-1", f"It is on its way, and here is what happens next with your {intent}.", "macro", 0.81,
                   Support.FULL, (macro_cited,)),
        Suggestion("s-2", "You have thirty days from the day it reached you.", "article", 0.64, Support.FULL,
                   (article,)),
    )  # fmt: skip
    data: list[e.EventData] = [
        e.MessageAdded(Author.CUSTOMER, ASKED[intent].format(day=at)),
        e.RoutingChanged(Routing(intent, Layer.ASSISTED, 1, skills=(skill,))),
        a.MoodRead("m1", Mood(0.1, "calm", "steady", 0.1)),
        a.RepliesSuggested("m1", replies, versions={"engine": "embedded 0.1"}, passed_over=(PASSED,)),
        a.SuggestionsShown("m1", ("s-1", "s-2")),
    ]
    share = 0.62 if at > CHANGED else 0.34
    first = rng.choices(
        (Decision.ACCEPTED, Decision.EDITED, Decision.OVERRIDDEN), (share, 0.15, 0.85 - share)
    )[0]  # fmt: skip
    talks = 9 * _A_WEEK - 1 if name == "c-dana" else int(name.removeprefix("w-"))
    own = "I have asked the depot and write to you tonight." if first is Decision.OVERRIDDEN else replies[0].text
    if first is Decision.EDITED:
        own = CHANGED_TO[(seq - talks) % len(CHANGED_TO)].format(intent=intent)
    second = Decision.OVERRIDDEN if first is Decision.OVERRIDDEN else Decision.IGNORED
    data.append(a.SuggestionDecided("s-1", first, own, 12 if first is Decision.EDITED else 0, 21.0))
    data.append(a.SuggestionDecided("s-2", second, "", 0, 21.0))
    if rng.random() < 0.3:
        poor = intent == "repair-status"
        stars = 2 if poor else rng.randint(3, 5)
        data.append(a.SuggestionRated("s-1", stars=stars, reason="makes them angrier" if poor else ""))
    if rng.random() < 0.05:
        flag = Flag("f-1", "delivery-dates", Severity.WARN, "m1", "by Friday", "Say “due” or “estimated”.")
        data += [a.FlagsRaised("m1", (flag,)), a.FlagDismissed("f-1", "delivery-dates", "the carrier says so itself")]
    cross = intent == "repair-status" and first is not Decision.OVERRIDDEN
    data.append(e.MessageAdded(Author.CUSTOMER, "and when is that?!" if cross else "thanks"))
    data.append(a.MoodRead("m3", Mood(-0.7 if cross else 0.2, "angry" if cross else "calm", "falling", 0.6)))
    for number, one in enumerate(data, 1):
        yield e.Event(seq + number, name, agent, one, at + timedelta(seconds=number))
