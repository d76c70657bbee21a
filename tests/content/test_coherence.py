"""Behaviours that contradict each other, loop, or name what is not there stop the load, each with file and line."""

from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library

STATUS = """title = "Order status"
layer = "autonomous"
tier = 1
stakes = "low"
say = "A colleague takes over, {customer.first_name}."
[triggers]
patterns = ['(?i)where is my order']
examples = ["where is my order"]
[[collect]]
fact = "order number"
slot = "order.number"
ask = "Which order?"
[[handover]]
when = "unresolved"
"""
COMPLAINT = """title = "Complaint"
layer = "human-only"
tier = 3
stakes = "high"
say = "A lead will read this."
skills = ["care"]
[triggers]
patterns = ['(?i)complain about']
examples = ["I want to complain"]
"""


def written(folder: Path, **files: str) -> Path:
    """Write behaviours by intent (``_`` for ``-``) and return the content folder."""
    for name, text in files.items():
        file = folder / "behaviours" / f"{name.replace('_', '-')}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def faults(content: Path) -> list[str]:
    """Return what stops the load, one line each."""
    with pytest.raises(ContentError) as caught:
        load_library(content)
    return str(caught.value).splitlines()


def test_sound_behaviours_raise_neither_fault_nor_doubt(tmp_path: Path) -> None:
    """What the other tests break is whole."""
    assert load_library(written(tmp_path, status=STATUS, complaint=COMPLAINT)).doubts == ()


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('stakes = "low"', 'stakes = "high"', "status.toml:4: high stakes and yet autonomous"),
        (
            '["where is my order"]',
            '["where is my order", "i want to  complain!"]',
            "status.toml:8: the example “i want to  complain!” also stands in 'complaint' (human-only), and th",
        ),
        (
            "['(?i)where is my order']",
            "['(?i)where is my order', '(?i)complain about']",
            "status.toml:7: the pattern “(?i)complain about” also stands in 'complaint' (human-only)",
        ),
        ("{customer.first_name}", "{agent.name}", "status.toml:5: 'say' names {agent.name}, but no agent has it yet"),
        ("{customer.first_name}", "{fact.size}", "status.toml:5: nothing fills {fact.size} in 'say'"),
        (
            "{customer.first_name}",
            "{customer.firstname}",
            "status.toml:5: nothing fills {customer.firstname} in 'say'; did you mean 'customer.first_name'?",
        ),
        ('when = "unresolved"', 'when = "unresolved"\nto = "complaints"', "'complaints', which no behaviour has; did"),
        (
            'when = "unresolved"',
            'when = "unresolved"\n[[handover]]\nwhen = "unresolved"',
            "status.toml:16: 'unresolved' stands in two [[handover]] tables",
        ),
        (
            "[[handover]]",
            '[[collect]]\nfact = "number"\nslot = "order.number"\nask = "Which?"\n[[handover]]',
            "status.toml:15: two [[collect]] tables fill the slot 'order.number'",
        ),
        (
            "[[handover]]",
            '[[step]]\ntitle = "Choose"\nsay = "In {fact.size}?"\n[[handover]]',
            "status.toml:15: {fact.size} is never asked for: add a [[collect]] with slot = 'size'",
        ),
        ("[triggers]", "[triggers]\npolicies = ['presss']", "no policy; did you mean 'press'?"),
    ],
)
def test_a_contradiction_is_named_with_file_line_and_what_is_near(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    """In words for whoever writes behaviours."""
    assert was in STATUS
    (found,) = faults(written(tmp_path, status=STATUS.replace(was, becomes), complaint=COMPLAINT))
    assert said in found


def test_a_circle_of_handovers_is_named_once_with_the_whole_way(tmp_path: Path) -> None:
    """Wherever one enters it."""
    one = STATUS.replace('"unresolved"', '"unresolved"\nto = "two"')
    two = COMPLAINT + '[[handover]]\nwhen = "mood"\nto = "three"\n'
    three = COMPLAINT.replace("omplain", "rumble") + '[[handover]]\nwhen = "mood"\nto = "two"\n'
    (found,) = faults(written(tmp_path, one=one, two=two, three=three))
    assert "three.toml:12: the hand-over leads in a circle: three → two → three" in found


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    """So that nobody mends one line, loads, and meets the next."""
    broken = STATUS.replace("tier = 1", "tier = 9")
    found = faults(written(tmp_path, status=broken, complaint=COMPLAINT.replace("title", "titel")))
    assert [line.split(": ", 1)[0].rsplit("/", 1)[1] for line in found] == ["complaint.toml:1", "status.toml:3"]


def test_a_tool_in_what_is_reserved_for_people_is_a_contradiction(tmp_path: Path) -> None:
    """Whatever shape the table has: the bot may do nothing there."""
    tool = (
        '[[tool]]\nname = "orders"\nkind = "look-up"\ntitle = "Orders"\nsay = ["It is {x}."]\nreturns = { x = "y" }\n'
    )
    found = faults(written(tmp_path, complaint=COMPLAINT + tool))
    assert any("reserved for people and yet with a [[tool]]" in line for line in found)
    assert all(
        "tool" in line for line in faults(written(tmp_path, complaint=COMPLAINT + '[[tool]]\nname = "orders"\n'))
    )


def test_a_macro_names_its_line_and_the_nearest_intent(tmp_path: Path) -> None:
    """The macro's own line, in a file of many."""
    (tmp_path / "macros").mkdir()
    macro = '[[macro]]\nid = "{0}"\ntitle = "x"\ntext = "y"\nintents = ["{1}"]\n'
    text = macro.format("a", "status") + macro.format("b", "statuss")
    (tmp_path / "macros/all.toml").write_text(text, encoding="utf-8")
    (found,) = faults(written(tmp_path, status=STATUS))
    assert "all.toml:10: macro 'b' names the intent 'statuss', which no behaviour has; did you mean 'status'?" in found


def test_a_policy_on_an_intent_that_is_not_there_is_named(tmp_path: Path) -> None:
    """It would never speak."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.toml").write_text(
        'title = "t"\nclause = "c"\nseverity = "info"\non = ["draft"]\ntext = "x"\nadvice = "y"\n'
        '[[trigger]]\npattern = "z"\n[[when]]\nfield = "intent"\nop = "in"\nis = ["status", "stattus"]\n',
        encoding="utf-8",
    )
    (found,) = faults(written(tmp_path, status=STATUS))
    assert "own.toml:12: policy 'own' names the intent 'stattus'" in found


def test_a_scenario_names_an_intent_that_is_there(tmp_path: Path) -> None:
    """A practice session would be scored by no behaviour."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/late.toml").write_text('title = "x"\nintent = "statis"\n', encoding="utf-8")
    (found,) = faults(written(tmp_path, status=STATUS))
    assert "late.toml:2: the scenario names the intent 'statis', which no behaviour has; did you mean 'status'" in found


def test_a_skill_is_one_of_the_companys_where_it_lists_them(tmp_path: Path) -> None:
    """Else a misspelt skill would find nobody."""
    (tmp_path / "company.toml").write_text('skills = ["caring"]\n', encoding="utf-8")
    (found,) = faults(written(tmp_path, complaint=COMPLAINT))
    assert "complaint.toml:6: the skill 'care' is not among those of company.toml; did you mean 'caring'?" in found


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('say = "A colleague takes over, {customer.first_name}."\n', "", "status.toml:1: the bot has nothing to say"),
        ("{customer.first_name}", "{Customer}", "status.toml:5: 'say' has a brace that is no slot"),
        (
            'when = "unresolved"',
            'when = "unresolved"\nwith = ["sumary"]',
            "status.toml:15: nothing called 'sumary' goes al",
        ),
        ('["where is my order"]', '["a", "A."]', "status.toml:8: the example “a” stands here twice"),
        ('["where is my order"]', '["I complain about it"]', "goes to people: a pattern of 'complaint' matches it"),
        ("patterns = ['(?i)where is my order']\nexamples = [\"where is my order\"]\n", "", "no pattern, example or"),
    ],
)
def test_what_only_looks_like_a_mistake_is_a_warning(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    """The content is used all the same."""
    assert was in STATUS
    (doubt,) = load_library(written(tmp_path, status=STATUS.replace(was, becomes), complaint=COMPLAINT)).doubts
    assert said in doubt
