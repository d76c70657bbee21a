"""What is counted of what goes to people: three pages count three things, and each says which one. Words alone."""

from typing import Final

OF_LAYERS: Final = (
    "Handed to people is of what the bot had taken on; what it passed on at once, for its topic, was never its own. "
    "Escalations and forecast count that too, so that their numbers are higher."
)
OF_ESCALATIONS: Final = (
    "Counted is the first hand-over of each conversation in which the bot had a word, also of those that it passed on "
    "at once, for their topic; the layers count only what the bot had taken on, the forecast every hand-over."
)
OF_FORECAST: Final = (
    "Every hand-over counts, also a second one, and one in which the bot had no word; the layers count only what the "
    "bot had taken on, the escalations the first one of each conversation in which it had a word."
)
