"""The embedder that runs an exported model through onnxruntime: light to import, quick to answer."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from knowledge.embedding.port import Matrix

BATCH_TOKENS = 512
"""Padded word pieces of a batch; measured: larger ones fall out of the processor's cache and are slower."""

_REMEMBERED = 2048
"""Vectors kept of texts embedded a few at a time: a conversation asks for the same messages again and again."""

_FEW = 64
_CHUNK = 50_000
"""Characters tokenized at once; bounds the memory that one huge document takes."""


class OnnxEmbedder:
    """Embeds with an ONNX file that takes `input_ids` and `attention_mask` and gives unit vectors."""

    def __init__(
        self, folder: Path, *, name: str, runtime: str, fingerprint: str, max_tokens: int, threads: int | None = None
    ) -> None:
        """Open `model.onnx` and `tokenizer.json` in the folder.

        Embeds `threads` texts at a time, by default one for each processor.
        """
        self.name = name
        self.runtime = runtime
        self.fingerprint = fingerprint
        self.max_tokens = max_tokens
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.enable_truncation(max_tokens)
        self._whole = _tokenizer(folder)
        self._session = _session(folder / "model.onnx")
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "embedding")
        self.dimensions = int(self._session.get_outputs()[0].shape[1])
        self._remembered: OrderedDict[str, Matrix] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit rows of shape (len(texts), dimensions); a few texts at a time are remembered."""
        if len(texts) > _FEW:
            return self._encode(texts)
        with self._lock:
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        if missing:
            known.update(zip(missing, self._encode(missing), strict=True))
        with self._lock:
            for text, row in known.items():
                self._remembered[text] = row
                self._remembered.move_to_end(text)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def word_pieces(self, text: str) -> Sequence[int]:
        """The offset at which each word piece of the whole text begins."""
        starts: list[int] = []
        here = 0
        while here < len(text):
            end = here + _CHUNK
            if end < len(text):
                end = max(text.rfind(" ", here, end), text.rfind("\n", here, end)) + 1 or end
            encoding = self._whole.encode(text[here:end], add_special_tokens=False)
            starts.extend(here + start for start, _ in encoding.offsets)
            here = end
        return starts

    def _encode(self, texts: Sequence[str]) -> Matrix:
        if len(texts) <= _FEW:
            # Each alone: nothing is spent on padding, and the 8-bit sums of one text do not depend on the others.
            encodings = [self._tokenizer.encode(text) for text in texts]
            batches = [[at] for at in range(len(texts))]
        else:
            encodings = self._tokenizer.encode_batch(list(texts))
            batches = _batches([len(encoding) for encoding in encodings])
        rows: Matrix = np.empty((len(texts), self.dimensions), np.float32)

        def run(batch: list[int]) -> None:
            rows[batch] = self._session.run(None, _inputs([encodings[at] for at in batch]))[0]

        beside = [self._pool.submit(run, batch) for batch in batches[1:]]
        if batches:
            run(batches[0])  # here, since waking a thread takes a while
        for other in beside:
            other.result()
        return rows


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Texts by number, like lengths together, so that little is spent on padding; the longest first."""
    order = sorted(range(len(lengths)), key=lambda at: lengths[at], reverse=True)
    batches: list[list[int]] = []
    while order:
        size = max(1, BATCH_TOKENS // lengths[order[0]])
        batches.append(order[:size])
        order = order[size:]
    return batches


def _inputs(encodings: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    """Encodings padded to the longest, the first."""
    ids = np.zeros((len(encodings), len(encodings[0])), np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding)] = encoding.ids
        mask[row, : len(encoding)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _session(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # A thread for each text or batch, instead of several that wait for each other within one: a fifth to a half
    # faster, the more so where the processors have other work too; and a single text gains next to nothing by two.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Lengths differ from call to call: a pattern or an arena would keep the largest one's memory for good.
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
