// The chat page: shows the customer's view of the conversation and sends what they write.
// Text from anywhere is put in with textContent alone. What is written is kept until the desk has acknowledged it.

import * as files from "/chat/static/files.js";
import * as rating from "/chat/static/rating.js";

const $ = (id) => document.getElementById(id);
const log = $("log"), field = $("text"), sendButton = $("send");
const KEPT = "secondchair-chat", SILENCE = 40_000, AGENT_TYPES = 30_000, LONGEST_WAIT = 30_000;

let session = null;      // {company, name, known, chat, limit, asks, files}
let owner = null;        // whose the unsent texts here are: {chat, known}
let visit = Promise.resolve(), turns = 0, stream = null, replaying = true;
let sticking = true;     // the newest message is in view and stays so
let last = 0;            // number of the newest item shown
let pending = [];        // own messages the desk has not acknowledged: {key, text, refused, file}
let failures = 0, pumping = false, streamFailures = 0, unseen = 0;
let retryTimer, streamTimer, watchTimer, typingTimer, idleTimer, ownTyping = 0;
let lastShown = null;    // {who, at}: what the next message is grouped with
let lastSent = null;     // the newest own message in the stream: it alone says "Sent", or "Seen"
let seen = 0, lastSeen = null;   // number up to which an agent has read, and the newest own message up to there
let told = 0, readTimer; // number up to which the desk knows that the customer has read
const inView = new Set(); // numbers of the desk's messages whose end is in view
const own = new Map();   // key -> element of a message sent from this page and not seen in the stream yet

// ---- the visit

async function begin(token) {
  const response = await post("/chat/session", token ? { token } : {});
  if (!response.ok) throw new Error((await problem(response)).message);
  const next = await response.json();
  if (owner && owner.chat !== next.chat) {
    if (owner.known) forget();   // what one known customer wrote must not go out as another's
    startOver();
  }
  session = owner = next;
  const company = session.company || "Chat with us";
  $("company").textContent = company;
  $("mark").textContent = [...company][0];
  $("greeting").textContent = session.name ? `Hello ${session.name}! How can we help?` : "Hello! How can we help?";
  files.setTerms(session.files);
  keep();
  title();
}

function keep() {
  const kept = { owner: owner && { chat: owner.chat, known: owner.known }, draft: field.value, pending: pending.filter(({ file }) => !file) };
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* full or switched off: memory still has it */ }
}

function recall() {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* nothing usable */ }
  owner = kept?.owner ?? null;
  pending = kept?.pending ?? [];
  for (const message of pending) showOwn(message);
  field.value ||= kept?.draft ?? "";   // a browser may have put the text back itself
  fieldChanged();
}

function forget() {
  pending = [];
  files.take();
  field.value = "";
  fieldChanged();
}

// ---- the stream

async function connect(token) {
  const turn = ++turns;
  clearTimeout(streamTimer);
  clearTimeout(watchTimer);
  stream?.close();
  stream = null;
  visit = visit.catch(() => {}).then(() => begin(token));   // one after the other: a sign-in is never overtaken
  try {
    await visit;
  } catch {
    return turn === turns ? again() : undefined;
  }
  if (turn !== turns) return;
  const source = stream = new EventSource("/chat/events");
  const on = (name, act) => source.addEventListener(name, (event) => {
    if (source !== stream) return;
    watch();
    act(event.data && JSON.parse(event.data));
  });
  on("ping", () => {});
  on("item", showItem);
  on("typing", showTyping);
  on("seen", ({ number }) => { seen = Math.max(seen, number); showSeen(); });
  on("start-over", startOver);
  on("caught-up", ({ number }) => {
    if (number < last) { startOver(); return void connect(); }
    streamFailures = failures = 0;
    connection("");
    replay(false);
    $("welcome").hidden = last > 0 || own.size > 0;
    toEnd();
    pump();
    reading();
  });
  source.onerror = () => {
    if (source !== stream) return;
    lost();
    if (source.readyState === EventSource.CLOSED) again();
  };
  watch();
}

function watch() {
  clearTimeout(watchTimer);
  watchTimer = setTimeout(() => { lost(); connect(); }, SILENCE);
}

function again() {
  lost();
  clearTimeout(streamTimer);
  streamTimer = setTimeout(() => connect(), backoff(streamFailures++));
}

function lost() {
  showTyping({ active: false });
  connection("Reconnecting… What you write is kept and goes out as soon as the connection is back.");
}

const backoff = (failed) => Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(failed, 5)) * (0.75 + Math.random() / 2);

function connection(text) {
  if ($("connection").textContent !== text) $("connection").textContent = text;
}

// ---- showing

function showItem(item) {
  if (item.number <= last) return;
  last = item.number;
  const following = item.speaker === "you" || sticking;
  $("welcome").hidden = true;
  if ("notice" in item) {
    day(item.at);
    if (["place", "joined"].includes(item.notice)) log.querySelector(".place")?.remove();   // one line, brought up to date
    add(element("p", `notice ${item.notice}`, item.text));
    lastShown = null;
    standing(item);
    if (item.notice === "rated" && rating.put()) field.focus();
    else if (item.notice !== "closed") rating.put();
    else if (item.asks && session?.asks) rating.ask(log, item.number, rate);
  } else {
    rating.put();
    if (item.speaker !== "you") showTyping({ active: false });
    showSaid(item);
  }
  if (replaying) return;
  if (document.hidden && item.speaker !== "you") { unseen += 1; title(); }
  if (following) toEnd();
  else $("latest").hidden = false;
}

function showSaid(item) {
  const at = new Date(item.at);
  day(item.at);
  const who = item.speaker + item.name;
  const first = !lastShown || lastShown.who !== who || at - lastShown.at > 300_000;
  const name = { you: "You", bot: "Automatic assistant", agent: item.name || "Our team" }[item.speaker];
  const box = said(item.speaker, name, item.text, first, at, item.files);
  box.dataset.number = item.number;
  if (item.speaker === "you") showSent(item, box);
  else {
    add(box);
    sight.observe(box.appendChild(element("i")));
  }
  lastShown = { who, at };
}

function showSent(item, box) {
  const waiting = item.key && own.get(item.key);
  if (waiting) {
    const next = own.values().next().value === waiting;
    own.delete(item.key);
    pending = pending.filter((message) => message.key !== item.key);
    keep();
    waiting.className = box.className;
    waiting.dataset.number = item.number;
    waiting.replaceChildren(...box.childNodes);
    box = waiting;
    if (!next) add(box);
  } else add(box);
  if (lastSent && lastSent !== lastSeen) setState(lastSent, "");
  lastSent = box;
  box.dataset.state = "sent";
  setState(box, "Sent");
  showSeen();
  if ($("standing").dataset.notice === "closed") standing({});
}

// "Seen" stands under one message alone, the newest that was read.
function showSeen() {
  const box = [...log.querySelectorAll(".you[data-number]")].findLast(({ dataset }) => dataset.number <= seen);
  if (!box || box === lastSeen) return;
  if (lastSeen) setState(lastSeen, "");
  lastSeen = box;
  setState(box, "Seen");
}

function setState(box, text) {
  box.querySelector(".state").textContent = text;
}

// What stays in view for a second, on a page that is looked at, has been read.
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    inView[isIntersecting ? "add" : "delete"](Number(target.parentNode.dataset.number));
  }
  reading();
});

function reading() {
  clearTimeout(readTimer);
  readTimer = setTimeout(async () => {
    const number = Math.max(...inView);
    if (document.hidden || !session || number <= told) return;
    const response = await post("/chat/read", { number }).catch(() => null);
    if (response?.ok) told = Math.max(told, number);
  }, 1000);
}

function said(speaker, name, text, first, at, sent) {
  const box = element("div", `said ${speaker}${first ? " first" : ""}`);
  const who = element("p", "who", name);
  const time = element("time", "", at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = at.toISOString();
  who.append(" · ", time);
  const words = element("p", "text", text);
  words.dir = "auto";
  if (sent?.length) words.replaceChildren(...sent.map(files.shown));
  if (speaker !== "you") {
    const face = element("span", "face", speaker === "bot" ? "✦" : [...name][0]);
    face.ariaHidden = "true";
    box.append(who, face, words);
  } else box.append(who, words, element("p", "state"));
  return box;
}

function showOwn(message) {
  const box = said("you", "You", message.text, lastShown?.who !== "you", new Date());
  own.set(message.key, box);
  log.append(box);
  $("welcome").hidden = true;
  mark(message, message.refused ? "refused" : "waiting", message.refused || "Waiting to be sent…");
  toEnd();
}

function mark(message, state, text, actions = {}) {
  const box = own.get(message.key);
  if (!box) return;
  box.dataset.state = state;
  const line = box.querySelector(".state");
  line.textContent = text;
  if (state === "refused") {
    const again = message.file ? { "Try again": () => retry(message) } : { Edit: () => edit(message) };
    actions = { ...again, Delete: () => drop(message) };
  }
  for (const [label, act] of Object.entries(actions)) {
    const button = element("button", "", label);
    button.type = "button";
    button.onclick = act;
    line.append(" ", button);
  }
}

function day(at) {
  const date = new Date(at), name = date.toDateString();
  if (log.dataset.day === name) return;
  log.dataset.day = name;
  lastShown = null;
  const today = name === new Date().toDateString();
  const shown = date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  add(element("p", "day", today ? "Today" : shown));
}

function standing({ notice = "", name = "" }) {
  const joined = `You are talking to ${name || "our team"}.`;
  if (notice === "rated") return;   // it has ended all the same
  const line = {
    "handed-over": "You are through to our team.", joined, closed: "This chat has ended.",
    place: "You are in line.", "passed-on": "A colleague takes over.", returned: "You are in line again.",
    "out-of-hours": "We are not here right now.",
  };
  $("standing").textContent = line[notice] ?? "We answer here, in this window.";
  $("standing").dataset.notice = notice;
}

// Returns what the customer is told when it was not taken.
async function rate(number, score) {
  try {
    const response = await post("/chat/rating", { number, score });
    return response.ok ? "" : (await problem(response)).message;
  } catch {
    return "Not sent; there is no connection just now. Please try again.";
  }
}

function showTyping({ active, name }) {
  clearTimeout(typingTimer);
  $("typing").textContent = active ? `${name || "Our team"} is typing` : "";
  if (active) typingTimer = setTimeout(() => showTyping({ active: false }), AGENT_TYPES);
}

function startOver() {
  last = 0;
  lastShown = lastSent = lastSeen = null;
  seen = told = 0;
  sight.disconnect();
  inView.clear();
  delete log.dataset.day;
  for (const box of [...log.children]) if (box.id !== "welcome") box.remove();
  own.clear();
  $("welcome").hidden = pending.length > 0;
  standing({});
  replay(true);
  for (const message of pending) showOwn(message);
}

function replay(on) {
  replaying = on;
  log.setAttribute("aria-busy", String(on));   // a screen reader is not read the whole chat again
}

// What the desk has numbered comes before what it has not.
function add(box) {
  log.insertBefore(box, own.size ? own.values().next().value : log.querySelector(".rating"));
}

function element(name, kind, text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

function toEnd() {
  sticking = true;
  log.scrollTop = log.scrollHeight;
  $("latest").hidden = true;
}

function title() {
  document.title = (unseen ? `(${unseen}) ` : "") + (session?.company ? `Chat – ${session.company}` : "Chat with us");
}

// ---- writing

function send() {
  const text = (field.value.toWellFormed?.() ?? field.value).trim();
  if ((!text && !files.stagedCount()) || text.length > limit()) return;
  // files first: who asked for one must not read "here you are" before it is there
  const messages = files.take().map((file) => ({ key: newKey(), text: `${file.name} · ${files.size(file.size)}`, refused: "", file }));
  if (text) messages.push({ key: newKey(), text, refused: "" });
  pending.push(...messages);
  field.value = "";
  fieldChanged();
  stopTyping();
  for (const message of messages) showOwn(message);
  pump();
}

async function pump() {
  if (pumping || !session) return;
  clearTimeout(retryTimer);
  pumping = true;
  let wait = 0;
  try {
    for (let message; !wait && (message = pending.find((each) => !each.refused));) wait = await sendOne(message);
  } finally {
    pumping = false;
  }
  if (wait) retryTimer = setTimeout(pump, wait);
}

// Returns the milliseconds to wait before the next try; 0 when this message is settled.
async function sendOne(message) {
  mark(message, "sending", "Sending…");
  let why = "Not sent yet; it goes out when the connection is back.", wait = backoff(failures);
  try {
    const response = await (message.file ? uploaded(message) : post("/chat/messages", { text: message.text, key: message.key }));
    if (response.ok) return settled(message);
    const { message: line } = await problem(response);
    if (response.status === 401) connect();
    else if (response.status === 429 || response.status === 408 || response.status >= 500) {
      wait = 1000 * Number(response.headers.get("Retry-After")) || wait;
      why = line;
    } else {
      message.refused = line;
      mark(message, "refused", line);
      keep();
      return 0;
    }
  } catch { /* no connection: tried again */ }
  failures += 1;
  mark(message, "waiting", why, { "Try now": () => pump() });
  return wait;
}

function uploaded({ key, file }) {
  const bar = files.bar(file.name);
  own.get(key)?.querySelector(".state").append(bar);
  return files.upload(file, key, (part) => { bar.value = part; });
}

function retry(message) {
  message.refused = "";
  mark(message, "waiting", "Waiting to be sent…");
  pump();
}

function settled(message) {
  failures = 0;
  pending = pending.filter((each) => each !== message);
  mark(message, "sent", "Sent");
  keep();
  return 0;
}

function drop(message) {
  pending = pending.filter((each) => each !== message);
  own.get(message.key)?.remove();
  own.delete(message.key);
  keep();
  field.focus();
}

function edit(message) {
  field.value = field.value ? `${message.text}\n${field.value}` : message.text;
  drop(message);
  fieldChanged();
}

async function post(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
}

async function problem(response) {
  try {
    return (await response.json()).error;
  } catch {
    return { code: "unknown", message: "The chat cannot be reached right now." };
  }
}

const limit = () => session?.limit ?? 20_000;

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function fieldChanged() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
  const left = limit() - field.value.length, counter = $("counter");
  counter.classList.toggle("over", left < 0);
  const many = (count) => `${count.toLocaleString()} character${count === 1 ? "" : "s"}`;
  counter.textContent = left < 0 ? `${many(-left)} too many: shorten it, or send it in parts.` : left <= 500 ? `${many(left)} left` : "";
  sendButton.disabled = (!field.value.trim() && !files.stagedCount()) || left < 0;
  keep();
}

function typed() {
  fieldChanged();
  clearTimeout(idleTimer);
  if (!field.value) return stopTyping();
  idleTimer = setTimeout(stopTyping, 5000);
  if (Date.now() - ownTyping < 4000 || !session) return;
  ownTyping = Date.now();
  post("/chat/typing", { active: true }).catch(() => {});
}

function stopTyping() {
  clearTimeout(idleTimer);
  if (ownTyping && session) post("/chat/typing", { active: false }).catch(() => {});
  ownTyping = 0;
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
  field.focus();
});
field.addEventListener("input", typed);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
// Words are kept over a reload; a file cannot be, so the browser asks first.
addEventListener("beforeunload", (event) => {
  if (files.stagedCount() || pending.some(({ file, refused }) => file && !refused)) event.preventDefault();
});
$("latest").addEventListener("click", () => { toEnd(); field.focus(); });
log.addEventListener("scroll", () => {
  sticking = atEnd();
  if (sticking) $("latest").hidden = true;
});
log.addEventListener("load", () => { if (sticking) toEnd(); }, true);   // a picture came and pushed the end away
new ResizeObserver(() => { if (sticking) toEnd(); }).observe(log);
addEventListener("online", () => { failures = streamFailures = 0; connect(); });
addEventListener("offline", lost);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  title();
  reading();
  if (!stream || stream.readyState === EventSource.CLOSED) connect();
});

// A page that frames the chat may say who its customer is. Only pages that the desk allows can frame it
// (Content-Security-Policy: frame-ancestors), so whoever is the parent may.
if (parent !== window) {
  addEventListener("message", async ({ source, data }) => {
    if (source !== parent) return;
    if (data?.type === "secondchair:sign-in") connect(String(data.token));
    if (data?.type === "secondchair:sign-out") {
      forget();
      await fetch("/chat/session", { method: "DELETE" }).catch(() => {});
      connect();
    }
  });
  parent.postMessage({ type: "secondchair:ready" }, "*");
}

files.begin(fieldChanged);
recall();
connect();
