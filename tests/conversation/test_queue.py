"""Who is to have which conversation."""

from hypothesis import given
from hypothesis import strategies as st

from console.conversation.heat import TIRED
from console.conversation.inbox import InboxRow
from console.conversation.message import Layer
from console.conversation.queue import OVERTAKEN_FOR, AtWork, in_order, misfit, next_for, priority, rebalanced
from console.conversation.service_levels import Targets
from tests.conversation.queue_making import NOW, at_work, held, waiting

PATIENT = Targets((600.0,) * 3, (600.0,) * 3)


def given_to(agent: AtWork, rows: list[InboxRow], *others: AtWork, targets: Targets = PATIENT) -> str:
    """Return which row the agent takes next; empty for none."""
    offer = next_for(agent, rows, others, targets, NOW)
    return offer.conversation if offer else ""


def test_stakes_value_mood_and_waiting_time_make_a_conversation_urgent_and_each_is_said() -> None:
    """The weightiest first."""
    urgent = priority(waiting("dana", 4, stakes="high", value=2000.0, moods=(-0.9,), mood="furious", warned=True), NOW)
    assert urgent.points == 30 + 20 + 15 + 18 + 10
    assert urgent.reasons == ("high stakes", "waits 4 min", "furious", "valued customer", "may escalate")


def test_what_is_grave_comes_before_everything_that_waits_less_than_an_hour() -> None:
    """Somebody who is hurt does not stand behind boots, however valued and cross their owner is."""
    boots = waiting("boots", 30, stakes="medium", value=2000.0, moods=(-0.9,), mood="furious", warned=True)
    hurt = waiting("hurt", 0, stakes="high", layer=Layer.HUMAN_ONLY)
    assert [row.id for row, _ in in_order([boots, hurt], NOW)] == ["hurt", "boots"]
    assert priority(hurt, NOW).reasons == ("for people alone, high stakes",)


def test_of_equals_who_waits_longer_comes_first() -> None:
    """However they are listed."""
    rows = [waiting("new", 1), waiting("old", 3), waiting("older", 5)]
    assert [row.id for row, _ in in_order(rows, NOW)] == ["older", "old", "new"]


@given(
    st.floats(0, 300),
    st.floats(0.1, 60),
    st.sampled_from(["", "low", "medium", "high"]),
    st.floats(0, 1e6),
    st.floats(-1, 1),
    st.booleans(),
)
def test_nobody_is_overtaken_by_a_customer_who_came_long_after_them(
    waited: float, more: float, stakes: str, value: float, mood: float, warned: bool
) -> None:
    """Whatever speaks for the other: waiting has no limit."""
    patient = waiting("patient", waited + OVERTAKEN_FOR + more)
    pressing = waiting("pressing", waited, stakes=stakes, value=value, moods=(mood,), warned=warned)
    assert [row.id for row, _ in in_order([pressing, patient], NOW)] == ["patient", "pressing"]


def test_a_conversation_goes_to_who_takes_its_tier_and_has_one_of_its_skills() -> None:
    """What nobody was asked for is for everybody."""
    refunds = waiting("a", tier=2, skills=("refunds", "delivery"))
    assert misfit(at_work(), refunds) == ""
    assert misfit(at_work(tiers=(2, 3), skills=("delivery",)), refunds) == ""
    assert misfit(at_work(tiers=(1,)), refunds) == "it is tier 2"
    assert misfit(at_work(skills=("legal",)), refunds) == "it needs refunds or delivery"
    assert misfit(at_work(skills=("delivery",)), waiting("b", wanted="legal", skills=("delivery",))) == "it needs legal"


def test_what_fits_a_colleague_is_left_to_them() -> None:
    """And the next that fits is taken."""
    rows = [waiting("legal", 5, skills=("legal",)), waiting("parcel", 1, skills=("delivery",))]
    robin, sam = at_work(skills=("delivery",)), at_work("sam", skills=("legal",))
    assert given_to(robin, rows, sam) == "parcel"
    assert given_to(sam, rows, robin) == "legal"


def test_what_fits_nobody_there_or_is_late_is_for_anybody() -> None:
    """With the reason: nobody waits for ever for a skill that is on holiday."""
    rows = [waiting("legal", 5, skills=("legal",))]
    robin, sam = at_work(skills=("delivery",)), at_work("sam", skills=("legal",))
    assert given_to(robin, rows) == "legal"
    assert given_to(robin, rows, sam) == ""
    offer = next_for(robin, rows, [sam], Targets(), NOW)
    assert offer is not None
    assert offer.reasons[-1] == "it needs legal, and nobody else came"


def test_who_has_borne_two_furious_chats_is_given_a_calmer_one_while_somebody_fresher_is_there() -> None:
    """The furious customer is left to the colleague, who has room."""
    rows = [waiting("furious", 5, moods=(-0.9,)), waiting("calm", 1, moods=(0.2,))]
    tired, fresh = at_work(load=1.6), at_work("sam", load=0.2)
    offer = next_for(tired, rows, [fresh], PATIENT, NOW)
    assert offer is not None
    assert (offer.conversation, offer.reasons[-1]) == ("calm", "a calmer one after hard ones")
    assert given_to(fresh, rows, tired) == "furious"


def test_a_furious_customer_does_not_wait_for_somebody_fresher_who_is_not_there() -> None:
    """Nor for one without room, or as tired, nor past the time in which the answer is due."""
    rows = [waiting("furious", 5, moods=(-0.9,)), waiting("calm", 1)]
    tired = at_work(load=1.6)
    assert given_to(tired, rows) == "furious"
    assert given_to(tired, rows, at_work("sam", load=1.5)) == "furious"
    assert given_to(tired, rows, at_work("sam", capacity=2, has=2)) == "furious"
    assert given_to(tired, rows, at_work("sam"), targets=Targets()) == "furious"


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=40), st.integers(2, 4))
def test_nobody_is_given_three_furious_customers_in_a_row_while_a_colleague_has_had_none(
    moods: list[float], team_size: int
) -> None:
    """Any mix of customers, taken in turns in which everybody asks."""
    agents = {f"a{n}": at_work(f"a{n}", capacity=100) for n in range(team_size)}
    rows = {f"c{n}": waiting(f"c{n}", 1, moods=(mood,)) for n, mood in enumerate(moods)}
    in_a_row = dict.fromkeys(agents, 0)
    borne = dict.fromkeys(agents, 0)
    while rows:
        taken_this_round = 0
        for name, agent in list(agents.items()):
            others = [one for one in agents.values() if one.id != name]
            chosen = given_to(agent, list(rows.values()), *others)
            if not chosen:
                continue
            taken_this_round += 1
            anger = max(0.0, -rows.pop(chosen).moods[-1])
            furious = anger >= 0.5
            if furious and in_a_row[name] >= 2:
                assert agent.load < TIRED or min(borne[one.id] for one in others) > 0
            in_a_row[name] = in_a_row[name] + 1 if furious else 0
            borne[name] += furious
            agents[name] = at_work(name, capacity=100, load=agent.load + anger)
        assert taken_this_round, "somebody waits and nobody is given them"


def test_a_lead_may_move_what_gone_agents_have_and_what_is_too_much_for_those_who_are_there() -> None:
    """Each with its reason, to who has room and fits; nobody is filled beyond their capacity."""
    rows = [held("a", "gone", answered=True), *(held(f"b{n}", "robin") for n in range(3)), held("c", "gone", tier=3)]
    robin, sam = at_work(capacity=2, has=3), at_work("sam", capacity=3, has=1, tiers=(1, 2))
    moves = rebalanced(rows, [robin, sam])
    assert [(m.conversation, m.target.id, m.reason) for m in moves] == [
        ("b0", "sam", "Robin has 3 of 2"),
        ("a", "sam", "Gone is not there"),
    ]


def test_a_conversation_whose_agent_has_answered_stays_with_them() -> None:
    """The customer need not get used to somebody else."""
    rows = [held(f"a{n}", "robin", answered=True) for n in range(3)]
    assert rebalanced(rows, [at_work(capacity=2, has=3), at_work("sam")]) == ()
