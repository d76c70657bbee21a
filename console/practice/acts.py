from enum import StrEnum


class Act(StrEnum):
    GREET = "greet"
    APOLOGISE = "apologise"
    EMPATHISE = "empathise"
    ASK = "ask"
    CONFIRM = "confirm"
    EXPLAIN = "explain"
    OFFER = "offer"
    PROMISE = "promise"
    DONE = "done"
    REFUSE = "refuse"
    ASK_MORE = "ask-more"
    GOODBYE = "goodbye"
    THANK = "thank"
    NOT_UNDERSTOOD = "not-understood"
