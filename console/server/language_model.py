"""The language model of the settings, behind its deadline and its breakers."""

from time import monotonic
from typing import Final

from console.assist.llm.ports import LanguageModel
from console.content.errors import ContentError
from console.desk.model_calls import Terms
from console.llm import Breaker, GuardedModel, OpenAiModel
from console.settings import LlmSettings, Settings
from console.workspace import Workspace

KEY_BYTES: Final = 8_192
"""Bytes of a key's file that are read; a key has some dozens."""


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
        llm.draft_seconds,
        llm.summary_seconds,
        llm.rewrite_seconds,
        llm.price_in,
        llm.price_out,
        settings.assist.least_llm,
    )


def key_of(workspace: Workspace, llm: LlmSettings) -> str:
    """Return the model's key; empty where none is set. It goes nowhere but into the head of a request."""
    if llm.key or not llm.key_file:
        return _printable(llm.key, workspace)
    file = workspace.root / llm.key_file
    try:
        with file.open(encoding="utf-8") as opened:
            return _printable(opened.read(KEY_BYTES), workspace, llm.key_file)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ContentError(file, f"the language model's key cannot be read ({why})") from error


def _printable(key: str, workspace: Workspace, file: str = "") -> str:
    plain = key.strip()
    if not (plain.isascii() and plain.isprintable()):
        place = workspace.root / file if file else workspace.config
        raise ContentError(place, "the language model's key holds characters that no key has")
    return plain
