"""Marks of quality: each rests on words that stand in the conversation, and nothing is made up."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.quality.case import Case
from console.assist.quality.scoring import score
from console.assist.talk import Talk
from console.content.rubrics import Criterion, Look, Rubric
from console.conversation.assistance import Citation, Flag, KnowledgeHit, Severity, SourceType
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer
from console.conversation.quality import CriterionMark, Mark

ROLES = {"C": Author.CUSTOMER, "B": Author.BOT, "S": Author.SYSTEM, "A": Author.AGENT}
RUBRIC = Rubric(tuple(Criterion(look.value, look.value, "", look, examples=("bring a map",)) for look in Look), "r1")


class Plain:
    """Tools without a model: flags, moods and articles as given."""

    def __init__(self, mood: float = 0.0, severity: Severity | None = None, passage: str = "") -> None:
        self._mood, self._severity, self._passage = mood, severity, passage

    def flags(self, talk: Talk, text: str) -> list[Flag]:
        """One for every text that names a sum."""
        if self._severity is None or "£" not in text:
            return []
        return [Flag("f", "refunds", self._severity, "draft", "£450", "", "Refunds need a lead", "§2")]

    def mood(self, talk: Talk) -> float:
        """The same always."""
        return self._mood

    def encode(self, texts: object) -> np.ndarray:  # type: ignore[type-arg]
        """A text is like itself alone."""
        rows = np.zeros((len(list(texts)), 97), np.float32)  # type: ignore[call-overload]
        for place, text in enumerate(texts):  # type: ignore[var-annotated,arg-type]
            rows[place, sum(map(ord, text)) % 97] = 1
        return rows

    def articles(self, messages: object) -> list[KnowledgeHit]:
        """The article."""
        return [KnowledgeHit("a.md", "A", self._passage, 1.0)] if self._passage else []


def case(*lines: str, excepted: bool = False, cited: str = "", layer: Layer = Layer.ASSISTED) -> Case:
    """Return a conversation of lines such as ``A: hello``."""
    messages = tuple(
        Message(f"m{place}", ROLES[line[0]], line[3:], excepted=excepted and line[0] == "A")
        for place, line in enumerate(lines, 1)
    )
    sources = {m.id: (Citation(SourceType.ARTICLE, "a", cited),) for m in messages} if cited else {}
    return Case(Talk("c", Customer(id="x"), messages), layer, resolved=True, cited=sources)


def marked(look: Look, one: Case, tools: Plain | None = None) -> CriterionMark:
    """Return the mark for one look."""
    return next(m for m in score(one, RUBRIC, tools or Plain()) if m.criterion == look)  # type: ignore[arg-type]


def test_a_greeting_that_knows_the_matter_is_met_and_cites_itself() -> None:
    """The words that speak for it are the message's own."""
    mark = marked(Look.GREETING, case("C: my zip is broken", "A: Hello, a broken zip, let me see."))
    assert (mark.mark, mark.evidence[0].message) == (Mark.MET, "m2")
    assert marked(Look.GREETING, case("C: my zip is broken", "A: Hello, how can I help?")).mark is Mark.PARTLY


def test_what_a_lead_let_out_keeps_policy_and_what_went_out_alone_does_not() -> None:
    """A warning without a reason is half of it."""
    lines = ("C: my tent leaks", "A: I'll refund you £450 today.")
    assert marked(Look.POLICY, case(*lines), Plain(severity=Severity.BLOCK)).mark is Mark.NOT_MET
    assert marked(Look.POLICY, case(*lines), Plain(severity=Severity.WARN)).mark is Mark.PARTLY
    assert marked(Look.POLICY, case(*lines, excepted=True), Plain(severity=Severity.BLOCK)).mark is Mark.MET


def test_a_reason_that_says_nothing_lets_nothing_out() -> None:
    """A text that went out with “fine” for a reason is against the policy as it was."""
    one = case("C: my tent leaks", "A: I'll refund you £450 today.", excepted=True)
    told = replace(one, unexplained=frozenset({"I'll refund you £450 today."}))
    assert marked(Look.POLICY, told, Plain(severity=Severity.BLOCK)).mark is Mark.NOT_MET
    warned = marked(Look.POLICY, told, Plain(severity=Severity.WARN))
    assert (warned.mark, warned.reason.startswith("policy warns of it, and the reason says nothing")) == (
        Mark.PARTLY,
        True,
    )


def test_empathy_applies_to_customers_who_are_upset() -> None:
    """Too late is half of it."""
    cold, warm = "A: What is the order number?", "A: I'm so sorry about this."
    assert marked(Look.EMPATHY, case("C: hi", cold)).mark is Mark.DOES_NOT_APPLY
    upset = Plain(mood=-0.8)
    assert marked(Look.EMPATHY, case("C: awful", cold), upset).mark is Mark.NOT_MET
    assert marked(Look.EMPATHY, case("C: awful", warm), upset).mark is Mark.MET
    late = "A: Hello, I'm Jo. I've read all of it. It came back. Nobody paid you. That is our failing, and I'm sorry."
    assert marked(Look.EMPATHY, case("C: awful", late), upset).mark is Mark.MET
    assert marked(Look.EMPATHY, case("C: awful", cold, "C: 1", warm), upset).mark is Mark.PARTLY
    assert marked(Look.EMPATHY, case("A: hello", "C: awful"), upset).mark is Mark.CANNOT_BE_TOLD


def test_a_statement_that_no_source_says_cannot_be_told() -> None:
    """Neither right nor wrong is invented."""
    lines = ("C: how long does a repair take", "A: A repair takes 12 days.")
    assert marked(Look.ACCURACY, case(*lines)).mark is Mark.CANNOT_BE_TOLD
    assert marked(Look.ACCURACY, case(*lines, cited="A repair takes 12 days.")).mark is Mark.MET
    assert marked(Look.ACCURACY, case(*lines), Plain(passage="A repair takes 12 days.")).mark is Mark.MET
    looked_up = ("C: how long", 'S: {"days": "12 days"}', "A: It takes 12 days.")
    assert marked(Look.ACCURACY, case(*looked_up)).mark is Mark.MET
    assert marked(Look.ACCURACY, case("C: hello", "A: Of course.")).mark is Mark.DOES_NOT_APPLY


def test_facts_are_confirmed_before_something_is_done() -> None:
    """Afterwards is half of it."""
    ask = "C: cancel order LF-20981"
    assert marked(Look.FACTS, case(ask, "A: I've cancelled it.")).mark is Mark.NOT_MET
    assert marked(Look.FACTS, case(ask, "A: LF-20981, I've cancelled it.")).mark is Mark.MET
    after = case(ask, "A: I've cancelled it.", "C: ok", "A: It was LF-20981, right?")
    assert marked(Look.FACTS, after).mark is Mark.PARTLY
    assert marked(Look.FACTS, case("C: are you open", "A: Yes.")).mark is Mark.DOES_NOT_APPLY
    assert marked(Look.FACTS, case(ask, "A: I have noted that.")).mark is Mark.DOES_NOT_APPLY


def test_a_question_left_open_is_no_good_closing() -> None:
    """Thanks and smiles at the end are no question."""
    end = "A: You're welcome, goodbye! Just write if there is anything else."
    assert marked(Look.CLOSING, case("C: thanks", end)).mark is Mark.MET
    assert marked(Look.CLOSING, case("C: thanks", end, "C: and which carrier?")).mark is Mark.NOT_MET
    assert marked(Look.CLOSING, case("C: thanks", end, "C: haha ok. true")).mark is Mark.MET


def test_who_passes_it_on_takes_no_leave_and_thanks_at_the_beginning_are_none() -> None:
    """The next one does; and thanks for what was sent end nothing."""
    said = ("C: who decides?", "A: A lead does, I'm passing it on to her.")
    assert marked(Look.CLOSING, case(*said)).mark is Mark.NOT_MET
    assert marked(Look.CLOSING, replace(case(*said), passed_on=True)).mark is Mark.DOES_NOT_APPLY
    thanks = "A: Thank you. The carrier has the sum. They work it out. They tell you the sum in writing."
    assert marked(Look.CLOSING, case("C: duty?", thanks)).mark is Mark.NOT_MET


def test_a_vague_next_step_is_half_of_one() -> None:
    """Who, what and when make a whole one."""
    assert marked(Look.NEXT_STEP, case("C: lost", "A: We will look into it.")).mark is Mark.PARTLY
    assert marked(Look.NEXT_STEP, case("C: lost", "A: You'll hear from me by Thursday.")).mark is Mark.MET
    assert marked(Look.NEXT_STEP, case("C: lost", "A: How odd.")).mark is Mark.NOT_MET


def test_a_companys_own_criterion_is_met_by_its_pattern_or_examples() -> None:
    """Words of the pattern, or a sentence like an example."""
    own = Criterion("map", "Map", "", Look.SAID, pattern=re.compile("compass"), examples=("bring a map",))
    for text, mark in (("A: bring a map", Mark.MET), ("A: a compass", Mark.MET), ("A: no", Mark.NOT_MET)):
        (found,) = score(case("C: hi", text), Rubric((own,)), Plain())  # type: ignore[arg-type]
        assert found.mark is mark


def test_nothing_is_said_of_other_languages_layers_or_where_nobody_wrote() -> None:
    """What only people can mark is left to them."""
    assert marked(Look.PEOPLE, case("C: hi", "A: hello")).mark is Mark.CANNOT_BE_TOLD
    assert marked(Look.GREETING, case("C: hi", "B: hello")).mark is Mark.DOES_NOT_APPLY
    autonomous = case("C: hi", "A: hello", layer=Layer.AUTONOMOUS)
    assert {m.mark for m in score(autonomous, RUBRIC, Plain())} == {Mark.DOES_NOT_APPLY}  # type: ignore[arg-type]
    german = case("C: Wo bleibt denn meine Bestellung? Ich warte schon seit zwei Wochen darauf.", "A: Hello.")
    assert marked(Look.GREETING, german).mark is Mark.CANNOT_BE_TOLD


LINE = st.builds(lambda role, text: f"{role}: {text}", st.sampled_from("CBSA"), st.text(max_size=60))


@given(st.lists(LINE, max_size=8), st.floats(-1, 1), st.sampled_from([None, *Severity]))
def test_every_conversation_is_marked_and_every_quotation_is_of_a_message_of_it(
    lines: list[str], mood: float, severity: Severity | None
) -> None:
    """Whatever people write; and the same again gives the same."""
    one, tools = case(*lines), Plain(mood, severity, "It takes 3 days.")
    marks = score(one, RUBRIC, tools)  # type: ignore[arg-type]
    assert [m.criterion for m in marks] == [c.id for c in RUBRIC.criteria]
    texts = {m.id: " ".join(m.text.split()) for m in one.messages}
    for words in (words for mark in marks for words in mark.evidence):
        assert words.words.rstrip("…") in texts[words.message]
    assert score(one, RUBRIC, tools) == marks  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", [Mark.MET, Mark.PARTLY, Mark.NOT_MET])
def test_a_mark_names_its_reason(mark: Mark) -> None:
    """In words of the engine's own."""
    lines = {Mark.MET: "A: Hello, a zip!", Mark.PARTLY: "A: Hello", Mark.NOT_MET: "A: Your postcode, please, first"}
    assert marked(Look.GREETING, case("C: the zip", lines[mark])).reason
