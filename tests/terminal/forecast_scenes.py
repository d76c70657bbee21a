"""Nine weeks of arrivals and hand-overs for the tests of the forecast: made up, and always the same."""

import random
from datetime import timedelta

from console.conversation import events as e
from console.conversation.people import Customer
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.fake_review import NOW
from tests.terminal.review_scenes import decided_weeks
from tests.terminal.scenes import full_desk

HOURS = (0, 0, 0, 0, 0, 0, 1, 2, 6, 9, 11, 12, 10, 8, 8, 9, 10, 9, 7, 5, 3, 2, 1, 0)
DAYS = (1.3, 1.1, 1.0, 1.0, 1.1, 0.6, 0.4)


def arrived_weeks(weeks: int = 9) -> list[e.Event]:
    """Customers hour by hour; six of ten come to people, whose work takes some six minutes."""
    rng, found = random.Random(4), list[e.Event]()
    begin = NOW.replace(hour=0) - timedelta(weeks=weeks)
    for number in range(weeks * 7 * 24):
        at = begin + timedelta(hours=number)
        rate = HOURS[at.hour] * DAYS[at.weekday()] / 4
        for _ in range(sum(rng.random() < rate / 8 for _ in range(8))):
            name, when = f"f-{len(found)}", at + timedelta(seconds=rng.randrange(3000))
            data: list[e.EventData] = [e.ConversationOpened("webchat", Customer(id=name))]
            if rng.random() < 0.6:
                data += [e.HandedOver("asked for a person"), e.ConversationClaimed("a", "Ada")]
                data += [e.ConversationClosed("solved", resolved=True)]
            for place, one in enumerate(data):
                moment = when + timedelta(seconds=(0, 60, 90, 450)[place])
                found.append(e.Event(len(found) + 1, name, "desk", one, moment))
    return found


def forecasting_desk() -> FakeDesk:
    """A desk at which a lead finds these weeks, beside those of the review."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.past = [*decided_weeks(), *arrived_weeks()]
    return desk
