"""Practice scenarios made on a running desk: from its own conversations, checked on its own engine."""

import asyncio
from pathlib import Path

from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.practice import scenario_of, trained_in
from console.conversation.message import Status
from console.conversation.people import Agent, Customer
from console.conversation.scenario_draft_events import Marked
from console.conversation.scenario_drafts import (
    MakeScenario,
    ResolutionTried,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
)
from console.conversation.state import Conversation
from console.desk.behaviour_drafts import BehaviourShelf
from console.desk.desk import Desk
from console.desk.errors import NotReady, Refused
from console.desk.scenario_drafts import ScenarioDraftDesk
from console.practice.acts import Act
from console.practice.hearing import Ear
from console.practice.making.checking import checked, unwritten
from console.practice.making.drafting import Company, Draft, draft_of
from console.practice.making.escalation import from_conversation
from console.practice.recognising_acts import acts_in
from console.server.engines import Equipment


class Making:
    """Drafts scenarios of a desk; ``content`` is the folder that it judges by."""

    def __init__(self, desk: Desk, content: Path, shelf: BehaviourShelf) -> None:
        self.drafts = ScenarioDraftDesk(desk.live, self._checked, shelf, desk.now)
        self._desk, self._content = desk, content
        self._equipment: Equipment | None = None

    def equip(self, equipment: Equipment | None) -> None:
        """Bring the engine that the desk has come to use."""
        self._equipment = equipment

    async def all(self) -> ScenarioDrafts:
        """Return the drafts, and which scenarios have to be looked at again."""
        folder = self._content / "practice"
        there = await asyncio.to_thread(lambda: frozenset(file.stem for file in folder.glob("*.toml")))
        return await self.drafts.all(there)

    async def make(self, agent: Agent, command: MakeScenario) -> ScenarioDraft:
        """Draft a scenario from a closed conversation."""
        known = await self._desk.live.state(command.conversation)
        if known.status is not Status.CLOSED:
            raise Refused("the conversation goes on; a scenario is made from one that is closed")
        draft = await asyncio.to_thread(self._draft, known)
        marked = [Marked(one.words, one.kind, one.sure) for one in draft.replaced]
        marked += [Marked(words, "", sure=False) for words in draft.doubtful]
        return await self.drafts.begin(agent, draft.id, draft.text, known.id, tuple(marked))

    def _draft(self, known: Conversation) -> Draft:
        equipment = self._ready()
        today = self._desk.now().date()
        orders = [order for customer in self._customers().values() for order in customer.orders]
        trained = trained_in(self._content / "practice")
        company = Company.of(equipment.library, equipment.upkeep.published(), orders, trained=trained)
        return draft_of(from_conversation(known, today), company, lambda text: acts_in(text, equipment.vectors))

    def _checked(self, scenario: str, text: str) -> ScenarioCheck:
        try:
            built = scenario_of(text, Path(f"{scenario}.toml"), self._customers(), self._desk.now().date())
        except ContentError as error:
            return ScenarioCheck(str(error))
        found = checked(built, Ear(built, self._ready().vectors, self._recognise))
        tried = tuple(ResolutionTried(one.id, one.title, one.reached, one.blocks) for one in found.resolutions)
        return ScenarioCheck("", found.won or found.by_deed, found.lost, found.why, tried, unwritten(text))

    def _customers(self) -> dict[str, Customer]:
        records = self._content / "customers.jsonl"
        return load_customers(records, self._desk.now().date()) if records.exists() else {}

    def _recognise(self, text: str) -> list[tuple[str, frozenset[Act]]]:
        return [(said.sentence, said.acts) for said in acts_in(text, self._ready().vectors)]

    def _ready(self) -> Equipment:
        if self._equipment is None:
            raise NotReady(self._desk.assistance.status)
        return self._equipment
