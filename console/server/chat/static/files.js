// Files on the chat page: chosen with the button, pasted or dropped; shown before they are sent; sent with progress.

const $ = (id) => document.getElementById(id);
let terms = null;        // {most, accept, line}: what the desk takes; null where it takes no files
let staged = [];         // files chosen and not sent yet
let changed = () => {};

export const stagedCount = () => staged.length;

// Call once: `tell` is called when what is staged has changed.
export function begin(tell) {
  changed = tell;
  $("attach").onclick = () => $("files").click();
  $("files").onchange = ({ target }) => { stage(target.files); target.value = ""; };
  $("text").addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!terms || !data.files.length || data.types.includes("text/plain")) return;   // words were copied: those it is
    event.preventDefault();
    stage(data.files);
  });
  let inside = 0;        // dragenter and dragleave come for each element on the way
  const show = (by) => { inside = by ? inside + by : 0; $("drop").hidden = inside <= 0; };
  const brings = (event) => terms && event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (brings(event)) show(1); });
  addEventListener("dragleave", (event) => { if (brings(event)) show(-1); });
  addEventListener("dragover", (event) => { if (brings(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    show(0);
    stage(event.dataTransfer.files);
  });
}

export function setTerms(next) {
  terms = next;
  $("attach").hidden = !next;
  $("file-line").textContent = next?.line ?? "";
  if (next) $("files").accept = next.accept;
  else clear();
}

function stage(files) {
  const not = [];
  for (const file of files) {
    if (!file.size) not.push(`${file.name} is empty`);
    else if (file.size > terms.most) not.push(`${file.name} is larger than ${size(terms.most)}`);
    else staged.push(file);
  }
  note(not.length ? `${not.join("; ")}: not taken. ${terms.line}` : "");
  draw();
  $("text").focus();
}

function draw() {
  $("staged").replaceChildren(...staged.map((file) => {
    const row = document.createElement("li"), away = document.createElement("button");
    row.textContent = `${file.name} · ${size(file.size)}`;
    away.type = "button";
    away.textContent = "Remove";
    away.ariaLabel = `Remove ${file.name}`;
    away.onclick = () => { staged = staged.filter((each) => each !== file); draw(); $("text").focus(); };
    row.append(" ", away);
    return row;
  }));
  $("staged").hidden = !staged.length;
  changed();
}

function clear() {
  staged = [];
  note("");
  draw();
}

// Returns what is staged, to be sent now.
export function take() {
  const files = staged;
  clear();
  return files;
}

function note(text) {
  $("file-note").textContent = text;
}

// Sends a file and returns the desk's answer as a Response; rejects where there is no connection.
export function upload(file, key, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/files");
    request.timeout = 150_000;
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Key", key);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.slice(-120).toWellFormed?.() ?? "file"));
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onerror = request.ontimeout = request.onabort = reject;
    request.onload = () => resolve(new Response(request.responseText || null, {
      status: request.status, headers: { "Retry-After": request.getResponseHeader("Retry-After") ?? "" },
    }));
    request.send(file);
  });
}

// Returns the bar that shows how far a file has come; a screen reader finds it, and is not read every step.
export function bar(name) {
  const made = document.createElement("progress");
  made.ariaLabel = `Sending ${name}`;
  made.value = 0;
  return made;
}

// Returns a file of the chat as it is shown: a picture as a picture, everything else to be saved.
export function shown({ id, name, type, size: bytes }) {
  const link = document.createElement("a");
  link.className = "file";
  link.href = `/chat/files/${id}`;
  if (/^image\//.test(type)) {
    const picture = document.createElement("img");
    picture.src = link.href;
    picture.alt = name;
    picture.loading = "lazy";
    link.target = "_blank";
    link.rel = "noopener";
    link.append(picture);
  } else {
    link.download = name;
    link.textContent = `${name} · ${size(bytes)}`;
  }
  return link;
}

export function size(bytes) {
  return bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${+(bytes / 2 ** 20).toFixed(1)} MB`;
}
