"""The events of draft practice scenarios; part of :data:`console.conversation.events.EventData`.

They stand in the log of the desk, so that a scenario's draft goes with the conversation that it was made from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a draft that whoever checks it looks at."""

    words: str
    kind: str
    """What it stands for (``NAME``, ``ID`` …), being invented; empty where it may be somebody's own."""
    sure: bool = True
    """Whether what it stands for was certainly somebody's."""


@dataclass(frozen=True, slots=True)
class ScenarioDrafted:
    """A practice scenario was drafted from a conversation; it is for people to check, and to approve or not."""

    draft: str
    scenario: str
    text: str
    """The file, in TOML."""
    conversation: str
    """The one that it was made from."""
    marked: tuple[Marked, ...] = ()
    name: str = ""
    """Name of the member of staff who asked for it."""


@dataclass(frozen=True, slots=True)
class ScenarioEdited:
    """Somebody changed a draft scenario."""

    draft: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioApproved:
    """A draft scenario was written as a file of the content, and can be played."""

    draft: str
    file: str
    digest: str
    """SHA-256 of the file as it was written."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioRejected:
    """Somebody decided against a draft scenario."""

    draft: str
    reason: str
    name: str = ""


ScenarioDraftEvent = ScenarioDrafted | ScenarioEdited | ScenarioApproved | ScenarioRejected
