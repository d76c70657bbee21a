// Keys that the browser would take for itself are the console's, as far as a page may have them.
// Not to be had: Ctrl+W, Ctrl+T, Ctrl+N and their Shift variants, Ctrl+Tab; in Firefox Ctrl+Q, too.

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const FUNCTION = /^F([1-9]|10)$/;
const THEIRS = /^F1[12]$/; // full screen, the browser's tools: the terminal would take them
const CTRL = "abdefghijklopqrsuxyz"; // not c and v: copying and pasting have their own way below
const ALT_NAMED = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Backspace", "Delete", "Enter", "Home"]);

const MARKS = { Comma: ",", Period: ".", Minus: "-" };

const letterOf = (event) => {
  if (event.code in MARKS) return MARKS[event.code];
  const [, letter] = /^(?:Key|Digit)(.)$/.exec(event.code) || [];
  return letter ? letter.toLowerCase() : event.key.toLowerCase();
};

function isOurs(event) {
  if (FUNCTION.test(event.key)) return !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.metaKey || (event.ctrlKey && event.altKey)) return false; // AltGr writes characters
  if (event.ctrlKey) return !event.shiftKey && event.key.length === 1 && CTRL.includes(event.key.toLowerCase());
  if (event.altKey) return event.key === "Alt" || event.key.length === 1 || ALT_NAMED.has(event.key);
  return event.key === "Tab";
}

// type(text) sends what a terminal would send; field is what the terminal reads from; active() is whether it is shown.
export function keepKeys(type, field, active) {
  const down = (event) => {
    if (!active() || event.isComposing) return;
    if (document.activeElement !== field() && !event.target.closest?.("button, a")) field()?.focus();
    const plainly = !event.altKey && !event.shiftKey;
    if (event.ctrlKey && plainly && !event.metaKey && event.key.toLowerCase() === "v") {
      event.stopImmediatePropagation(); // the browser pastes; the terminal would send ^V instead
      return;
    }
    if (THEIRS.test(event.key)) return event.stopImmediatePropagation();
    const sent = (text) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      type(text);
    };
    if (event.ctrlKey && plainly && event.key === "Backspace") return sent("\x1b\x7f");
    if (MAC && event.metaKey && plainly && event.key.toLowerCase() === "c") return sent("\x03");
    if (MAC && event.altKey && !event.ctrlKey && !event.metaKey && /^(Key|Digit|Comma$|Period$|Minus$)/.test(event.code)) {
      return sent(`\x1b${letterOf(event)}`); // Option would write a character
    }
    if (isOurs(event)) event.preventDefault(); // the terminal reads it all the same
  };
  addEventListener("keydown", down, true);
  addEventListener(
    "keyup",
    (event) => {
      if (active() && event.key === "Alt") event.preventDefault(); // or the menu bar would open
    },
    true,
  );
}
