"""What is worth showing, and what is not even worked out where assistance is hidden."""

from dataclasses import replace

from console.assist.engine import Engine
from console.assist.quiet import RAISED, Quiet
from console.assist.vectors import VectorCache
from console.conversation.assist_events import FlagsRaised, KnowledgeFound, RepliesSuggested
from console.conversation.assistance import KnowledgeHit, Routing, Suggestion
from console.conversation.events import RoutingChanged
from console.conversation.message import Layer
from tests.assist.making import LIBRARY, BagOfWords, Shelf, talk
from tests.desks import suggestion

HIT = KnowledgeHit("lost.md", "Lost parcels", "A parcel is lost after 7 days.", 0.5)
SAID = "c: still nothing, where are my boots? close my account"


def reply(kind: str, score: float) -> Suggestion:
    """Return a reply of a kind with a score."""
    return replace(suggestion(f"{kind} {score}", kind=kind), score=score)


def test_each_kind_has_its_least_score() -> None:
    """A kind without one is always shown; the order stays."""
    found = [reply("past", 0.9), reply("macro", 0.4), reply("article", 0.3), reply("other", 0.01)]
    shown = Quiet(macro=0.5, article=0.3, past=0.2).replies(found)
    assert [r.kind for r in shown] == ["past", "article", "other"]


def test_of_kinds_that_are_passed_over_one_is_shown_and_a_surer_one() -> None:
    """All such kinds together; the others are as they were."""
    found = [reply("past", 0.9), reply("past", 0.8), reply("macro", 0.7), reply("article", 0.3)]
    shown = Quiet().replies(found, {"past", "macro"})
    assert [(r.kind, r.score) for r in shown] == [("past", 0.9), ("article", 0.3)]
    assert Quiet(past=0.2).replies([reply("past", 0.2 + RAISED - 0.01)], {"past"}) == ()


def test_the_engine_shows_what_the_settings_let_through() -> None:
    """Replies and articles; why there are fewer goes along."""
    strict = Engine(LIBRARY, BagOfWords(), Shelf((HIT,)), quiet=Quiet(macro=1.0, article=1.0, knowledge=0.6))
    events = list(strict.turn(replace(talk(SAID), fewer={"macro": "Fewer macros (9 of 10 passed over)."})))
    found = next(e for e in events if isinstance(e, KnowledgeFound))
    replies = next(e for e in events if isinstance(e, RepliesSuggested))
    assert (found.hits, replies.suggestions) == ((), ())
    assert replies.fewer == "Fewer macros (9 of 10 passed over)."


class Watched(Shelf):
    """Finds nothing, and notes what it was asked."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self._asked = asked

    def search(self, *given: object, **more: object) -> tuple[KnowledgeHit, ...]:
        """Note it."""
        self._asked.append("search")
        return ()

    def nearest(self, *given: object) -> None:
        """Note it."""
        self._asked.append("gap")


def test_where_assistance_is_hidden_only_routing_and_flags_are_worked_out(embed: VectorCache) -> None:
    """No search, no mood, no reply, no summary, no gap, no completion; drafts are checked all the same."""
    asked: list[str] = []
    engine = Engine(LIBRARY, embed, Watched(asked))
    hidden = replace(talk(SAID), hidden=True)
    assert [type(e) for e in engine.turn(hidden)] == [RoutingChanged, FlagsRaised]
    assert engine.completions(hidden, (suggestion("I can reship it today."),)) == ()
    assert asked == []
    assert [f.policy for f in engine.check(hidden, "I will refund £500 to you.")] == ["refund-limit"]


def test_in_human_only_nothing_is_searched_for_completed_or_asked(embed: VectorCache) -> None:
    """Routing and flags go on, the whole conversation long."""
    asked: list[str] = []
    engine = Engine(LIBRARY, embed, Watched(asked))
    dark = replace(talk("c: I burned my hand", "a: Oh no.", SAID), routing=Routing("injury", Layer.HUMAN_ONLY, 3))
    events = list(engine.turn(dark))
    assert [type(e) for e in events] == [FlagsRaised]
    assert [f.policy for f in events[0].flags] == ["leaving"]  # type: ignore[union-attr]
    assert engine.completions(dark, (suggestion("I can reship it today."),)) == ()
    assert asked == []
