"""What a session is worth, point by point."""

from console.conversation.quality import Evidence
from console.practice.play import begin
from console.practice.scoring import Part, StepTaken, scored
from tests.practice.scripted import NOW, scenarios


def test_the_steps_of_the_procedure_count_by_how_many_were_taken() -> None:
    """With what was written to take them; where the behaviour has none, nothing is said of them."""
    played = begin(scenarios()[0], 1, NOW)
    said = Evidence("m4", "Is it still the same address?")
    steps = (StepTaken("Confirm the address", said), StepTaken("Say what follows"))
    (point,) = (one for one in scored(played, (), steps=steps).points if one.id == Part.STEPS)
    assert (point.value, point.reason, point.evidence) == (0.5, "1 of 2; not: Say what follows", (said,))
    assert not any(one.id == Part.STEPS for one in scored(played, ()).points)
