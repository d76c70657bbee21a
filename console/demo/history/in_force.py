"""What a generated history goes on with: the content in force now, asked for what it does."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from console.assist.ports import Nearest
from console.content.library import Library
from console.demo.history.material import Material, material, read_material
from console.demo.history.plants import BAD_MACRO


def material_in_force(content: Path, retired: frozenset[str], answers: Callable[[str], Nearest]) -> Material:
    """Return the material of a folder of content as it is now. Blocks.

    ``retired`` are the sources that nothing is suggested from, ``answers`` says what the articles hold on a question.
    What customers come with stays what it was, as far as the content still knows of it. Nothing here asks whether a
    fault was mended: a macro that says something else makes nobody angry, and that is all.
    """
    with as_file(files("console.demo")) as demo:
        found = read_material(content, demo / "history")
    matters = []
    for matter in found.matters:
        there = tuple(name for name in matter.articles if name in found.articles)
        if there and matter.dialogues and matter.openings and found.library.behaviour(matter.intent) is not None:
            matters.append(replace(matter, articles=there))
    same = _text(found.library) == _text(material().library)
    articles = (f"{name}\x01{document.text}" for name, document in sorted(found.articles.items()))
    edition = "\x00".join((found.edition, *sorted(retired), *articles))
    return replace(
        found,
        matters=tuple(matters),
        edition=hashlib.sha256(edition.encode()).hexdigest()[:12],
        bad=BAD_MACRO if same else "",
        retired=retired,
        answers=answers,
    )


def _text(library: Library) -> str:
    macro = library.macro(BAD_MACRO)
    return macro.text if macro else ""
