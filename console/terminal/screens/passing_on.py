"""Where a conversation goes, and what the next one should know."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.queue import AtWork
from console.conversation.queue_commands import Transfer
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices
from console.terminal.widgets.field import Field


class PassingOnDialog(Dialog[Transfer]):
    """Returns the transfer, or ``None``; ``team`` is who else is there."""

    HEADING = "Pass on"
    CONFIRM = "Pass on"

    def __init__(self, team: tuple[AtWork, ...], *, leads: bool = False) -> None:
        super().__init__()
        self._leads = leads
        self._ways: list[tuple[str, Transfer | None]] = [(_standing(one), Transfer(agent=one.id)) for one in team]
        self._ways += [(f"whoever takes tier {tier}", Transfer(tier=tier)) for tier in (2, 3)]
        self._ways.append(("whoever has this skill:", None))

    def body(self) -> Iterable[Widget]:
        """Return the ways, the skill and the note."""
        yield words("To whom", "-label")
        yield Choices(*(Choice(name) for name, _ in self._ways), id="ways", classes="-close", compact=True)
        yield Field(placeholder="a skill, such as refunds", id="skill", max_length=60, compact=True)
        yield words("What they should know (an internal note):", "-label")
        yield Field(placeholder="optional", id="note", max_length=500, compact=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Choose the way by skill as soon as one is written: it must not go elsewhere all the same."""
        if event.input.id == "skill" and event.value.strip():
            list(self.query(Choice))[-1].value = True

    def answer(self) -> Transfer:
        """Return the transfer."""
        note, skill = (self.query_one(f"#{name}", Input).value.strip() for name in ("note", "skill"))
        place = self.query_one("#ways", Choices).pressed_index
        way = self._ways[place][1] if place >= 0 else None
        if way is None and not skill:
            message = "Choose a colleague or a tier, or write a skill."
            raise ValueError(message)
        if way is None:
            return Transfer(skill=skill, note=note)
        return Transfer(way.agent, "", way.tier, note, over=self._leads)


def _standing(one: AtWork) -> str:
    skills = f" · {', '.join(one.skills)}" if one.skills else ""
    full = " · full" if not one.room else ""
    return f"{one.name} · has {one.has} of {one.capacity}{full}{skills}"
