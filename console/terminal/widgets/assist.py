"""The assist column: summary, replies, knowledge, flags, mood. Every panel has its place and keeps it."""

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.assistance import Flag, KnowledgeHit, Mood, SummaryLine
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.widgets.flags_panel import FlagsPanel
from console.terminal.widgets.knowledge_panel import KnowledgePanel
from console.terminal.widgets.mood_panel import MoodPanel
from console.terminal.widgets.suggestions_panel import SuggestionsPanel, SuggestionsView
from console.terminal.widgets.summary_panel import SummaryPanel


@dataclass(frozen=True)
class AssistView:
    """What the column shows; ``dark`` is the reason why the second chair is silent, if it is."""

    summary: tuple[SummaryLine, ...] = ()
    removed: tuple[SummaryLine, ...] = ()
    """Lines of the summary that people took out."""
    me: str = ""
    """The agent's name."""
    suggestions: SuggestionsView = field(default_factory=SuggestionsView)
    knowledge: tuple[KnowledgeHit, ...] = ()
    flags: tuple[Flag, ...] = ()
    moods: tuple[Mood, ...] = ()
    dark: str = ""
    withheld: str = ""
    back: str = ""
    """What the button says with which the agent brings it back; empty where they cannot."""
    damage: str = ""
    """What of the knowledge base cannot be used."""


class Assist(Widget):
    """The second chair."""

    DEFAULT_CSS = beside(__file__)

    _silence = ""

    def compose(self) -> ComposeResult:
        """Lay out the panels in their fixed order."""
        yield Static(id="silence")
        yield SummaryPanel()
        yield SuggestionsPanel()
        yield KnowledgePanel()
        yield FlagsPanel()
        yield MoodPanel()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """See which suggestions came into view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.query_one(SuggestionsPanel).look_soon()

    def show(self, view: AssistView) -> None:
        """Show this; each panel paints only what changed."""
        silence = view.dark or view.withheld
        if silence != self._silence:
            self._silence = silence
            self.set_class(bool(view.dark), "-dark")
            self.set_class(bool(silence), "-silent")
            back = button("screen.hide_assistance", view.back) if view.back else Content("")
            self.query_one("#silence", Static).update(Content.assemble(silence, "\n" if view.back else "", back))
        self.query_one(SummaryPanel).show(view.summary, removed=view.removed, me=view.me)
        self.query_one(SuggestionsPanel).show(view.suggestions)
        self.query_one(KnowledgePanel).show(view.knowledge, damage=view.damage)
        self.query_one(FlagsPanel).show(view.flags)
        self.query_one(MoodPanel).show(view.moods)
