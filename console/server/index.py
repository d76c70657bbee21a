"""Opens a workspace's knowledge base where the settings say that its vectors lie."""

from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder, KnowledgeIndex
from knowledge.vectors import VectorStore


def open_index(workspace: Workspace, settings: Settings, embedder: Embedder) -> KnowledgeIndex:
    """Return the index of the articles; nothing is read or connected yet."""
    return KnowledgeIndex(workspace.knowledge, embedder, vector_store(workspace, settings))


def vector_store(workspace: Workspace, settings: Settings) -> VectorStore:
    """Return the store of the vectors: files in the workspace, or PostgreSQL under a name of the workspace's own."""
    if not settings.knowledge.vectors:
        from knowledge.vectors import FileStore

        return FileStore()
    from knowledge.vectors.postgres import PostgresStore

    return PostgresStore(settings.knowledge.vectors, f"{workspace.root.resolve().name} {workspace.id}")
