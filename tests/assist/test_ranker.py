"""The order of replies: by the engine's scores, or by what a ranker has learned; never by where they stood."""

from dataclasses import replace

from console.assist.engine import Engine
from console.assist.replies.candidate import Candidate
from console.assist.replies.rank import best_of
from console.assist.replies.ranker import LearnedRanker, features_of, source_of
from console.content.macros import Macro
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import Citation, SourceType, Suggestion, Support
from console.conversation.ranker_events import RankerWeights
from console.conversation.ranking import BUILT_IN
from tests.assist.making import LIBRARY, RESHIP, BagOfWords, talk

TRACE = Macro("trace", "Ask the carrier", "A search for the parcel begins now.", (), ("my parcel has not arrived",))
TWO = replace(LIBRARY, macros=(RESHIP, TRACE))
LATE = ("c: my parcel never arrived", "a: I look into it for the parcel", "c: well? my parcel never arrived")


def reply(text: str = "I can reship it.", score: float = 0.5, **more: object) -> Suggestion:
    """Return a reply from a macro."""
    cited = Citation(SourceType.MACRO, "reship", text, "Reship")
    return replace(Suggestion("s1", text, "macro", score, Support.FULL, (cited,)), **more)


def suggested(engine: Engine) -> RepliesSuggested:
    """Return the replies to a customer whose parcel is late."""
    return next(e for e in engine.turn(talk(*LATE)) if isinstance(e, RepliesSuggested))


def test_a_reply_is_worth_its_features_and_its_source() -> None:
    """What the weights do not name counts for nothing, and so does what they name and nobody knows."""
    ranker = LearnedRanker(RankerWeights({"near": 2.0, "asks": -1.0, "unheard-of": 9.0}, {"macro:reship": 0.5}))
    asking = reply("May I have the number?", near=0.5)
    elsewhere = reply(near=0.25, sources=(Citation(SourceType.ARTICLE, "boots.md", "…"),))
    assert ranker.scores([reply(near=0.5), asking, elsewhere]) == [1.5, 0.5, 0.5]


def test_its_name_is_its_content() -> None:
    """The same weights have the same name, in whatever order they stand; others have another."""
    one = LearnedRanker(RankerWeights({"near": 2.0, "asks": 1.0}))
    assert one.version == LearnedRanker(RankerWeights({"asks": 1.0, "near": 2.0})).version
    assert one.version != LearnedRanker(RankerWeights({"asks": 1.0, "near": 2.1})).version


def test_no_feature_says_where_a_reply_stood() -> None:
    """Nor whose conversation its words come from: a past case is nobody's source again."""
    assert not {name for name in features_of(reply()) if "place" in name or "rank" in name}
    assert source_of(reply()) == "macro:reship"
    assert source_of(reply(sources=(Citation(SourceType.PAST, "c99", "…"),))) == ""


def test_scores_say_what_may_be_shown_and_the_order_what_comes_first() -> None:
    """However high a ranker would put it, a reply below the least score is not shown."""
    texts = {"we will look for the parcel": 0.9, "pick another day": 0.6, "a tent has poles": 0.1}
    candidates = [Candidate(text, "macro", score, ()) for text, score in texts.items()]
    chosen = best_of(candidates, BagOfWords(), lambda found: list(reversed(found)))
    assert [candidate.text for candidate in chosen] == ["pick another day", "we will look for the parcel"]


def test_the_engine_asks_for_the_ranker_at_every_turn_and_names_it() -> None:
    """One that is put in force meanwhile orders the next turn, without another engine."""
    in_force: list[LearnedRanker] = []
    engine = Engine(TWO, BagOfWords(), ranker=lambda: in_force[-1] if in_force else None)
    before = suggested(engine)
    assert before.versions["ranker"] == BUILT_IN
    assert len(before.suggestions) > 1
    in_force.append(LearnedRanker(RankerWeights({"score": -1.0})))
    after = suggested(engine)
    assert after.versions["ranker"] == in_force[0].version
    assert [s.text for s in after.suggestions] == [s.text for s in reversed(before.suggestions)]


def test_what_a_ranker_looks_at_stands_with_the_reply() -> None:
    """How near it is to the customer's words, and to what was sent already."""
    made = {reply.text: reply for reply in suggested(Engine(TWO, BagOfWords())).suggestions}[TRACE.text]
    assert 0 < made.near <= 1
    assert 0 < made.repeats <= 1
