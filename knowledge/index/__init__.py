"""The index on disk: generations, updates, and the object that a program searches with."""

from knowledge.index.knowledge_index import Answer, Contents, KnowledgeIndex
from knowledge.index.update import Progress, ProgressCallback, Report

__all__ = ["Answer", "Contents", "KnowledgeIndex", "Progress", "ProgressCallback", "Report"]
