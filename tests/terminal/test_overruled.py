"""A point that a trainer scored otherwise is told in the trainer's words."""

from dataclasses import replace

from console.conversation.practice import Overruling
from console.conversation.practice_events import ScoredPoint
from console.terminal.screens.training_steps import PointsStep
from console.terminal.widgets.debrief_faces import told
from tests.terminal.fake_practice import REPORT

UNSAID = ScoredPoint("unsaid", "Nothing that must not be said", 0.0, 2.0, "none of it was said")
OTHERWISE = Overruling("unsaid", 1.0, 0.0, "m19 promises a day.", "Teo Brandt")
CONFIRMED = Overruling("unsaid", 0.0, 0.0, "", "Teo Brandt")


def said_of(theirs: Overruling) -> tuple[str, str]:
    """How the debrief and the trainer's list tell the point."""
    report = replace(REPORT, points=(UNSAID,), overruled=(theirs,))
    debrief = next(str(row.face) for row in told(report, 160) if "must not be said" in str(row.face))
    return debrief, str(PointsStep("p-2", "Boots").detail(report, "unsaid", 160))


def test_the_trainers_reason_stands_beside_the_trainers_mark() -> None:
    """What the engine made of it follows, as the engine's."""
    debrief, detail = said_of(OTHERWISE)
    assert "✗ Nothing that must not be said: m19 promises a day." in debrief
    assert "Teo Brandt gives 0%, the engine gave 100%: none of it was said" in debrief
    assert detail.index("m19 promises a day.") < detail.index("Teo Brandt gives 0%, the engine gave 100%: none of it")


def test_what_a_trainer_confirms_keeps_the_engines_reason() -> None:
    """It is theirs as well, and stands once."""
    debrief, detail = said_of(CONFIRMED)
    assert "Nothing that must not be said: none of it was said" in debrief
    assert debrief.count("none of it was said") == detail.count("none of it was said") == 1
