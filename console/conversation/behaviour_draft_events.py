"""The events of draft behaviours; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """What a dry run of a draft over past conversations said."""

    of: int = 0
    """Conversations of the matter that it was tried on …"""
    caught: int = 0
    """… that the bot would have kept to the end, and were routine."""
    handed: int = 0
    """… that the bot would have begun, and given to people."""
    others: int = 0
    """Conversations of other matters that it was tried on …"""
    wrongly: int = 0
    """… that would have come under the draft; with those of the matter that were no routine and that the bot kept."""
    wrong: tuple[str, ...] = ()
    """Some of these, by their ids."""


@dataclass(frozen=True, slots=True)
class BehaviourDrafted:
    """A behaviour was drafted for a matter; it is for people to edit, and to publish or not."""

    draft: str
    intent: str
    text: str
    """The file, in TOML."""
    question: str
    """The question that stands for the matter."""
    conversations: tuple[str, ...] = ()
    """Those whose words stand in it."""
    tried: Tried = Tried()
    name: str = ""
    """Name of the member of staff who asked for it."""


@dataclass(frozen=True, slots=True)
class BehaviourEdited:
    """Somebody changed a draft behaviour; it was tried anew."""

    draft: str
    text: str
    tried: Tried = Tried()


@dataclass(frozen=True, slots=True)
class BehaviourApproved:
    """A draft behaviour was published as a file of the content."""

    draft: str
    file: str
    digest: str
    """SHA-256 of the file as it was written."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class BehaviourRejected:
    """Somebody decided against a draft behaviour."""

    draft: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class BehaviourReopened:
    """A decision on a draft behaviour was taken back; a file that was published is removed again."""

    draft: str
