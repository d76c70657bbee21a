"""Why a macro is offered, in words an agent reads: what customers say, what must be true, and what is not known yet."""

from typing import Final

from console.content.conditions import Condition
from console.content.macros import Macro, Stage

_IS: Final = {
    "==": "is",
    "!=": "is not",
    ">": "is more than",
    ">=": "is at least",
    "<": "is less than",
    "<=": "is at most",
    "in": "is one of",
    "contains": "contains",
}
_STAGE: Final = {
    Stage.OPENING: "Only before a person has answered.",
    Stage.CLOSING: "Only when the customer takes their leave.",
}


def why_offered(macro: Macro) -> str:
    """Return the grounds on which a macro is offered, a list each; its own text is not among them."""
    asked = [_plain(slot) for slot in macro.asks]
    lists = (
        ("Answers customers who say something like", [f"“{said}”" for said in macro.situations]),
        ("In conversations about", [intent.replace("-", " ") for intent in macro.intents]),
        ("Only where all of this is true", [_condition(condition) for condition in macro.when]),
        ("Asks for what is not known yet", asked),
    )
    told = ["\n".join((f"{head}:", *(f"– {line}" for line in lines))) for head, lines in lists if lines]
    return "\n\n".join((*told, *filter(None, [_STAGE.get(macro.stage, "")]))) or "It fits any conversation."


def _condition(condition: Condition) -> str:
    value = condition.value
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"{_plain(condition.field)} {_IS[condition.op]} {shown}"


def _plain(field: str) -> str:
    """Return a field as words: ``order.days_late`` is “the order's days late”."""
    owner, _, name = field.rpartition(".")
    return f"the {owner}'s {name.replace('_', ' ')}" if owner in {"order", "customer"} else name.replace("_", " ")
