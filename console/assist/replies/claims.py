"""Replies that say something has been done. They are right only once it has been, which the engine cannot know."""

from typing import Final

from console.conversation.deeds import claims_a_deed

__all__ = ["DONE", "claims_a_deed"]

DONE: Final = 0.85
"""What remains of the score of a reply that claims a deed: an offer or a question goes before it."""
