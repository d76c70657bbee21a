"""A question, or the end of a conversation, as something that can be looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embedding.port import Embedder, Matrix


@dataclass(frozen=True, slots=True)
class Query:
    """Texts that together say what is looked for, each with its weight; the first is the question itself."""

    texts: tuple[str, ...]
    weights: tuple[float, ...]

    def embedded(self, embedder: Embedder) -> Matrix:
        """One unit row (1, dimensions): the weighted mean of the texts' directions."""
        mixed = np.asarray(self.weights, np.float32) @ embedder.encode(self.texts)
        row: Matrix = (mixed / max(float(np.linalg.norm(mixed)), 1e-9)).astype(np.float32)[None]
        return row


def of_text(question: str) -> Query:
    """A question that stands alone."""
    return Query((question,), (1.0,))


def of_conversation(messages: Sequence[Mapping[str, str]]) -> Query:
    """What is asked at the end of a conversation."""
    texts = [message["text"] for message in messages if message["text"].strip()]
    return of_text(texts[-1] if texts else "")
