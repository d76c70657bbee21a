"""What the main screen does to have a draft rewritten."""

from console.conversation import commands as c
from console.terminal.screens.deeds import Deeds
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.rewrite_panel import RewritePanel


class RewritingDeeds(Deeds):
    """The ``action_…`` methods about rewriting."""

    def action_rewrite(self) -> None:
        """Ask how to rewrite the draft, and have it done; where a rewrite is there already, go to it."""
        controller = self.controller
        me, text = controller.state.me, controller.composing.draft.text.strip()
        if me is not None and not me.rewrites:
            self.console.announce(
                "No language model is set that rewrites; whoever runs the desk finds it in config.toml."
            )
        elif not controller.mine:
            self.console.announce("Claim the conversation before you write (Alt+C).", "warning")
        elif not text:
            self.console.announce("Write your text first; then it can be rewritten.")
        elif controller.rewriting.version is not None and not self.query_one(RewritePanel).has_focus_within:
            self.set_focus(self.query_one(RewritePanel).text)
        else:
            self.do(self._rewrite, group="rewrite")

    async def _rewrite(self) -> None:
        current, text = self.controller.state.current, self.controller.composing.draft.text.strip()
        wanted = await self.console.dialogs.rewrite()
        if wanted is None or self.controller.state.current != current:
            self.to_composer()
            return
        self.controller.rewriting.ask(wanted.title, c.Rewrite(text, wanted.tone, wanted.words))
        self.console.show_view("chat")
        self.call_after_refresh(lambda: self.set_focus(self.query_one(RewritePanel).text))

    def action_take_rewrite(self) -> None:
        """Put the rewritten text in place of the draft, in one step that Ctrl+Z takes back."""
        version = self.controller.rewriting.version
        if version is None or version.whole is None:
            self.console.announce(
                "It is not whole yet." if version and version.writing else "There is nothing to take."
            )
            return
        self.controller.rewriting.leave(self.controller.state.current)
        self.query_one(Composer).area.replace_all(version.whole.text)
        self.to_composer()
        self.console.announce("Rewritten text taken; Ctrl+Z brings yours back.")

    def action_leave_rewrite(self) -> None:
        """Put the rewrite away."""
        self.controller.rewriting.leave(self.controller.state.current)
        self.to_composer()
