"""What a console asks of the desk about wrap-ups, and what it gets back: bodies of the HTTP interface."""

from dataclasses import dataclass

from console.conversation.wrap_up import FilledField, FollowUp, OpenFollowUp


@dataclass(frozen=True, slots=True)
class WrapUpForm:
    """The fields and follow-ups of a closing; disposition and note stand in the closing itself."""

    fields: tuple[FilledField, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class TickFollowUp:
    """Tick a follow-up off, or take that back."""

    follow_up: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What is still to do: an agent's own, and for leads everybody's; what is due first stands first."""

    follow_ups: tuple[OpenFollowUp, ...] = ()
