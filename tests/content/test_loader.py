"""Authored content is read strictly: what is wrong is named with its file, its line and what would be right."""

from datetime import date, time
from pathlib import Path

import pytest

from console.content.conditions import Record
from console.content.errors import ContentError
from console.content.library import Library
from console.content.loader import built_in_policies, digest_of, load_library
from console.content.policies import Watched
from console.conversation.assistance import Severity
from console.conversation.message import Layer
from console.conversation.people import Customer
from console.conversation.queue_rules import Member

POLICY = """
title = "Refunds over £100 need a lead"
clause = "Refunds §2"
severity = "block"
on = ["draft"]
text = "A refund above £100 is a lead's to give."
advice = "Ask a lead."
[[trigger]]
pattern = '(?i)\\brefund'
amount_over = 100.0
[[when]]
field = "value"
op = "<"
is = 5000
"""
BEHAVIOUR = """
title = "Parcel lost"
layer = "assisted"
tier = 2
[triggers]
examples = ["my parcel never came"]
[[collect]]
fact = "order number"
slot = "order.number"
pattern = 'LF-\\d{5}'
ask = "Could you give me your order number?"
[[step]]
title = "Offer the choice"
say = "Shall I send {order.item} again?"
done_when = '(?i)send .{0,40} again'
[[handover]]
when = "unresolved"
after = 3
with = ["summary"]
"""
COMPANY = """
name = "Larkfell"
[hours]
zone = "Europe/London"
monday = ["09:00-12:30", "13:00-24:00"]
holidays = ["2026-12-25", 2026-12-26]
[[agent]]
name = "Robin Ashdale"
tiers = [1, 2]
skills = ["refunds"]
capacity = 3
"""
MACRO = """
[[macro]]
id = "reship"
title = "Offer to reship"
text = "I can send {order.item} again, {customer.first_name}."
intents = ["lost-parcel"]
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small company's content."""
    for name, text in (
        ("policies/refund.toml", POLICY),
        ("behaviours/lost-parcel.toml", BEHAVIOUR),
        ("macros/delivery.toml", MACRO),
        ("company.toml", 'name = "Larkfell"\n'),
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def fault(content: Path) -> str:
    """Return what is said of broken content: always one line."""
    with pytest.raises(ContentError) as caught:
        load_library(content)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_content_is_read_as_it_was_written(content: Path) -> None:
    """Every part, found by its id."""
    library = load_library(content)
    policy, behaviour, macro = library.policy("refund"), library.behaviour("lost-parcel"), library.macro("reship")
    assert policy
    assert behaviour
    assert macro
    assert (policy.severity, policy.on, policy.clause) == (Severity.BLOCK, (Watched.DRAFT,), "Refunds §2")
    assert [policy.applies_to(Record(Customer("a", value=value))) for value in (10, 5000)] == [True, False]
    assert (behaviour.layer, behaviour.tier, behaviour.handover[0].context) == (Layer.ASSISTED, 2, ("summary",))
    assert [(step.title, step.done_when is not None) for step in behaviour.steps] == [("Offer the choice", True)]
    assert behaviour.as_text.splitlines()[0] == "Find out: order number"
    assert macro.slots == ("order.item", "customer.first_name")
    assert library.company == "Larkfell"


def test_an_empty_folder_is_a_company_without_rules(tmp_path: Path) -> None:
    """A new workspace works."""
    library = load_library(tmp_path)
    assert library.macros == ()
    assert {behaviour.layer for behaviour in library.behaviours} == {Layer.HUMAN_ONLY}
    assert library.policies == built_in_policies()
    assert Library().policy("refund") is None


@pytest.mark.parametrize(
    ("file", "was", "becomes", "said"),
    [
        (
            "policies/refund.toml",
            "severity =",
            "severty =",
            "refund.toml:4: unknown key 'severty'; did you mean 'sever",
        ),
        ("policies/refund.toml", 'severity = "block"\n', "", "refund.toml: the key 'severity' is missing"),
        ("policies/refund.toml", '"block"', '"stop"', "refund.toml:4: 'severity' has to be one of info, warn, block"),
        ("policies/refund.toml", "(?i)\\brefund", "(refund", "refund.toml:9: 'trigger.pattern': not a regular expr"),
        (
            "policies/refund.toml",
            "(?i)\\brefund",
            "(a+)+b",
            "refund.toml:9: 'trigger.pattern': takes too long on a text",
        ),
        (
            "policies/refund.toml",
            "(?i)\\brefund",
            "\\w+\\s*\\w+!",
            "refund.toml:9: 'trigger.pattern': takes too long on a text",
        ),
        ("policies/refund.toml", "pattern =", "patern =", "refund.toml:9: unknown key 'trigger.patern'; did you mean"),
        ("policies/refund.toml", "100.0", '"lots"', "refund.toml:10: 'trigger.amount_over' has to be a number"),
        ("policies/refund.toml", 'op = "<"', 'op = "under"', "refund.toml:13: 'when.op' has to be one of =="),
        ("policies/refund.toml", 'on = ["draft"]', "on = []", "refund.toml:5: 'on' is empty"),
        ("policies/refund.toml", 'clause = "Refunds §2"', "clause = 'x", "refund.toml:3: cannot be read here"),
        (
            "behaviours/lost-parcel.toml",
            "tier = 2",
            "tier = 7",
            "lost-parcel.toml:4: 'tier' has to be at most",
        ),
        (
            "behaviours/lost-parcel.toml",
            "order.number",
            "Order Number",
            "lost-parcel.toml:9: 'collect.slot': String sh",
        ),
        (
            "behaviours/lost-parcel.toml",
            "done_when = '(?i)",
            "done_when = '(a+)+",
            "lost-parcel.toml:15: 'step.done_when': takes too long",
        ),
        (
            "behaviours/lost-parcel.toml",
            "done_when",
            "done_if",
            "lost-parcel.toml:15: unknown key 'step.done_if'; did you mean",
        ),
        (
            "behaviours/lost-parcel.toml",
            "{order.item}",
            "{order.colour}",
            "lost-parcel.toml:14: step 'Offer the choice' uses the unknown slot {order.colour}",
        ),
        (
            "behaviours/lost-parcel.toml",
            "[triggers]",
            "[trigger]",
            "lost-parcel.toml:5: unknown key 'trigger'; did you",
        ),
        (
            "macros/delivery.toml",
            "order.item",
            "order.thing",
            "delivery.toml:5: macro 'reship' uses the unknown slot {o",
        ),
        (
            "macros/delivery.toml",
            "lost-parcel",
            "lost-parcle",
            "macro 'reship' names the intent 'lost-parcle', which n",
        ),
        ("company.toml", "name", "nam", "company.toml:1: unknown key 'nam'; did you mean 'name'?"),
    ],
)
def test_a_fault_is_named_with_file_and_line(content: Path, file: str, was: str, becomes: str, said: str) -> None:
    """So that its author finds it at once."""
    text = (content / file).read_text(encoding="utf-8")
    assert was in text
    (content / file).write_text(text.replace(was, becomes), encoding="utf-8")
    assert said in fault(content)


def test_a_trigger_that_could_never_fire_is_a_fault(content: Path) -> None:
    """It needs a pattern or examples."""
    (content / "policies/refund.toml").write_text(POLICY.replace("pattern =", "unless ="), encoding="utf-8")
    assert "a trigger needs a pattern or examples" in fault(content)


def test_two_macros_of_one_id_are_a_fault(content: Path) -> None:
    """In whichever files they stand."""
    (content / "macros/again.toml").write_text(MACRO, encoding="utf-8")
    assert "two macros have the id 'reship'" in fault(content)


def test_content_that_is_not_text_is_named(content: Path) -> None:
    """Wrong encoding is not a traceback."""
    (content / "policies/refund.toml").write_bytes(b"\xff\xfe\x00")
    assert "refund.toml: not UTF-8" in fault(content)


def test_content_is_cleaned_when_it_is_read(content: Path) -> None:
    """An author's clipboard may carry anything."""
    text = MACRO.replace("Offer to reship", "Offer\\u202e to\\u001b[2J reship")
    (content / "macros/delivery.toml").write_text(text, encoding="utf-8")
    macro = load_library(content).macro("reship")
    assert macro is not None
    assert macro.title == "Offer to[2J reship"


def test_the_version_of_a_part_changes_with_any_of_its_files(content: Path) -> None:
    """And with their names, and with nothing else."""
    versions = load_library(content).versions
    assert load_library(content).versions == versions
    (content / "macros/delivery.toml").rename(content / "macros/parcels.toml")
    renamed = load_library(content).versions
    assert renamed["macros"] != versions["macros"]
    assert renamed["policies"] == versions["policies"]
    assert digest_of(content / "none") == digest_of(content / "nothing")


def test_a_misspelt_field_of_an_order_is_named_with_the_nearest(content: Path) -> None:
    """A condition that can never hold would hide a macro without a word."""
    macros = content / "macros" / "delivery.toml"
    macros.write_text(
        macros.read_text(encoding="utf-8") + '[[macro.when]]\nfield = "order.state"\nis = "x"\n', encoding="utf-8"
    )
    said = fault(content)
    assert "delivery.toml" in said
    assert "order.status" in said


def test_a_company_names_its_hours_and_what_its_agents_take(tmp_path: Path) -> None:
    """In its own time; who is not named takes everything."""
    (tmp_path / "company.toml").write_text(COMPANY, encoding="utf-8")
    library = load_library(tmp_path)
    assert library.hours is not None
    assert library.hours.week[0] == ((time(9), time(12, 30)), (time(13), time(0)))
    assert library.hours.week[1] == ()
    assert library.hours.holidays == {date(2026, 12, 25), date(2026, 12, 26)}
    assert library.team == (Member("Robin Ashdale", (1, 2), ("refunds",), 3),)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("Europe/London", "Europe/Lodnon", "there is no time zone 'Europe/Lodnon'"),
        ("09:00-12:30", "nine to five", "'nine to five' is no span of time; write it as 09:00-17:30"),
        ('"2026-12-25"', '"Christmas"', "'Christmas' is no day; write it as 2026-12-25"),
        ("tiers = [1, 2]", "tiers = [4]", "tiers"),
        ("monday", "mnday", "did you mean 'monday'"),
    ],
)
def test_wrong_hours_and_agents_are_named_with_their_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """And what would be right."""
    (tmp_path / "company.toml").write_text(COMPANY.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_library(tmp_path)
    assert said in str(error.value)
    assert "company.toml:" in str(error.value)


def test_a_policy_without_triggers_looks_for_what_the_products_does(tmp_path: Path) -> None:
    """The company's words and severity, and what the product recognises."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "self-harm.toml").write_text(POLICY[: POLICY.index("[[trigger]]")].replace("draft", "customer"))
    (policy,) = (one for one in load_library(tmp_path).policies if one.id == "self-harm")
    (known,) = (one for one in built_in_policies() if one.id == "self-harm")
    assert (policy.title, policy.triggers) == ("Refunds over £100 need a lead", known.triggers)
    assert not policy.built_in


def test_a_policy_that_looks_for_nothing_is_refused(tmp_path: Path) -> None:
    """With the name that was meant, where there is one."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "self-harms.toml").write_text(POLICY[: POLICY.index("[[trigger]]")])
    with pytest.raises(ContentError, match=r"no \[\[trigger\]\].*did you mean 'self-harm'\?"):
        load_library(tmp_path)


def test_a_pattern_that_matches_everything_is_refused(tmp_path: Path) -> None:
    """It would reserve every conversation for people."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "own.toml").write_text(POLICY.replace("'(?i)\\brefund'", "'(?i)'"))
    with pytest.raises(ContentError, match="matches every text"):
        load_library(tmp_path)


RUBRIC = """
[[criterion]]
id = "map"
title = "A map"
text = "Somebody says to bring a map."
look = "said"
weight = 2
examples = ["Do bring a map."]
"""


def test_a_rubric_is_read_with_its_version(tmp_path: Path) -> None:
    """Another file is another version; without one nothing is marked."""
    assert load_library(tmp_path).rubric is None
    file = tmp_path / "rubric.toml"
    file.write_text(RUBRIC)
    library = load_library(tmp_path)
    assert library.rubric is not None
    (criterion,) = library.rubric.criteria
    assert (criterion.id, criterion.weight, criterion.examples) == ("map", 2, ("Do bring a map.",))
    assert library.versions["rubric"] == library.rubric.version
    file.write_text(RUBRIC.replace("weight = 2", "weight = 3"))
    other = load_library(tmp_path).rubric
    assert other is not None
    assert other.version != library.rubric.version


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('look = "said"', 'look = "sad"', "rubric.toml:6: "),
        ("weight = 2", "weight = 0", "rubric.toml:7: "),
        ('examples = ["Do bring a map."]', "", "needs a pattern or examples"),
        ('look = "said"', 'look = "policy"', "takes no examples"),
        ("weight = 2", 'layers = ["autonomous"]', "for people's work"),
        ("weight = 2", "wieght = 2", "did you mean 'weight'"),
        (RUBRIC, RUBRIC + RUBRIC, "two criteria have the id 'map'; rename one"),
        (RUBRIC, "criterion = []", "rubric.toml"),
        (
            'id = "map"',
            'id = "time"',
            "rubric.toml:3: 'time' is a point of practice sessions already",
        ),
    ],
)
def test_what_is_wrong_with_a_rubric_is_said_in_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """With the file, the line, and what would be right."""
    (tmp_path / "rubric.toml").write_text(RUBRIC.replace(old, new))
    with pytest.raises(ContentError) as error:
        load_library(tmp_path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
