"""Past conversations as material for replies: what agents said in moments like the present one."""

from console.past.collection import PastCollection
from console.past.forgetting import cases_of, forget
from console.past.importing import Imported, add_conversation, import_conversations

__all__ = ["Imported", "PastCollection", "add_conversation", "cases_of", "forget", "import_conversations"]
