"""What an agent's message does, sentence by sentence."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.assist.vectors import VectorCache
from console.practice.acts import Act
from console.practice.recognising_acts import ACTS, act_head, acts_in
from knowledge import Embedder
from tests.assist.making import BagOfWords


@pytest.fixture(scope="module")
def model(embedder: Embedder) -> VectorCache:
    """The real model."""
    return VectorCache(embedder)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I've just put a replacement through for you.", Act.DONE),
        ("I'm afraid I can't refund that after 30 days.", Act.REFUSE),
        ("Could you tell me your order number?", Act.ASK),
        ("Hello Dana, I'm Robin.", Act.GREET),
        ("I'm sorry about the delay.", Act.APOLOGISE),
        ("I can see how frustrating that is.", Act.EMPATHISE),
        ("So you would rather keep the boots, is that right?", Act.CONFIRM),
        ("Refunds take up to five working days.", Act.EXPLAIN),
        ("Would you like me to send a new one?", Act.OFFER),
        ("I'll write to you by noon tomorrow.", Act.PROMISE),
        ("Is there anything else I can do for you?", Act.ASK_MORE),
        ("Have a nice day!", Act.GOODBYE),
        ("Thank you for waiting.", Act.THANK),
        ("I'm sorry, I don't understand what you mean.", Act.NOT_UNDERSTOOD),
    ],
)
def test_a_sentence_has_a_main_act(model: VectorCache, text: str, act: Act) -> None:
    """In a support agent's words, and the engine is sure of it."""
    (said,) = acts_in(text, model)
    assert said.main is act
    assert act in said.acts
    assert said.certainty > 0.5


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Thank you, I've added the photos to your case.", {Act.THANK, Act.DONE}),
        ("I'm so sorry about this, I'll send a new one today.", {Act.APOLOGISE, Act.PROMISE}),
        ("Hello, how can I help?", {Act.GREET, Act.ASK}),
        ("Sorry about that, shall I send it again?", {Act.APOLOGISE, Act.OFFER}),
    ],
)
def test_a_courtesy_stands_beside_what_else_a_sentence_does(model: VectorCache, text: str, acts: set[Act]) -> None:
    """One sentence, two acts."""
    (said,) = acts_in(text, model)
    assert said.acts == acts


def test_sorry_is_no_apology_where_it_only_begins_a_no(model: VectorCache) -> None:
    """“I’m sorry, but we can’t” says sorry for nothing that happened."""
    (said,) = acts_in("I'm sorry, but we can't cancel it any more.", model)
    assert said.acts == {Act.REFUSE}


@pytest.mark.parametrize("text", ["OK", "You're welcome!", "Yes.", "No problem at all."])
def test_who_only_nods_does_nothing(model: VectorCache, text: str) -> None:
    """No act is made of an “ok”."""
    (said,) = acts_in(text, model)
    assert (said.acts, said.main) == (frozenset(), None)


def test_what_one_will_not_do_is_no_promise(model: VectorCache) -> None:
    """It is a no."""
    (said,) = acts_in("I will not do that.", model)
    assert said.acts == {Act.REFUSE}


def test_a_message_is_read_sentence_by_sentence(model: VectorCache) -> None:
    """In the order in which they stand."""
    said = acts_in("Hi Dana! I've cancelled the order. Is there anything else?", model)
    assert [s.main for s in said] == [Act.GREET, Act.DONE, Act.ASK_MORE]
    assert [s.sentence for s in said] == ["Hi Dana!", "I've cancelled the order.", "Is there anything else?"]


def test_what_says_nothing_does_nothing(model: VectorCache) -> None:
    """No sentence, no act."""
    assert acts_in("", model) == acts_in(" \n ", model) == ()


def test_another_model_leaves_it_to_the_words() -> None:
    """The head is silent; what words tell is told, surely enough to be used and no surer."""
    said = acts_in("Could you tell me your order number? I've sent the label. The sky over Leeds.", BagOfWords())
    assert [s.main for s in said] == [Act.ASK, Act.DONE, None]
    assert [s.certainty for s in said] == [0.5, 0.5, 0.0]
    assert said[-1].acts == frozenset()


def test_the_shipped_weights_know_every_act(model: VectorCache) -> None:
    """A column each, in the order of the acts."""
    head = act_head(model)
    assert head is not None
    assert head.weights.shape[1] == len(ACTS)


@given(pieces=st.lists(st.text(max_size=80), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(model: VectorCache, pieces: list[str]) -> None:
    """However odd; the main act is one of the acts, and sentences come in order."""
    text = " ".join(pieces)
    said = acts_in(text, model)
    assert all(0.0 <= s.certainty <= 1.0 for s in said)
    assert all(s.main is None or s.main in s.acts for s in said)
    assert all(text.find(a.sentence) <= text.rfind(b.sentence) for a, b in pairwise(said))
