// The line between the page and its console: it looks like a WebSocket to the terminal, and comes back when it breaks.

const PING_EVERY = 5000;
const SILENT_FOR = 12000; // a line on which nothing comes back for so long is dead, whatever the browser thinks
const PAUSES = [0, 500, 1000, 2000, 3000];
const LAST = new Set([4000, 4001, 4002, 4003, 4004, 1008]);

export class Line extends EventTarget {
  // tab: this tab's name; watcher: {lost(), back(lost, again), over(code), opened(link), rang()}
  constructor(tab, query, watcher) {
    super();
    this.tab = tab;
    this.query = query;
    this.watcher = watcher;
    this.size = null;
    this.focused = null;
    this.over = false;
    this.tries = 0;
    this.lostAt = 0;
    this.timer = 0;
    setInterval(() => this.check(), PING_EVERY);
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => document.hidden || this.check());
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    const query = new URLSearchParams(this.query);
    query.set("tab", this.tab);
    query.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone || "");
    if (this.size) {
      query.set("width", this.size.width);
      query.set("height", this.size.height);
    }
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws?${query}`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heard = Date.now();
    socket.onopen = () => {
      this.heard = Date.now();
      if (this.size) socket.send(JSON.stringify(["resize", this.size]));
      if (this.focused !== null) socket.send(JSON.stringify([this.focused ? "focus" : "blur"]));
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = (event) => this.take(event);
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  take(event) {
    this.heard = Date.now();
    if (typeof event.data !== "string") {
      if (event.data.byteLength === 1 && new Uint8Array(event.data)[0] === 7) return this.watcher.rang();
      this.dispatchEvent(new MessageEvent("message", { data: event.data }));
      return;
    }
    const [what, said] = JSON.parse(event.data);
    if (what === "attached") {
      const lost = this.lostAt > 0;
      this.tries = this.lostAt = 0;
      this.watcher.back(lost, said === "again");
    } else if (what === "open") {
      this.watcher.opened(said);
    }
  }

  // What the terminal calls

  send(text) {
    const [what, said] = JSON.parse(text);
    if (what === "resize") this.size = said;
    if (what === "focus" || what === "blur") this.focused = what === "focus";
    if (what === "ping") return; // we ask ourselves
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
    // keys pressed while the line is down are not kept: nobody saw what they did
  }

  type(text) {
    this.send(JSON.stringify(["stdin", text]));
  }

  // Losing and finding it

  check() {
    if (this.over || this.socket.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.heard > SILENT_FOR) this.drop();
    else this.socket.send(JSON.stringify(["ping", String(Date.now())]));
  }

  drop() {
    const socket = this.socket;
    if (this.over || !socket) return;
    this.socket = { readyState: WebSocket.CLOSED };
    socket.close();
    this.closed(1006);
  }

  closed(code) {
    if (this.over) return;
    if (LAST.has(code)) {
      this.over = true;
      this.watcher.over(code);
      return;
    }
    this.lostAt ||= Date.now();
    this.watcher.lost();
    const pause = PAUSES[Math.min(this.tries++, PAUSES.length - 1)];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), pause);
  }

  now() {
    if (!this.over && this.socket.readyState === WebSocket.CLOSED) this.connect();
  }
}
