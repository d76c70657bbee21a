"""What changes are about that published an article: how often was asked in vain what it answers. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from console.conversation.change_effects import About
from console.conversation.reviews import Change, Review
from console.conversation.upkeep import Answered


def with_answered(review: Review, mended: Iterable[Answered]) -> Review:
    """Return a review whose changes that name an article have that as their first measure."""
    found = {one.article: one for one in mended if one.pace}
    about = list(review.about)
    for change in review.changes:
        for article in (one for name, one in found.items() if f" {name} " in f" {change.words} "):
            _put(about, change, article, review)
    return replace(review, about=tuple(about))


def _put(about: list[About], change: Change, article: Answered, review: Review) -> None:
    """Put the measure before what is known of the article itself, or, where that is nothing, by itself."""
    first = (article.pace,) if article.pace else ()
    subject = f"article:{article.article}"
    for place, one in enumerate(about):
        if (one.change, one.subject) == (change.id, subject):
            about[place] = replace(one, measures=(*first, *one.measures))
            return
    where = "customers whose question it answers"
    about.append(About(change.id, subject, where, review.since or change.on, review.until or change.on, first))
