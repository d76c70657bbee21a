"""What meaning and words are worth alone and together, on twelve sets of questions (nDCG@10).

    python -m bench.fusion [DATA] [--asked 1000]

DSTC11 (last three turns; whole conversations); Banking77 and CLINC150, as lists of frequent questions and with each
question as a document of its own; articles that differ by a code alone, which is asked for or was named eight messages
earlier; a quarter of MedQuAD by four key words, half of a sentence's words, a sentence, its titles in other words.
"""

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.data import ROLES, arguments, documents, frequent, gain, lines, parsed, show, spread, talks
from knowledge import Document, KnowledgeIndex, open_embedder
from knowledge.coverage import asked
from knowledge.embedding.port import Embedder
from knowledge.index.generation import Generation, open_current
from knowledge.query import Query, of_conversation, of_text
from knowledge.ranking import Sources, rank
from knowledge.structure import sentences
from knowledge.vectors import FileStore

WIDTH = 200
RESAMPLED = 2000

IN_OTHER_WORDS = {
    "What is (are) ": "can you explain {} to me",
    "What are the symptoms of ": "how would i notice {}",
    "What are the treatments for ": "how do doctors treat somebody with {}",
    "How many people are affected by ": "do many others have {}",
    "What are the genetic changes related to ": "which gene is behind {}",
    "Is ": "do children get {} from their parents",
    "What causes ": "why does someone get {}",
    "How to diagnose ": "which tests show {}",
    "How to prevent ": "can i avoid {}",
    "Who is at risk for ": "which people tend to get {}",
    "What is the outlook for ": "will i recover from {}",
}

Asked = tuple[str, Query, set[str]]
"""The set it belongs to, what is asked, and the documents that answer it."""


@dataclass(frozen=True, slots=True)
class Scores:
    """nDCG@10 of one question."""

    meaning: float
    words: float
    together: float


def main() -> None:
    """A line a set: each alone, together, and by how much together is ahead of the better, with its 95 % interval."""
    parser = arguments(__doc__)
    parser.add_argument("--asked", type=int, default=1000, help="questions a set, at most")
    chosen = parsed(parser)
    model = open_embedder(chosen.models)
    print(f"{'':44}", *(f"{name:>8}" for name in ("meaning", "words", "together", "ahead", "from", "to")))
    for articles, questions in collections(chosen.data, chosen.asked):
        with tempfile.TemporaryDirectory() as folder:
            KnowledgeIndex(Path(folder), model).update(articles, source="bench")
            generation = open_current(Path(folder), FileStore())
            found: dict[str, list[Scores]] = defaultdict(list)
            for name, query, relevant in questions:
                found[name].append(scores(generation, model, query, relevant))
        for name, some in found.items():
            print(f"{name:44}", *(f"{figure:8.3f}" for figure in figures(some)), flush=True)
    show("questions a set, at most", chosen.asked)


def scores(generation: Generation, model: Embedder, query: Query, relevant: set[str]) -> Scores:
    """The three rankings of one question."""
    vectors, lexical = generation.vectors, generation.lexical
    if vectors is None or lexical is None:
        raise SystemExit(f"{generation.folder}: the index is damaged")
    directions = query.embedded(model)
    nearest, numbers = vectors.search(directions.whole, WIDTH)
    sharing = lexical.search(asked(query.named, lexical).terms, WIDTH)
    sources = Sources(vectors, lexical, generation.articles, generation.manifest.documents)
    places = rank(sources, query, directions, 10, None).places

    def judged(scored: Iterable[tuple[int, float]]) -> float:
        best = {number: score for number, score in sorted(scored, key=lambda one: -one[1]) if number >= 0}
        ids = dict.fromkeys(hit.document for hit in generation.articles.hits(best))
        return gain(list(ids)[:10], relevant)

    return Scores(
        judged(zip(numbers[0].tolist(), nearest[0].tolist(), strict=True)),
        judged(sharing),
        judged((place.passage, place.score) for place in places),
    )


def figures(some: Sequence[Scores]) -> tuple[float, ...]:
    """Means of the three; what together is ahead of the better one, and the interval of a bootstrap over questions."""
    columns = np.asarray([(one.meaning, one.words, one.together) for one in some])
    meaning, words, together = columns.mean(axis=0).tolist()
    ahead = columns[:, 2] - columns[:, int(words > meaning)]
    drawn = np.random.default_rng(0).integers(0, len(ahead), (RESAMPLED, len(ahead)))
    low, high = np.percentile(ahead[drawn].mean(axis=1), (2.5, 97.5)).tolist()
    return meaning, words, together, float(ahead.mean()), low, high


def collections(data: Path, most: int) -> Iterator[tuple[list[Document], list[Asked]]]:
    """Articles and what is asked of them, collection by collection."""
    yield documents(data, "dstc11"), list(dialogues(data, most))
    for name in ("banking77", "clinc150"):
        articles, rest = frequent(data, name, most)
        named = f"{name}, frequent questions"
        yield articles, [(named, of_text(text), {intent}) for intent, text in rest]
        yield singles(data, name, most)
    yield codes(most)
    health = documents(data, "medquad")[::4]
    yield health, list(health_questions(health, most))


def dialogues(data: Path, most: int) -> Iterator[Asked]:
    """DSTC11's questions."""
    rows = list(lines(data / "dstc11" / "queries.jsonl.gz"))
    for row in spread(rows, most):
        yield "DSTC11, last three turns", of_text(row["query"]), set(row["relevant"])
    for row in spread(talks(data), most):
        messages = [{"role": ROLES[turn["speaker"]], "text": turn["text"]} for turn in row["turns"]]
        yield "DSTC11, conversations", of_conversation(messages), set(row["relevant"])


def singles(data: Path, name: str, most: int) -> tuple[list[Document], list[Asked]]:
    """Nine of ten questions of an intent as documents; the tenth is asked, and answered by any of its intent."""
    by_intent: dict[str, set[str]] = defaultdict(set)
    articles, rest = [], []
    for at, row in enumerate(lines(data / "intents" / f"{name}_train.jsonl.gz")):
        if row["intent"].startswith("oos"):
            continue
        if at % 10 == 0:
            rest.append(row)
            continue
        by_intent[row["intent"]].add(str(at))
        articles.append(Document(str(at), "", row["text"]))
    named = f"{name}, single questions"
    return articles, [(named, of_text(row["text"]), by_intent[row["intent"]]) for row in spread(rest, most)]


def codes(most: int) -> tuple[list[Document], list[Asked]]:
    """Articles that say the same of codes that differ by little; names of people and things are invented."""
    drawn = random.Random(7)
    made = [
        (f"ERR-{number}", f"error ERR-{number}", "the device shows {}, restart it and wait for {} minutes")
        for number in drawn.sample(range(1000, 9999), most // 6)
    ]
    made += [
        (f"XK{number}{letter}", f"the model XK{number}{letter}", "{} needs a filter of its own every {} weeks")
        for number, letter in zip(drawn.sample(range(100, 999), most // 6), "ABCDEF" * most, strict=False)
    ]
    made += [
        (f"{number}", f"order {number}", "{} was held at the depot and leaves it after {} days")
        for number in drawn.sample(range(100000, 999999), most // 6)
    ]
    articles = [
        Document(code, "What to do", f"Note: {said.format(name, drawn.randint(2, 9))}.") for code, name, said in made
    ]
    questions: list[Asked] = []
    for code, name, _ in made:
        asks = drawn.choice(("what about {}?", "can you tell me what to do about {}", "{} again, help please"))
        questions.append(("a code that is asked for", of_text(asks.format(name)), {code}))
        talk = [f"hello, it is about {name}", "Thank you, let me see.", "I am in no hurry", "May I have your name?"]
        talk += [
            "Robin Sample",
            "And where do you live?",
            "in Testville",
            "One moment please.",
            "so what do I have to do?",
        ]
        messages = [{"role": ("customer", "agent")[at % 2], "text": text} for at, text in enumerate(talk)]
        questions.append(("a code named eight messages earlier", of_conversation(messages), {code}))
    return articles, questions


def health_questions(health: Sequence[Document], most: int) -> Iterator[Asked]:
    """Parts of articles, and their titles in other words."""
    drawn = random.Random(11)
    by_title: dict[str, set[str]] = defaultdict(set)
    for article in health:
        by_title[article.title].add(article.id)
    for article in spread(health, most):
        text = article.text
        long = [text[a:b].strip() for a, b in sentences(text, 0, len(text)) if len(text[a:b].split()) >= 10]
        if long:
            sentence = drawn.choice(long)
            held = re.findall(r"\w+", sentence)
            half = sorted(drawn.sample(range(len(held)), len(held) // 2))
            keys = sorted(set(held), key=lambda word: (-len(word), word))[:4]
            yield "MedQuAD, four key words", of_text(" ".join(keys)), {article.id}
            yield "MedQuAD, half of a sentence", of_text(" ".join(held[at] for at in half)), {article.id}
            yield "MedQuAD, a sentence", of_text(sentence), {article.id}
    for article in spread(health, most):
        for begins, said in IN_OTHER_WORDS.items():
            if article.title.startswith(begins):
                subject = article.title.removeprefix(begins).removesuffix("?").removesuffix(" inherited ").strip()
                yield "MedQuAD, titles in other words", of_text(said.format(subject)), by_title[article.title]


if __name__ == "__main__":
    main()
