"""How much patience the suite has with the machine that it runs on."""

import os
from typing import Final

SLOWER: Final = float(os.environ.get("FAULTS_SLOWER", "1"))
"""How many times as long everything may take on a machine that is busy with other work."""
