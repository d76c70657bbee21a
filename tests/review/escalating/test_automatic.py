"""What comes into force is a change by itself, with what changed, and nobody takes it back."""

from datetime import datetime, timedelta

from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.ranker_events import RankerPublished
from console.conversation.review_events import ChangeMarked
from console.review.reviewing.review import MOST_CHANGES, reviewed
from tests.review.escalating.talks import BEGAN, NOW


def changes(*data: tuple[e.EventData, datetime]) -> list[tuple[str, bool]]:
    """Return the changes of a review, the newest first."""
    events = [e.Event(number, e.WORKSPACE, "desk", one, at) for number, (one, at) in enumerate(data, 1)]
    return [(change.words, change.automatic) for change in reviewed(events, NOW, 9).changes]


def content(*named: str) -> ContentPublished:
    """Return that content came into force."""
    return ContentPublished({"behaviours": "2"}, ("behaviours",), named)


def test_content_and_rankers_are_changes_by_themselves_named_with_what_changed() -> None:
    """The first set is no change; where only the parts are known they are named."""
    found = changes(
        (ContentPublished({"behaviours": "1"}), BEGAN),
        (content("behaviour invoice-copy", "macro reship"), BEGAN + timedelta(days=1)),
        (content(), BEGAN + timedelta(days=2)),
        (content(*(f"macro m{n}" for n in range(9))), BEGAN + timedelta(days=3)),
        (RankerPublished("r2", "r1", by="Marta Quill"), BEGAN + timedelta(days=4)),
    )
    assert found == [
        ("Replies are ordered by ranker r2", True),
        ("Content renewed: macro m0, macro m1, macro m2, macro m3, macro m4, macro m5 and 3 more", True),
        ("Content renewed: behaviours", True),
        ("Content renewed: behaviour invoice-copy, macro reship", True),
    ]


def test_content_that_a_leads_own_mark_tells_of_is_not_told_twice() -> None:
    """A threshold that is changed from the review is marked in words that say more."""
    mark = ChangeMarked("ch-1", BEGAN, "Behaviour invoice-copy: hands over after 2 turns", "Marta Quill")
    assert changes((mark, BEGAN), (content("behaviour invoice-copy"), BEGAN + timedelta(seconds=5))) == [
        ("Behaviour invoice-copy: hands over after 2 turns", False)
    ]


def test_the_newest_are_shown_however_often_content_comes() -> None:
    """So many and no more."""
    many = ((content(f"macro m{n}"), BEGAN + timedelta(hours=n)) for n in range(3 * MOST_CHANGES))
    found = changes(*many)
    assert len(found) == MOST_CHANGES
    assert found[0][0].endswith(f"m{3 * MOST_CHANGES - 1}")


def test_what_a_lead_marked_is_compared_up_to_what_leads_marked() -> None:
    """Content that comes every day does not leave it without days to compare."""
    mark = ChangeMarked("ch-1", BEGAN, "Agents were trained", "Marta Quill")
    others = [(content(f"macro m{n}"), BEGAN + timedelta(days=n, hours=5)) for n in range(-3, 4)]
    data = [(mark, BEGAN), *others]
    events = [e.Event(number, e.WORKSPACE, "desk", one, at) for number, (one, at) in enumerate(data, 1)]
    spans = {one.change.words: one.until - one.since for one in reviewed(events, NOW, 9).compared}
    assert spans["Agents were trained"] > timedelta(days=30)
    assert spans["Content renewed: macro m1"] <= timedelta(days=2)
