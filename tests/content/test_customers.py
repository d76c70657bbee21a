"""Customers' records and scenarios, read from their files."""

import json
from datetime import date
from pathlib import Path

import pytest

from console.content.customers import customer_from_record, dated, load_customers
from console.content.errors import ContentError
from console.content.scenarios import load_scenarios
from console.content.scripts import load_scripts
from console.conversation.people import Customer, Order

TODAY = date(2026, 11, 20)


def test_a_record_becomes_a_customer() -> None:
    """Unknown keys are kept as text, missing ones stay empty, texts are cleaned."""
    record = {
        "id": "dana",
        "name": "Dana\u202e Kovel",
        "value": 12.5,
        "phone": None,
        "orders": [{"number": "LF-1", "item": "boots\x1b[2J"}],
        "plan": {"tier": 2},
        "shoe size": 43,
    }
    assert customer_from_record(record) == Customer(
        "dana",
        "Dana Kovel",
        value=12.5,
        orders=(Order("LF-1", "boots[2J"),),
        extra={"plan": '{"tier": 2}', "shoe size": "43"},
    )


def test_days_are_counted_from_today() -> None:
    """So that the demo's parcels are always late by the same number of days."""
    assert dated({"due": "@-12", "on": ["by {date:3}", 5]}, TODAY) == {"due": "2026-11-08", "on": ["by 23 November", 5]}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['{"id": "a"}', "{broken"], "customers.jsonl:2: not a customer record: "),
        (['{"id": "a"}', "", '{"name": "b"}'], "customers.jsonl:3: not a customer record: a customer needs an 'id'"),
        (['{"id": "a"}', '{"id": "a"}'], "customers.jsonl:2: the customer 'a' stands here twice"),
        (['["a"]'], "customers.jsonl:1: not a customer record"),
        (['{"id": "a", "value": "much"}'], "customers.jsonl:1: not a customer record"),
    ],
)
def test_a_bad_record_is_named_with_its_line(tmp_path: Path, lines: list[str], said: str) -> None:
    """One line says which."""
    file = tmp_path / "customers.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_customers(file, TODAY)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_records_may_hold_any_character_that_json_may(tmp_path: Path) -> None:
    """A line separator inside a string does not end the line of the file."""
    file = tmp_path / "customers.jsonl"
    file.write_text(json.dumps({"id": "a", "notes": "one\u2028two"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert load_customers(file, TODAY)["a"].notes == "onetwo"


def test_records_that_are_not_text_are_named(tmp_path: Path) -> None:
    """Wrong encoding is not a traceback."""
    file = tmp_path / "customers.jsonl"
    file.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(ContentError, match="not UTF-8"):
        load_customers(file, TODAY)


SCENARIO = """
title = "Late boots"
customer = "dana"
reason = "asked for a person"
[[bot_part]]
role = "customer"
text = "where are my boots, due {date:-2}"
[[step]]
id = "start"
say = ["well?"]
otherwise = "end"
[[step]]
id = "end"
say = ["bye"]
ends = "left"
"""


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('customer = "dana"', 'customer = "dan"', "late.toml:3: no customer has the id 'dan'"),
        ('otherwise = "end"', 'otherwise = "ende"', "late.toml: step 'start' leads to 'ende', which is not a step"),
        ('otherwise = "end"\n', "", "late.toml: step 'start' needs 'otherwise', or 'ends'"),
        ('ends = "left"', 'ends = "gone"', "late.toml:15: 'step.ends' has to be one of resolved, left, and is “gone”"),
        ('say = ["well?"]', "say = []", "late.toml:10: 'step.say' is empty"),
        ('role = "customer"', 'role = "agent"', "late.toml:6: 'bot_part.role'"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_named(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    """With file and, where there is one, line."""
    assert was in SCENARIO
    (tmp_path / "late.toml").write_text(SCENARIO.replace(was, becomes), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_scenarios(tmp_path, {"dana": Customer("dana")}, TODAY)
    assert said in str(caught.value)


def test_a_scenarios_days_are_spoken(tmp_path: Path) -> None:
    """As people write them."""
    (tmp_path / "late.toml").write_text(SCENARIO, encoding="utf-8")
    (script,) = load_scenarios(tmp_path, {"dana": Customer("dana")}, TODAY)
    assert script.bot_part[0].text == "where are my boots, due 18 November"


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what may be given."""
    with pytest.raises(ContentError, match="nothing here to replay"):
        load_scripts(tmp_path / "none", tmp_path)
