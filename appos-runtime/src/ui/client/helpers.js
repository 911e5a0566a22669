// Small things that a page asks for by an attribute. They work without the socket, too.

// What had the focus before a dialog stood above the page.
let before = null;

// After something was drawn.
function drawn() {
  for (const dialog of document.querySelectorAll("dialog[data-modal]:not([data-modal=closed])")) {
    if (dialog.aoModal) continue;
    dialog.aoModal = true;
    before = { dialog, focused: document.activeElement };
    dialog.removeAttribute("open");
    dialog.showModal();
  }
  // One that is gone has left nobody behind.
  if (before && !before.dialog.isConnected) {
    if (before.focused?.isConnected && document.activeElement === document.body) before.focused.focus();
    before = null;
  }
  for (const notice of document.querySelectorAll("[data-timeout]")) if (!notice.aoTimer) passing(notice);
  furnished();
  celled();
  attend();
}

// `data-focus`: it takes the focus when it appears, and again when it is another one by its value.
const attended = new WeakMap();
function attend() {
  for (const element of document.querySelectorAll("[data-focus]")) {
    if (attended.get(element) === element.dataset.focus) continue;
    attended.set(element, element.dataset.focus);
    element.focus();
    // One at a time: the first in the page.
    for (const other of document.querySelectorAll("[data-focus]")) attended.set(other, other.dataset.focus);
    return;
  }
}

// `data-timeout="5000"`: it leaves by itself, but not while somebody is about to read it.
function passing(notice) {
  let held = 0;
  const leave = () => {
    const close = notice.querySelector("[data-close]");
    if (close) close.click();
    else notice.hidden = true;
  };
  const start = () => { notice.aoTimer = setTimeout(leave, +notice.dataset.timeout || 5000); };
  const hold = () => { held += 1; clearTimeout(notice.aoTimer); };
  const free = () => { held = Math.max(0, held - 1); if (!held) start(); };
  notice.addEventListener("mouseenter", hold);
  notice.addEventListener("mouseleave", free);
  notice.addEventListener("focusin", hold);
  notice.addEventListener("focusout", free);
  start();
}

// Whoever closes a dialog by a key does what its own way out does.
document.addEventListener("cancel", event => {
  const close = event.target.matches?.("dialog[data-modal]") && event.target.querySelector("[data-close]");
  if (!close) return;
  event.preventDefault();
  close.click();
}, true);

// `data-key="ctrl+k"`: a field is gone to, anything else is pressed.
document.addEventListener("keydown", event => {
  if (event.isComposing || event.defaultPrevented || !event.key) return;
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.matches?.("input,textarea,select") || event.target.isContentEditable;
  if (typing && !command && event.key !== "Escape") return;
  const pressed = `${command ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}${event.key.toLowerCase()}`;
  const within = document.querySelector("dialog:modal") ?? document;
  for (const element of within.querySelectorAll("[data-key]")) {
    if (!element.dataset.key.toLowerCase().split(" ").includes(pressed) || !element.checkVisibility()) continue;
    event.preventDefault();
    if (element.matches("input,textarea,select")) {
      element.focus();
      element.select?.();
    } else element.click();
    return;
  }
});

// `data-copy="text"`, or `data-copy="#element"`.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const asked = button.dataset.copy;
  const text = asked[0] === "#" ? document.querySelector(asked)?.textContent ?? "" : asked;
  try {
    await navigator.clipboard.writeText(text);
    button.dataset.copied = "";
    announce(button.dataset.copiedText || "Copied");
    setTimeout(() => delete button.dataset.copied, 2000);
  } catch { button.dataset.failed = ""; }
});

// `data-drop` around a field for files.
for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(type, event => {
    const zone = event.target.closest?.("[data-drop]");
    const field = zone?.querySelector("input[type=file]");
    if (!field || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.toggleAttribute("data-dropping", type === "dragenter" || type === "dragover");
    if (type !== "drop") return;
    const files = new DataTransfer();
    for (const file of event.dataTransfer.files) if (field.multiple || !files.files.length) files.items.add(file);
    field.files = files.files;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// `form[data-upload]`: its `progress` shows how much has left.
document.addEventListener("submit", event => {
  const form = event.target;
  const bar = form.matches("[data-upload]") && form.querySelector("progress");
  if (!bar || event.defaultPrevented) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.onprogress = told => {
    bar.hidden = false;
    if (told.lengthComputable) [bar.max, bar.value] = [told.total, told.loaded];
  };
  const plainly = () => { form.removeAttribute("data-upload"); form.aoPlain = true; form.requestSubmit(event.submitter); };
  request.onload = () => {
    if (request.responseURL && request.responseURL !== form.action) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = answer.title;
    page = answer.body.dataset.live;
    seen = 0;
    attached = false;
    over = !page;
    document.body.replaceWith(document.adoptNode(answer.body));
    bind(document.body);
    drawn();
    const closing = socket;
    socket = null;
    closing?.close();
    connect();
  };
  request.onerror = plainly;
  request.open("POST", form.action);
  request.send(new FormData(form, event.submitter));
});
