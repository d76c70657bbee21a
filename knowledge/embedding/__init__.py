"""Texts to vectors: where the model lies, how it is exported once, and what runs it."""

from knowledge.embedding.opening import open_embedder
from knowledge.embedding.port import Embedder, Matrix
from knowledge.embedding.weights import DEFAULT_MODEL, Weights, find_weights

__all__ = ["DEFAULT_MODEL", "Embedder", "Matrix", "Weights", "find_weights", "open_embedder"]
