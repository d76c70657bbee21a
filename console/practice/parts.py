"""What a practice session is looked at for, beside the company's rubric."""

from enum import StrEnum


class Part(StrEnum):
    """What is looked at beside the rubric; no criterion of a company may have one of these ids."""

    RESOLUTION = "resolution"
    FACTS = "found-out"
    MUSTS = "musts"
    MUST_NOTS = "must-nots"
    TIME = "time"
    MOOD = "mood"
    STEPS = "steps"
    PLANTS = "plants"
    SUGGESTIONS = "suggestions"
    DRILL = "drill"
    HANDED_ON = "handed-on"
