"""Whether what the second chair suggests helps, as a lead reads it: one line, and what is behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Helps:
    """What the hold-out says of it; while ``progress`` says how far the look has come, the rest is empty."""

    verdict: str = ""
    """In a line: an effect that is shown, that none is, or why there is nothing to say."""
    behind: tuple[str, ...] = ()
    """What it rests on: what was drawn, each outcome with its interval, and what is still needed."""
    progress: str = ""
