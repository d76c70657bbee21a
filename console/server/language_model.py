"""The language model of the settings, behind its deadline and its breakers."""

from time import monotonic

from console.assist.llm.ports import LanguageModel
from console.desk.model_calls import Terms
from console.llm import Breaker, GuardedModel, OpenAiModel
from console.server.secret import secret
from console.settings import LlmSettings, Settings
from console.workspace import Workspace


def language_model(workspace: Workspace, settings: Settings) -> LanguageModel | None:
    """Return the model; ``None`` where none is set. Raises :class:`ContentError` where its key cannot be read."""
    llm = settings.llm
    if not llm.address:
        return None
    model = OpenAiModel(llm.address, llm.model, key_of(workspace, llm))
    return GuardedModel(model, lambda: Breaker(llm.failures, llm.rest, monotonic))


def terms_of(settings: Settings) -> Terms:
    """Return how the desk uses it."""
    llm = settings.llm
    return Terms(
        llm.drafts,
        llm.summaries,
        llm.rewrites,
        draft_seconds=llm.draft_seconds,
        summary_seconds=llm.summary_seconds,
        rewrite_seconds=llm.rewrite_seconds,
        price_in=llm.price_in,
        price_out=llm.price_out,
        least=settings.assist.least_llm,
        opinions=llm.opinions_a_day,
    )


def key_of(workspace: Workspace, llm: LlmSettings) -> str:
    """Return the model's key; empty where none is set. It goes nowhere but into the head of a request."""
    return secret(workspace, llm.key, llm.key_file, "the language model's key")
