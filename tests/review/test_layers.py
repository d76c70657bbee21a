"""The figures by layer: what each counts, that none is mixed with another, and what is not said."""

from datetime import date, timedelta

import numpy as np
import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Mood, Routing
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.draft_events import ArticleDrafted, DraftApproved
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.layers import AskedTalks, Layers, LayerView, Metric, duration
from console.conversation.message import Author, Layer
from console.conversation.people import Customer, Presence
from console.conversation.queue_events import ConversationReturned, ConversationTransferred
from console.review.layers.behind import talks_behind
from console.review.layers.cohort import Money
from console.review.layers.counting import measured
from console.review.layers.talks import Talks
from tests.review.layers_story import NOW, Story

BOT, ASSISTED, ALONE = Layer.AUTONOMOUS, Layer.ASSISTED, Layer.HUMAN_ONLY


def part(layers: Layers, layer: Layer, metric: Metric) -> tuple[int, int]:
    """Return what a figure counts, of what."""
    figure = layers.of(layer).of(metric)
    return figure.part, figure.of


def left(layers: Layers) -> list[tuple[int, int]]:
    """Return how many left each layer and how many are under way there."""
    return [(view.ended, view.under_way) for view in layers.layers]


def behind(story: Story, asked: AskedTalks) -> list[str]:
    """Return the conversations behind a figure."""
    read = {event.seq: event for event in story.events}
    found = talks_behind(story.book(), NOW, 9, asked, lambda seq, _: read.get(seq), Money(60))
    return [talk.conversation for talk in found.talks]


def test_a_conversation_that_the_bot_gives_away_counts_once_there_and_once_with_people() -> None:
    """As transferred in the first, and from the hand-over on in the other: its first answer is not the bot's."""
    story = Story()
    story.by_bot("c1")
    story.opened("c2")
    story.routed("c2", BOT)
    story.answers("c2", 2, Author.BOT)
    story.routed("c2", ASSISTED)
    story.add("c2", e.HandedOver("asked for a person", 1), 600)
    story.claimed("c2", after=40)
    story.answers("c2", 5)
    story.closed("c2", 100)
    layers = story.layers()
    assert left(layers) == [(2, 0), (1, 0), (0, 0)]
    assert part(layers, BOT, Metric.RESOLVED) == (1, 2)
    assert part(layers, BOT, Metric.TRANSFERRED) == (1, 2)
    assert part(layers, ASSISTED, Metric.RESOLVED) == (1, 1)
    assert part(layers, BOT, Metric.INTENT_HELD) == (1, 1)
    legs = story.book().of(Talks).legs
    assert [round(took / 1e6) for took in legs.of("reply_took")] == [5, 3, 45]
    assert [round(took / 1e6) for took in legs.of("handling")] == [0, 0, 105]


def test_what_was_never_the_bots_is_in_no_figure_of_it() -> None:
    """Though it says that a colleague will come; a matter for people alone is theirs from the first moment."""
    story = Story()
    for name, layer in (("c1", ASSISTED), ("c2", ALONE)):
        story.opened(name)
        story.routed(name, layer)
        story.answers(name, 1, Author.BOT)
        story.add(name, e.HandedOver("people work this", 1))
        story.claimed(name)
        story.closed(name)
    assert left(story.layers()) == [(0, 0), (1, 0), (1, 0)]


def test_until_somebody_has_it_the_newest_routing_decides_and_afterwards_it_moves() -> None:
    """What moves on is followed in the next layer from then on, with the agent who has it."""
    story = Story()
    story.to_people("c1")
    story.routed("c1", ALONE)  # nobody had it yet: it was never assisted
    story.claimed("c1")
    story.closed("c1")
    story.by_people("c2")
    story.to_people("c3")
    story.claimed("c3")
    story.answers("c3", 30)
    story.routed("c3", ALONE)
    story.answers("c3", 30)
    story.closed("c3", 30)
    layers = story.layers()
    assert left(layers) == [(0, 0), (2, 0), (2, 0)]
    assert part(layers, ASSISTED, Metric.MOVED) == (1, 2)
    assert part(layers, ASSISTED, Metric.RESOLVED) == (1, 1)
    assert part(layers, ALONE, Metric.RESOLVED) == (2, 2)
    assert behind(story, AskedTalks(ASSISTED, Metric.MOVED)) == ["c3"]
    assert [round(took / 1e6) for took in story.book().of(Talks).legs.of("handling")][-2:] == [31, 60]


def test_assistance_that_a_lead_lets_in_begins_the_assisted_part() -> None:
    """Also where the next routing names the reserved intent again; taken back, it is for people alone again."""
    story = Story()
    story.to_people("c1", ALONE)
    story.claimed("c1")
    story.add("c1", AssistanceAllowed("late", "Marta", "a plain question"))
    story.routed("c1", ALONE)
    story.add("c1", AssistanceAllowed("late", "Marta", allowed=False))
    story.closed("c1")
    assert left(story.layers()) == [(0, 0), (1, 0), (2, 0)]


def test_what_is_held_out_is_in_no_layer() -> None:
    """It is dark, and no human-only conversation for that."""
    story = Story()
    story.to_people("c1")
    story.add("c1", HoldOutAssigned(held_out=True, share=0.1))
    story.claimed("c1")
    story.closed("c1")
    story.reopened("c1")
    story.closed("c1")
    layers = story.layers()
    assert left(layers) == [(0, 0), (0, 0), (0, 0)]
    assert layers.held_out == 1


def test_the_first_contact_is_resolved_where_nobody_comes_back_within_a_week() -> None:
    """Neither here nor in a new conversation; what was closed less long ago is not counted yet."""
    story = Story()
    for number in range(3):
        story.by_people(f"c{number}")
    story.reopened("c1", 3600 * 24)
    story.claimed("c1")
    story.closed("c1")
    story.opened("again", customer="u-c2")
    story.by_people("unresolved", resolved=False)
    story.at = NOW - timedelta(days=2)
    story.by_people("new")
    layers = story.layers()
    assert part(layers, ASSISTED, Metric.FIRST_CONTACT) == (1, 4)
    assert part(layers, ASSISTED, Metric.REOPENED) == (1, 5)
    assert behind(story, AskedTalks(ASSISTED, Metric.FIRST_CONTACT)) == ["c0"]
    assert behind(story, AskedTalks(ASSISTED, Metric.FIRST_CONTACT, others=True)) == ["unresolved", "c2", "c1"]


def test_who_of_the_staff_opens_it_again_takes_the_closing_back() -> None:
    """It is one conversation that lasted longer."""
    story = Story()
    story.by_people("c1")
    story.reopened("c1", 60, by="agent:robin")
    story.closed("c1", 120, disposition="refunded")
    layers = story.layers()
    assert left(layers) == [(0, 0), (1, 0), (0, 0)]
    assert [(r.disposition, r.count) for r in layers.of(ASSISTED).results] == [("refunded", 1)]
    assert [round(took / 1e6) for took in story.book().of(Talks).legs.of("handling")] == [190]


def test_what_nobody_closed_is_left_quiet_and_not_resolved() -> None:
    """Where the bot wrote last and a day has passed; what the customer wrote last is under way."""
    story = Story()
    for name in ("c1", "c2"):
        story.opened(name)
        story.routed(name, BOT)
        story.answers(name, 1, Author.BOT)
    story.says("c2")
    layers = story.layers()
    assert left(layers) == [(1, 1), (0, 0), (0, 0)]
    assert (part(layers, BOT, Metric.QUIET), part(layers, BOT, Metric.RESOLVED)) == ((1, 1), (0, 1))


def test_ratings_count_in_the_layer_that_closed_it_and_the_first_alone() -> None:
    """A second one changes nothing; one without a closing, or out of range, counts nowhere."""
    story = Story()
    story.by_people("c1")
    story.rated("c1", 2)
    story.rated("c1", 5)
    story.by_bot("c2")
    story.rated("c2", 9)
    story.to_people("c3")
    story.rated("c3", 1)
    story.closed("c3")
    story.reopened("c1")
    story.rated("c1", 4)
    layers = story.layers()
    assert part(layers, ASSISTED, Metric.CSAT) == (1, 1)
    assert part(layers, BOT, Metric.CSAT) == (0, 0)
    assert behind(story, AskedTalks(ASSISTED, Metric.CSAT)) == ["c1"]


def test_a_clock_that_was_set_back_makes_a_time_unknown_and_no_other() -> None:
    """It is counted all the same, as is what comes after it."""
    story = Story()
    story.to_people("c1")
    story.claimed("c1")
    story.answers("c1", -7200)
    story.closed("c1")
    story.by_people("c2")
    layers = story.layers()
    assert part(layers, ASSISTED, Metric.RESOLVED) == (2, 2)
    for metric in (Metric.FIRST_RESPONSE, Metric.RESPONSE, Metric.HANDLING):
        assert part(layers, ASSISTED, metric) == (1, 1), metric


def test_generated_events_between_live_ones_are_no_clock_that_was_set_back() -> None:
    """A history is written while a desk works."""
    story = Story()
    story.to_people("c1")
    past = e.Event(len(story.events) + 1, "g", "desk", e.RoutingChanged(Routing("late", BOT, 1)), NOW - timedelta(30))
    story.events.append(e.Event(past.seq, past.conversation, past.actor, past.data, past.at, "generated"))
    story.claimed("c1")
    story.answers("c1", 10)
    story.closed("c1")
    assert part(story.layers(), ASSISTED, Metric.FIRST_RESPONSE) == (1, 1)


def test_what_began_before_the_stretch_is_of_no_known_layer_and_is_said_so() -> None:
    """A closing alone tells of none."""
    story = Story()
    story.closed("c1")
    story.by_people("c2")
    layers = story.layers()
    assert (layers.unknown, left(layers)) == (1, [(0, 0), (1, 0), (0, 0)])


def test_under_twenty_cases_there_are_counts_and_no_figure() -> None:
    """With twenty there is a share, a median, a mean, each with its interval; a quantile's end may be open."""
    story = Story()
    for number in range(19):
        story.by_people(f"c{number}")
        story.rated(f"c{number}", 3 + number % 3)
    few = story.layers().of(ASSISTED)
    assert {few.of(m).value for m in (Metric.RESOLVED, Metric.HANDLING, Metric.CSAT)} == {None}
    assert few.of(Metric.HANDLING).words == "too few (19)"
    story.by_people("last", resolved=False)
    story.rated("last", 4)
    enough = story.layers().of(ASSISTED)
    assert enough.of(Metric.RESOLVED).words == "95% (76–99)"
    assert enough.of(Metric.HANDLING).words == "70 s (70–70)"
    assert enough.of(Metric.CSAT).words == "3.95 (3.56–4.34)"
    assert sum(week.of for week in enough.course(Metric.RESOLVED)) == 20


def test_costs_are_reckoned_from_what_is_configured_and_else_not_at_all() -> None:
    """A minute and ten seconds at 60 an hour, and the model's tokens; no price, no figure."""
    story = Story()
    for number in range(20):
        story.by_people(f"c{number}")
        story.add(f"c{number}", a.LlmCalled("draft", "m", "used", tokens_in=1_000, cost=0.03))
    assert story.layers().of(ASSISTED).of(Metric.COST).words == "not configured"
    assert story.layers(money=Money(60, "EUR")).of(ASSISTED).of(Metric.COST).words == "1.20 EUR (1.20–1.20)"
    assert story.layers(money=Money(60)).of(BOT).of(Metric.COST).words == "not configured"
    story.add("c1", a.LlmCalled("draft", "m", "used", tokens_in=1_000))
    assert (
        story.layers(money=Money(60)).of(ASSISTED).of(Metric.COST).words == "too few (19)"
    )  # what that cost is unknown


def test_a_passing_on_to_another_team_says_that_the_intent_did_not_hold() -> None:
    """As does an intent that was another one at the end."""
    story = Story()
    for number, skill in enumerate(("", "returns", "delivery", "")):
        name = f"c{number}"
        story.opened(name)
        story.routed(name, BOT)
        story.add(name, e.HandedOver("asked", 1))
        if skill:
            story.add(name, ConversationTransferred("Robin", skill=skill))
        if number == 3:
            story.routed(name, ASSISTED, intent="refund")
        story.claimed(name)
        story.closed(name)
    assert part(story.layers(), BOT, Metric.INTENT_HELD) == (2, 4)


def test_marks_and_drafts_belong_to_the_layer_that_they_came_from() -> None:
    """The newest mark of an answer counts; a draft that was approved counts in both."""
    story = Story()
    story.by_bot("c1")
    story.add("c1", BotAnswerMarked("m2", Verdict.WRONG, "Marta", "no"))
    story.add("c1", BotAnswerMarked("m2", Verdict.RIGHT, "Marta"))
    story.by_people("c2")
    story.add(e.WORKSPACE, ArticleDrafted("d1", "c2", "How to", ()))
    story.add(e.WORKSPACE, DraftApproved("d1", "how-to.md", "public", "0" * 64))
    layers = story.layers()
    assert part(layers, BOT, Metric.MARKED_RIGHT) == (1, 1)
    marked = layers.of(BOT).of(Metric.MARKED_RIGHT)
    assert (marked.words, marked.value, marked.low) == ("1 right, 0 wrong", None, None)
    assert [layers.of(ASSISTED).of(m).part for m in (Metric.DRAFTS, Metric.DRAFTS_APPROVED)] == [1, 1]
    assert behind(story, AskedTalks(ASSISTED, Metric.DRAFTS_APPROVED)) == ["c2"]


def test_the_load_is_of_the_time_that_they_were_there() -> None:
    """Two conversations at once are one busy time; a break is no shift's end; who has gone has nothing any more."""
    story = Story()
    story.there("robin", Presence.ONLINE)
    for name in ("c1", "c2"):
        story.to_people(name)
    story.claimed("c1", after=1800)
    story.add("c1", a.MoodRead("m1", Mood(-0.8, "furious", "falling", 0.9)))
    story.claimed("c2", after=900)
    story.closed("c1", 900)
    story.there("robin", Presence.BREAK, 900)
    story.there("robin", Presence.ONLINE, 1800)
    story.add("c2", ConversationReturned("robin", "Robin"), 1800)
    story.there("robin", Presence.OFFLINE)
    story.to_people("c3")
    story.claimed("c3", agent="ann")
    story.closed("c3", 3600)
    layers = story.layers()
    ann, robin = layers.agents
    assert (ann.name, ann.present, ann.used, ann.shifts) == ("Ann", None, None, 0)
    assert (robin.shifts, robin.conversations, robin.hard, robin.most) == (1, 2, 1, 2)
    assert robin.present == pytest.approx((4500 + 1800) / 3600, rel=0.01)
    assert robin.used == pytest.approx((2700 + 1800) / (4500 + 1800), rel=0.01)
    assert robin.at_once == pytest.approx(7200 / 6300, rel=0.01)
    assert robin.an_hour == pytest.approx(2 / (6300 / 3600), rel=0.01)
    assert robin.beyond == pytest.approx(0.5, rel=0.02), "the half hour of the break"
    assert (ann.an_hour, ann.beyond) == (None, 0)
    assert layers.team is not None
    assert layers.team.conversations == 3


def test_behind_a_time_stand_the_slowest_and_from_the_other_end_the_quickest() -> None:
    """Of one week where that is asked for; what was erased meanwhile is left out."""
    story = Story()
    for number in (2, 3, 1):
        name = f"c{number}"
        story.to_people(name)
        story.claimed(name)
        story.answers(name, number * 100)
        story.closed(name)
    asked = AskedTalks(ASSISTED, Metric.FIRST_RESPONSE)
    assert behind(story, asked) == ["c3", "c2", "c1"]
    assert behind(story, AskedTalks(ASSISTED, Metric.FIRST_RESPONSE, others=True)) == ["c1", "c2", "c3"]
    week = story.at.date() - timedelta(days=story.at.weekday())
    assert behind(story, AskedTalks(ASSISTED, Metric.FIRST_RESPONSE, week)) == ["c3", "c2", "c1"]
    assert behind(story, AskedTalks(ASSISTED, Metric.FIRST_RESPONSE, date.max)) == []
    assert behind(story, AskedTalks(ASSISTED, disposition="done")) == ["c1", "c3", "c2"]
    assert behind(story, AskedTalks(ASSISTED, disposition="nothing such")) == []
    assert talks_behind(story.book(), NOW, 9, asked, lambda *_: None).talks == ()


def test_intervals_of_a_median_hold_it_as_often_as_they_say() -> None:
    """Of log-normal times, three a conversation that hang together: about 95 in a hundred."""
    rng, held = np.random.default_rng(5), 0
    for _ in range(200):
        talks = np.repeat(np.arange(60), 3)
        values = np.exp(np.repeat(rng.normal(size=60), 3) + 0.5 * rng.normal(size=180))
        groups = np.zeros(180, dtype=np.int64)
        hits = np.ones(180, dtype=np.bool_)
        (figure,) = measured(Metric.RESPONSE, groups, 1, talks, values, hits)
        assert figure.low is not None
        assert figure.high is not None
        held += figure.low <= 1.0 <= figure.high
    assert 0.90 <= held / 200 <= 0.99


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (3.2, "3.2 s"),
        (71, "71 s"),
        (125, "2.1 min"),
        (5_900, "98 min"),
        (7_200, "2.0 h"),
        (200_000, "2.3 d"),
    ],
)
def test_durations_read_as_people_say_them(seconds: float, said: str) -> None:
    """In one unit."""
    assert duration(seconds) == said


def test_nothing_at_all_is_no_figure_and_no_fault() -> None:
    """An empty log, and one with customers who only wrote."""
    assert Story().layers().team is None
    story = Story()
    story.add("c1", e.ConversationOpened("webchat", Customer("u")))
    assert left(story.layers()) == [(0, 0), (0, 0), (0, 0)]
    assert isinstance(story.layers().of(ASSISTED), LayerView)
