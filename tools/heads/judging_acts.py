"""How well acts are told: on dialogues of STAR that nothing was learned from, and on sentences marked by hand."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Final

from bench.figures import Figure
from console.practice.acts import Act, ActSaid
from tools.heads.star_acts import Labelled, is_sentence, labelled, sentence_acts

FLOOR: Final = 0.80

JUDGED: Final = (
    Act.GREET,
    Act.ASK,
    Act.EXPLAIN,
    Act.OFFER,
    Act.DONE,
    Act.REFUSE,
    Act.ASK_MORE,
    Act.GOODBYE,
    Act.NOT_UNDERSTOOD,
)
"""What STAR has labels for; of what else a sentence does they say nothing."""

SHOWN: Final = (
    ("as sent", FLOOR),
    ("sentences typed", FLOOR),
    ("sentences typed, the main act of their label", None),
    ("all typed, key words too", None),
)

SENTENCES: Final = Path(__file__).parents[2] / "bench" / "acts_sentences.txt"

Reading = Callable[[str], Sequence[ActSaid]]


class Tally:
    """Hits, misses and false alarms of each act."""

    def __init__(self) -> None:
        self._hits, self._missed, self._false = Counter[Act](), Counter[Act](), Counter[Act]()

    def add(self, found: Set[Act], expected: Set[Act], allowed: Set[Act] = frozenset()) -> None:
        """Count a text in which ``expected`` should be found, and ``allowed`` may be."""
        self._hits.update(found & (expected | allowed))
        self._missed.update(expected - found)
        self._false.update(found - expected - allowed)

    def f1(self, act: Act) -> float:
        """F1 of one act."""
        return _f1(self._hits[act], self._missed[act], self._false[act])

    def macro(self, acts: Iterable[Act]) -> float:
        """The mean F1 of acts."""
        each = [self.f1(act) for act in acts]
        return sum(each) / len(each)

    def micro(self) -> float:
        """F1 over all acts together."""
        return _f1(self._hits.total(), self._missed.total(), self._false.total())


def star(data: Path, read: Reading) -> tuple[Tally, Tally, Tally, Tally]:
    """Judge the held-out dialogues; the tallies are those of :data:`SHOWN`."""
    sent, typed, strict, all_typed = Tally(), Tally(), Tally(), Tally()
    known: dict[str, frozenset[Act]] = {}
    for row in labelled(data, held_out=True):
        for text in (row.text, row.draft):
            if text not in known:
                known[text] = frozenset(act for said in read(text) for act in said.acts) & frozenset(JUDGED)
        sent.add(known[row.text], {act for _, act in sentence_acts(row.text, row.acts)} & set(JUDGED), set(row.acts))
        if row.draft:
            _add_draft(all_typed, known[row.draft], row)
            if is_sentence(row.draft):
                _add_draft(typed, known[row.draft], row)
                strict.add(known[row.draft], {row.acts[0]}, set(row.acts))
    return sent, typed, strict, all_typed


def _add_draft(tally: Tally, found: Set[Act], row: Labelled) -> None:
    """Count what was typed: where the template does two things, one of them is enough."""
    done = found & set(row.acts)
    tally.add(found, done or {row.acts[0]}, set(row.acts))


def by_hand() -> Iterator[tuple[str, tuple[Act, ...]]]:
    """Yield the sentences marked by hand with their acts, the main one first."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names, _, text = line.partition(": ")
            yield text, tuple(Act(name) for name in names.split(", "))


def judged(data: Path, read: Reading) -> Iterator[Figure]:
    """Yield all figures of a way to read acts."""
    of = "acts, STAR's last fifth"
    for (name, asked), tally in zip(SHOWN, star(data, read), strict=True):
        yield Figure(f"{of}, {name}: macro F1", tally.macro(JUDGED), asked)
        yield Figure(f"{of}, {name}: micro F1", tally.micro(), asked)
        for act in JUDGED:
            yield Figure(f"    {act}", tally.f1(act))
    tally, right = Tally(), 0
    marked = list(by_hand())
    for text, acts in marked:
        (said,) = read(text)
        tally.add(said.acts, set(acts))
        right += said.main is acts[0]
    yield Figure("acts, sentences of support marked by hand: macro F1", tally.macro(Act), FLOOR)
    yield Figure("acts, sentences of support marked by hand: micro F1", tally.micro(), FLOOR)
    for act in Act:
        yield Figure(f"    {act}", tally.f1(act))
    yield Figure("acts, sentences of support marked by hand: main act right", right / len(marked), of=len(marked))


def _f1(hits: int, missed: int, false: int) -> float:
    return 2 * hits / (2 * hits + missed + false) if hits else 0.0
