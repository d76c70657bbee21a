"""The real model, exported once and kept between runs, and small documents."""

import os
from pathlib import Path

import pytest

from knowledge import Document, Embedder, open_embedder
from tests.knowledge.fakes import WordEmbedder


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest) -> Path:
    """Where the exported model is kept."""
    return Path(os.environ.get("SECONDCHAIR_TEST_MODELS") or request.config.cache.mkdir("models"))


@pytest.fixture(scope="session")
def minilm(models: Path) -> Embedder:
    """The default model."""
    return open_embedder(models, threads=1)


@pytest.fixture
def words() -> WordEmbedder:
    """An embedder that needs no model and counts."""
    return WordEmbedder()


@pytest.fixture
def articles() -> list[Document]:
    """A small help centre."""
    return [
        Document("lost.md", "Lost parcels", "A parcel whose tracking has not moved for seven days counts as lost."),
        Document("refunds.md", "Refunds", "Money is paid back within five working days of the return."),
        Document("password.md", "Forgotten password", "Choose Forgotten password on the sign-in page; we send a link."),
        Document("hours.md", "Opening hours", "The shop is open from nine to six, Monday to Saturday."),
    ]
