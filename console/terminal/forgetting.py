"""Drops what the console holds of conversations that were erased, wherever it lies."""

from typing import TYPE_CHECKING

from console.conversation.erasure_events import Forgotten

if TYPE_CHECKING:
    from console.terminal.controller import Controller

WORDS = "A customer's data was erased; what this console knew of it is gone."


def forget(controller: "Controller", lost: Forgotten) -> bool:
    """Let go of it all; returns whether anything of it was held here, so that what stands open must be closed."""
    state = controller.state
    held = state.drop(lost)
    for name in lost.gone:
        written = [
            controller.shelves.pop(name, None),
            controller.notes.pop(name, None),
            controller.composing.drop(name),
        ]
        held = held or any(one is not None for one in written)
        controller.rewriting.leave(name)
        controller.forget_reported(name)
    return held or bool(lost.drafts)
