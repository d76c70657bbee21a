"""Where a conversation goes, and what the next one should know."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.widget import Widget
from textual.widgets import Input, RadioSet

from console.conversation.queue import AtWork
from console.conversation.queue_commands import Transfer
from console.terminal.screens.dialog import Dialog, words
from console.terminal.styles import beside
from console.terminal.widgets.choice import Choice, ChoiceGrid, Choices
from console.terminal.widgets.field import Field

_ACROSS: Final = 64
"""Columns that the skills may share."""


class PassingOnDialog(Dialog[Transfer]):
    """Returns the transfer, or ``None``; ``team`` is who else is there, ``skills`` what the desk knows.

    A skill is chosen or written, whichever is quicker: each shows in the other. Where the desk knows none, any is one.
    """

    DEFAULT_CSS: ClassVar[str] = beside(__file__)
    HEADING = "Pass on"
    CONFIRM = "Pass on"

    def __init__(self, team: tuple[AtWork, ...], *, skills: tuple[str, ...] = (), leads: bool = False) -> None:
        super().__init__()
        self._leads, self._skills = leads, skills
        self._was = "", ""
        self._ways: list[tuple[str, Transfer | None]] = [(_standing(one), Transfer(agent=one.id)) for one in team]
        self._ways += [(f"whoever takes tier {tier}", Transfer(tier=tier)) for tier in (2, 3)]
        self._ways.append(("whoever has this skill:", None))

    def body(self) -> Iterable[Widget]:
        """Return the ways, the skills and the note."""
        yield words("To whom", "-label")
        yield Choices(*(Choice(name) for name, _ in self._ways), id="ways", classes="-close", compact=True)
        if self._skills:
            yield ChoiceGrid(self._skills, _ACROSS, id="skills")
        example = "or write it here" if self._skills else "a skill, such as refunds"
        yield Field(placeholder=example, id="skill", max_length=60, compact=True)
        yield words("What they should know (an internal note):", "-label")
        yield Field(placeholder="optional", id="note", max_length=500, compact=True)

    @on(RadioSet.Changed, "#skills")
    @on(Input.Changed, "#skill")
    def _settle(self) -> None:
        """Choose the way by skill as soon as one is chosen or written, and show it in the list and in the field.

        It must not go elsewhere all the same. The answer settles too: a fast key may be ahead of the events.
        """
        field, ways = self.query_one("#skill", Input), self.query_one("#ways", Choices)
        written, chosen = field.value.strip(), self._chosen()
        if written != self._was[0]:
            if self._skills:
                known = known_as(written, self._skills)
                self.query_one("#skills", ChoiceGrid).put(self._skills.index(known) if known else None)
        elif chosen and chosen != self._was[1]:
            field.value = written = chosen
        else:
            return
        if written:
            ways.put(len(self._ways) - 1)
        self._was = written, self._chosen()

    def _chosen(self) -> str:
        """Return the skill that is marked in the list; empty: none, or there is no list."""
        place = self.query_one("#skills", ChoiceGrid).pressed_index if self._skills else -1
        return self._skills[place] if place >= 0 else ""

    def answer(self) -> Transfer:
        """Return the transfer."""
        self._settle()
        note, skill = (self.query_one(f"#{name}", Input).value.strip() for name in ("note", "skill"))
        place = self.query_one("#ways", Choices).pressed_index
        way = self._ways[place][1] if place >= 0 else None
        if way is not None:
            return Transfer(way.agent, "", way.tier, note, over=self._leads)
        if not skill:
            how = "choose" if self._skills else "write"
            message = f"Choose a colleague or a tier, or {how} a skill."
            raise ValueError(message)
        known = known_as(skill, self._skills) if self._skills else skill
        if not known:
            message = f"No colleague has the skill “{skill}”. Choose one of the list."
            raise ValueError(message)
        return Transfer(skill=known, note=note)


def known_as(written: str, skills: Sequence[str]) -> str:
    """Return the skill that somebody means: the one of that name, else the only one that begins so; empty: none."""
    low = written.casefold()
    begun = [skill for skill in skills if low and skill.casefold().startswith(low)]
    return next((skill for skill in begun if skill.casefold() == low), begun[0] if len(begun) == 1 else "")


def _standing(one: AtWork) -> str:
    skills = f" · {', '.join(one.skills)}" if one.skills else ""
    full = " · full" if not one.room else ""
    return f"{one.name} · has {one.has} of {one.capacity}{full}{skills}"
