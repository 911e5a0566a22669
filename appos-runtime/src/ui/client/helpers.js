// Small things that components ask for by an attribute (`ui/components/mod.rs` has the list). They work without
// the socket, too.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// After something was drawn.
function drawn() {
  for (const dialog of all('dialog[data-modal="open"]')) if (!dialog.aoModal) lift(dialog);
  for (const notice of all('[data-toast="leaves"],[data-passes]')) if (!notice.aoTimer) passing(notice);
  for (const wanted of all("[data-focus]")) {
    if (wanted.aoFocused) continue;
    wanted.aoFocused = true;
    wanted.focus();
  }
  for (const form of all("[data-bulk]")) count(form);
}

function lift(dialog) {
  dialog.aoModal = true;
  // As the server wrote it, it stands in the page.
  dialog.removeAttribute("open");
  dialog.showModal();
}

document.addEventListener("close", event => {
  const dialog = event.target;
  if (!dialog.aoModal) return;
  dialog.aoModal = false;
  const back = dialog.dataset.back;
  if (back && dialog.isConnected) isLive() ? go(back) : location.assign(back);
}, true);

// A press beside a dialog closes it.
document.addEventListener("click", event => {
  if (!event.target.matches?.("dialog:modal") || event.target.querySelector("form[data-unsaved]")?.aoTouched) return;
  const { left, right, top, bottom } = event.target.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  if ((x || y) && (x < left || x > right || y < top || y > bottom)) event.target.close();
});

document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal && !dialog.open) lift(dialog);
});

// Messages leave by themselves, but not while somebody is about to read one.
function passing(notice) {
  let held = 0;
  const leave = () => {
    const close = notice.querySelector("[data-toast-close],.ao-close");
    close ? close.click() : notice.remove();
  };
  const start = () => { notice.aoTimer = setTimeout(leave, 6000); };
  const hold = () => { held += 1; clearTimeout(notice.aoTimer); };
  const free = () => { held = Math.max(0, held - 1); if (!held) start(); };
  notice.addEventListener("mouseenter", hold);
  notice.addEventListener("mouseleave", free);
  notice.addEventListener("focusin", hold);
  notice.addEventListener("focusout", free);
  start();
}

// One that no component takes away.
document.addEventListener("click", event => {
  const close = event.target.closest?.("[data-toast-close]");
  if (close && !close.aoOn?.has("click")) close.closest("[data-toast]")?.remove();
});

// `data-key="mod+k"`, `"/"`, `"?"`: a field is gone to, a dialog opened, anything else pressed.
document.addEventListener("keydown", event => {
  if (event.isComposing || event.defaultPrevented || !event.key) return;
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.matches?.("input,textarea,select") || event.target.isContentEditable;
  if (typing && !command && event.key !== "Escape") return;
  const pressed = `${command ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.key.toLowerCase()}`;
  const above = document.querySelector("dialog:modal");
  for (const element of all("[data-key]", above ?? document)) {
    if (!element.dataset.key.toLowerCase().split(" ").includes(pressed)) continue;
    const dialog = element.matches("dialog");
    if (dialog ? element.open : !element.checkVisibility()) continue;
    event.preventDefault();
    if (dialog) lift(element);
    else if (element.matches("input,textarea,select")) {
      element.focus();
      element.select?.();
    } else element.click();
    return;
  }
});

// The element that an arrow key leads to.
function neighbour(list, key, now, [back, forth]) {
  const place = list.indexOf(now);
  switch (key) {
    case back: return list[(place <= 0 ? list.length : place) - 1];
    case forth: return list[(place + 1) % list.length];
    case "Home": return list[0];
    case "End": return list[list.length - 1];
    default: return null;
  }
}

// `data-tabs`, `data-menu`.
document.addEventListener("keydown", event => {
  const tabs = event.target.closest?.("[data-tabs]");
  const menu = event.target.closest?.("[data-menu]");
  const list = tabs ? all("[role=tab]", tabs) : menu ? all("a[href],button:not(:disabled)", menu) : [];
  const keys = tabs ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const next = neighbour(list, event.key, document.activeElement, keys);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
document.addEventListener("click", event => {
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (tab && document.getElementById(tab.getAttribute("aria-controls"))) {
    for (const other of all("[role=tab]", tab.closest("[data-tabs]"))) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", chosen);
      other.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(other.getAttribute("aria-controls"));
      if (panel) panel.hidden = !chosen;
    }
    if (tab.matches("a")) event.preventDefault();
  }
  const menu = event.target.closest?.("a,button")?.closest("[data-menu]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
}, true);
document.addEventListener("toggle", event => {
  if (event.newState === "open" && event.target.matches?.("[data-menu]")) {
    event.target.querySelector("a[href],button:not(:disabled)")?.focus();
  }
}, true);

// `data-combobox`: the field keeps the focus, and one option is the chosen one.
const options = box => all("[role=option]", box).filter(option => option.checkVisibility());

function choose(box, field, option) {
  for (const other of all("[role=option][aria-selected=true]", box)) other.setAttribute("aria-selected", "false");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function take(box, field, option) {
  if (box.dataset.combobox === "links") {
    box.closest("dialog:modal")?.close();
    return option.click();
  }
  const hidden = box.querySelector("input[type=hidden]");
  field.value = option.dataset.text ?? option.textContent.trim();
  if (hidden) {
    hidden.value = option.dataset.value ?? "";
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (field.form) field.form.aoTouched = true;
  close(box, field);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function close(box, field) {
  if (box.dataset.combobox === "links") return;
  choose(box, field, null);
  field.setAttribute("aria-expanded", "false");
  const list = document.getElementById(field.getAttribute("aria-controls"));
  if (list) list.hidden = true;
}

function show(box, field) {
  if (box.dataset.combobox === "links") return;
  field.setAttribute("aria-expanded", "true");
  const list = document.getElementById(field.getAttribute("aria-controls"));
  if (list) list.hidden = false;
}

const combobox = target => {
  const field = target.closest?.("input[role=combobox]");
  const box = field?.closest("[data-combobox]");
  return box ? [box, field] : [];
};

document.addEventListener("keydown", event => {
  const [box, field] = combobox(event.target);
  if (!box || event.isComposing) return;
  const list = options(box);
  const chosen = box.querySelector("[role=option][aria-selected=true]");
  switch (event.key) {
    case "ArrowDown": case "ArrowUp":
      event.preventDefault();
      show(box, field);
      return choose(box, field, neighbour(options(box), event.key, chosen, ["ArrowUp", "ArrowDown"]));
    case "Enter":
      if (chosen && list.includes(chosen)) {
        event.preventDefault();
        take(box, field, chosen);
      }
      return;
    case "Escape":
      if (box.dataset.combobox === "values" && field.getAttribute("aria-expanded") === "true") {
        event.preventDefault();
        event.stopPropagation();
        close(box, field);
      }
  }
}, true);
document.addEventListener("input", event => {
  const [box, field] = combobox(event.target);
  if (!box || box.dataset.combobox === "links") return;
  show(box, field);
  // What was chosen before is no longer what the field says.
  const hidden = box.querySelector("input[type=hidden]");
  if (hidden) hidden.value = "";
});
document.addEventListener("mousedown", event => {
  // The field keeps the focus.
  if (event.target.closest?.('[data-combobox="values"] [role=option]')) event.preventDefault();
});
document.addEventListener("click", event => {
  const option = event.target.closest?.('[data-combobox="values"] [role=option]');
  const box = option?.closest("[data-combobox]");
  if (box) {
    event.preventDefault();
    take(box, box.querySelector("input[role=combobox]"), option);
  }
  const clear = event.target.closest?.("[data-combobox-clear]")?.closest("[data-combobox]");
  if (clear) {
    for (const input of all("input", clear)) input.value = "";
    clear.querySelector("input[role=combobox]")?.focus();
  }
});
document.addEventListener("focusout", event => {
  const [box, field] = combobox(event.target);
  if (box && !box.contains(event.relatedTarget)) close(box, field);
});

// `data-select-all`, `data-select`, `data-bulk`.
function count(form) {
  const scope = form.closest("main,dialog") ?? document;
  const ticked = all("[data-select]:checked", scope).length;
  const shown = form.querySelector("[data-bulk-count]");
  if (shown) {
    shown.aoWords ??= shown.textContent.trim().replace(/\s*\d+$/, "");
    shown.textContent = `${shown.aoWords} ${ticked}`;
  }
  form.toggleAttribute("data-some", ticked > 0);
}
document.addEventListener("change", event => {
  const target = event.target;
  if (!target.matches?.("[data-select],[data-select-all]")) return;
  const table = target.closest("table") ?? document;
  const boxes = all("[data-select]", table);
  if (target.matches("[data-select-all]")) for (const box of boxes) box.checked = target.checked;
  const ticked = boxes.filter(box => box.checked).length;
  for (const box of all("[data-select-all]", table)) {
    box.checked = ticked > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  for (const form of all("[data-bulk]")) count(form);
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
document.addEventListener("change", event => {
  const names = event.target.closest?.("[data-drop]")?.querySelector("[data-drop-names]");
  if (names && event.target.type === "file") names.textContent = [...event.target.files].map(file => file.name).join(", ");
});

// `form[data-upload]`: its `progress` shows how much has left.
document.addEventListener("submit", event => {
  const form = event.target;
  const bar = form.matches("[data-upload]") && !form.aoPlain && form.querySelector("progress");
  if (!bar || event.defaultPrevented) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.onprogress = told => {
    bar.hidden = false;
    if (told.lengthComputable) [bar.max, bar.value] = [told.total, told.loaded];
  };
  const plainly = () => { form.aoPlain = true; form.requestSubmit(event.submitter); };
  request.onload = () => {
    if (request.responseURL && request.responseURL !== form.action) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    if (!answer.body.dataset.live) return plainly();
    adopted(answer);
  };
  request.onerror = plainly;
  request.open("POST", form.action);
  request.send(new FormData(form, event.submitter));
});

// `data-theme-set="dark"`: kept in a cookie, which the server reads before it draws the next page.
document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-theme-set]");
  if (!button) return;
  const theme = button.dataset.themeSet;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `appos_theme=${encodeURIComponent(theme)}; path=/; max-age=31536000; samesite=lax${secure}`;
});
