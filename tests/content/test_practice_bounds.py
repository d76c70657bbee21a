"""Scenario files that ask for too much: refused with what is wrong, never played and never a fault of the server."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.practice import scenario_of
from console.practice.play import begin
from console.practice.scenario import Scenario

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)

PLAIN = """
title = "A torn tent"
skills = ["delivery"]
reason = "asked for a person"
notes = "n"
begins = ["my tent is torn"]
wants = ["I want a refund"]
minutes_ago = 2.0
[record]
name = "Wim Holloway"
[[resolution]]
id = "refund"
title = "A refund"
offered = ["I can refund you in full"]
accepts = ["ok, please do that"]
"""


def read(text: str) -> Scenario:
    """Return the scenario of a text."""
    return scenario_of(text, Path("tent.toml"), {}, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("plain", "instead", "why"),
    [
        ("minutes_ago = 2.0", "minutes_ago = inf", "tent.toml:8: 'minutes_ago': should be at most 525600"),
        ("minutes_ago = 2.0", "minutes_ago = 1e300", "should be at most"),
        ("[record]", "[persona]\nwaits = inf\n[record]", "'persona.waits' has to be at most 86400"),
        (
            "[record]",
            '[[before]]\nrole = "bot"\ntext = "hi"\nafter = 1e308\n[record]',
            "'before.after' has to be at most 604800",
        ),
        ("[record]", "[record]\nvalue = nan", "nan is no number"),
        ("[record]", f"[record]\nusage = {'[' * 250}{']' * 250}", "'record.usage' has to be a number"),
        ('"I can refund you in full"', ", ".join(f'"I do {n}"' for n in range(61)), "at most 60 items"),
        ("[[resolution]]", '[[must]]\nid = "m"\ntitle = "t"\nsaid = ["s"]\n' * 41 + "[[resolution]]", "at most 40 of"),
    ],
)
def test_a_scenario_beyond_all_measure_is_refused(plain: str, instead: str, why: str) -> None:
    """It says what is too much."""
    begin(read(PLAIN), 1, NOW)
    with pytest.raises(ContentError) as caught:
        read(PLAIN.replace(plain, instead))
    assert why in str(caught.value)


def test_a_day_of_a_record_may_be_written_as_toml_writes_days() -> None:
    """Without quotes, too."""
    assert read(PLAIN.replace("[record]", "[record]\nsince = 2021-05-02")).customer.since == "2021-05-02"


def test_a_customer_of_whom_nothing_is_known_has_an_empty_record() -> None:
    """As drafts of chats with visitors have."""
    assert read(PLAIN.replace('name = "Wim Holloway"', "")).customer.name == ""
