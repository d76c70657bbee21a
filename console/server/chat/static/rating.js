// The one question at the end of a chat: five buttons, for a pointer and for the keyboard. One press answers it.

const WORDS = ["Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"];
let box = null;

// Show the question under `number`, the end's item, in `log`; `send(number, score)` resolves to a line, empty when done.
export function ask(log, number, send) {
  put();
  box = document.createElement("div");
  box.className = "rating";
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", "rating-question");
  const question = box.appendChild(document.createElement("p")), row = box.appendChild(document.createElement("div"));
  question.id = "rating-question";
  question.textContent = "How satisfied are you with this chat?";
  const note = document.createElement("p");
  note.className = "rating-note";
  note.setAttribute("role", "alert");
  const own = box;
  const answer = async (score) => {
    row.querySelectorAll("button").forEach((button) => { button.setAttribute("aria-disabled", "true"); });
    note.textContent = "";
    const line = await send(number, score);
    if (own !== box) return;
    row.querySelectorAll("button").forEach((button) => { button.removeAttribute("aria-disabled"); });
    note.textContent = line;
  };
  WORDS.forEach((words, place) => {
    const button = row.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = String(place + 1);
    button.ariaLabel = `${place + 1} of 5: ${words.toLowerCase()}`;
    button.title = words;
    button.onclick = () => { if (button.getAttribute("aria-disabled") !== "true") answer(place + 1); };
  });
  const ends = box.appendChild(document.createElement("p"));
  ends.className = "rating-ends";
  ends.ariaHidden = "true";
  for (const words of [WORDS[0], WORDS[4]]) ends.appendChild(document.createElement("span")).textContent = words;
  box.append(note);
  box.addEventListener("keydown", ({ key }) => {
    const buttons = [...row.children], here = buttons.indexOf(document.activeElement);
    if (key >= "1" && key <= "5") buttons[key - 1].focus();
    else if (key === "ArrowRight" && here >= 0) buttons[Math.min(4, here + 1)].focus();
    else if (key === "ArrowLeft" && here >= 0) buttons[Math.max(0, here - 1)].focus();
  });
  log.append(box);
}

// Take the question away; returns whether the focus was in it.
export function put() {
  const had = box?.contains(document.activeElement) ?? false;
  box?.remove();
  box = null;
  return had;
}
