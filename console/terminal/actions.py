"""Everything the agent can do, once: the keys, the palette, the key bar and the help are made from this list."""

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: the screen's ``action_…`` method named ``do`` does it."""

    id: str
    key: str
    """Empty for what the palette alone does."""
    do: str
    title: str
    help: str
    group: str
    shown: str = ""
    """The key as people write it."""
    short: str = ""
    """Name in the key bar; empty where it does not stand there."""

    def binding(self) -> Binding:
        """Return the key binding."""
        return Binding(
            self.key, self.do, self.title, id=self.id, tooltip=self.help, key_display=self.shown or None, show=False
        )


REPLY: Final = "Reply"
LOOK: Final = "Look at"
CHAT: Final = "Conversation"
DESK: Final = "Desk"

DEEDS: Final = (
    Deed("send", "ctrl+s", "send", "Send", "Send what stands in the composer", REPLY, "^S", "send"),
    Deed("take-1", "alt+1,1", "take(0)", "Take reply 1", "Put reply 1 into the composer", REPLY, "Alt+1", "take"),
    Deed("take-2", "alt+2,2", "take(1)", "Take reply 2", "Put reply 2 into the composer", REPLY, "Alt+2"),
    Deed("take-3", "alt+3,3", "take(2)", "Take reply 3", "Put reply 3 into the composer", REPLY, "Alt+3"),
    Deed("take-4", "alt+4,4", "take(3)", "Take reply 4", "Put reply 4 into the composer", REPLY, "Alt+4"),
    Deed("override", "alt+o", "override", "Write your own", "Write your own instead of the reply", REPLY, "Alt+O"),
    Deed("source", "alt+s", "source", "Show source", "Show what the reply rests on", REPLY, "Alt+S", "source"),
    Deed("rate", "alt+m", "rate", "Rate the reply", "Mark the reply: thumbs, stars, a reason", REPLY, "Alt+M"),
    Deed("renew", "alt+r", "renew", "Show new suggestions", "Let the newer suggestions in", REPLY, "Alt+R"),
    Deed("approved", "alt+u", "use_approved", "Use approved text", "Put the approved text in place", REPLY, "Alt+U"),
    Deed("rewrite", "alt+e", "rewrite", "Rewrite your text", "Shorter, warmer, in French …", REPLY, "Alt+E", "rewrite"),
    Deed(
        "restore",
        "alt+v",
        "restore_replies",
        "All replies again",
        "End the quiet after passing over many",
        REPLY,
        "Alt+V",
    ),
    Deed("compose", "alt+j", "compose", "Go to the composer", "Write to the customer", REPLY, "Alt+J"),
    Deed("inbox", "f2", "view('inbox')", "Inbox", "Go to the inbox, and back", LOOK, "F2", "inbox"),
    Deed("assist", "f3", "view('assist')", "Assist", "Go to the assist panels, and back", LOOK, "F3", "assist"),
    Deed("search", "f4,alt+k", "search", "Look up", "Search the knowledge base by hand", LOOK, "Alt+K", "look up"),
    Deed("cases", "alt+d", "cases", "Similar cases", "Show the past chats behind the next step", LOOK, "Alt+D"),
    Deed("customer", "alt+i", "customer", "Customer record", "Show what is known of the customer", LOOK, "Alt+I"),
    Deed("packet", "f5,alt+6", "packet", "Hand-over", "Show all that was known when you got it", LOOK, "Alt+6"),
    Deed("correct", "alt+t", "correct", "Correct the summary", "Change or remove a line of the summary", LOOK, "Alt+T"),
    Deed(
        "hide",
        "alt+h",
        "hide_assistance",
        "Hide assistance",
        "Hide it in this conversation, or show it",
        LOOK,
        "Alt+H",
        "hide",
    ),
    Deed(
        "allow",
        "ctrl+o",
        "allow_assistance",
        "Let assistance in",
        "Where people work alone: a lead, with why",
        LOOK,
        "^O",
    ),
    Deed("file", "alt+7", "open_file", "Open a file", "Open what the customer sent, in the browser", LOOK, "Alt+7"),
    Deed("newest", "alt+g", "newest", "Newest message", "Go to the newest message", LOOK, "Alt+G"),
    Deed(
        "next", "alt+w", "next_waiting", "Next waiting", "Take the most urgent one that fits you", CHAT, "Alt+W", "next"
    ),
    Deed("claim", "alt+c", "claim", "Claim", "Take the conversation on the screen", CHAT, "Alt+C"),
    Deed("mark-bot", "alt+comma", "mark_bot", "Mark the bot", "Say whether the bot's answer was right", CHAT, "Alt+,"),
    Deed("mark-quality", "", "mark_quality", "Mark this chat", "Quality of a closed chat: leads, trainers", CHAT, "^P"),
    Deed("note", "alt+n", "note", "Internal note", "Write a note the customer never sees", CHAT, "Alt+N", "note"),
    Deed("park", "alt+p", "park", "Park", "Set it aside until the customer writes", CHAT, "Alt+P"),
    Deed("park-until", "ctrl+g", "park_until", "Park until a time", "It comes back to you then", CHAT, "^G"),
    Deed("pass-on", "ctrl+r", "pass_on", "Pass on", "To a colleague, a skill or a tier", CHAT, "^R"),
    Deed("aside", "alt+5", "aside", "Among colleagues", "Ask one, answer one, whisper to an agent", CHAT, "Alt+5"),
    Deed("seen", "alt+minus", "see_whisper", "Whisper seen", "Put a lead's whisper away", CHAT, "Alt+-"),
    Deed("lead", "ctrl+l", "lead", "Lead", "Call a lead in; as a lead: watch, or no longer", CHAT, "^L"),
    Deed("delegate", "alt+9", "delegate", "Let the bot ask", "For a number, a photo; or take back", CHAT, "Alt+9"),
    Deed("release", "alt+q", "release", "Give back", "Give the conversation back to the queue", CHAT, "Alt+Q"),
    Deed("close", "alt+x", "close_chat", "Close", "End the conversation (can be reopened)", CHAT, "Alt+X", "close"),
    Deed("reopen", "alt+z", "reopen", "Reopen", "Take up the conversation closed last", CHAT, "Alt+Z"),
    Deed("follow-ups", "alt+8", "follow_ups", "To do", "What you promised in closed chats; leads: all", CHAT, "Alt+8"),
    Deed("article", "alt+y", "article", "Draft an article", "Draft one from this resolved conversation", CHAT, "Alt+Y"),
    Deed(
        "scenario",
        "alt+equals_sign",
        "make_scenario",
        "Make a practice scenario",
        "From a closed chat, for trainers: you read it first",
        CHAT,
        "Alt+=",
    ),
    Deed("queue", "f10", "queue", "Queue and team", "Who waits in which order, who is here", DESK, "F10"),
    Deed("presence", "ctrl+b,alt+full_stop", "presence", "Break", "Go on a break, or come back", DESK, "^B, Alt+."),
    Deed("approvals", "alt+a", "approvals", "Approvals", "Texts that wait for a lead", DESK, "Alt+A"),
    Deed(
        "upkeep", "f7,alt+l", "upkeep", "Knowledge gaps", "What no article answers; drafts of articles", DESK, "Alt+L"
    ),
    Deed(
        "review",
        "alt+slash",
        "review",
        "Review",
        "Suggestions (leads), quality (trainers), drafts",
        DESK,
        "Alt+/",
        "review",
    ),
    Deed("practise", "", "practise", "Practise", "A practice session, or from there back to the desk", DESK, "^P"),
    Deed("training", "", "training", "Practice sessions", "Past ones; trainers: assign, follow, score", DESK, "^P"),
    Deed("own-password", "", "own_password", "Change your password", "Where you sign in with one", DESK, "^P"),
    Deed("theme", "f9", "theme", "Light or dark", "Change between the light and the dark theme", DESK, "F9"),
    Deed("bell", "f8", "bell", "Bell on or off", "Ring for a new message, or not", DESK, "F8"),
    Deed("retry", "f6", "retry", "Connect now", "Try to reach the desk at once", DESK, "F6"),
    Deed("help", "f1", "help", "Help", "All keys, and how things work", DESK, "F1", "help"),
)

BY_ID: Final = {deed.id: deed for deed in DEEDS}
