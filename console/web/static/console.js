// Starts the terminal, once its font is there, on a line that comes back; and says what happens to it.

import { ring } from "./bell.js";
import { keepKeys } from "./keys.js";
import { Line } from "./line.js";

const by = (id) => document.getElementById(id);
const body = document.body;
let line = null;

const ENDINGS = {
  4000: ["Console closed", "Your drafts are kept.", true],
  4001: ["Signed out", "You were signed out, or pressed no key for long. Your drafts are kept.", false],
  4002: ["No room", "As many consoles are open as there may be. Close one in another tab, then try again.", true],
  4003: ["Shown elsewhere", "This console goes on in another window.", true],
  4004: ["The console broke down", "Your drafts are kept as far as they were saved.", true],
  1008: ["The console was closed", "The page said something that the server did not understand.", true],
};

const field = () => document.querySelector(".xterm-helper-textarea");
const playing = () => body.classList.contains("-playing");

// The tab's name: kept when the page is loaded again, or the tab opened again; a copy of the tab gets its own.
async function tabName() {
  const kept = sessionStorage.getItem("tab");
  if (kept && (await held(kept, 1500))) return kept;
  const made = crypto.randomUUID();
  sessionStorage.setItem("tab", made);
  await held(made, 0);
  return made;
}

function held(name, patience) {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience || 5000);
    navigator.locks
      .request(`tab-${name}`, { signal: stop.signal }, () => {
        clearTimeout(timer);
        resolve(true);
        return new Promise(() => {}); // for as long as the page lives
      })
      .catch(() => resolve(false));
  });
}

const watcher = {
  rang: ring,
  lost() {
    body.classList.add("-lost");
    saying("The connection is lost. Trying again … Keys do nothing meanwhile.");
  },
  back(lost, again) {
    body.classList.remove("-lost");
    body.classList.add("-playing");
    by("over").hidden = true;
    if (!lost) hush();
    else if (again) saying("The connection is back.", 4000);
    else saying("The connection is back. It was away for long, so this is a new console; your drafts are kept.", 15000);
    field()?.focus();
  },
  over(code) {
    const [title, text, again] = ENDINGS[code] || ENDINGS[4004];
    body.classList.remove("-playing", "-lost");
    hush();
    by("over-title").textContent = title;
    by("over-text").textContent = text;
    by("again").textContent = again ? "Open the console again" : "Sign in";
    by("over-buttons").hidden = false;
    by("leave").hidden = !again;
    by("over").hidden = false;
    by("again").focus();
  },
  opened(link) {
    if (!link) return saying("That link does not lead to the desk; it was not opened.", 8000);
    const anchor = Object.assign(document.createElement("a"), {
      href: link,
      target: "_blank",
      rel: "noopener noreferrer",
      textContent: "Open it here",
    });
    saying("Opened in a new tab. Nothing there? ", 12000);
    by("line").append(anchor);
    anchor.click();
    anchor.addEventListener("click", hush, { once: true });
  },
};

let hushing = 0;

function saying(text, milliseconds) {
  clearTimeout(hushing);
  by("line").textContent = text;
  by("line").hidden = false;
  if (milliseconds) hushing = setTimeout(hush, milliseconds);
}

function hush() {
  by("line").hidden = true;
}

// Styles that the terminal makes by itself carry the page's nonce: the policy lets in no others.
function signStyles() {
  const nonce = document.querySelector("meta[name=csp-nonce]").nonce;
  const make = document.createElement;
  document.createElement = function (name, ...more) {
    const made = make.call(document, name, ...more);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
}

async function start() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  const faces = ["15px", "bold 15px", "italic 15px"].map((face) => document.fonts.load(`${face} "Roboto Mono"`));
  const [tab] = await Promise.all([tabName(), ...faces]);
  signStyles();
  const Socket = WebSocket;
  const script = document.createElement("script");
  script.src = "/static/textual.js";
  script.onload = () => {
    // the terminal asks for a WebSocket once; it gets our line
    window.WebSocket = function (url) {
      window.WebSocket = Socket;
      line = new Line(tab, new URL(url, location.href).search, watcher);
      return line;
    };
    window.onload(new Event("load")); // it waits for this one
    field()?.focus();
  };
  keepKeys((text) => line?.type(text), field, playing);
  document.head.append(script);
}

by("again").addEventListener("click", () => location.assign("/"));
addEventListener("beforeunload", (event) => {
  if (playing()) event.preventDefault(); // Ctrl+W was meant for a word
});
start();
