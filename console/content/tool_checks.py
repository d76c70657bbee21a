"""What is wrong with a behaviour's tools that only shows beside its other parts."""

from collections.abc import Iterator, Sequence

from console.content.behaviours import Behaviour, Fact
from console.content.tools import ToolKind
from console.conversation.message import Layer


def tool_faults(behaviour: Behaviour, identify: Sequence[Fact]) -> Iterator[tuple[str, list[str | int]]]:
    """Yield what is wrong, and the key in the file that says so; ``identify`` is what the company identifies by."""
    asked = {fact.slot for fact in (*behaviour.collect, *identify)}
    seen: set[str] = set()
    for place, tool in enumerate(behaviour.tools):
        if behaviour.layer is Layer.HUMAN_ONLY:
            yield f"tool '{tool.name}' stands in a behaviour that is reserved for people", ["tool", place, "name"]
        if tool.name in seen:
            yield f"two tools are called '{tool.name}'", ["tool", place, "name"]
        seen.add(tool.name)
        for slot in tool.needs:
            if slot not in asked:
                problem = f"tool '{tool.name}' needs '{slot}', which no [[collect]] asks for"
                yield problem, ["tool", place, "needs"]
        for slot in tool.takes:
            if slot not in asked:
                yield f"tool '{tool.name}' takes '{slot}', which no [[collect]] names", ["tool", place, "takes"]
        if tool.kind is ToolKind.ACTION and not (tool.examples or tool.patterns):
            yield f"nothing tells that the customer wants '{tool.name}': give it examples", ["tool", place, "name"]
