"""Nearest vectors: the port, and a store of files that FAISS searches."""

from knowledge.vectors.port import Numbers, Vectors, VectorStore, VectorWriter
from knowledge.vectors.segment import CLUSTERS
from knowledge.vectors.store import FileStore, FileVectors, FileWriter

__all__ = ["CLUSTERS", "FileStore", "FileVectors", "FileWriter", "Numbers", "VectorStore", "VectorWriter", "Vectors"]
