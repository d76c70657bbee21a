"""A planted suggestion as its agent reads of it: what was wrong with it, what would be right, what they did."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content
from textual.widgets import Static

from console.conversation.practice import PlantTold
from console.conversation.practice_events import PlantKind
from console.terminal.screens.dialog import words

KINDS: Final = {
    PlantKind.FACT: "a wrong fact",
    PlantKind.POLICY: "against a policy",
    PlantKind.TONE: "the wrong tone",
    PlantKind.STALE: "out of date",
}

_FATES: Final = {
    "caught": ("✓", "caught", "$text-success"),
    "stopped": ("◐", "stopped by the check of your draft", "$text-warning"),
    "sent": ("✗", "sent", "$text-error"),
    "open": ("–", "left open", "$text-muted"),
    "unseen": ("–", "never on your screen", "$text-muted"),
}


DEEP: Final = 4
"""Letters of a sign, or of the room below it, before the words of a line."""


def told(line: Content) -> Static:
    """Return a line as a widget; one that is set in hangs, however narrow the screen is."""
    return words(line[DEEP:], "-hung") if line.plain.startswith(DEEP * " ") else words(line)


def plant_lines(plant: PlantTold) -> Iterator[Content]:
    """Yield the lines of one of them."""
    sign, fate, style = _FATES.get(plant.fate, ("–", plant.fate, "$text-muted"))
    did = f": {plant.did}" if plant.did else ""
    where = f" ({plant.message})" if plant.message else ""
    yield Content.assemble((f"  {sign} ", style), (KINDS[plant.kind], "bold"), (f" · {fate}{did}{where}", style))
    before, found, after = plant.text.partition(plant.words)
    wrong = (found, "underline $text-error") if found != plant.text else (found, "")
    yield Content.assemble(("    suggested: ", "$text-muted"), before, wrong, after)
    yield Content.assemble(("    wrong: ", "bold"), plant.wrong)
    if plant.right:
        yield Content.assemble(("    right: ", "bold"), plant.right)
