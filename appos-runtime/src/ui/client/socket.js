// The socket: what was not confirmed is sent again, on whichever connection.

const SILENCE = 45_000;
const PING = 20_000;
// Messages that wait for a confirmation; a page that has more of them is not worth keeping.
const MOST = 500;

let page = document.body.dataset.live;
let socket = null;
let attached = false;
let over = !page;
let number = 0;
let unhandled = [];
let seen = 0;
let confirmed = 0;
let heardAt = 0;
let tries = 0;
let reopened = [];
let later;

function conn(state) {
  root.dataset.conn = state;
  document.dispatchEvent(new CustomEvent("ao:conn", { detail: state }));
}

// True while links and forms may go over the socket. One that is about to come back counts.
const isLive = () => !over && page !== undefined && (attached || tries < 4);

function tell(type, kind, ...rest) {
  number += 1;
  const said = [kind, number, ...rest];
  const text = JSON.stringify(said);
  unhandled.push({ number, type, said, text, node: kind === "e" ? nodes[rest[0]] : null });
  if (unhandled.length > MOST) forget();
  if (attached && socket.readyState === WebSocket.OPEN) socket.send(text);
  return number;
}

// The page's state on the server is given up: another one is opened.
function forget() {
  page = null;
  unhandled = [];
  if (socket?.readyState === WebSocket.OPEN) open();
}

function open() {
  attached = false;
  const now = Date.now();
  reopened = reopened.filter(at => now - at < 30_000).concat(now);
  // A page that ends as soon as it is opened is better read without the socket.
  if (reopened.length > 3) return end("none");
  socket.send(JSON.stringify(["open", here]));
}

function end(state) {
  over = true;
  attached = false;
  conn(state);
  // What was gone to is not there, and will not come.
  if (arrival) return location.reload();
  handled = number;
  settle();
  socket?.close();
}

function connect() {
  clearTimeout(later);
  if (over || (socket && socket.readyState < WebSocket.CLOSING)) return;
  const made = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
  socket = made;
  heardAt = Date.now();
  made.onopen = () => page ? made.send(JSON.stringify(["hi", page, seen])) : open();
  made.onmessage = event => {
    if (socket !== made) return;
    heardAt = Date.now();
    receive(JSON.parse(event.data));
  };
  made.onclose = event => {
    if (socket !== made) return;
    socket = null;
    attached = false;
    closed(event.code);
  };
}

function closed(code) {
  if (over) return;
  switch (code) {
    case 4401: over = true; return location.reload();
    case 4400: case 4409: case 4413: case 4503: return end("none");
    case 4410: page = null; break;
  }
  tries += 1;
  if (tries > 3 && arrival && navigator.onLine) return location.reload();
  // A moment without a connection is nobody's concern.
  if (tries > 1) conn("offline");
  const wait = code === 4429 ? 5000 : Math.min(10_000, 150 * 2 ** Math.min(tries, 7));
  later = setTimeout(connect, wait * (0.7 + Math.random() * 0.6));
}

function receive(message) {
  if (!Array.isArray(message)) return frame(message);
  switch (message[0]) {
    case "ok": joined(message[1]); break;
    case "gone": open(); break;
    case "page": replaced(message[1], message[2], message[3]); break;
    case "form": byItself(message[1]); break;
  }
}

function done(upTo) {
  handled = Math.max(handled, upTo);
  unhandled = unhandled.filter(message => message.number > handled);
  settle();
}

function joined(upTo) {
  done(upTo);
  if (!attached) {
    attached = true;
    tries = 0;
    for (const message of unhandled) socket.send(message.text);
    conn("live");
  }
}

function frame({ s, h, t, u, l, n, m, e }) {
  if (s <= seen) return;
  if (s !== seen + 1) return socket.close();
  seen = s;
  const putBack = keepSince();
  done(h);
  if (l) return location.assign(l);
  try {
    if (m !== undefined) redrawn(m);
    else if (n) renamed(n);
    apply(e);
  } catch (error) {
    // What stands here is not what the server believes: it is asked for anew.
    console.error(error);
    return forget();
  }
  if (t) document.title = t;
  if (u) led(...u);
  drawn();
  // After what has appeared has taken the focus: whoever types goes on typing.
  putBack();
  arrive();
  if (seen - confirmed >= 16) confirm();
  else if (!confirm.timer) confirm.timer = setTimeout(confirm, 300);
}

function confirm() {
  clearTimeout(confirm.timer);
  confirm.timer = null;
  if (!attached || socket?.readyState !== WebSocket.OPEN) return;
  confirmed = seen;
  socket.send(JSON.stringify(["ack", seen]));
}

// The server has drawn the page anew, and has other numbers for the same nodes. What is said from now on, and
// what is said again, names them by these.
function renamed(pairs) {
  renumber(pairs);
  for (const message of unhandled) {
    if (!message.node) continue;
    message.said[2] = message.node.aoId;
    message.text = JSON.stringify(message.said);
  }
  confirm();
}

// The server has drawn the page anew, with other nodes. What of the present ones is still there stays, and what was
// done to it, and nobody has done anything about yet, is told again.
function redrawn(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  bind(made.content);
  name(document.body, 0);
  grow(document.body, made.content);
  confirm();
  const again = unhandled.filter(message => message.node);
  unhandled = unhandled.filter(message => !message.node);
  drawn();
  for (const { type, said, node } of again) {
    if (!node.isConnected || !node.aoId) continue;
    const number = tell(type, "e", node.aoId, ...said.slice(3));
    if (node.aoSent) node.aoSent = number;
  }
}

// Another page stands in the place of the one that is gone: what was typed stays.
function replaced(newPage, title, html) {
  const typed = keep();
  page = newPage;
  seen = confirmed = 0;
  unhandled = [];
  handled = number;
  settle();
  document.body.innerHTML = html;
  document.body.dataset.live = newPage;
  document.title = title;
  bind(document.body);
  drawn();
  restore(typed);
  arrival = null;
  delete root.dataset.loading;
}

setInterval(() => {
  if (!socket || socket.readyState !== WebSocket.OPEN) return;
  if (Date.now() - heardAt > SILENCE) return socket.close(), socket.onclose({ code: 1006 });
  if (Date.now() - heardAt > PING - 1000) socket.send('["ping"]');
}, 5000);

addEventListener("online", () => { tries = Math.min(tries, 1); connect(); });
addEventListener("offline", () => conn("offline"));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !socket) connect();
});
// A page with an open socket is not kept for going back.
addEventListener("pagehide", () => {
  attached = false;
  const closing = socket;
  socket = null;
  closing?.close();
  clearTimeout(later);
});
addEventListener("pageshow", event => { if (event.persisted) connect(); });

// A page that came as the answer to an upload takes the place of this one.
function adopted(answer) {
  document.title = answer.title;
  page = answer.body.dataset.live;
  seen = confirmed = 0;
  unhandled = [];
  attached = false;
  document.body.replaceWith(document.adoptNode(answer.body));
  bind(document.body);
  drawn();
  const closing = socket;
  socket = null;
  closing?.close();
  connect();
}
