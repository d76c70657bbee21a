"""Files and folders to documents; what cannot be read is named and the rest goes on."""

import json
import os
from pathlib import Path

import pytest

from knowledge import Document, Skipped, load


def _documents(path: Path) -> dict[str, Document]:
    return {item.id: item for item in load(path) if isinstance(item, Document)}


def _skipped(path: Path) -> list[Skipped]:
    return [item for item in load(path) if isinstance(item, Skipped)]


def test_markdown_takes_its_fields_from_the_front_matter(tmp_path: Path) -> None:
    """Title, date, status and audience are the author's; the id is the path below the folder."""
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "lost.md").write_text(
        "---\ntitle: Lost parcels\nupdated: 2026-09-14\nstatus: retired\naudience: internal\n---\n"
        "Lead.\n\n## More\nText."
    )
    document = _documents(tmp_path)["help/lost.md"]
    assert (document.title, document.updated, document.status, document.audience) == (
        "Lost parcels",
        "2026-09-14",
        "retired",
        "internal",
    )
    assert document.text == "Lead.\n\n## More\nText."


def test_a_title_is_found_where_none_is_given(tmp_path: Path) -> None:
    """The first heading, else the name of the file in words."""
    (tmp_path / "a.md").write_text("# Late trains\n\nThey come.")
    (tmp_path / "opening-hours.txt").write_text("Nine to six.")
    documents = _documents(tmp_path)
    assert documents["a.md"].title == "Late trains"
    assert documents["opening-hours.txt"].title == "Opening hours"


def test_a_web_page_is_its_main_content(tmp_path: Path) -> None:
    """Navigation and scripts are left out, headings are kept."""
    paragraph = "Your parcel counts as lost when its tracking has not moved for seven days. " * 4
    (tmp_path / "page.html").write_text(
        f"<html><head><title>Lost parcels</title><script>alert(1)</script></head><body><nav><a href=/>Home</a></nav>"
        f"<main><article><h1>Lost parcels</h1><p>{paragraph}</p><h2>What we do</h2><p>{paragraph}</p></article></main>"
        "</body></html>"
    )
    document = _documents(tmp_path)["page.html"]
    assert document.title == "Lost parcels"
    assert "## What we do" in document.text
    assert "alert" not in document.text
    assert "Home" not in document.text


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """Every bad line of a .jsonl file is named file:line with its reason."""
    file = tmp_path / "kb.jsonl"
    file.write_bytes(
        b'{"id": "a", "title": "A", "text": "one", "rating": 5}\nnot json\n{"id": "b"}\n\n'
        b'{"id": "c", "text": "\xff"}\n{"id": "d", "text": "x", "status": "retierd"}\n[1]\n{"id": 7, "text": "two"}'
    )
    assert list(_documents(file)) == ["a", "7"]
    reasons = {item.where: item.reason for item in _skipped(file)}
    assert list(reasons) == [f"{file}:{line}" for line in (2, 3, 5, 6, 7)]
    assert reasons[f"{file}:3"] == 'has no "text"'
    assert 'did you mean "retired"?' in reasons[f"{file}:6"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "is empty"),
        ("b.txt", b" \n\t ", "is empty"),
        ("c.txt", b"\x00\x01\x02\x03 binary", "is binary"),
        ("d.md", b"caf\xe9 au lait", "is not UTF-8"),
        ("e.md", b"---\ntitle: [\n---\ntext", "front matter is not YAML"),
        ("f.md", b"---\n- a\n---\ntext", "front matter is not a list of"),
        ("g.md", b"---\nstatus: old\n---\ntext", 'status is "old"'),
        ("h.html", b"<html><body></body></html>", "no readable main content"),
        ("i.txt", b"x" * 2000, "is larger than"),
    ],
)
def test_a_document_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """The file and the reason are given, and the good one beside it is loaded."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Good.")
    items = list(load(tmp_path, max_bytes=1000))
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert [item.where for item in skipped] == [str(tmp_path / name)]
    assert reason in skipped[0].reason
    assert [item.id for item in items if isinstance(item, Document)] == ["good.txt"]


def test_hidden_files_and_links_that_lead_outside_are_not_followed(tmp_path: Path) -> None:
    """A folder gives only what lies in it and is not hidden."""
    inside = tmp_path / "articles"
    (inside / ".git").mkdir(parents=True)
    (inside / ".git" / "notes.md").write_text("hidden")
    (inside / ".draft.md").write_text("hidden")
    (tmp_path / "secret.md").write_text("outside")
    (inside / "link.md").symlink_to(tmp_path / "secret.md")
    (inside / "folder").symlink_to(tmp_path, target_is_directory=True)
    (inside / "shown.md").write_text("shown")
    assert list(_documents(inside)) == ["shown.md"]
    assert _skipped(inside) == [Skipped(str(inside / "link.md"), "is a link that leads outside the folder")]


def test_text_is_cleaned_of_what_could_deceive(tmp_path: Path) -> None:
    """Escape sequences, direction marks and piles of combining marks do not come in, by whichever format."""
    hostile = "safe\x1b[31m \u202eevil\u2066 a" + "\u0301" * 100
    (tmp_path / "a.txt").write_text(hostile)
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "title": hostile, "text": hostile}))
    for document in _documents(tmp_path).values():
        for text in (document.title, document.text):
            assert not set(text) & {"\x1b", "\u202e", "\u2066"}
            assert text.count("\u0301") <= 4


def test_a_file_of_an_unknown_format_is_named_only_when_it_was_asked_for(tmp_path: Path) -> None:
    """A picture in a folder is passed over; a picture that is named itself is not."""
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG")
    assert list(load(tmp_path)) == []
    assert "known are" in _skipped(picture)[0].reason


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """It would otherwise look like a folder whose documents are all gone."""
    with pytest.raises(FileNotFoundError, match="no such file"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "\n---\naudience: internal\n---\nText.",
        " ---\naudience: internal\n---\nText.",
        "\ufeff\ufeff\n\u00a0\n--- \naudience: internal\n--- \nText.",
        " ---\n audience: internal\n ---\nText.",
        "---\nAudience: Internal\n---\nText.",
        "\t\n---\nAUDIENCE : internal\n...\nText.",
    ],
)
def test_front_matter_counts_also_where_blanks_stand_before_it(tmp_path: Path, text: str) -> None:
    """What its author has called internal is internal, and the front matter is no text."""
    (tmp_path / "a.md").write_text(text)
    document = _documents(tmp_path)["a.md"]
    assert (document.audience, document.text) == ("internal", "Text.")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.md", "---\naudience: internal\n\nText.", "a.md: names its audience outside"),
        ("a.md", "audience: internal\n---\nText.", "names its audience outside"),
        ("a.md", "# Title\n\n---\naudience: internal\n---\nText.", "names its audience outside"),
        ("a.md", "\n---\naudience: [internal\n---\nText.", "front matter is not YAML"),
        ("a.md", "---\nvisibility: internal\n---\nText.", 'which is written "audience: internal" here'),
        ("a.md", "---\ndraft: true\n---\nText.", 'says "draft: True", which is written "audience: internal" here'),
        ("a.md", "---\npublished: false\n---\nText.", 'which is written "audience: internal" here'),
        ("a.md", "---\nRetired: yes\n---\nText.", 'which is written "status: retired" here'),
        ("a.md", "---\naudiance: internal\n---\nText.", 'has the key "audiance"; did you mean "audience"?'),
        ("a.md", "---\nstatu: retired\n---\nText.", 'has the key "statu"; did you mean "status"?'),
        ("a.md", "---\nStaus: current\n---\nText.", 'has the key "staus"; did you mean "status"?'),
        ("a.md", "---\nstate: Retired\n---\nText.", 'says "state: Retired", which is written "status: retired" here'),
        ("a.md", "---\nstats: archived\n---\nText.", 'which is written "status: retired" here'),
        ("a.md", "---\nstates: current\n---\nText.", 'which is written "status: current" here'),
        ("a.md", "---\narticle_state: obsolete\n---\nText.", 'which is written "status: retired" here'),
        ("a.md", "---\nstate: draft\n---\nText.", 'which is written "audience: internal" here'),
        ("a.jsonl", '{"id": "a", "text": "b", "satus": "retired"}', 'has the key "satus"; did you mean "status"?'),
        ("a.jsonl", '{"id": "a", "text": "b", "STATUS": "retired"}', 'has the key "STATUS"; did you mean "status"?'),
        ("a.jsonl", '{"id": "a", "text": "b", "state": "inactive"}', 'which is written "status: retired" here'),
        ("a.html", "<meta name=audiance content=internal><p>Text.", 'has the key "audiance"; did you mean "audience"?'),
        ("a.html", "<meta name=Statu content=retired><p>Text.", 'has the key "statu"; did you mean "status"?'),
        ("a.html", "<meta property=state content=retired><p>Text.", 'which is written "status: retired" here'),
        ("a.html", "<meta name=visibility content=internal><p>Text.", 'which is written "audience: internal" here'),
        ("a.md", "---\ntitle: A\n---\n\n---\naudience: internal\n---\nText.", "names its audience outside"),
        ("a.txt", "---\naudience: internal\n---\nText.", "names its audience outside"),
        ("a.md", "> status: retired\n\nText.", "names its status outside"),
    ],
)
def test_what_its_author_did_not_mean_for_everybody_is_not_public(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    """Where that cannot be told for certain, the article is left out and named."""
    (tmp_path / name).write_text(text)
    assert _documents(tmp_path) == {}
    assert reason in f"{name}: {_skipped(tmp_path)[0].reason}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nstats: 14 views\nstates: [England, Wales]\nstate: published\nestate: none\n---\nText."),
        ("a.md", "---\nstatue: of a lion\nstatic: true\nstart: now\norder_status: shipped\n---\nText."),
        ("a.jsonl", '{"id": "a", "text": "Text.", "state": {"name": "Ohio"}, "statuses": [], "stats": 3}'),
        ("a.html", "<meta name=state content=Ohio><meta name=viewport content=width=1><p>Text."),
    ],
)
def test_keys_of_another_system_are_let_be(tmp_path: Path, name: str, text: str) -> None:
    """Where they are other words, and say nothing of who may read an article or whether it holds."""
    (tmp_path / name).write_text(text)
    ((_, document),) = _documents(tmp_path).items()
    assert (document.text, document.audience, document.status) == ("Text.", "public", "current")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    """Nor is a line that speaks of a status far below, or inside a sentence."""
    text = "\n---\n\nThe order's status: shipped. Our audience: everybody.\n\n---\n\nMore."
    (tmp_path / "a.md").write_text(text + "\n" * 30 + "status: retired")
    document = _documents(tmp_path)["a.md"]
    assert document.text.startswith("---\n\nThe order's status")
    assert document.audience == "public"


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what an index has of it stays."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Boots are brown.", encoding="utf-8")
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    document, skipped = load(tmp_path)
    assert isinstance(document, Document)
    assert isinstance(skipped, Skipped)
    assert (skipped.where, skipped.stays) == (str(tmp_path / "sub"), "sub/")
    assert "Permission denied" in skipped.reason
