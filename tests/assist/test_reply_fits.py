"""Replies that would be wrong at this moment are not suggested."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from console.assist.ports import Moment, PastOutcome, PastReply, PastSentence
from console.assist.replies.macros import MacroReplies
from console.assist.replies.outcome import contradicts
from console.assist.replies.past import PastCandidates
from console.assist.replies.stating import states_a_case
from console.assist.vectors import VectorCache
from console.content.conditions import Condition, Record
from console.content.macros import Macro, Stage
from console.conversation.goodbyes import gives_up, says_goodbye
from console.conversation.people import Order
from tests.assist.making import DANA, talk

FREE = '{"APIName": "book", "Message": "The time slot is available."}'
TAKEN = '{"APIName": "book", "Message": "The venue is booked at that time. Try another venue."}'
FAILED = '{"ReservationStatus": "Reservation Failed", "RestaurantName": "The Porch"}'
DONE = '{"ChangeStatus": "Your trip has been successfully changed."}'
PLAIN = "Order LF-88213: in transit, last scan 9 days ago"


@pytest.mark.parametrize(
    ("found", "reply"),
    [
        (FAILED, "Excellent, your reservation at The Porch is confirmed!"),
        ('{"Message": "Unavailable"}', "Great, The Porch is happy to accommodate you. Can I confirm your reservation?"),
        (TAKEN, "OK, the venue is available on Friday. Can I book it for you now?"),
        (DONE, "Unfortunately I wasn't able to update your booking, sorry."),
        (FREE, "I am sorry, but there is no viewing available at your preferred time."),
    ],
)
def test_a_reply_that_says_the_opposite_of_the_look_up_contradicts_it(found: str, reply: str) -> None:
    """The customer would be told of a booking that there is not."""
    assert contradicts(reply, found)


@pytest.mark.parametrize(
    ("found", "reply"),
    [
        (FAILED, "I am sorry, but the reservation request was not successful."),
        (FREE, "Great, there is still a viewing at that time. Would you like me to book it?"),
        (TAKEN, "When would you like the party to start instead?"),
        (DONE, "Is there anything else that I can do for you?"),
        (PLAIN, "I'm sorry, it has not moved. I can send a new pair."),
        (PLAIN, "Great news, it is available again."),
        ("null", "Excellent, it is booked."),
    ],
)
def test_others_do_not(found: str, reply: str) -> None:
    """What agrees, what asks, and where the look-up says neither yes nor no."""
    assert not contradicts(reply, found)


@dataclass
class Said:
    """A collection of past replies, all as near as can be."""

    texts: tuple[str, ...]
    version: str = "p1"

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return the replies."""
        return [reply(text) for text in self.texts]

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """Return nothing."""
        return ()

    def sentences(self, moment: Moment) -> Sequence[PastSentence]:
        """Return nothing."""
        return ()


def reply(text: str) -> PastReply:
    """Return a reply that was often given."""
    return PastReply(case="c0", templates=(text,), likeness=0.9, weight=0.9, conversations=9, words=0.9, fit=0.9)


def test_the_newest_look_up_decides_until_the_customer_writes() -> None:
    """Then their words are what is answered."""
    past = PastCandidates(Said(("Excellent, your reservation is confirmed!", "I am sorry, but it failed.")))
    lines = ("c: a table for two please", f"s: {FREE}", f"s: {FAILED}")
    assert [c.text for c in past.propose(talk(*lines))] == ["I am sorry, but it failed."]
    assert len(list(past.propose(talk(*lines, "c: and now?")))) == 2


@pytest.mark.parametrize("template", ["Found it, both go in one parcel.", "Hello. Found them: they left on time."])
def test_what_was_found_once_is_not_found_again(template: str) -> None:
    """It was true of one customer's order."""
    assert states_a_case(template)


@pytest.mark.parametrize(
    "text",
    [
        "no thank you, I pay for things when I buy them",
        "No thanks, that is too far for me",
        "no thank you. we leave on Friday",
    ],
)
def test_who_turns_an_offer_down_does_not_leave(text: str) -> None:
    """The matter is still open."""
    assert not says_goodbye(text)


@pytest.mark.parametrize(
    "text",
    ["no, thank you", "no thanks, bye", "no thank you, that's all", "No thanks, I'm good", "no thank you for now"],
)
def test_who_wants_nothing_more_does(text: str) -> None:
    """In many wordings."""
    assert says_goodbye(text)


BYE = Macro("bye", "Bye", "Thank you, and goodbye.", stage=Stage.CLOSING)
SORRY = Macro("hard", "Hard one", "Thank you for staying with me.", stage=Stage.CLOSING, acknowledges=True)


@pytest.mark.parametrize(("mood", "closing"), [(-0.6, {"bye", "hard"}), (0.1, {"bye"})])
def test_trouble_is_named_at_the_end_where_there_was_some(embed: VectorCache, mood: float, closing: set[str]) -> None:
    """Who had none would wonder."""
    conversation = replace(talk("c: my boots are late", "a: They are lost. I can send others.", "c: thanks, bye"))
    conversation = replace(conversation, moods={"m1": mood, "m3": 0.5})
    offered = MacroReplies((BYE, SORRY), embed).propose(conversation, {}, "")
    assert {source.id for candidate in offered for source in candidate.sources} == closing


@pytest.mark.parametrize(
    ("said", "mood"),
    [("I give up. Goodbye.", 0.0), ("thanks for nothing, bye", 0.0), ("fine. bye then", -0.7)],
)
def test_who_leaves_in_anger_is_not_thanked_cheerfully(embed: VectorCache, said: str, mood: float) -> None:
    """What names the trouble is left."""
    conversation = replace(talk("c: my boots are late", "a: Please wait.", f"c: {said}"), moods={"m3": mood})
    offered = MacroReplies((BYE, SORRY), embed).propose(conversation, {}, "")
    assert [source.id for candidate in offered for source in candidate.sources] == ["hard"]


@pytest.mark.parametrize("said", ["thanks, I won't forget it. bye", "I'm hopeless at this, thank you!"])
def test_who_thanks_has_not_given_up(said: str) -> None:
    """Words of giving up may stand in thanks."""
    assert says_goodbye(said)
    assert not gives_up(said)


WEAR = Macro("wear", "Wear", "From your photographs, this is wear.", after=re.compile("(?i)photo"))
CHECK = Macro("check", "Check", "May I check that it is you?", done_when=re.compile("(?i)identity .{0,30}match"))


@pytest.mark.parametrize(
    ("lines", "offered"),
    [
        (("c: the sole is worn",), {"check"}),
        (("c: I sent a photo", "a: Thanks.", "c: the sole is worn"), {"wear", "check"}),
        (("s: [photo]", "c: the sole is worn"), {"wear", "check"}),
        (("b: send a photo", "c: the sole is worn"), {"check"}),
        (("s: Identity check: e-mail and postcode match", "c: the sole is worn"), set()),
    ],
)
def test_a_macro_waits_for_what_it_speaks_of_and_ends_with_what_it_is_for(
    embed: VectorCache, lines: tuple[str, ...], offered: set[str]
) -> None:
    """Nobody has seen a photograph that was not sent, and nobody is checked twice."""
    macros = MacroReplies([replace(macro, situations=("the sole is worn",)) for macro in (WEAR, CHECK)], embed)
    found = macros.propose(talk(*lines), {}, "")
    assert {source.id for candidate in found for source in candidate.sources} == offered


def test_a_condition_can_be_about_how_many_orders_there_are() -> None:
    """A question which one is meant is none where there is one."""
    several = Condition("open_orders", ">=", 2)
    assert not several.holds(Record(DANA))
    two = replace(DANA, orders=(*DANA.orders, Order("LF-88214", "Tarn 2 tent", status="placed")))
    assert several.holds(Record(two))
    arrived = replace(DANA, orders=(*DANA.orders, Order("LF-88214", "Tarn 2 tent", status="delivered")))
    assert not several.holds(Record(arrived))
