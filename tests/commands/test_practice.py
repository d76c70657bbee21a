"""``secondchair practice check`` and ``import``: scenario files as those who write and import them meet them."""

import json
from pathlib import Path

import pytest

import console.demo
from tests.commands.running import secondchair

DEMO = Path(console.demo.__file__).parent / "content"
RUN = {
    "id": "tilda",
    "reward": 1,
    "info": {"task": {"user_id": "tilda_marrow_1234", "instruction": "You are tilda_marrow_1234 and you are cross."}},
    "messages": [
        {"role": "user", "content": "Cancel my booking, please."},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": '{"cabin": "business", "insurance": "no"}'},
        {"role": "assistant", "content": "Would you like me to cancel the whole booking for you?"},
        {"role": "user", "content": "Yes, please cancel it."},
        {"role": "assistant", "content": "Your booking has been successfully cancelled."},
    ],
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with one scenario of the demo."""
    practice = tmp_path / "desk" / "content" / "practice"
    practice.mkdir(parents=True)
    for name in ("customers.jsonl", "practice/mat-that-sighs.toml", "practice/one-of-yours.toml"):
        (practice.parent / name).write_bytes((DEMO / name).read_bytes())
    return tmp_path / "desk"


def test_a_check_plays_every_scenario_through(desk: Path) -> None:
    """What is won by a deed is not played; that is no fault."""
    done = secondchair("practice", "check", "--workspace", desk)
    assert done.code == 0, done.err
    mat, passed_on = done.out.splitlines()
    assert mat.endswith("mat-that-sighs.toml: can be won")
    assert "it is won by what is done, which is not played through" in passed_on


def test_a_check_names_all_that_is_wrong_and_fails(desk: Path, tmp_path: Path) -> None:
    """Of the files named, each in lines of its own."""
    text = (desk / "content" / "practice" / "mat-that-sighs.toml").read_text("utf-8")
    poor = tmp_path / "poor.toml"
    poor.write_text(text.replace("patience = 0.7", "patience = 7").replace('"easy"', '"simple"'), "utf-8")
    done = secondchair("practice", "check", poor, "--workspace", desk)
    assert done.code != 0
    assert [line.removeprefix(str(poor)) for line in done.out.splitlines()] == [
        ":3: 'difficulty' has to be one of easy, medium, hard, and is “simple”",
        ":18: 'persona.patience' has to be at most 1, and is 7",
    ]
    assert "1 of 1 are not ready to be played" in done.err


def test_runs_are_imported_as_scenarios_that_can_be_played(desk: Path, tmp_path: Path) -> None:
    """Those that ended well, under the skill that was named; a check says the same of the file."""
    file, drafts = tmp_path / "runs.json", tmp_path / "drafts"
    file.write_text(json.dumps([RUN, {**RUN, "id": "other", "reward": 0}]), "utf-8")
    chosen = ("--resolved", "--skill", "bookings", "--into", drafts)
    done = secondchair("practice", "import", file, *chosen, "--workspace", desk)
    assert done.code == 0, done.err
    (draft,) = drafts.iterdir()
    text = draft.read_text("utf-8")
    assert 'skills = ["bookings"]' in text
    assert "cabin business; insurance no" in text
    assert "tilda" not in text
    once = secondchair("practice", "check", draft, "--workspace", desk)
    assert once.out == f"{draft}: can be won, write what it teaches, in place of “Say here what it teaches.”\n"
    assert (once.code != 0, "1 of 1 are not ready" in once.err) == (True, True)
    draft.write_text(text.replace("Say here what it teaches.", "A no needs its reason."), "utf-8")
    assert secondchair("practice", "check", draft, "--workspace", desk).out == f"{draft}: can be won\n"
    assert (
        "no run has the id other that ended well"
        in secondchair("practice", "import", file, "--resolved", "--only", "other", "--workspace", desk).err
    )
