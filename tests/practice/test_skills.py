"""Which skills a draft trains."""

from pathlib import Path

import console.demo
from console.content.practice import trained_in
from console.practice.making.skills import Trained, skills_of

TRAINED = (
    Trained("return-refund", ("refunds and returns", "saying no")),
    Trained("lost-parcel", ("delivery", "de-escalation")),
    Trained("lost-parcel", ("delivery", "owning a mistake")),
    Trained("hardship", ("vulnerable customers",)),
)


def test_a_skill_is_called_what_scenarios_call_it_already() -> None:
    """Not “returns” beside “refunds and returns”; one that nothing fits is left out beside one that does."""
    assert skills_of("faulty-item", ("returns", "products"), TRAINED) == ["refunds and returns"]
    assert skills_of("duplicate-charge", ("refunds", "returns"), TRAINED) == ["refunds and returns"]
    assert skills_of("late-delivery", ("Delivery",), TRAINED) == ["delivery"]


def test_where_no_name_fits_it_is_what_the_matter_trains() -> None:
    """The one skill that all its scenarios have in common; of two nobody can tell which is the matter's."""
    assert skills_of("hardship", ("care", "payments"), TRAINED) == ["vulnerable customers"]
    assert skills_of("lost-parcel", ("transport",), TRAINED) == ["delivery"]
    assert skills_of("return-refund", ("desk three",), TRAINED) == ["desk three"]


def test_what_nothing_fits_keeps_its_own_name() -> None:
    """A new matter may need a new skill; one of an unknown matter was taken over."""
    assert skills_of("gear-advice", ("products",), TRAINED) == ["products"]
    assert skills_of("gear-advice", (), TRAINED) == ["gear-advice"]
    assert skills_of("", (), TRAINED) == ["de-escalation"]
    assert skills_of("gear-advice", ("products",), ()) == ["products"]


def test_skills_are_read_from_what_can_be_read(tmp_path: Path) -> None:
    """A broken file hides only itself; a folder that is not there trains nothing."""
    demo = Path(console.demo.__file__).parent / "content" / "practice"
    (tmp_path / "one.toml").write_bytes((demo / "mat-that-sighs.toml").read_bytes())
    (tmp_path / "two.toml").write_text("title = ", "utf-8")
    assert trained_in(tmp_path) == (Trained("faulty-item", ("refunds and returns", "owning a mistake")),)
    assert trained_in(tmp_path / "none") == ()
