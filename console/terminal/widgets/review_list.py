"""The list of the review's screens: the rows of a step of the way down."""

from console.terminal.widgets.followed_list import FollowedList


class ReviewList(FollowedList):
    """The rows of a step."""

    BINDING_GROUP_TITLE = "Review"
    HELP = (
        "For leads. Tab changes between figures, what is to be judged, changes, and when the bot gave conversations to "
        "people (a puts another threshold in force). Enter or Right goes down: from a group to its figures and weeks, "
        "to the conversations behind one, to the transcript; Left or Esc goes up. v shows the other cases, or what was "
        "judged; j judges what the second chair said; m takes another measure, w other weeks. Rates stand with their "
        "95 % interval, and not at all where too little was seen."
    )
