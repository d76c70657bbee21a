"""Train the tagger of people's names (console/assist/recognise/people.py) and write its weights.

    python -m tools.people DATA [--out FILE.npz]
    python -m tools.people DATA --judge

DATA has pii/, star/, intents/ and medquad/. Names of many nations come from Faker (``pip install -e .[train]``; MIT):
only the weights that it leads to are kept. Of pii/ only the sentences of even number are learned from, the others for
measuring. With --judge nothing is written: it prints how many names are found by what has learned from the even
sentences, from half of the kinds of sentences, and from none. docs/heads/names.md says what this reaches.
"""

import argparse
import gzip
import importlib
import json
import pkgutil
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from console.assist.recognise import people
from console.assist.recognise.words import FIRST_NAMES, OPENERS

Marked = tuple[str, list[tuple[int, int]]]
"""A text and the places of names in it."""

BRANDS = Path(__file__).with_name("brands.txt").read_text("utf-8").replace("\n", " ").strip().split(", ")
"""Brands, days and short forms that customers write of, and that name nobody."""

TEMPLATES = Path(__file__).with_name("people.txt")
LIKELY = 0.1
"""How likely a word is part of a name from which it is taken for one: a name that stays is worse than a word hidden."""

SEED = 7
SMALL, LARGE = 0.14, 0.03
"""Shares of texts that are learned from in lower case, and in upper case."""

OWN_INITIAL = 0.3
"""Share of initials that are those of the first name."""

LONG = 600
"""Characters from which a paragraph is not learned from."""

TIMES_GIVEN, TIMES_MADE, ALONE = 6, 60, 2000
"""How often a sentence of pii/ is learned from with other names, a made one with names, and a name by itself."""

RARE = 2
"""How often an ordinary word is in the texts at most that counts as rare, and might be a name after all."""

HOLE = re.compile(r"\{(\w+)\}")


class Names:
    """First names, surnames and towns of many nations, from Faker's lists."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.first, self.last = self._lists("person", "first_name"), self._lists("person", "last_name")
        self.towns = sorted({t for found in self._lists("address", "cit", "countr", "state").values() for t in found})
        self.both = sorted(self.first.keys() & self.last.keys())

    def _lists(self, provider: str, *heads: str) -> dict[str, list[str]]:
        package = importlib.import_module(f"faker.providers.{provider}")
        found: dict[str, set[str]] = defaultdict(set)
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.startswith("_") or "_" not in module.name:
                continue
            there = importlib.import_module(f"{package.__name__}.{module.name}").Provider
            for key in dir(there):
                values = getattr(there, key)
                if key.startswith(heads) and "suffix" not in key and isinstance(values, dict | tuple | list):
                    found[module.name].update(v for v in values if isinstance(v, str) and _latin(v) and len(v) > 1)
        return {nation: sorted(values) for nation, values in found.items() if values}

    def drawn(self, kind: str) -> str:
        """A name: ``F`` first, ``L`` last, ``N`` whole, ``P`` any of them.

        What is none: ``T`` a town or country, ``X`` what a thing is called after, ``B`` a brand.
        """
        chance = self.chance
        if kind == "B":
            return chance.choice(BRANDS)
        if kind == "T" or (kind == "X" and chance.random() < OWN_INITIAL):
            return chance.choice(self.towns)
        nation = chance.choice(self.both)
        first, last = chance.choice(self.first[nation]), chance.choice(self.last[nation])
        if kind == "P":
            kind = chance.choices("NFL", (6, 2, 2))[0]
        if kind != "N":
            return first if kind == "F" else last
        middle = chance.choices(["", " {}.", " {}", " x"], (10, 2, 1, 1))[0]
        if middle == " x":
            middle = " " + chance.choice(self.first[nation])
        initial = first[0] if chance.random() < OWN_INITIAL else chance.choice("ABCDEHJKLMPRSTW")
        return f"{first}{middle.format(initial)} {last}"


def _latin(text: str) -> bool:
    return all(c in " '’.-" or "LATIN" in unicodedata.name(c, "") for c in text)


def filled(template: str, names: Names) -> Marked:
    """A template with names, and what only looks like one, in its holes."""
    text, places, at = "", [], 0
    for hole in HOLE.finditer(template):
        text += template[at : hole.start()]
        value = names.drawn(hole[1])
        if hole[1] in "NFLP":
            places.append((len(text), len(text) + len(value)))
        text += value
        at = hole.end()
    return text + template[at:], places


def sentences(data: Path) -> list[Marked]:
    """The sentences of pii/ with the places of names."""
    rows = [json.loads(line) for line in (data / "pii" / "synth_given.jsonl").read_text("utf-8").splitlines()]
    return [
        (
            row["text"],
            sorted((s["start_position"], s["end_position"]) for s in row["spans"] if s["entity_type"] == "PERSON"),
        )
        for row in rows
    ]


def kinds(data: Path) -> list[int]:
    """0 or 1 for each sentence of pii/; those that differ only in what is marked have the same."""
    found = []
    for line in (data / "pii" / "synth_given.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        for span in sorted(row["spans"], key=lambda span: -span["start_position"]):
            text = f"{text[: span['start_position']]}{span['entity_type']}{text[span['end_position'] :]}"
        found.append(crc32(re.sub(r"\W+", " ", text.lower()).encode()) % 2)
    return found


def with_others(marked: Marked, names: Names) -> Marked:
    """The sentence with other people in it."""
    text, places, result, at, moved = *marked, "", 0, []
    for start, end in places:
        result += text[at:start]
        value = names.drawn("N" if " " in text[start:end] else "P")
        moved.append((len(result), len(result) + len(value)))
        result += value
        at = end
    return result + text[at:], moved


def recased(marked: Marked, chance: random.Random) -> Marked:
    """The text in lower case, now and then, or in upper case; lengths stay."""
    text, places = marked
    drawn = chance.random()
    changed = text.lower() if drawn < SMALL else text.upper() if drawn < SMALL + LARGE else text
    return (changed, places) if len(changed) == len(text) else marked


def without_names(data: Path, chance: random.Random, names: Set[str]) -> Iterator[Marked]:
    """Texts in which hardly anybody is named: of every second conversation and question, and the demo's articles."""
    with gzip.open(data / "star" / "train.jsonl.gz", "rt", encoding="utf-8") as star:
        for line in [*star][::2]:
            said = [
                e["text"] for e in json.loads(line)["events"] if e["speaker"] in {"customer", "agent"} and e.get("text")
            ]
            yield from ((text, []) for text in said[:30:3] if not _named(text, names))
    for name in ("banking77", "clinc150"):
        with gzip.open(data / "intents" / f"{name}_train.jsonl.gz", "rt", encoding="utf-8") as texts:
            rows = [json.loads(line)["text"] for line in texts][::2]
        yield from ((text, []) for text in chance.sample(rows, 4000) if not _named(text, names))
    with gzip.open(data / "medquad" / "kb.jsonl.gz", "rt", encoding="utf-8") as articles:
        for line in [*articles][::40]:
            yield from (
                (part, []) for part in json.loads(line)["text"].split("\n")[:6] if part.strip() and len(part) < LONG
            )


def by_themselves(texts: Iterable[Marked], names: Set[str]) -> Iterator[Marked]:
    """Every ordinary word by itself, small and capitalised: an answer or a heading, and no name."""
    counted = Counter(word for text, _ in texts for word in re.findall(r"(?<!\S)[a-z]{2,}(?![\w'’-])", text))
    for word, count in counted.items():
        if count > RARE and word not in names:
            yield word, []
            yield word.capitalize(), []
            if count > 10 * RARE:
                yield f"{word.capitalize()}.", []
                yield word.upper(), []


def in_other_languages(chance: random.Random) -> Iterator[Marked]:
    """Sentences of ordinary words in languages that customers also write, as Faker has them."""
    for nation in ("de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "da_DK", "cs_CZ"):
        words = importlib.import_module(f"faker.providers.lorem.{nation}").Provider.word_list
        for _ in range(200):
            said = chance.choices(words, k=chance.randint(3, 10))
            yield " ".join([said[0].capitalize(), *said[1:]]) + ".", []


def _named(text: str, names: Set[str]) -> bool:
    """Return whether somebody may be named; “Will you” and “May I” name nobody."""
    words = [word.strip(".,!?'\"") for word in text.split()]
    return any(word[:1].isupper() and word.lower() in names and word.lower() not in OPENERS for word in words)


def examples(texts: Iterable[Marked]) -> tuple[csr_matrix, np.ndarray, list[int]]:
    """The words of texts as rows of features; whether each is part of a name; how many words each text has."""
    columns: list[int] = []
    ends, gold, lengths = [0], [], []
    for text, places in texts:
        words = people.words_in(text)
        lengths.append(len(words))
        for word in words:
            columns += sorted({people.bucket(f) for f in (*people.spelling(*word.alone), *word.beside)})
            ends.append(len(columns))
            gold.append(any(start <= word.start < end for start, end in places))
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(gold), people.BUCKETS))
    return matrix, np.array(gold), lengths


def neighbours(first: np.ndarray, lengths: Sequence[int]) -> csr_matrix:
    """The features of neighbours for rows of words, from their scores."""
    columns, ends, at = [], [0], 0
    for length in lengths:
        scores = first[at : at + length].tolist()
        for place in range(length):
            columns += sorted({people.bucket(f) for f in people.neighbours(scores, place)})
            ends.append(len(columns))
        at += length
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(at, people.BUCKETS))


def fitted(matrix: csr_matrix, gold: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights and their constant."""
    model = LogisticRegression(C=strength, max_iter=120, solver="lbfgs")
    model.fit(matrix, gold)
    return model.coef_[0], float(model.intercept_[0])


def texts_to_learn(data: Path, given: Sequence[Marked], chance: random.Random) -> list[Marked]:
    """Everything that is learned from: ``given`` sentences of pii/, made ones, and texts in which nobody is named."""
    names = Names(chance)
    made = [with_others(marked, names) for marked in given for _ in range(TIMES_GIVEN)]
    lines = [line.replace("\\n", "\n") for line in TEMPLATES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    made += [filled(line, names) for line in lines for _ in range(TIMES_MADE)]
    made = [recased(marked, chance) for marked in (*given, *made)]
    made += [filled(line, names) for line in ("{F}", "{F}", "{P}.", "{P}") for _ in range(ALONE)]
    known = {part.lower() for nation in names.both for name in names.first[nation] for part in name.split()}
    plain = list(without_names(data, chance, known | FIRST_NAMES))
    plain += [*by_themselves(plain, known), *in_other_languages(chance)]
    return made + [recased(marked, chance) for marked in plain]


def train(texts: list[Marked], strength: float = 0.3) -> dict[str, np.ndarray]:
    """The weights in steps of ``scale``, ``constant`` and ``threshold``, as the tagger reads them."""
    matrix, gold, lengths = examples(texts)
    half = np.repeat(np.arange(len(lengths)) % 2, lengths)
    first = np.zeros(len(gold))  # of each word, from the texts that it is not in
    for fold in (0, 1):
        weights, constant = fitted(matrix[half == fold], gold[half == fold], strength)
        first[half != fold] = matrix[half != fold] @ weights + constant
    weights, constant = fitted(matrix, gold, strength)
    beside = neighbours(first, lengths)
    scored = hstack([beside, csr_matrix(first[:, None])]).tocsr()
    second, offset = fitted(scored, gold, 1.0)
    weights += second[:-1] / second[-1]  # in the measure of the first scores
    scale = np.abs(weights).max() / 127
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": np.float32(scale),
        "constant": np.float32(constant),
        "threshold": np.float32(-offset / second[-1] + np.log(LIKELY / (1 - LIKELY)) / second[-1]),
    }


def judge(data: Path) -> None:
    """Print the share of names that are hidden whole in sentences that were not learned from."""
    rows, sides = sentences(data), kinds(data)
    splits = {
        "even sentences learned, odd ones judged": (rows[::2], rows[1::2]),
        "kinds of sentences halved": (
            [row for row, side in zip(rows, sides, strict=True) if side == 0],
            [row for row, side in zip(rows, sides, strict=True) if side == 1],
        ),
        "nothing of pii/ learned, all judged": ([], rows),
    }
    with TemporaryDirectory() as folder:
        people.WEIGHTS = Path(folder) / "people.npz"  # type: ignore[misc]
        for name, (learned, judged) in splits.items():
            np.savez(people.WEIGHTS, **train(texts_to_learn(data, learned, random.Random(SEED))))  # noqa: S311
            people.forget()
            found = [hit for row in judged for hit in _hits(row)]
            print(f"{name:42} {sum(found) / len(found):.3f} of {len(found)}", flush=True)


def _hits(marked: Marked) -> Iterator[bool]:
    text, places = marked
    covered = {at for start, end in people.people(text) for at in range(start, end)}
    for start, end in places:
        yield all(at in covered or text[at].isspace() for at in range(start, end))


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=people.WEIGHTS)
    parser.add_argument("--judge", action="store_true")
    chosen = parser.parse_args()
    if chosen.judge:
        judge(chosen.data)
        return
    texts = texts_to_learn(chosen.data, sentences(chosen.data)[::2], random.Random(SEED))  # noqa: S311 - nothing is secret
    print(f"{len(texts)} texts, {sum(len(places) for _, places in texts)} names")
    np.savez_compressed(chosen.out, **train(texts))
    print(f"{chosen.out}: {chosen.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
