"""What is reserved for people without any file of the company's, and how a company changes it."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.assist.engine import Engine
from console.assist.headless import replay
from console.assist.routing import Router
from console.assist.vectors import VectorCache
from console.content.errors import ContentError
from console.content.library import Library
from console.content.loader import load_library, reserved_behaviours
from console.conversation.assistance import Routing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer
from tests.assist.making import DANA, BagOfWords, talk

NOWHERE = Path("/nonexistent")

SAID = {
    "self-harm": "I don't want to live any more",
    "injury-safety": "The heater exploded and my daughter is hurt",
    "bereavement": "My husband has died and I don't know what to do with his account",
    "legal-threat": "You will hear from my solicitor",
    "regulator": "I'm reporting you to the ombudsman",
    "hardship": "I've just lost my job and can't pay the rest",
    "personal-safety": "My ex is stalking me and must not get my new address",
    "press": "I am a journalist and would like a statement",
    "staff-complaint": "I want to complain about one of your agents",
    "retention-high-value": "I'm taking my business elsewhere",
}


def router_over(library: Library, embed: BagOfWords | VectorCache) -> Router:
    """Return a router over everything a library holds."""
    return Router(library.behaviours, embed, None, library.policies)


def test_each_matter_that_only_people_handle_comes_with_the_product() -> None:
    """By the names under which a company may replace them."""
    assert {authored.item.intent for authored in reserved_behaviours()} == set(SAID)


@pytest.mark.parametrize("intent", SAID)
def test_a_workspace_without_content_keeps_it_to_people(embed: VectorCache, intent: str) -> None:
    """At once, with the reason."""
    said = replace(talk(f"c: {SAID[intent]}"), customer=replace(DANA, value=5_000.0))
    routing = router_over(load_library(NOWHERE), embed).route(said)
    assert (routing.intent, routing.layer, routing.tier) == (intent, Layer.HUMAN_ONLY, 3)
    assert SAID[intent][:20] in routing.reasons[0]


@pytest.mark.parametrize("value", [0.0, 20.0])
def test_only_a_customer_of_value_is_one_to_be_kept_by_people(value: float) -> None:
    """The same words of anybody else are worked with assistance."""
    said = replace(talk("c: I'm taking my business elsewhere"), customer=replace(DANA, value=value))
    assert router_over(load_library(NOWHERE), BagOfWords()).route(said) == Routing("", Layer.ASSISTED, 1)


def test_an_ordinary_message_is_assisted_without_behaviours() -> None:
    """What comes with the product says nothing of it."""
    lines = list(
        replay(Engine(load_library(NOWHERE), BagOfWords()), "c1", DANA, talk("c: where is my parcel").messages)
    )
    assert lines[0]["routing"] == {"intent": "", "layer": "assisted", "tier": 1, "reasons": []}


def own(folder: Path, name: str, layer: str) -> Path:
    """Write a company's own behaviour and return its content folder."""
    (folder / "behaviours").mkdir()
    text = f'title = "Ours"\nlayer = "{layer}"\ntier = 2\nsay = "x"\n[triggers]\npatterns = ["reporter"]\n'
    (folder / f"behaviours/{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_file_of_the_same_name_takes_its_place(tmp_path: Path) -> None:
    """Words, layer and all; that people are assisted with it now is said."""
    library = load_library(own(tmp_path, "press", "assisted"))
    behaviour = library.behaviour("press")
    assert behaviour is not None
    assert (behaviour.title, behaviour.layer) == ("Ours", Layer.ASSISTED)
    assert "press.toml:2: 'press' is reserved for people until this file" in library.doubts[0]


def test_what_is_reserved_for_people_is_never_the_bots(tmp_path: Path) -> None:
    """Not even by a company's own file."""
    with pytest.raises(ContentError, match=r"press\.toml:2: 'press' is reserved for people and cannot be autonomous"):
        load_library(own(tmp_path, "press", "autonomous"))


def test_a_policy_that_a_company_leaves_out_reserves_nothing(tmp_path: Path) -> None:
    """Its behaviour has nothing left to find it by, and that is no fault."""
    (tmp_path / "company.toml").write_text('without = ["press"]\n', encoding="utf-8")
    router = router_over(load_library(tmp_path), BagOfWords())
    assert router.route(talk(f"c: {SAID['press']}")).layer is Layer.ASSISTED


# Once a lead has let assistance in


def opened(router: Router, *said: str, judged: int) -> Routing:
    """Return the routing of a conversation of which a lead judged the first messages, reserved by the first of them."""
    first = router.route(talk(said[0]))
    assert first.layer is Layer.HUMAN_ONLY
    now = replace(first, layer=Layer.ASSISTED)
    return router.route(replace(talk(*said), routing=now, allowed=frozenset({first.intent}), judged=judged))


@pytest.fixture(scope="module")
def shipped() -> Router:
    """What comes with the product, by its patterns."""
    return router_over(load_library(NOWHERE), BagOfWords())


def test_what_a_lead_has_judged_is_no_reason_any_more(shipped: Router) -> None:
    """Nor is the same matter in other words."""
    first = "c: You will hear from my solicitor"
    for said in ((first,), (first, "c: thanks"), (first, "c: my lawyer says so too, I will sue you")):
        assert opened(shipped, *said, judged=1).layer is Layer.ASSISTED


def test_another_matter_is_a_new_reason(shipped: Router) -> None:
    """Written after the lead has judged."""
    said = ("c: You will hear from my solicitor", "c: I am a journalist and would like a statement")
    assert opened(shipped, *said, judged=1).intent == "press"
    assert opened(shipped, *said, judged=2).layer is Layer.ASSISTED


def test_where_life_is_in_danger_the_same_matter_is_a_new_reason(shipped: Router) -> None:
    """A false alarm must not hide a true one."""
    said = ("c: this tent makes me want to kill myself", "c: I really don't want to live any more")
    assert opened(shipped, *said, judged=1) == opened(shipped, said[1], judged=0)
    assert opened(shipped, said[0], "c: sorry, just angry", judged=1).layer is Layer.ASSISTED


# Going on under another behaviour


def test_what_is_handed_over_goes_on_under_the_behaviour_that_is_named(tmp_path: Path) -> None:
    """For the reason that brought it to people, and it stays there."""
    (tmp_path / "behaviours").mkdir()
    base = 'title = "{0}"\nlayer = "assisted"\ntier = {1}\n[triggers]\npatterns = ["{0}"]\n'
    cancel = base.format("cancel", 1) + '[[handover]]\nwhen = "high-value"\nto = "keep"\n'
    for name, text in (("cancel", cancel), ("keep", base.format("keep", 3))):
        (tmp_path / f"behaviours/{name}.toml").write_text(text, encoding="utf-8")
    router = router_over(load_library(tmp_path), BagOfWords())
    said = talk("c: cancel it please")
    assert router.route(said).intent == "cancel"
    assert router.route(replace(said, handed=frozenset({HandoverWhen.MOOD}))).intent == "cancel"
    gone = router.route(replace(said, handed=frozenset({HandoverWhen.HIGH_VALUE})))
    assert (gone.intent, gone.tier) == ("keep", 3)
    later = replace(talk("c: cancel it please", "c: hello?"), routing=gone, handed=frozenset({HandoverWhen.HIGH_VALUE}))
    assert router.route(later) == gone
