"""Which behaviour a conversation belongs to."""

from dataclasses import replace

import pytest

from console.assist.routing import Router
from console.assist.vectors import VectorCache
from console.conversation.message import Layer
from tests.assist.making import HOURS, INJURY, LATE, talk

HURT = "The stove burned my hand."


@pytest.fixture(scope="module")
def router(embed: VectorCache) -> Router:
    """The behaviours of the test library."""
    return Router((LATE, INJURY, HOURS), embed)


@pytest.mark.parametrize("other", [*LATE.examples, *HOURS.examples])
@pytest.mark.parametrize("first", [True, False])
def test_what_is_reserved_for_people_stays_so_whatever_is_asked_beside_it(
    router: Router, other: str, first: bool
) -> None:
    """Also where the other words are an intent's very example: a second request must not light up the dark."""
    text = f"{HURT} {other}." if first else f"{other}. {HURT}"
    assert router.route(talk(f"c: {text}")).layer is Layer.HUMAN_ONLY
    assert router.route(talk(f"c: {HURT}", f"c: {other}")).layer is Layer.HUMAN_ONLY


def test_an_ordinary_request_goes_where_its_words_belong(router: Router) -> None:
    """The reason quotes them."""
    routing = router.route(talk("c: Hello! What are your opening hours please"))
    assert (routing.intent, routing.layer) == ("opening-hours", Layer.AUTONOMOUS)
    assert "opening hours" in routing.reasons[0]


def test_what_only_names_things_speaks_for_no_behaviour_by_its_meaning(embed: VectorCache) -> None:
    """“Order 123, postcode …” is near whatever names an order; what is said of it decides."""
    naming = Router((replace(LATE, examples=("please look at order LF-88213, postcode QX1 1AA",)),), embed)
    assert not naming.matches(talk("c: Order LF-88213, postcode QX1 1AA."))
    assert not naming.matches(talk("c: my order number is LF-88213"))
    assert naming.matches(talk("c: look at order LF-88213, postcode QX1 1AA please"))
