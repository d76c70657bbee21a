"""Practice scenarios made from conversations: in the words that were written, and nothing of anybody's in them."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.assist.recognise.written import written
from console.assist.sentences import texts
from console.content.behaviours import Behaviour, Fact, Stakes
from console.content.errors import ContentError
from console.content.library import Library
from console.content.practice import scenario_of
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer, Order
from console.past.anonymity import CommonWords
from console.practice.acts import Act, ActSaid
from console.practice.hearing import Ear, Heard
from console.practice.making.checking import checked
from console.practice.making.days import day_in, relative
from console.practice.making.drafting import Company, Draft, doubtful, draft_of
from console.practice.making.duties import rules_in
from console.practice.making.escalation import Escalation
from console.practice.making.importing import read_runs, run_of
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Scenario, Told
from knowledge import Embedder

DAY = date(2026, 3, 20)
AT = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
OTTOLINE = Customer(
    "ottoline-farrow",
    "Ottoline Farrowgate",
    "Ottoline",
    email="ottoline.farrow@example.net",
    phone="07700 900456",
    since="2021-05-02",
    orders=(
        Order("QX-55210", "a lamp", "2026-03-02", "2026-03-08", "£40.00", "in transit", "Northpost", "NP 8123 4411 07"),
    ),
)
PARCEL = Behaviour(
    "lost-parcel",
    "Parcel lost",
    Layer.ASSISTED,
    2,
    Stakes.MEDIUM,
    allowed_actions=("send a second one",),
    skills=("delivery",),
    collect=(Fact("needed by", "needed_by", "Is there a day you need it by?"),),
)
COMPANY = Company(Library(behaviours=(PARCEL,)), CommonWords.of((), ["Northpost brings parcels."]))
SAID = (
    (Author.CUSTOMER, "hi, Ottoline Farrowgate here, my lamp QX-55210 was due on 8 March and has not come"),
    (Author.BOT, "Order QX-55210 is with Northpost, NP 8123 4411 07."),
    (Author.CUSTOMER, "I want a person. mail me at ottoline.farrow@example.net or ring 07700 900456"),
    (Author.AGENT, "Hello Ottoline, I'm sorry about the lamp. Is there a day you need it by?"),
    (Author.CUSTOMER, "by the 28th of March, my brother Wilfred Farrowgate in Quernmore marries"),
    (Author.AGENT, "Where shall we send it?"),
    (Author.CUSTOMER, "12 Mallow Street, Quernmore, LA2 9QQ. card 4929 1234 5678 9012 if you must know"),
    (Author.AGENT, "I can send you a second lamp by express today. Shall I do that?"),
    (Author.CUSTOMER, "yes please, do that"),
    (Author.AGENT, "I have ordered it, and it goes out this afternoon. Goodbye Ottoline!"),
)
OWN = (
    *("Ottoline", "Farrowgate", "Wilfred", "QX-55210", "NP 8123 4411 07", "ottoline.farrow@example.net"),
    *("07700 900456", "4929 1234 5678 9012", "12 Mallow Street", "LA2 9QQ", "ottoline-farrow", "2021-05-02"),
)


class Deaf:
    """Hears nothing."""

    def hear(self, text: str) -> Heard:
        """Return nothing, whatever is said."""
        return Heard()


def escalation(said: Sequence[tuple[Author, str]] = SAID, **told: object) -> Escalation:
    """Return a conversation of these messages, a minute apart."""
    messages = tuple(Message(f"m{n}", role, text, AT + timedelta(minutes=n)) for n, (role, text) in enumerate(said, 1))
    known: dict[str, object] = {"intent": "lost-parcel", "disposition": "second one sent", "resolved": True, **told}
    return Escalation("c-17", OTTOLINE, messages, DAY, **known)  # type: ignore[arg-type]


def by_words(text: str) -> list[ActSaid]:
    """Return what sentences do, by a few words."""
    acts = [(s, Act.OFFER if "send you" in s or "ordered" in s else Act.EXPLAIN) for s in texts(text)]
    return [ActSaid(sentence, frozenset({act}), act, 1.0) for sentence, act in acts]


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The draft of the conversation above."""
    return draft_of(escalation(), COMPANY, by_words)


@pytest.fixture(scope="module")
def scenario(draft: Draft) -> Scenario:
    """The scenario that it is."""
    return scenario_of(draft.text, Path("made.toml"), {}, date(2026, 6, 1))


def test_it_is_the_conversation_in_parts(scenario: Scenario) -> None:
    """What was before, the first words to the agent, what they were asked, and how it was settled."""
    assert [line.role for line in scenario.before] == [Author.CUSTOMER, Author.BOT]
    assert scenario.begins[0].startswith("I want a person.")
    later = [fact for fact in scenario.facts if fact.told is Told.ASKED]
    assert [fact.id for fact in later] == ["needed-by", later[1].id]
    assert later[0].asked == ("Is there a day you need it by?",)
    assert "28" not in later[0].says[0] or "April" not in later[0].says[0]
    assert "marries" in later[0].says[0]
    (settled,) = scenario.resolutions
    assert (settled.title, settled.accepts) == ("second one sent", ("yes please, do that",))
    assert settled.offered[0] == "I can send you a second lamp by express today."
    assert settled.needs == tuple(fact.id for fact in later)
    assert scenario.skills == ("delivery",)


def test_a_session_opens_with_what_the_customer_said() -> None:
    """Who wrote nothing after the hand-over begins with their last words; the bot answers nothing that is not said."""
    notice = (Author.BOT, "I'll pass you on to a colleague. A parcel counts as lost after 7 days.")
    found = (Author.SYSTEM, "Order QX-55210: in transit")
    once = tomllib.loads(draft_of(escalation((SAID[0], found, notice, *SAID[3:])), COMPANY, by_words).text)
    assert [line["role"] for line in once["before"]] == ["system"]
    assert "has not come" in once["begins"][0]
    twice = (*SAID[:3], (Author.CUSTOMER, "it is urgent"), notice, *SAID[3:])
    made = tomllib.loads(draft_of(escalation(twice), COMPANY, by_words).text)
    assert [line["role"] for line in made["before"]] == ["customer", "bot"]
    assert [text[:9] for text in made["begins"]] == ["I want a ", "it is urg"]
    after = tomllib.loads(draft_of(escalation(twice, handed_at=AT + timedelta(minutes=3)), COMPANY, by_words).text)
    assert (len(after["before"]), after["begins"]) == (3, ["it is urgent"])


def test_nothing_of_the_customer_is_left(draft: Draft) -> None:
    """Of the record and of what was said: names, numbers, addresses."""
    assert [value for value in OWN if any(written(draft.text, value))] == []
    assert all(one.words in draft.text for one in draft.replaced)


def test_the_same_thing_has_the_same_stand_in_throughout(draft: Draft, scenario: Scenario) -> None:
    """The order's number of the record is the one in the messages, and the name the one that is greeted."""
    number = scenario.customer.orders[0].number
    assert number.startswith("QX-")
    assert number in scenario.before[0].text
    assert number in scenario.before[1].text
    assert scenario.customer.name in scenario.before[0].text
    assert scenario.customer.email in scenario.begins[0]
    assert scenario.customer.phone.startswith("07700 900")


def test_the_same_conversation_gives_the_same_draft(draft: Draft) -> None:
    """Another one gives other names."""
    assert draft_of(escalation(), COMPANY, by_words) == draft
    other = draft_of(Escalation("c-18", OTTOLINE, escalation().messages, DAY), COMPANY, by_words)
    assert other.replaced != draft.replaced


def test_no_invented_number_is_a_real_one(draft: Draft) -> None:
    """Those that orders of the company have are passed over."""
    number = next(one.words for one in draft.replaced if one.words.startswith("QX-"))
    taken = Company(COMPANY.library, COMPANY.common, frozenset({number}))
    assert number not in draft_of(escalation(), taken, by_words).text


def test_what_may_be_somebodys_own_is_marked(draft: Draft) -> None:
    """A place that nothing gives away."""
    said = (*SAID[:4], (Author.CUSTOMER, "by Friday, the feast in Borrowdaleham begins"), *SAID[5:])
    assert "Borrowdaleham" in draft_of(escalation(said), COMPANY, by_words).doubtful
    assert doubtful("not = [TOML", COMPANY.common) == ()


def test_days_stay_as_far_away_as_they_were(scenario: Scenario) -> None:
    """12 days ago is 12 days ago whenever it is played: the conversation was on 20 March, it is played on 1 June."""
    assert "was due on 20 May" in scenario.before[0].text
    assert scenario.customer.orders[0].due == "2026-05-20"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("8 March", date(2026, 3, 8)),
        ("December 30th", date(2025, 12, 30)),
        ("the 2nd of April 2027", date(2027, 4, 2)),
        ("2026-03-01", date(2026, 3, 1)),
        ("21/03/2026", date(2026, 3, 21)),
        ("Friday", None),
        ("31 February", None),
    ],
)
def test_a_day_is_read_as_people_write_it(words: str, day: date | None) -> None:
    """Without a year it is the nearest one; a day of the week is none."""
    assert day_in(words, DAY) == day


def test_a_text_without_a_day_stays_as_it_is() -> None:
    """Also one that looks like a figure."""
    assert relative("size 43, £12.50, on Friday at 10:30", DAY) == "size 43, £12.50, on Friday at 10:30"


def test_hostile_text_stays_a_text(draft: Draft) -> None:
    """Quotes, brackets and line breaks of a customer end no string of the file."""
    said = ((Author.CUSTOMER, 'x"""\n[persona]\npatience = 9\n\\'), *SAID[2:])
    made = draft_of(escalation(said), COMPANY, by_words)
    assert tomllib.loads(made.text)["begins"][0] == 'x"""\n[persona]\npatience = 9\n\\'


def test_without_an_offer_the_companys_actions_stand_for_one() -> None:
    """Each as a resolution of its own."""
    made = tomllib.loads(draft_of(escalation(SAID[:5]), COMPANY, by_words).text)
    assert [one["title"] for one in made["resolution"]] == ["send a second one"]
    nothing = draft_of(escalation(SAID[:5], intent=""), COMPANY, by_words)
    with pytest.raises(ContentError, match="nobody can win it"):
        scenario_of(nothing.text, Path("made.toml"), {}, DAY)


def test_names_of_the_company_and_of_its_places_stay() -> None:
    """It is no person whom the bot introduces itself for; what its matters are called names nobody; shops are known."""
    library = Library(behaviours=(PARCEL,), company="Harrowgill Lamps")
    company = Company.of(library, ["Our shops: Kettlewick and Harrow Bridge."], OTTOLINE.orders)
    bot = "I'm Harrowgill Lamps's automated assistant. Is it Lost? Ask Wilfred Farrowgate at Harrow Bridge."
    made = draft_of(escalation((SAID[0], (Author.BOT, bot), *SAID[2:])), company, by_words)
    assert "I'm Harrowgill Lamps's automated assistant. Is it Lost?" in made.text
    assert "at Harrow Bridge." in made.text
    assert "Wilfred" not in made.text
    named = replace(OTTOLINE, name="Harrow Bridge", first_name="Harrow")
    theirs = replace(escalation(((Author.CUSTOMER, "Harrow Bridge here, it is lost"), *SAID[2:])), customer=named)
    assert "Harrow" not in draft_of(theirs, company, by_words).text
    assert not [word for word in made.doubtful if word.endswith("'s")]


def test_an_outcome_in_the_words_of_what_the_company_allows_stays() -> None:
    """A “label” is nobody there; the customer's own name is hidden all the same."""
    behaviour = replace(PARCEL, allowed_actions=("send a return label", "write to ottoline"))
    company = Company(Library(behaviours=(behaviour,)), COMPANY.common)
    made = tomllib.loads(draft_of(escalation(disposition="return label sent"), company, by_words).text)
    assert [one["title"] for one in made["resolution"]] == ["return label sent"]
    named = draft_of(escalation(disposition="label sent to ottoline"), company, by_words).text
    assert "ottoline" not in tomllib.loads(named)["resolution"][0]["title"].lower()


def test_what_the_bot_tells_of_an_address_is_that_of_the_invented_one() -> None:
    """Not even the first letter is left."""
    said = (SAID[0], (Author.BOT, "I have sent it to o…@example.net."), *SAID[2:])
    made = tomllib.loads(draft_of(escalation(said), COMPANY, by_words).text)
    email = made["record"]["email"]
    assert made["before"][1]["text"] == f"I have sent it to {email[0]}…@{email.partition('@')[2]}."


def test_a_statement_that_begins_like_a_question_asks_for_nothing() -> None:
    """One without a question mark does where its words are in a question's order."""
    asked = "what is the day you need it by"
    waits = ("Give me a minute with your order.", "Let me know if anything is unclear.")
    for words, facts in (("What you have will do.", 0), (asked, 1), *((words, 0) for words in waits)):
        said = (*SAID[:3], (Author.AGENT, words), (Author.CUSTOMER, "the 28th, I am far away"), *SAID[7:])
        made = tomllib.loads(draft_of(escalation(said), COMPANY, by_words).text)
        assert len([fact for fact in made.get("fact", ()) if fact["told"] == "asked"]) == facts


def test_the_number_of_their_only_order_is_told_to_who_asks() -> None:
    """Where the behaviour collects it and nobody asked; the matter was settled without it, and needs it no more."""
    number = Fact("order number", "order", "What is the order's number?", re.compile(r"\bQX-\d{5}\b"))
    company = Company(Library(behaviours=(replace(PARCEL, collect=(number,)),)), COMPANY.common)
    said = ((Author.CUSTOMER, "my lamp has not come"), *SAID[2:3], *SAID[7:])
    made = tomllib.loads(draft_of(escalation(said), company, by_words).text)
    (fact,) = [one for one in made["fact"] if one["id"] == "order-number"]
    assert (fact["told"], fact["asked"]) == ("asked", ["What is the order's number?"])
    assert fact["says"] == [f"It's {made['record']['orders'][0]['number']}."]
    assert "needs" not in made["resolution"][0]


def test_what_settled_nothing_is_no_resolution() -> None:
    """What the company allows is then, but for a word that settles nothing by itself."""
    behaviour = replace(PARCEL, allowed_actions=("acknowledge", "send a second one"))
    company = Company(Library(behaviours=(behaviour,)), COMPANY.common)
    made = tomllib.loads(draft_of(escalation(resolved=False, disposition="customer left"), company, by_words).text)
    assert [one["title"] for one in made["resolution"]] == ["send a second one"]


def test_what_the_customer_wants_is_never_cut_off() -> None:
    """The packet's line is short, the customer's sentence whole."""
    long = "my lamp has been stuck at the depot for ten days now, and my first day as a keeper of the house is Monday"
    made = tomllib.loads(draft_of(escalation(((Author.CUSTOMER, long), *SAID[2:])), COMPANY, by_words).text)
    assert not [words for words in made["wants"] if words.endswith("…")]


def test_a_draft_is_played_through(scenario: Scenario, embedder: Embedder) -> None:
    """Won by its own examples, and lost by a poor agent; to one who hears nothing, what blocks it is told."""

    def acts(text: str) -> list[tuple[str, frozenset[Act]]]:
        return [(said.sentence, said.acts) for said in acts_in(text, embedder)]

    found = checked(scenario, Ear(scenario, embedder, acts))
    assert (found.playable, found.why) == (True, "")
    assert [one.reached for one in found.resolutions] == [True]
    blocked = checked(scenario, Deaf())  # type: ignore[arg-type]
    assert not blocked.won
    assert blocked.why.startswith("asked with its own examples, the customer does not tell: needed by")


def test_rules_of_a_document_are_told_apart() -> None:
    """What must be done, and what must not; headings are neither."""
    document = "# Never\n\n- The agent must ask for the booking.\n- You should not promise a day. Flights land.\n"
    document += "- You must only make one tool call at a time.\n"
    assert rules_in(document) == (("The agent must ask for the booking.",), ("You should not promise a day.",))


def read_by_words(text: str) -> list[ActSaid]:
    """Return what sentences of an airline do, by a word."""
    found = [(s, Act.REFUSE if "cannot" in s else Act.DONE if "been" in s else Act.EXPLAIN) for s in texts(text)]
    return [ActSaid(sentence, frozenset({act}), act, 1.0) for sentence, act in found]


FOUND = json.dumps({"cabin": "basic_economy", "insurance": False, "dob": "1990-01-01", "bags": {"free": 1}})


def run(*said: str, **told: object) -> Escalation:
    """Return a run that ended well: the customer and the agent in turn, a tool's finding behind each customer."""
    turns: list[object] = [{"role": "system", "content": "Help. The current time is 2024-05-15 15:00:00 EST."}]
    for number, text in enumerate(said):
        turns.append({"role": "assistant" if number % 2 else "user", "content": text})
        turns += [] if number % 2 else [{"role": "assistant", "content": None}, {"role": "tool", "content": FOUND}]
    return run_of({"id": "4", "reward": 1, "messages": turns, **told}, DAY)


def test_a_run_is_played_on_what_its_tools_had_found() -> None:
    """Not on what was done; its days are counted from its own day, and emphasis is left out."""
    cancel = (
        "cancel my flight on May 20",
        "**Your ticket** is a cheap one.",
        "so?",
        "Your flight has been cancelled now.",
    )
    made = tomllib.loads(draft_of(run(*cancel, brief="You are cross."), COMPANY, read_by_words).text)
    found = ["cabin basic economy; insurance no", "Your ticket is a cheap one."]
    assert [line["text"] for line in made["before"]] == found
    assert made["begins"] == ["cancel my flight on {date:5}"]
    assert "What the customer was told to want: You are cross." in made["notes"]
    assert made["record"]["name"]


def test_where_it_ended_well_and_nothing_was_offered_the_no_was_right() -> None:
    """It trains saying no; of a run that did not end well nobody knows."""
    said = ("cancel my flight", "Without an insurance we cannot cancel a ticket of this kind.")
    made = tomllib.loads(draft_of(run(*said), COMPANY, read_by_words).text)
    assert [one["title"] for one in made["resolution"]] == ["told what cannot be, and why"]
    assert (made["resolution"][0]["offered"], made["skills"]) == ([said[1]], ["saying no"])
    poor = draft_of(run(*said, reward=0), COMPANY, read_by_words).text
    assert "resolution" not in tomllib.loads(poor)
    assert "It did not end well: look whether what was offered is right" in poor


def test_what_is_asked_for_in_a_list_can_be_asked_for_in_other_words() -> None:
    """“Please provide these details” asks for nothing that anybody else would say so."""
    asks = "I need this:\n1. **Your booking number**\n- The reason (illness, plans)\nPlease provide these details."
    made = tomllib.loads(draft_of(run("cancel it", asks, "ABCDE, I'm ill", "Hm."), COMPANY, read_by_words).text)
    assert made["fact"][0]["asked"] == [
        "Could you tell me your booking number?",
        "Could you tell me the reason?",
        "Could you provide these details?",
        "Please provide these details.",
    ]


def test_a_question_that_asks_leave_for_a_deed_asks_for_no_fact() -> None:
    """Else the same words would ask and offer, and the customer would repeat themselves until they leave."""
    said = (
        *SAID[:3],
        (Author.AGENT, "Would you like to proceed with the refund?"),
        (Author.CUSTOMER, "I bought it in May"),
    )
    made = tomllib.loads(draft_of(escalation(said), COMPANY, by_words).text)
    assert [fact for fact in made.get("fact", ()) if fact["told"] == "asked"] == []


@pytest.mark.parametrize("said", ["That's all for now.", "Sure, my user ID is tilda_1.", "That's over my budget."])
def test_a_yes_that_takes_nothing_is_no_consent(said: str) -> None:
    """It closes, answers or judges."""
    taken = (*SAID[:8], (Author.CUSTOMER, said), *SAID[9:])
    made = tomllib.loads(draft_of(escalation(taken), COMPANY, by_words).text)
    assert made["resolution"][0]["accepts"] == ["ok, please do that"]


def test_runs_are_read_in_both_shapes(tmp_path: Path) -> None:
    """Those of a benchmark, with its roles, and those of a desk; what is none is named."""
    turns = [
        {"role": "system", "content": "You are an agent."},
        {"role": "user", "content": "I'm tilda_marrow_1234, cancel my flight"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "{}"},
        {"role": "assistant", "content": "I can cancel it."},
        {"role": "user", "content": "###STOP###"},
    ]
    run = {"task_id": 4, "trial": 1, "reward": 1.0, "info": {"task": {"user_id": "tilda_marrow_1234"}}, "traj": turns}
    file = tmp_path / "runs.json"
    file.write_text(json.dumps([run, {"id": "own", "messages": [{"role": "bot", "text": "Hello"}]}]), "utf-8")
    first, second = read_runs(file, DAY)
    assert (first.id, first.resolved, first.customer.name) == ("import-4-1", True, "Tilda Marrow")
    assert [message.role for message in first.messages] == [Author.CUSTOMER, Author.AGENT]
    assert (second.id, second.messages[0].role) == ("import-own", Author.BOT)
    assert "tilda" not in draft_of(first, COMPANY, by_words).text.lower()
    file.write_text('{"id": "x"}', "utf-8")
    with pytest.raises(ContentError, match="run 1: it has no list of 'messages'"):
        read_runs(file, DAY)
