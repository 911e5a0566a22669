// Links and forms go over the socket while there is one, and by themselves while there is none.

const root = document.documentElement;
// Where the page is: what only changes the part behind the `#` leads nowhere else.
let here = location.pathname + location.search;
let arrival = null;
const sent = new Map();

if (history.scrollRestoration) history.scrollRestoration = "manual";

function note() {
  history.replaceState({ ...history.state, y: scrollY }, "");
}

// Forms that somebody has begun to fill in.
const touched = () => [...document.querySelectorAll("form[data-unsaved]")].filter(form => form.aoTouched);

// What was not saved was given up, or is saved.
function left() {
  for (const form of document.forms) form.aoTouched = false;
}

function mayLeave() {
  const [form] = touched();
  return !form || window.confirm(form.dataset.unsaved || "Leave without saving?");
}

function go(address, { y = 0, push = true } = {}) {
  if (push) {
    note();
    history.pushState({ y: 0 }, "", address);
  }
  here = location.pathname + location.search;
  left();
  const number = tell("go", "go", here);
  arrival = { number, y, hash: location.hash };
  root.dataset.loading = "";
}

// The server has led the page elsewhere.
function led(address, replace) {
  if (!replace) note();
  left();
  history[replace ? "replaceState" : "pushState"]({ y: 0 }, "", address);
  here = location.pathname + location.search;
  arrival = { number: 0, y: 0, hash: location.hash };
}

// What was gone to is there.
function arrive() {
  if (!arrival || arrival.number > handled) return;
  const { y, hash } = arrival;
  arrival = null;
  delete root.dataset.loading;
  const anchor = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (anchor) anchor.scrollIntoView();
  else scrollTo({ top: y, behavior: "instant" });
  const wanted = document.querySelector("main [autofocus]") ?? document.querySelector("main h1")
    ?? document.querySelector("main");
  // One that is typed into, or that the server has chosen, keeps it.
  if (wanted && (document.activeElement === document.body || !document.activeElement?.matches("input,textarea,select"))) {
    if (!wanted.hasAttribute("tabindex") && !wanted.matches("input,textarea,select,button,a")) wanted.tabIndex = -1;
    wanted.focus({ preventScroll: true });
  }
  announce(document.title);
}

function announce(text) {
  let region = document.getElementById("ao-announce");
  if (!region) {
    region = document.createElement("div");
    region.id = "ao-announce";
    region.className = "ao-visually-hidden";
    region.setAttribute("role", "status");
    // Beside what the server draws.
    root.append(region);
  }
  region.textContent = text;
}

document.addEventListener("click", event => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hasAttribute("download") || link.closest("[data-reload]")) return;
  const to = new URL(link.href, location.href);
  if (to.origin !== location.origin || !isLive()) return;
  if (to.pathname + to.search === here && to.hash) return;
  event.preventDefault();
  if (mayLeave()) go(to.pathname + to.search + to.hash);
});

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.aoPlain || !isLive() || form.closest("[data-reload]")) return;
  if ((submitter?.formTarget || form.target)) return;
  const method = (submitter?.getAttribute("formmethod") ?? form.method).toLowerCase();
  const to = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href, location.href);
  if (to.origin !== location.origin || method === "dialog") return;
  if (method === "get") {
    event.preventDefault();
    to.search = new URLSearchParams(fieldsOf(form, submitter)).toString();
    if (mayLeave()) go(to.pathname + to.search);
    return;
  }
  if (form.enctype === "multipart/form-data" || form.querySelector("input[type=file]")) return;
  event.preventDefault();
  const number = tell("form", "form", to.pathname + to.search, fieldsOf(form, submitter));
  const waiting = submitter ?? form.querySelector("button:not([type=button]),input[type=submit]");
  sent.set(number, { form, submitter, waiting, as: valuesOf(form) });
  form.setAttribute("aria-busy", "true");
  if (waiting) waiting.disabled = true;
});

// Forms that the server has dealt with can be sent again.
function settle() {
  for (const [number, { form, waiting }] of sent) {
    if (number > handled) continue;
    sent.delete(number);
    // One that was refused is still there, and still unsaved.
    form.removeAttribute("aria-busy");
    form.aoLeaving = false;
    if (waiting) waiting.disabled = false;
  }
}

// A form that is no page's goes by itself.
function byItself(number) {
  const { form, submitter, waiting } = sent.get(number) ?? {};
  if (!form) return;
  sent.delete(number);
  if (waiting) waiting.disabled = false;
  form.aoPlain = true;
  form.requestSubmit(submitter);
}

addEventListener("popstate", event => {
  const to = location.pathname + location.search;
  if (to === here) return;
  if (isLive()) go(to, { y: event.state?.y ?? 0, push: false });
  else location.reload();
});

let scrolled;
addEventListener("scroll", () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => { if (!arrival) note(); }, 150);
}, { passive: true });

document.addEventListener("input", event => { if (event.target.form) event.target.form.aoTouched = true; });
addEventListener("beforeunload", event => {
  if (touched().some(form => !form.aoPlain && !sent.size && !form.aoLeaving)) event.preventDefault();
});
document.addEventListener("submit", event => { event.target.aoLeaving = true; }, true);
