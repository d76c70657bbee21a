"""What a session is worth, point by point."""

from dataclasses import replace

from console.conversation.people import Order
from console.conversation.quality import Evidence
from console.practice.parts import Part
from console.practice.play import begin
from console.practice.scenario import Fact, Scenario, Told
from console.practice.scoring import StepTaken, scored
from tests.practice.scripted import NOW, scenarios


def test_the_steps_of_the_procedure_count_by_how_many_were_taken() -> None:
    """With what was written to take them; where the behaviour has none, nothing is said of them."""
    played = begin(scenarios()[0], 1, NOW)
    said = Evidence("m4", "Is it still the same address?")
    steps = (StepTaken("Confirm the address", said), StepTaken("Say what follows"))
    (point,) = (one for one in scored(played, (), steps=steps).points if one.id == Part.STEPS)
    assert (point.value, point.reason, point.evidence) == (0.5, "1 of 2; not: Say what follows", (said,))
    assert not any(one.id == Part.STEPS for one in scored(played, ()).points)


def test_nobody_has_to_ask_for_a_number_that_stands_on_the_record() -> None:
    """Unless something is no use without it, or more is told with it than the number."""
    plain = scenarios()[0]
    order = Order("QX-55210", "a lamp", "2026-03-02", "2026-03-08")
    number = Fact("number", "order number", ("It's QX-55210.",), ("Which order is it?",), Told.ASKED)
    resolution = replace(plain.resolutions[0], needs=())
    scenario = replace(
        plain, customer=replace(plain.customer, orders=(order,)), facts=(number,), resolutions=(resolution,)
    )

    def found_out(scenario: Scenario) -> float | None:
        (point,) = (one for one in scored(begin(scenario, 1, NOW), ()).points if one.id == Part.FACTS)
        return point.value

    assert found_out(scenario) is None
    assert found_out(replace(scenario, resolutions=(replace(resolution, needs=("number",)),))) == 0.0
    assert found_out(replace(scenario, facts=(replace(number, says=("The blue one.",)),))) == 0.0
