"""What the replay channel plays: a folder of scenarios, or a file of conversations."""

from datetime import UTC, date, datetime
from pathlib import Path

from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.scenarios import load_scenarios
from console.replay.script import Script, linear_script


def load_scripts(source: Path, content: Path, today: date | None = None) -> list[Script]:
    """Return the scripts of a scenarios folder (customers from ``content/customers.jsonl``) or of a ``.jsonl`` file.

    Raises :class:`ContentError` for what cannot be played.
    """
    today = today or datetime.now(UTC).date()
    if source.is_dir():
        records = content / "customers.jsonl"
        customers = load_customers(records, today) if records.exists() else {}
        return load_scenarios(source, customers, today)
    if not source.exists():
        raise ContentError(source, "there is nothing here to replay; name a scenarios folder or a conversation file")
    from console.content.conversations import read_conversations

    scripts = []
    for talk in read_conversations(source):
        messages = [(message.role, message.text) for message in talk.messages]
        scripts.append(linear_script(talk.id, talk.customer, messages))
    return scripts
