"""Why suggestions were changed: how well the rules read it, on edits that were labelled by hand.

    python -m bench.edit_reasons

All edits are made up, and were labelled by the one who wrote the rules. Those of ``held-4`` were written when the rules
were done, and no rule was changed for them; all others were known when one of the lists of words was made or widened.
"""

import json
from pathlib import Path

from console.conversation.edits import Reason
from console.review.edits.reasons import reasons_of

FILE = Path(__file__).parent / "edits" / "labelled.jsonl"

KNOWN = ("tune", "held", "tune-2", "held-2", "held-3", "held-4", "held-5")
"""Sets that were known when a rule was made, or that weights were learned from."""

UNSEEN = ("held-6",)


def main() -> None:
    """Print precision and recall by reason, for either half."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    for split in (*KNOWN, *UNSEEN):
        mine = [row for row in rows if row["split"] == split]
        said = [{why.reason.value for why in reasons_of(row["suggested"], row["sent"])} for row in mine]
        exact = sum(set(row["reasons"]) == found for row, found in zip(mine, said, strict=True))
        print(f"{split}: {len(mine)} edits, all reasons right in {exact}")
        for reason in Reason:
            labelled = [reason.value in row["reasons"] for row in mine]
            found = [reason.value in one for one in said]
            both = sum(a and b for a, b in zip(labelled, found, strict=True))
            print(f"  {reason.value:9} precision {both} of {sum(found)}, recall {both} of {sum(labelled)}")


if __name__ == "__main__":
    main()
