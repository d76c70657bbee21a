"""What the console says in passing when the rules that the desk judges by, or a demo's clock, have changed. Pure."""

from pathlib import PurePath

from console.conversation.content_events import ContentPublished, ContentRefused
from console.conversation.events import EventData
from console.conversation.generated_events import WeeksPassed


def content_news(data: EventData, *, leads: bool) -> str:
    """Return a line for the agent; what cannot be used is told leads alone. Empty where there is nothing to say."""
    match data:
        case ContentPublished(changed=changed) if changed:
            return f"The desk works by renewed rules: {', '.join(changed)}."
        case ContentRefused(faults=faults) if faults and leads:
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            return f"Changed rules cannot be used, those before stay in force: {_short(faults[0])}{more}"
        case WeeksPassed(weeks=weeks, until=until):
            return f"{weeks} week{'s' * (weeks != 1)} passed in the demo: its clock says {until.day} {until:%B %Y}."
        case _:
            return ""


def _short(fault: str) -> str:
    """Return a fault with the file's name alone: a path of the server says little at a console."""
    place, _, problem = fault.partition(": ")
    return f"{PurePath(place).name}: {problem}"
