"""What a change is about, as rows of the report's tables."""

from dataclasses import replace
from datetime import timedelta

from console.conversation.change_effects import Pace
from console.conversation.review_events import ChangeMarked
from console.conversation.reviews import By
from console.conversation.upkeep import Answered
from console.review.paces import weeks_more
from console.review.reviewing.answered import with_answered
from console.review.reviewing.lines import lines_of
from console.review.reviewing.rows import COLUMNS, rows_of
from tests.review.test_reviewing import NOW, Told, many


def test_what_a_change_is_about_stands_in_the_tables_as_on_the_screen() -> None:
    """Before, after and how it moved: of how often as times, of shares as a difference; of articles what was asked."""
    told, changed = Told(), NOW - timedelta(weeks=2)
    many(told, 30, 70, at=changed - timedelta(days=3))
    many(told, 60, 40, at=changed + timedelta(days=3), start=100)
    told.add("", NOW, ChangeMarked("ch-1", changed, "Macro reship: reworded", "Marta"))
    told.add("", NOW, ChangeMarked("ch-2", changed, "Article gear/rent.md published", "Marta"))
    review = told.review()
    (about,) = review.about
    rows = [row for row in rows_of(review) if row["by"] == "change"]
    assert {row["name"] for row in rows} == {"Macro reship: reworded · macro:reship"}
    for measure in about.measures:
        before, after, moved = (row for row in rows if row["measure"] == measure.name)
        limits = (moved["low"], moved["high"], moved["shown"])
        assert limits == (measure.low, measure.high, measure.words)
        parts = (before["part"], after["part"])
        if isinstance(measure, Pace):
            assert (parts, moved["table"]) == ((measure.before, measure.after), "times")
        else:
            assert (parts, moved["table"]) == ((measure.before.part, measure.after.part), "difference")
    vain = Answered("gear/rent.md", "Renting gear", 12, (), Pace("asked in vain", 12, 0, 4.0, 2.0, 0.0, 0.7))
    known = with_answered(review, [vain, replace(vain, article="gear/other.md")])
    asked = [row for row in rows_of(known) if row["measure"] == "asked in vain"]
    assert [(row["table"], row["part"], row["rate"]) for row in asked] == [
        ("before", 12, 3.0),
        ("after", 0, 0.0),
        ("times", None, 0.0),
    ]
    assert asked[2]["shown"] == "fell to 0–70% of before"
    assert set(asked[0]) == set(rows[0]) == set(COLUMNS)


def test_of_what_stood_where_a_source_did_it_is_said_that_it_is_of_all_of_it() -> None:
    """Else a retired macro would seem to be taken still."""
    told, changed = Told(), NOW - timedelta(weeks=2)
    many(told, 30, 70, at=changed - timedelta(days=3))
    told.add("", NOW, ChangeMarked("ch-1", changed, "Macro reship retired", "Marta"))
    (about,) = told.review().about
    of = {measure.name: about.of(measure) for measure in about.measures}
    assert of["it was taken"] == of["it was suggested"] == "macro:reship"
    around = {of[name] for name in of.keys() - {"it was taken", "it was suggested"}}
    assert around == {"all suggestions in conversations on late"}
    lines = " ".join(" ".join(lines_of(told.review(), 80)).split())
    assert "all suggestions in conversations on late, taken:" in lines
    assert "macro:reship, taken:" not in lines


def test_where_too_little_is_known_yet_it_is_said_in_how_many_weeks_there_is_enough() -> None:
    """At the pace so far; not where it takes longer than is compared, nor where nothing more comes."""
    changed = NOW - timedelta(weeks=1)
    ends = (changed, NOW)
    assert weeks_more(15, 15, *ends) == 1
    assert weeks_more(7, 7, *ends) == 2
    assert weeks_more(15, 3, *ends) == 3
    assert weeks_more(4, 4, *ends) == weeks_more(0, 0, *ends) == weeks_more(20, 10, *ends) == 0
    assert weeks_more(5, 5, NOW - timedelta(hours=2), NOW) == 0
    told = Told()
    many(told, 30, 70, at=changed - timedelta(days=3))
    many(told, 3, 12, at=changed + timedelta(days=3), start=100)
    told.add("", NOW, ChangeMarked("ch-1", changed, "Macro reship: reworded", "Marta"))
    review = told.review()
    accepted = next(one for one in review.compared if one.by is By.ALL).effects[0]
    assert accepted.words == "not enough data yet: about 1 week more"
    taken = next(one for one in review.about[0].measures if one.name == "taken")
    assert taken.words == "not enough data yet: about 1 week more"
    told.add("", NOW, ChangeMarked("ch-2", NOW - timedelta(days=2), "Macro reship: back", "Marta"))
    ended = next(one for one in told.review().about if one.change == "ch-1")
    assert next(one for one in ended.measures if one.name == "taken").words == "not enough data"


def test_on_the_first_day_of_a_change_it_is_said_that_it_is_too_early() -> None:
    """Not that too little comes."""
    assert Pace("x", 9, 0, 4.0, 0.05).words == "not enough data yet: a day at least"
    assert Pace("x", 3, 0, 4.0, 0.05).words == "not enough data"
