"""Nearest vectors: the port, and exact search over a mapped file."""

from knowledge.vectors.flat import FlatVectors, FlatWriter
from knowledge.vectors.port import Rows, Vectors, VectorWriter

__all__ = ["FlatVectors", "FlatWriter", "Rows", "VectorWriter", "Vectors"]
