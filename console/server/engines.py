"""The engine and all that answers about conversations, built from a workspace's content and indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console import __version__
from console.assist.bot.making import mind_of
from console.assist.bot.mind import Mind
from console.assist.engine import Engine
from console.assist.language import prepare as prepare_languages
from console.assist.mood.reading import MoodReader
from console.assist.ports import Vectors
from console.assist.quality.examiner import Examiner
from console.assist.quality.tools import EngineTools
from console.assist.quiet import Quiet
from console.assist.replies.ranker import RankerNow, none_learned
from console.assist.replies.retired import RetiredNow, none_retired
from console.assist.vectors import VectorCache
from console.content.library import Library
from console.content.loader import load_library
from console.server.articles import Articles
from console.server.followed_past import FollowedPast
from console.server.index import open_index
from console.server.kept_arrays import ArraysFile
from console.server.lookup import ContentLookup
from console.server.remembering import RememberingEmbedder
from console.server.upkeep import Upkeep
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder, IndexMissing

DIMENSIONS: Final = 384


class NoMeaning:
    """Stands in for the model while there is none: no text is like any other, so that only patterns speak."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return rows of zeros."""
        return np.zeros((len(texts), DIMENSIONS), np.float32)


@dataclass(frozen=True, slots=True)
class Equipment:
    """Everything that answers about conversations."""

    library: Library
    engine: Engine
    lookup: ContentLookup
    upkeep: Upkeep
    mind: Mind
    vectors: VectorCache
    """Texts that were embedded, with their vectors."""
    examiner: Examiner | None = None
    """What marks closed conversations; ``None`` where the company has no rubric."""


def build_engine(
    workspace: Workspace,
    settings: Settings,
    embedder: Embedder,
    ranker: RankerNow = none_learned,
    retired: RetiredNow = none_retired,
) -> Equipment:
    """Return the engine and the look-up over a workspace's content and indexes, as they are; blocks.

    Parts that are not there (no articles indexed, nothing imported) stay empty. ``ranker`` gives what orders replies,
    ``retired`` the sources from which none are suggested.
    """
    library = load_library(workspace.content)
    remembering = RememberingEmbedder(embedder)  # articles, past moments and the engine ask for the same texts
    articles = Articles(open_index(workspace, settings, remembering), retired)
    past = FollowedPast(workspace.past, remembering)
    engine = Engine(
        library,
        remembering.cache,
        articles,
        past,
        version=__version__,
        hits=settings.knowledge.hits,
        replies=settings.assist.replies,
        kept=ArraysFile(workspace.intents, embedder.fingerprint),
        quiet=quiet_of(settings),
        ranker=ranker,
        retired=retired,
    )
    prepare_languages()
    upkeep = Upkeep(workspace, settings, embedder, [macro.text for macro in library.macros], retired)
    mind = mind_of(library, engine, remembering.cache, articles, articles.text)
    lookup = ContentLookup(library, articles, past.case)
    cache, examiner = remembering.cache, None
    if library.rubric is not None:
        tools = EngineTools(engine.watch, MoodReader(cache), cache, articles)
        examiner = Examiner(library.rubric, tools, __version__)
    return Equipment(library, engine, lookup, upkeep, mind, cache, examiner)


def quiet_of(settings: Settings) -> Quiet:
    """Return how sure the second chair must be, as the settings say."""
    chosen = settings.assist
    return Quiet(
        macro=chosen.least_macro,
        article=chosen.least_article,
        past=chosen.least_past,
        llm=chosen.least_llm,
        procedure=chosen.least_procedure,
        knowledge=chosen.least_knowledge,
    )


def public_texts(workspace: Workspace, settings: Settings, embedder: Embedder) -> list[str]:
    """Return what the company publishes: public articles and macros. Names and figures in them are everybody's."""
    texts = [macro.text for macro in load_library(workspace.content).macros]
    try:
        documents = open_index(workspace, settings, embedder).documents()
        texts += [document.text for document in documents if document.audience == "public"]
    except IndexMissing:
        pass
    return texts
