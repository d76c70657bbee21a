"""Asks an OpenAI-compatible server over HTTP: Ollama, vLLM, llama.cpp, a cloud interface."""

from console.llm.breaker import Breaker
from console.llm.client import OpenAiModel
from console.llm.guarded import GuardedModel

__all__ = ["Breaker", "GuardedModel", "OpenAiModel"]
