"""What a customer reads when people take their conversation over: why, honestly, and that nothing needs repeating."""

from collections.abc import Mapping, Sequence
from typing import Final

from console.conversation.handover import HandoverWhen, Trigger

_WHY: Final[Mapping[HandoverWhen, str]] = {
    HandoverWhen.TOPIC: "What you have told us belongs with a person, so one of our team is taking over.",
    HandoverWhen.ASKED: "You asked for a person, and one of our team is taking over.",
    HandoverWhen.MOOD: "This has not gone as it should have, so one of our team is taking over.",
    HandoverWhen.PREDICTED: "This has not gone as it should have, so one of our team is taking over.",
    HandoverWhen.REPEATED: "You have had to write to us about this before, so one of our team is taking over.",
    HandoverWhen.UNRESOLVED: "You have not had the answer you need yet, so one of our team is taking over.",
    HandoverWhen.UNSURE: "I would rather you heard this from somebody who knows, so one of our team is taking over.",
}
"""By what weighs most; how a customer feels and what they are worth to the company is not said to them."""

THROUGH: Final = "You are through to our team."
"""Where nothing was handed over by a bot, and nothing is to be explained."""

NEXT: Final = (
    "Somebody will be with you as soon as they can; they can read everything you have written here, so there is no "
    "need to repeat it."
)


def transition(triggers: Sequence[Trigger], *, told: bool = False) -> str:
    """Return the words for a hand-over with these triggers, the weightiest first.

    ``told`` says that the desk's own bot has just said that a person comes, and why; it is not said twice.
    """
    if told:
        return NEXT
    why = next((_WHY[trigger.when] for trigger in triggers if trigger.when in _WHY), THROUGH)
    return f"{why} {NEXT}"
