"""The policies that come with the product: what they catch, what they leave alone, and how a company changes them."""

from pathlib import Path

import pytest

from console.assist.flags.policies import PolicyWatch
from console.assist.flags.watch import Watch
from console.assist.vectors import VectorCache
from console.content.conditions import Record
from console.content.errors import ContentError
from console.content.loader import built_in_policies, load_library
from console.content.policies import Watched
from console.conversation.assistance import Severity
from tests.assist.flag_texts import ORDINARY, RAISED
from tests.assist.making import DANA, BagOfWords, talk


@pytest.fixture(scope="module")
def watch(embed: VectorCache) -> PolicyWatch:
    """The built-in policies over the real model."""
    return PolicyWatch(built_in_policies(), embed)


def policies_on(watch: PolicyWatch, text: str, watched: Watched) -> set[str]:
    """Return the policies that a text runs into."""
    return {flag.policy for flag in watch.check(text, watched, Record(DANA), "m1")}


@pytest.mark.parametrize("policy", RAISED)
def test_what_a_customer_says_in_trouble_is_noticed(watch: PolicyWatch, policy: str) -> None:
    """In nearly all of the wordings that were written for it; those it misses are not many."""
    found = [policy in policies_on(watch, text, Watched.CUSTOMER) for text in RAISED[policy]]
    assert sum(found) >= 0.8 * len(found), [t for t, f in zip(RAISED[policy], found, strict=True) if not f]


@pytest.mark.parametrize("text", ORDINARY)
def test_the_same_words_in_an_ordinary_message_are_not(watch: PolicyWatch, text: str) -> None:
    """A tent that died is no bereavement, and a disabled account is nobody's disability."""
    assert policies_on(watch, text, Watched.CUSTOMER) == set()


@pytest.mark.parametrize(
    ("draft", "policy"),
    [
        ("Please send me your full card number and the CVV.", "ask-card-data"),
        ("What is your password? Then I can log in for you.", "ask-card-data"),
        ("Could you give me the one-time code we just texted?", "ask-card-data"),
        ("We accept liability for your injury.", "liability-admission"),
        ("I'm sorry you were hurt, that was our fault.", "liability-admission"),
        ("You have a strong case, you should sue them.", "legal-advice"),
        ("What they did is illegal.", "legal-advice"),
        ("I guarantee it will be there on Friday.", "guarantee"),
        ("I promise you the refund arrives tomorrow.", "guarantee"),
    ],
)
def test_what_an_agent_must_not_write_is_noticed(watch: PolicyWatch, draft: str, policy: str) -> None:
    """Secrets, admissions, advice on the law, guarantees."""
    assert policy in policies_on(watch, draft, Watched.DRAFT)


@pytest.mark.parametrize(
    "draft",
    [
        "Never send anybody your card number or your PIN.",
        "The last four digits of the card are enough.",
        "You can choose a new password on the reset page.",
        "I'm very sorry that you were hurt. Our safety team will look into it.",
        "The stove has a two-year guarantee.",
        "I can't promise Friday, it is estimated for Thursday.",
        "Your case number is 4711.",
        "You are free to take advice of your own.",
    ],
)
def test_careful_words_of_an_agent_raise_nothing(watch: PolicyWatch, draft: str) -> None:
    """Doing what a policy asks for is no breach of it."""
    assert policies_on(watch, draft, Watched.DRAFT) == set()


def test_what_the_bot_promised_says_whose_words_they_are_and_what_to_say_now(embed: VectorCache) -> None:
    """Each promise by itself, with its clause, though the customer has written on since."""
    said = ("c: where is it?", "b: I have refunded your order in full.", "b: You will be called back within an hour.")
    flags = Watch(load_library(Path("/nonexistent")), embed).new_flags(talk(*said, "c: nobody called"))
    promises = [(f.message, f.clause, f.matter) for f in flags if f.policy == "bot-promise"]
    assert promises == [("m2", "Bot: promises", "money"), ("m3", "Bot: promises", "call")]
    assert all(f.title.startswith("The bot") and f.advice.startswith("The customer was promised this") for f in flags)


def test_what_a_policy_on_drafts_finds_in_the_bots_words_is_the_bots(embed: VectorCache) -> None:
    """Its advice is on how to write; here it has been written, and is to be put right."""
    flags = Watch(load_library(Path("/nonexistent")), embed).new_flags(talk("b: We accept liability for the accident."))
    assert [f.title for f in flags] == ["The bot said it: do not admit fault or liability"]
    assert "report the bot's message" in flags[0].advice


@pytest.mark.parametrize(
    ("draft", "span"),
    [
        ("Are you stupid? You can read, can't you.", "you stupid"),
        ("Then look again, you idiot.", "you idiot"),
        ("Shut up.", "Shut up"),
        ("He called you an idiot, and that is not right.", ""),
        ("What was said to you, “you liar”, is not how we speak.", ""),
        ("You weren't stupid, these mails fool all of us.", ""),
        ("That was a stupid mistake of ours.", ""),
    ],
)
def test_an_agent_who_insults_is_warned_before_it_goes_out(embed: VectorCache, draft: str, span: str) -> None:
    """What somebody else said of the customer, and what is denied of them, insults nobody."""
    flags = Watch(load_library(Path("/nonexistent")), embed).on_draft(draft, Record(DANA))
    assert [(flag.policy, flag.span, flag.severity) for flag in flags] == (
        [("insult", span, Severity.WARN)] if span else []
    )


# A company's own


POLICY = """
title = "Bereavement"
clause = "Care §9"
severity = "block"
on = ["customer"]
text = "Ours."
advice = "Hand over."
[[trigger]]
pattern = '(?i)\\bpassed away\\b'
"""


def test_a_policy_of_the_same_name_replaces_a_built_in_one(tmp_path: Path) -> None:
    """All others stay, and the versions tell the two sets apart."""
    before = load_library(tmp_path)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "bereavement.toml").write_text(POLICY, encoding="utf-8")
    library = load_library(tmp_path)
    found = library.policy("bereavement")
    assert found
    assert (found.clause, found.severity, found.built_in) == ("Care §9", Severity.BLOCK, False)
    assert len(library.policies) == len(before.policies)
    assert library.versions["policies"] != before.versions["policies"]


def test_where_a_companys_policy_speaks_of_the_same_words_a_built_in_one_is_silent(tmp_path: Path) -> None:
    """Two flags for one sentence would be noise; on other words of the message both speak."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "loss.toml").write_text(POLICY, encoding="utf-8")
    watch = PolicyWatch(load_library(tmp_path).policies, BagOfWords())
    said = "My mother passed away."
    assert [f.policy for f in watch.check(said, Watched.CUSTOMER, Record(DANA), "m1")] == ["loss"]
    both = f"{said} I will talk to my solicitor."
    assert [f.policy for f in watch.check(both, Watched.CUSTOMER, Record(DANA), "m1")] == ["loss", "legal-threat"]


def test_a_built_in_policy_can_be_left_out(tmp_path: Path) -> None:
    """By name; a name that there is not is told with the nearest."""
    (tmp_path / "company.toml").write_text('name = "Larkfell"\nwithout = ["press"]\n', encoding="utf-8")
    assert load_library(tmp_path).policy("press") is None
    (tmp_path / "company.toml").write_text('name = "Larkfell"\nwithout = ["pres"]\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"company\.toml:2: .*'pres'.*did you mean 'press'"):
        load_library(tmp_path)


def test_every_built_in_policy_tells_what_to_do() -> None:
    """In one or two sentences, and in the clause why."""
    for policy in built_in_policies():
        assert policy.clause
        assert 20 < len(policy.advice) < 160, policy.id
        assert len(policy.text) > len(policy.advice), policy.id
