"""What could be automated: whether matters are what people asked for, and whether routine is found again.

    python -m bench.automate [--data FOLDER]

Questions of Banking77 and CLINC150 (training parts), each with its intent, are put together as the lead's look does.
Purity is the share of questions that share their matter's main intent; V-measure is that of Rosenberg and Hirschberg
(2007). Then, of Banking77, every other intent is made routine: nine of ten of its conversations are answered from one
macro and closed, of the other intents one in ten. Found is the share of routine conversations that lie in matters
which the look calls worth automating, right the share of conversations in such matters that are of routine intents.
Behaviours are drafted for the ten largest of these matters and tried: kept are the conversations of its main intent
that come under the draft among those of a fresh half, wrongly those of other intents.
"""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.data import arguments, lines, parsed, show
from console.assist.routing import Router
from console.assist.talk import Talk
from console.commands.knowledge import embedder_of
from console.content.shapes import BehaviourFile
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.past.anonymity import CommonWords
from console.review.automating.drafting import draft_of
from console.review.automating.grouping import Grouped, grouped
from console.review.automating.routine import Told
from console.settings import Settings
from console.toml import parse_toml

COLUMNS = (
    "opened", "at", "asked", "more", "said", "answered", "bot", "handed", "called", "mood", "intent", "layer",
    "closed", "resolved", "reopened", "generated", "source",
)  # fmt: skip


def told_of(intents: Sequence[str], rng: np.random.Generator) -> tuple[Told, list[bool]]:
    """Return conversations as they would be known, and which are routine; every other intent mostly is."""
    names = sorted(set(intents))
    often = {name: number % 2 == 0 for number, name in enumerate(names)}
    routine = [bool(rng.random() < (0.9 if often[name] else 0.1)) for name in intents]
    count = len(intents)
    columns = {name: np.zeros(count, dtype=np.int64) for name in COLUMNS}
    columns["at"] = np.arange(count, dtype=np.int64) * 1_000_000
    columns["answered"] += 1
    columns["said"] += 1
    columns["mood"] -= 1
    columns["resolved"] = np.array(routine, dtype=np.int64)
    columns["source"] = np.array([names.index(name) + 1 for name in intents], dtype=np.int64)
    ids = tuple(f"c{number}" for number in range(count))
    return Told(ids, columns, ("",), ("", *(f"macro:{name}" for name in names))), routine


def v_measure(intents: Sequence[str], found: Sequence[int]) -> float:
    """Return the V-measure of matters against intents."""
    joint = Counter(zip(found, intents, strict=True))
    total = len(intents)
    by_matter, by_intent = Counter(found), Counter(intents)
    entropy = {
        name: -sum(n / total * np.log(n / total) for n in counts.values())
        for name, counts in (("matter", by_matter), ("intent", by_intent))
    }
    given = -sum(n / total * np.log(n / by_matter[m]) for (m, _), n in joint.items())
    other = -sum(n / total * np.log(n / by_intent[i]) for (_, i), n in joint.items())
    homogeneous, complete = 1 - given / entropy["intent"], 1 - other / entropy["matter"]
    return float(2 * homogeneous * complete / (homogeneous + complete))


def agreed(name: str, intents: Sequence[str], made: Grouped) -> None:
    """Print how far matters are what people asked for."""
    label = np.arange(len(intents)) + len(made.groups)  # what stands in no matter is one of its own
    for number, group in enumerate(made.groups):
        label[list(group.places)] = number
    pure = sum(Counter(intents[p] for p in group.places).most_common(1)[0][1] for group in made.groups)
    inside = sum(len(group.places) for group in made.groups)
    show(
        f"{name}: matters; in one; purity; V",
        len(made.groups),
        inside / len(intents),
        pure / inside,
        v_measure(intents, label.tolist()),
    )


def recovered(intents: Sequence[str], routine: Sequence[bool], made: Grouped) -> None:
    """Print how much of the routine is found again."""
    names = sorted(set(intents))
    often = {name for number, name in enumerate(names) if number % 2 == 0}
    worth = [group for group in made.groups if group.matter.worth]
    inside = [place for group in worth for place in group.places]
    mine = [place for place, one in enumerate(routine) if one and intents[place] in often]
    found = len(set(inside) & set(mine)) / len(mine)
    show(
        "routine: matters worth it; found; right",
        len(worth),
        found,
        sum(intents[p] in often for p in inside) / len(inside),
    )
    overall = made.automation.routine
    show(
        "routine to win; its limits; planted",
        overall.rate or 0,
        overall.low or 0,
        overall.high or 0,
        len(mine) / len(intents),
    )


def drafted(texts: Sequence[str], intents: Sequence[str], vectors: Any, made: Grouped, embed: Any) -> None:  # noqa: ANN401
    """Draft behaviours for the ten largest routine matters, and print what of other questions comes under them."""
    whose = [f"u{number}" for number in range(len(texts))]
    common = CommonWords.of(list(zip(whose, texts, strict=True)))
    chosen = [group for group in made.groups if group.matter.worth][:10]
    hits = wrong = of = 0
    for group in chosen:
        main = Counter(intents[p] for p in group.places).most_common(1)[0][0]
        draft = draft_of(group.matter, group.routine, texts, vectors, common, (), group.places)
        if draft is None:
            continue
        behaviour = parse_toml(draft.text, BehaviourFile, draft.intent).build(draft.intent)
        router = Router([behaviour], embed)
        fresh = [p for p in range(0, len(texts), 7) if p not in set(draft.places)]
        for place in fresh:
            talk = Talk("", Customer(id=""), (Message("m1", Author.CUSTOMER, texts[place]),))
            hit = router.route(talk).intent == draft.intent
            of += intents[place] == main
            hits += hit and intents[place] == main
            wrong += hit and intents[place] != main
    show(
        "drafts; main intent's questions kept; wrong among those taken",
        len(chosen),
        hits / max(1, of),
        wrong / max(1, hits + wrong),
    )


def main() -> None:
    """Measure."""
    data, embed = parsed(arguments(__doc__)).data, embedder_of(Settings())
    for name in ("banking77", "clinc150"):
        rows = [
            row for row in lines(data / "intents" / f"{name}_train.jsonl.gz") if not row["intent"].startswith("oos")
        ]
        order = np.random.default_rng(3).permutation(len(rows))
        texts, intents = [rows[n]["text"] for n in order], [rows[n]["intent"] for n in order]
        vectors = np.concatenate([embed.encode(texts[at : at + 512]) for at in range(0, len(texts), 512)])
        told, routine = told_of(intents, np.random.default_rng(4))
        began = time.perf_counter()
        made = grouped(told, texts, vectors, {}, 9, 0)
        show(f"{name}: {len(texts):,} questions put together, s", time.perf_counter() - began)
        agreed(name, intents, made)
        if name == "banking77":
            recovered(intents, routine, made)
            drafted(texts, intents, vectors, made, embed)


if __name__ == "__main__":
    main()
