"""The embedder that runs an exported model through onnxruntime: light to import, quick to answer."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from knowledge.embedding.port import Matrix

BATCH_TOKENS = 1024
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
        """Open `model.onnx` and `tokenizer.json` in the folder; `threads` defaults to the processors there are."""
        self.name = name
        self.runtime = runtime
        self.fingerprint = fingerprint
        self.max_tokens = max_tokens
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.enable_truncation(max_tokens)
        self._whole = _tokenizer(folder)
        self._session = _session(folder / "model.onnx", threads or os.cpu_count() or 1)
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

    def _tokenized(self, texts: Sequence[str]) -> list[Encoding]:
        # A batch wakes a pool of threads, which takes longer than a few sentences do.
        if len(texts) <= _FEW:
            return [self._tokenizer.encode(text) for text in texts]
        return self._tokenizer.encode_batch(list(texts))

    def _encode(self, texts: Sequence[str]) -> Matrix:
        """Like lengths go together, so that little is spent on padding."""
        encodings = self._tokenized(texts)
        lengths = [len(encoding) for encoding in encodings]
        order = sorted(range(len(texts)), key=lengths.__getitem__, reverse=True)
        rows: Matrix = np.empty((len(texts), self.dimensions), np.float32)
        at = 0
        while at < len(order):
            longest = lengths[order[at]]
            batch = order[at : at + max(1, BATCH_TOKENS // longest)]
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : lengths[index]] = encodings[index].ids
                mask[row, : lengths[index]] = 1
            rows[batch] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            at += len(batch)
        return rows


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _session(file: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that spin while idle would take the processors from the server's other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Lengths differ from call to call: a pattern or an arena would keep the largest one's memory for good.
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
