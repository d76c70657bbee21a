"""The past conversations as the engine asks them: opened from a folder, searched from any thread."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from console.assist.ports import Embed, Moment, PastOutcome, PastReply, PastSentence
from console.assist.slotting import spoken
from console.content.errors import ContentError
from console.past import storage
from console.past.anonymity import VEIL, CommonWords
from console.past.building import build, extend, model_of, vectors_in
from console.past.compact import compacted
from console.past.features import buckets_of
from console.past.moments import PastCase
from console.past.outcomes import Outcomes, done_in
from console.past.remembering import Remembering
from console.past.search import evidence_of, likenesses, part_likeness, replies_of, shares_of
from console.past.table import PARTS, Rows, Table
from console.past.written import Written

LIKE: Final = 12
"""Replies of similar moments that make their sentences likelier."""

GROUPED_AGAIN: Final = 1.25
"""How many times as many conversations there may be as when their replies were last grouped."""

NEWEST: Final = 5_000
"""Conversations of the desk's own that count beside the imported ones, the newest: each costs some 3 KB, and every
search and every closing time for it. Grouping lets go of older ones; an import makes all of them imported ones."""

WRITTEN: Final = [PARTS.index("customer"), PARTS.index("opening")]
"""The parts that say what this customer is here for."""


class PastCollection:
    """A :class:`console.assist.ports.PastReplies`; :meth:`open` makes one."""

    def __init__(
        self,
        folder: Path,
        embed: Embed,
        stamp: storage.Stamp,
        stored: storage.Stored | None,
        imported: storage.Stored | None,
        grouped: int,
    ) -> None:
        """``imported`` is the generation of ``stored``, before cases were added to it.

        ``grouped`` is how many conversations there were when their replies were last grouped.
        """
        self._folder, self._embed, self._stamp, self._grouped = folder, embed, stamp, grouped
        self._stored, self._imported = stored, imported
        if stored:
            self._groups = stored.leader[stored.table.template]
            self._conversations = _conversations_by_leader(stored.table, stored.leader)
            self._outcomes = Outcomes(stored.cases, stored.matters, CommonWords(stored.words))

    @classmethod
    def open(cls, folder: Path, embed: Embed, before: "PastCollection | None" = None) -> "PastCollection":
        """Open the past conversations in ``folder``; a folder without any is an empty collection.

        What ``before``, an earlier state of them, has of them is used again: what is made anew for what stays the same
        leaves gaps in memory. Raises :class:`ContentError` where they are damaged or were embedded by another model.
        """
        stamp = storage.stamp(folder)
        same = before is not None and before._stamp.generation == stamp.generation
        imported = before._imported if before is not None and same else storage.read(folder)
        stored = imported
        if stored and stored.model != model_of(embed):
            raise ContentError(folder, "past conversations were embedded by another model; import them again")
        added, read = storage.newest(folder, NEWEST)
        if added:
            known = before._stored if before else None
            remembering = Remembering(embed, vectors_in(known)) if known else embed
            stored = _with_added(stored, _kept(added, known.cases if known else ()), remembering)
        return cls(folder, embed, replace(stamp, size=read), stored, imported, len(stored.cases) if stored else 0)

    @cached_property
    def _written(self) -> Written | None:
        return Written(self._stored.table) if self._stored else None

    @property
    def version(self) -> str:
        """A digest that changes when conversations are added."""
        return self._stored.version if self._stored else ""

    def __len__(self) -> int:
        return len(self._stored.table.moments) if self._stored else 0

    @property
    def cases(self) -> tuple[PastCase, ...]:
        """All that count."""
        return self._stored.cases if self._stored else ()

    @property
    def trained(self) -> bool:
        """Whether there were enough moments to train a head on."""
        return bool(self._stored and self._stored.head)

    def changed(self) -> bool:
        """Return whether conversations were imported or added since this was opened; asks the file system only."""
        return storage.stamp(self._folder) != self._stamp

    def followed(self) -> "PastCollection":
        """Return the conversations as they are in the folder now, at the cost of those alone that were added.

        Opened anew where anything else happened, and where so many were added that their replies should be grouped.
        Raises what :meth:`open` raises.
        """
        stamp = storage.stamp(self._folder)
        if stamp == self._stamp:
            return self
        stored = self._stored
        if stored is None or not stamp.grew_from(self._stamp) or self._to_group(len(stored.cases)):
            return self.open(self._folder, self._embed, self)
        added, read = storage.added_from(self._folder, self._stamp.size)
        if not added:
            return self  # somebody is still writing
        grown = extend(stored, added, self._embed)
        stamp = replace(stamp, size=read)
        return PastCollection(self._folder, self._embed, stamp, grown, self._imported, self._grouped)

    def _to_group(self, count: int) -> bool:
        return count > GROUPED_AGAIN * self._grouped or count > self._grouped + (GROUPED_AGAIN - 1) * NEWEST

    def case_text(self, case_id: str) -> str | None:
        """Return what may be shown of a past conversation, as text with slots; ``None`` when there is none of that id.

        Replies that may not be used again are not shown either, and of the customer's words only everybody's.
        """
        if self._stored is None:
            return None
        case = next((case for case in self._stored.cases if case.id == case_id), None) or self._older(case_id)
        if case is None:
            return None
        common = CommonWords(self._stored.words)
        turns = (
            f"Customer: {common.veiled(m.moment.customer) or VEIL}\n"
            f"Agent: {m.template if common.allow(m.template) else VEIL}"
            for m in case.moments
        )
        told = "\n\n".join(turns) or f"Customer: {common.veiled(case.matter) or VEIL}"
        done = done_in(case, common)
        ended = "resolved" if case.resolved else "not resolved"
        return f"{told}\n\nEnded: {done + ', ' if done else ''}{ended}"

    def _older(self, case_id: str) -> PastCase | None:
        """Return a case that counts no more, which a reply may have been suggested from; reads the folder."""
        return next((case for case in reversed(storage.added(self._folder)) if case.id == case_id), None)

    def sentences(self, moment: Moment) -> Sequence[PastSentence]:
        """Return what agents wrote, weighed by how often and by how like its moments are to this one."""
        return self._written.sentences(self.search(moment, LIKE)) if self._written else []

    def similar(self, matter: str, k: int) -> Sequence[PastOutcome]:
        """Return up to ``k`` conversations whose customers came with something like ``matter``, nearest first."""
        if not self._stored or not self._stored.matters.size:
            return []
        return self._outcomes.near(self._embed.encode([matter])[0], k)

    def search(self, moment: Moment, k: int) -> Sequence[PastReply]:
        """Return up to ``k`` different replies, best first; empty where no past moment is like this one."""
        if not self._stored or not len(self):
            return []
        texts = [spoken(getattr(moment, part)) for part in PARTS]
        present = [bool(text) for text in texts]
        query = np.zeros((len(PARTS), self._stored.vectors.shape[1]), dtype=np.float32)
        if any(present):
            query[present] = self._embed.encode([text for text in texts if text])
        cosines = self._stored.compact @ compacted(query, self._stored.basis).T
        near = likenesses(cosines, present, self._stored.table.moments)
        head, template_vectors = self._stored.head, self._stored.template_vectors
        learned = head.probabilities(query, np.array(present), buckets_of(moment)) if head else None
        shares = shares_of(near, self._groups, learned, head.groups if head else None)
        return replies_of(
            shares,
            near,
            self._groups,
            self._stored.table,
            self._conversations,
            k,
            words=part_likeness(cosines, present, self._stored.table.moments, 0),
            evidence=evidence_of(cosines, present, self._stored.table.moments),
            fit=lambda template: float((template_vectors[template] @ query[WRITTEN].T).max()),
        )


def _with_added(stored: storage.Stored | None, added: Sequence[PastCase], embed: Embed) -> storage.Stored:
    """Return ``stored`` with the cases added since; names that were unknown to it stay out until the next import."""
    if stored:
        return extend(stored, added, embed)
    said = ((case.customer, moment.template) for case in added for moment in case.moments)
    return build(added, CommonWords.of(said), None, embed)


def _kept(added: Sequence[PastCase], known: Sequence[PastCase]) -> list[PastCase]:
    """Return ``added``, those that are known as the objects that are there already."""
    there = {(case.id, case.digest): case for case in known}
    found = ((case, there.get((case.id, case.digest), case)) for case in added)
    return [old if old == case else case for case, old in found]


def _conversations_by_leader(table: Table, leader: Rows) -> Rows:
    """Return for each template, as a leader, in how many conversations its group was said."""
    counts = np.zeros(len(table.templates), dtype=np.int32)
    if len(table.moments):
        pairs = np.unique(np.stack([leader[table.template], table.case], axis=1), axis=0)
        np.add.at(counts, pairs[:, 0], 1)
    return counts
