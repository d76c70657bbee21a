"""How the simulated customer answers what was heard: offers, facts, kindness and leave-taking."""

from dataclasses import replace

from console.conversation.people import Customer
from console.practice.acts import Act
from console.practice.customer import Answer, Ending, State, answered, at_first
from console.practice.effects import Cause
from console.practice.hearing import Heard
from console.practice.phrases import Cue, Manner, phrases
from console.practice.scenario import Duty, Fact, Interruption, Line, Persona, Resolution, Scenario, Told

LATE = Scenario(
    id="late",
    title="A late parcel",
    customer=Customer("dana-kovel", "Dana Kovel", "Dana"),
    begins=("where is my parcel?",),
    wants=("I want my parcel.",),
    facts=(
        Fact("address", "where it goes", ("To Mill Lane.",), ("Where to?",), missing="And where would you send it?"),
        Fact("day", "by when", ("By Friday.",), ("By when?",), Told.EARNED, trust=0.5),
        Fact("size", "which size", ("43, I misread it.",), ("Which size?",), wrong="It is a 34."),
    ),
    resolutions=(
        Resolution("reship", "A second one", ("I can send another",), ("Yes, send it.",), needs=("address",)),
        Resolution("money", "Money back", ("I refund it",), ("Fine, the money.",), trust=0.6),
        Resolution("voucher", "A voucher", ("Have a voucher",), ("A voucher, nice.",), allowed=False),
    ),
    before=(Line("customer", "my parcel is late"),),
    persona=Persona(patience=0.6, trust=0.3, bursts=0.0),
    musts=(Duty("owns-it", "Owns it", ("Our mistake",), trust=0.3),),
)


def after(*heard: Heard, scenario: Scenario = LATE) -> Answer:
    """Return the customer's answer to the last of some messages."""
    answer = Answer(at_first(scenario))
    for one in heard:
        answer = answered(scenario, answer.state, one, 1)
    return answer


def offer(name: str) -> Heard:
    """Return an offer that was heard."""
    return Heard(acts={Act.OFFER: name}, offered={name: name})


def ask(name: str) -> Heard:
    """Return a question that was heard."""
    return Heard(acts={Act.ASK: name}, asked={name: name})


def causes(answer: Answer) -> set[Cause]:
    """Return what moved the customer."""
    return {effect.cause for effect in answer.effects}


def test_an_offer_that_lacks_a_fact_is_answered_with_what_is_missing_and_taken_once_it_is_known() -> None:
    """The offer need not be made again."""
    assert after(offer("reship")).says == ("And where would you send it?",)
    taken = after(offer("reship"), ask("address"))
    assert taken.says == ("To Mill Lane.", "Yes, send it.")
    assert taken.state.settled == "reship"


def test_who_offers_twice_without_asking_is_told_but_has_found_out_nothing() -> None:
    """The customer tells it by themselves, and the agent is not credited with it."""
    told = after(offer("reship"), offer("reship"))
    assert told.state.settled == "reship"
    assert told.state.volunteered == {"address"}


def test_an_offer_made_too_early_is_taken_when_there_is_trust() -> None:
    """And not before."""
    assert after(offer("money")).says[0] in phrases()[Manner.PLAIN][Cue.UNCONVINCED]
    trusted = after(offer("money"), Heard(acts={Act.EXPLAIN: "our mistake"}, duties={"owns-it": "our mistake"}))
    assert trusted.state.settled == "money"


def test_what_is_not_allowed_can_be_taken_back_for_what_is() -> None:
    """At the cost of trust; the other way round nothing changes."""
    back = after(ask("address"), offer("voucher"), offer("reship"))
    assert back.state.settled == "reship"
    assert Cause.TAKEN_BACK in causes(back)
    assert after(ask("address"), offer("reship"), offer("voucher")).state.settled == "reship"


def test_a_fact_held_back_is_told_once_it_is_earned() -> None:
    """Without being asked for again."""
    assert "By Friday." not in after(ask("day")).says
    earned = after(ask("day"), Heard(acts={Act.EXPLAIN: "our mistake"}, duties={"owns-it": "our mistake"}))
    assert "By Friday." in earned.says


def test_what_is_read_back_wrongly_is_put_right_once() -> None:
    """Also where the same message asks whether it is right."""
    assert after(ask("size")).says == ("It is a 34.",)
    right = after(ask("size"), Heard(acts={Act.CONFIRM: "34?"}, asked={"size": "34?"}, read_back={"size": "34?"}))
    assert right.says == ("43, I misread it.",)
    assert not right.state.mistaken


def test_kind_words_are_empty_only_one_after_the_other() -> None:
    """Sorry twice in a row changes nothing; with something done between, it is kindness."""
    sorry = Heard(acts={Act.APOLOGISE: "sorry"})
    assert Cause.EMPTY in causes(after(sorry, sorry))
    assert Cause.EMPTY not in causes(after(sorry, ask("address"), sorry))


def test_who_asks_what_it_is_about_although_it_was_told_is_told_so() -> None:
    """What came before the agent counts as told."""
    assert Cause.ASKED_AGAIN in causes(after(Heard(acts={Act.GREET: "hello"}, opening="How can I help?")))


def test_a_goodbye_beside_something_of_the_matter_ends_nothing() -> None:
    """An act that was heard wrongly does not derail a session."""
    going = after(Heard(acts={Act.GOODBYE: "keep well", Act.EXPLAIN: "it is late"}))
    assert going.state.ending is None
    assert Cause.HURRIED not in causes(going)
    settled = after(ask("address"), offer("reship"), Heard(acts={Act.GOODBYE: "bye"}))
    assert settled.state.ending is Ending.SETTLED


def test_who_takes_leave_last_is_taken_at_their_word() -> None:
    """Whatever they explained before: nobody says “and what does that mean for me?” to a goodbye."""
    left = after(Heard(acts={Act.EXPLAIN: "it is late", Act.GOODBYE: "Goodbye."}, leaving=True))
    assert Cause.HURRIED in causes(left)
    assert left.says == ("I want my parcel.",)


def test_nobody_says_the_same_line_twice() -> None:
    """Who is told nothing new comes back to what they want, in other words at the last."""
    explained = Heard(acts={Act.EXPLAIN: "it is late"})
    said = [after(*[explained] * times).says for times in range(1, 6)]
    lines = [line for some in said for line in some]
    assert len(set(lines)) == len(lines)
    assert said[3] == ("I want my parcel.",)
    assert said[4][0].endswith(" I want my parcel.")


def test_a_no_beside_what_counts_is_no_disappointment() -> None:
    """The answer to it is not followed by the opposite."""
    thankful = replace(LATE, musts=(Duty("who", "Says who comes", ("A colleague",), answer="Thank you."),))
    both = Heard(acts={Act.REFUSE: "I can't", Act.PROMISE: "a colleague will"}, duties={"who": "a colleague will"})
    assert after(both, scenario=thankful).says == ("Thank you.",)


def test_words_of_feeling_are_written_as_the_customer_writes() -> None:
    """In capitals, or without."""
    explained = Heard(acts={Act.EXPLAIN: "it is late"})
    fact = replace(LATE.facts[0], says=("TO MILL LANE",))
    loud = replace(LATE, begins=("WHERE IS IT",), wants=("I WANT MY PARCEL",), facts=(fact,))
    (shouted,) = after(explained, scenario=loud).says
    assert shouted == shouted.upper()
    quiet = replace(loud, begins=("where is it",), wants=("my parcel please",), facts=(replace(fact, says=("home",)),))
    (said,) = after(explained, scenario=quiet).says
    assert said[0].islower() or said.startswith("I ")


def test_a_state_is_never_changed_in_place() -> None:
    """Answers are new states."""
    first = at_first(LATE)
    answered(LATE, first, offer("reship"), 1)
    assert first == State(0.6, 0.3)


def test_of_a_pasted_text_only_what_must_not_be_said_is_heard() -> None:
    """They ask for plain words; what was offered in it is not taken, and no question of it answered."""
    promise = Duty("promise", "Promises the day", ("By Friday for sure",), trust=-0.1, answer="Friday, brilliant!")
    strict = replace(LATE, must_nots=(promise,))
    said = {"owns-it": "Our mistake.", "promise": "By Friday for sure."}
    article = replace(offer("money"), pasted=True, asked={"address": "Where to?"}, duties=said)
    answer = after(article, scenario=strict)
    assert answer.says[1:] == ("Friday, brilliant!",)
    assert answer.says[0] in phrases()[Manner.PLAIN][Cue.TOO_LONG]
    assert causes(answer) == {Cause.PASTED, Cause.SAID}
    assert (answer.state.offers, answer.state.told) == ((), frozenset())


def test_nobody_who_was_insulted_chats_on() -> None:
    """What they would have brought up by themselves they say with their next answer, once."""
    chatty = replace(LATE, interruptions=(Interruption(1, ("It is for my daughter.",)),))
    rude, polite = Heard(insult="You idiot"), ask("address")
    assert "It is for my daughter." not in after(rude, scenario=chatty).says
    assert after(rude, polite, scenario=chatty).says[-1] == "It is for my daughter."
    assert after(polite, scenario=chatty).says[-1] == "It is for my daughter."
    assert "It is for my daughter." not in after(polite, polite, scenario=chatty).says
