"""How likely a knowledge base holds the answer to what was asked."""

import math

_BOTH = (18.9, 7.4, -8.3)
_BY_MEANING = (18.5, 0.0, -7.77)
"""Weights of the cosine and of the share's power, and an offset."""

_POWER = 6
"""Little is told by a share below two thirds; one near 1 is what is looked for, such as a code, whatever it is near."""

_UNTOLD = 0.5

_MISLED = 0.25
"""At most, where the best passage is on another code of the kind: it was chosen, not fitted."""


def confidence(nearest: float | None, held: float | None, *, misled: bool = False) -> float:
    """How likely the answer is there, 0 to 1; 0.5 where it cannot be told, which is without vectors.

    `nearest` is the cosine of the question and the nearest passage, None without vectors; `held` the share of the
    question's words that a passage holds, rare ones counting more, None without words. `misled` says that the best
    passage is on another code than the one that was named, so that it answers another question.

    Logistic curves fitted to questions that have an answer and to others that have none (CLINC150's out of scope),
    asked of sets over five fields: DSTC11, MedQuAD, Banking77, CLINC150 and codes. `bench/answerable.py` measures the
    engine on them: AUC 0.967 to 1.000. By words alone it would be 0.16 on DSTC11's last three turns, so that nothing
    is told by them.

    It tells other fields from one's own. Where the field is right but the article is missing it refuses few, since
    another article is nearly as near.
    """
    if misled:
        return min(_MISLED, confidence(nearest, held))
    if nearest is None:
        return _UNTOLD
    by_cosine, by_share, offset = _BY_MEANING if held is None else _BOTH
    return 1 / (1 + math.exp(-(by_cosine * nearest + by_share * (held or 0.0) ** _POWER + offset)))
