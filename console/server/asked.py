"""What the articles of today hold on the questions that were asked in vain: each is embedded and asked once.

When articles change, only questions near to those that did are asked again.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from console.assist.ports import Nearest, Vectors
from console.server.articles import Articles, hits_of
from console.server.question_memory import QuestionMemory, digest, slim
from console.server.remembering import RememberingEmbedder
from knowledge import Document, split
from knowledge.splitter import embedded_text

CHUNK: Final = 256
"""Questions between two reports of progress."""

NEAR: Final = 0.1
"""Cosine with a passage of a changed article from which an open question is asked again.

An answer needs 0.44 where few words are shared, 0.34 where eight tenths are, and 0.05 where all are.
"""

MANY: Final = 500
"""Changed articles from which all questions are asked again: that is faster than to find out which."""

Report = Callable[[str], None]


class Asked:
    """Vectors of and answers to questions. Calls block, and are made one at a time.

    Vectors lie on disk and are read where they are needed: in memory is which there are.
    """

    def __init__(self, embedder: RememberingEmbedder, articles: Articles, memory: QuestionMemory) -> None:
        self._embedder, self._articles, self._memory = embedder, articles, memory
        self._embedded = memory.embedded()
        self._answers = memory.answers()
        self._digests = memory.articles()
        self._edition = -1
        self._unsound: set[bytes] = set()
        """Questions that were asked while a part of the index could not be used."""

    def __len__(self) -> int:
        return len(self._embedded | self._answers.keys())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text; what is not known is embedded."""
        if not texts:
            return self._embedder.encode(texts)
        names = {text: digest(text) for text in texts}
        rows = self._memory.vectors_of(names.values())
        missing = [text for text, name in names.items() if name not in rows]
        if missing:
            rows.update(zip((names[text] for text in missing), self._embed(missing), strict=True))
        return np.stack([rows[names[text]] for text in texts])

    def nearest(self, text: str) -> Nearest:
        """Return what the articles hold on a question."""
        name = digest(text)
        if name not in self._answers:
            self._ask([text])
        return self._answers[name]

    def prepare(self, texts: Sequence[str], report: Report) -> None:
        """Work out whatever is not known of questions; ``report`` is told how far that has come, in words."""
        self.follow()
        missing = [text for text in dict.fromkeys(texts) if digest(text) not in self._embedded]
        for at in range(0, len(missing), CHUNK):
            report(f"{at:,} of {len(missing):,} questions read")
            self._embed(missing[at : at + CHUNK])
        unasked = [text for text in dict.fromkeys(texts) if digest(text) not in self._answers]
        for at in range(0, len(unasked), CHUNK):
            report(f"{at:,} of {len(unasked):,} questions looked up")
            self._ask(unasked[at : at + CHUNK])

    def forget_others(self, texts: Sequence[str]) -> None:
        """Keep nothing of other questions than these."""
        kept = {digest(text) for text in texts}
        if self._embedded - kept or self._answers.keys() - kept:
            self._memory.forget_others(texts)
            self._embedded &= kept
            self._answers = {name: found for name, found in self._answers.items() if name in kept}
            self._embedder.cache.clear()

    def outdated(self) -> bool:
        """Whether articles have changed since, or some could not be asked as a whole."""
        made = self._articles.version  # asking for it takes up another generation
        return bool(self._unsound) or (bool(made) and self._edition != self._articles.edition)

    def follow(self) -> None:
        """Forget the answers that articles which have changed may have changed."""
        if self._unsound:
            self._articles.look()
            if self._articles.sound:
                self._answers = {name: found for name, found in self._answers.items() if name not in self._unsound}
                self._unsound.clear()
        version = self._articles.version
        if self._edition == self._articles.edition:
            return
        documents = {document.id: document for document in self._articles.documents()} if version else {}
        digests = {name: _digest(document) for name, document in documents.items()}
        changed = {name for name, known in self._digests.items() if digests.get(name) != known}
        new = [documents[name] for name, now in digests.items() if self._digests.get(name) != now]
        outdated = self._touched(changed, new) if changed or new else set()
        if changed or new:
            self._memory.keep_articles(digests, outdated)
        self._answers = {name: found for name, found in self._answers.items() if name not in outdated}
        self._digests, self._edition = digests, self._articles.edition

    def _touched(self, changed: set[str], new: Sequence[Document]) -> set[bytes]:
        """Return the questions whose answer was in an article that changed, or may be in one of the new texts."""
        if len(changed) + len(new) > MANY:
            return set(self._answers)
        named = {name for name, found in self._answers.items() if found.hit and found.hit.document in changed}
        vectors = self._memory.vectors_of(name for name, found in self._answers.items() if not found.answerable)
        # what has an answer keeps it whatever is added
        unknown = {name for name, found in self._answers.items() if not found.answerable and name not in vectors}
        asked = list(vectors)
        passages = [text for document in new for text in self._passages(document)]
        if not asked or not passages:
            return named | unknown
        rows = np.stack([vectors[name] for name in asked])
        nearest = (rows @ self._embedder.encode(passages).T).max(axis=1)
        return named | unknown | {name for name, cosine in zip(asked, nearest, strict=True) if cosine >= NEAR}

    def _passages(self, document: Document) -> Iterable[str]:
        for passage in split(document, self._embedder.word_pieces, self._embedder.max_tokens - 2):
            yield embedded_text(document.title, passage.headings, passage.text)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        rows = self._embedder.encode(texts)
        self._memory.keep_vectors(texts, rows)
        self._embedded.update(map(digest, texts))
        return rows

    def _ask(self, texts: Sequence[str]) -> None:
        vectors = self._memory.vectors_of(map(digest, texts))
        known = [text for text in texts if digest(text) in vectors]
        self._embedder.remember(known, [vectors[digest(text)] for text in known])
        found: dict[str, Nearest] = {}
        sound = True
        for text in texts:
            answer = self._articles.look_up(text, 1)
            sound = sound and not (answer and answer.damage)
            hit = next(iter(hits_of(answer)), None) if answer else None
            found[text] = Nearest(bool(answer and answer.answerable), slim(hit) if hit else None)
        if sound:
            self._memory.keep_answers(found)
        else:  # what was found with less than the whole index is not for keeps
            self._unsound.update(digest(text) for text in texts)
        self._answers.update((digest(text), answer) for text, answer in found.items())


def _digest(document: Document) -> bytes:
    told = (document.title, document.text, document.status, document.audience)
    return hashlib.sha256("\0".join(told).encode(errors="replace")).digest()[:16]
