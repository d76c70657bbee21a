"""How likely a knowledge base holds the answer to what was asked."""

import math

_SLOPE, _OFFSET = 18.9, -8.4

_UNTOLD = 0.5


def confidence(nearest: float | None) -> float:
    """How likely the answer is there, 0 to 1, by the cosine of the question and the nearest passage; 0.5 at 0.444.

    Without vectors (None) it cannot be told: 0.5.

    A logistic curve fitted to 4,500 questions that have an answer and to 200 that have none (CLINC150's out of scope),
    asked of each of eight sets over four fields: DSTC11 (also as the last message of its conversations), MedQuAD, and
    Banking77 and CLINC150 as FAQs and as single questions. With the field in question left out of the fit: AUC 0.961
    to 1.000 (mean 0.985), calibration error 0.024 to 0.110 (mean 0.064).

    It tells other fields from one's own. Where the field is right but the article is missing it refuses few (0 to 70 %
    of such questions), since another article is nearly as near. For single questions the square of the share of their
    words that a passage holds would raise the mean AUC from 0.986 to 0.990; that was not tried on conversations.
    """
    return _UNTOLD if nearest is None else 1 / (1 + math.exp(-(_SLOPE * nearest + _OFFSET)))
