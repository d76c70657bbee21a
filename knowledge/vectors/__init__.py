"""Nearest vectors: the port, and a store of files that FAISS searches."""

from knowledge.vectors.port import Numbers, Vectors, VectorWriter
from knowledge.vectors.store import FileVectors, FileWriter

__all__ = ["FileVectors", "FileWriter", "Numbers", "VectorWriter", "Vectors"]
