"""The drafts on the practice page: scenarios made from conversations, which a trainer reads and decides on."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.content import Content

from console.conversation.drafts import DraftStatus
from console.conversation.scenario_drafts import MakeScenario, ScenarioDraft, ScenarioDrafts
from console.terminal.hanging import hang, stack
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep
from console.terminal.screens.scenario_draft import ScenarioDraftScreen
from console.terminal.widgets import scenario_faces as faces
from console.terminal.widgets.row_list import Row, remark

NONE: Final = "No drafts. In a closed chat, Alt+= makes one (also under Ctrl+P)."
KEPT: Final = "The draft is kept: Practice sessions (Ctrl+P), Drafts."
AGAIN: Final = "again "
"""How the key of a scenario begins that is to be looked at again."""

OPEN: Final = Deed("open", "Open", "e")
ASSIGN: Final = Deed("assign", "Assign", "n")
ANEW: Final = Deed("anew", "Make anew", "a")


@dataclass(frozen=True)
class ScenarioDraftsStep(LeadStep):
    """Open drafts first, then what was decided, then what has to be looked at again."""

    WEEKLY: ClassVar[bool] = False
    HELP: ClassVar[str] = (
        "Drafts are scenarios made from closed chats (Alt+= there). Enter shows one beside what is marked in it as "
        "perhaps somebody's own; there it is changed, played through, approved or rejected. An approved one stands in "
        "Practise at once; n assigns it."
    )

    async def load(self, desk: Desk, weeks: int) -> ScenarioDrafts:
        """Ask the desk."""
        del weeks
        return await desk.scenario_drafts()

    def rows(self, found: ScenarioDrafts, width: int) -> list[Row]:
        """Return a row for each."""
        rows = [Row(one.id, faces.draft_face(one, width)) for one in found.drafts]
        if found.again:
            rows.append(Row("title-again", Content.styled("To be looked at again", "bold $text-primary"), idle=True))
        rows += [Row(f"{AGAIN}{name}", Content(f"⚠ practice/{name}.toml")) for name in found.again]
        return rows or [remark(NONE, width)]

    def detail(self, found: ScenarioDrafts, key: str, width: int) -> Content:
        """Return the draft, or why a scenario is to be looked at again."""
        one = _at(found, key)
        if one is not None:
            return faces.draft_detail(one, width)
        if not key.startswith(AGAIN):
            return Content("")
        said = (
            f"The chat that practice/{key.removeprefix(AGAIN)}.toml was made from was erased since, and its draft with "
            "it. It can still be played. Read the file: where anything in it may tell of that customer, take it away."
        )
        return stack(hang(Content(""), Content(said), width))

    def standing(self, found: ScenarioDrafts) -> str:
        """Return how many wait."""
        waiting = sum(draft.status is DraftStatus.OPEN for draft in found.drafts)
        again = f" · {len(found.again)} to look at again" if found.again else ""
        return f"{waiting} to decide on, of {len(found.drafts)}{again}"

    def deeds(self, found: ScenarioDrafts, key: str) -> tuple[Deed, ...]:
        """Return what can be done with a draft."""
        one = _at(found, key)
        if one is None:
            return ()
        more = {DraftStatus.APPROVED: (ASSIGN,), DraftStatus.REJECTED: (ANEW,)}
        return (OPEN, *more.get(one.status, ()))

    async def do(self, deed: str, found: ScenarioDrafts, key: str, desk: Desk, ask: Ask) -> str:
        """Open a draft, assign what it became, or have it made anew."""
        one = _at(found, key)
        if one is None:
            return ""
        if deed == ASSIGN.name:
            from console.terminal.screens.assigning import assigned

            return await assigned(one.scenario, faces.title_of(one), desk, ask)
        if deed == ANEW.name:
            return await made(one.conversation, desk, ask)
        left: ScenarioDraft = await ask(ScenarioDraftScreen(one, lambda: desk)) or one
        return "" if left == one else faces.standing(left)


async def made(conversation: str, desk: Desk, ask: Ask) -> str:
    """Draft a scenario from a closed conversation, show it, and return what is said of it then."""
    draft = await desk.make_scenario(MakeScenario(conversation))
    left: ScenarioDraft = await ask(ScenarioDraftScreen(draft, lambda: desk)) or draft
    return KEPT if left.status is DraftStatus.OPEN else faces.standing(left)


def _at(found: ScenarioDrafts, key: str) -> ScenarioDraft | None:
    return next((one for one in found.drafts if one.id == key), None)
