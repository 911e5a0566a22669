// What components ask for by an attribute: their list stands at the head of ui/components/mod.rs.

// Dialogs. `data-modal="closed"` waits for a key, or for what names it by `data-opens`.
function openDialog(dialog) {
  if (!dialog || dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.aoBefore = document.activeElement;
  dialog.showModal();
  const field = dialog.querySelector("[autofocus]");
  field?.focus();
  // Whoever fills it learns that it is open.
  if (dialog.dataset.combobox) field?.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    event.preventDefault();
    opener.closest("[popover]")?.hidePopover?.();
    openDialog(document.getElementById(opener.dataset.opens));
    return;
  }
  // Beside a dialog is out of it.
  if (event.target.matches?.("dialog[data-modal]:modal")) {
    const { left, right, top, bottom } = event.target.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) event.target.requestClose?.() ?? event.target.close();
  }
});

document.addEventListener("close", event => {
  const dialog = event.target;
  if (!dialog.matches?.("dialog[data-modal]")) return;
  dialog.aoBefore?.focus?.({ preventScroll: true });
  if (dialog.dataset.back && dialog.isConnected) {
    if (isLive()) go(dialog.dataset.back);
    else location.assign(dialog.dataset.back);
  }
}, true);

// Menus: the arrow keys walk, a press closes.
document.addEventListener("toggle", event => {
  if (event.newState === "open" && event.target.matches?.("[data-menu]")) {
    event.target.querySelector("a,button,input,select")?.focus();
  }
}, true);

document.addEventListener("click", event => {
  const menu = event.target.closest?.("a,button")?.closest("[data-menu]");
  if (menu) setTimeout(() => menu.matches(":popover-open") && menu.hidePopover());
  // Of the narrow screen's navigation.
  const navigation = event.target.closest?.("a")?.closest("nav[popover]:popover-open");
  if (navigation) navigation.hidePopover();
});

// Tabs: the arrow keys choose, a press shows.
function chooseTab(tab) {
  for (const other of tab.closest("[data-tabs]").querySelectorAll("[role=tab]")) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", chosen);
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    if (panel) panel.hidden = !chosen;
  }
}

document.addEventListener("click", event => {
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (tab) chooseTab(tab);
});

// Among what can be walked through, the one after the present.
function step(key, all, at) {
  switch (key) {
    case "ArrowDown": case "ArrowRight": return all[(at + 1) % all.length];
    case "ArrowUp": case "ArrowLeft": return all[(at - 1 + all.length) % all.length];
    case "Home": return all[0];
    case "End": return all.at(-1);
  }
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing) return;
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (tab) {
    const tabs = [...tab.closest("[data-tabs]").querySelectorAll("[role=tab]")];
    const next = step(event.key, tabs, tabs.indexOf(tab));
    if (next) {
      event.preventDefault();
      next.focus();
      next.click();
    }
    return;
  }
  const menu = event.target.closest?.("[data-menu]");
  if (menu && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) && !event.target.matches("input,select,textarea")) {
    const all = [...menu.querySelectorAll("a[href],button:not([disabled]),input,select")].filter(one => one.checkVisibility());
    const next = step(event.key, all, all.indexOf(document.activeElement));
    if (next) {
      event.preventDefault();
      next.focus();
    }
    return;
  }
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && !event.shiftKey) {
    const dialog = document.querySelector(`dialog[data-key="mod+${CSS.escape(event.key.toLowerCase())}"]`);
    if (dialog) {
      event.preventDefault();
      if (dialog.open) dialog.close();
      else openDialog(dialog);
    }
  }
});

// Comboboxes: a field that searches, and a list of what it found.
const boxOf = element => element.closest?.("[data-combobox]");
const fieldOf = box => box.querySelector("[role=combobox]");
const optionsOf = box => [...box.querySelectorAll("[role=option]")];

function mark(box, option) {
  const field = fieldOf(box);
  for (const other of optionsOf(box)) other.toggleAttribute("data-active", other === option);
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
  if (box.dataset.combobox === "links") for (const other of optionsOf(box)) other.setAttribute("aria-selected", other === option);
}

function unfold(box, open) {
  if (box.dataset.combobox !== "values") return;
  fieldOf(box).setAttribute("aria-expanded", open);
  box.toggleAttribute("data-open", open);
  if (!open) mark(box, null);
}

function choose(box, value, text) {
  const [hidden, field] = [box.querySelector("input[type=hidden]"), fieldOf(box)];
  hidden.value = value;
  field.value = text;
  box.aoText = text;
  for (const option of optionsOf(box)) option.setAttribute("aria-selected", option.dataset.value === value);
  for (const type of ["input", "change"]) hidden.dispatchEvent(new Event(type, { bubbles: true }));
  if (hidden.form) hidden.form.aoTouched = true;
  unfold(box, false);
}

document.addEventListener("focusin", event => {
  const box = event.target.matches?.("[role=combobox]") && boxOf(event.target);
  if (box && box.dataset.combobox === "values") box.aoText ??= event.target.value;
});
document.addEventListener("input", event => {
  const box = event.target.matches?.("[role=combobox]") && boxOf(event.target);
  if (!box) return;
  unfold(box, true);
  mark(box, null);
});
document.addEventListener("click", event => {
  const box = boxOf(event.target);
  for (const other of document.querySelectorAll("[data-combobox][data-open]")) if (other !== box) unfold(other, false);
  if (!box || box.dataset.combobox !== "values") return;
  const option = event.target.closest("[role=option]");
  if (option) {
    choose(box, option.dataset.value, option.dataset.text);
    fieldOf(box).focus();
    unfold(box, false);
  } else if (event.target.closest("[data-combobox-clear]")) {
    choose(box, "", "");
    fieldOf(box).focus();
  } else if (event.target === fieldOf(box)) {
    unfold(box, true);
    // What can be chosen is asked for when somebody first looks.
    if (!optionsOf(box).length) event.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
document.addEventListener("focusout", event => {
  const box = boxOf(event.target);
  if (!box || box.dataset.combobox !== "values" || box.contains(event.relatedTarget)) return;
  unfold(box, false);
  const [hidden, field] = [box.querySelector("input[type=hidden]"), fieldOf(box)];
  // An emptied field means nothing; a text that was not chosen means what was chosen before.
  if (field.value.trim() === "" && hidden.value) choose(box, "", "");
  else field.value = hidden.value ? box.aoText ?? field.value : "";
});
document.addEventListener("keydown", event => {
  const box = event.target.matches?.("[role=combobox]") && boxOf(event.target);
  if (!box || event.isComposing) return;
  const options = optionsOf(box);
  const active = options.find(option => option.hasAttribute("data-active"));
  const values = box.dataset.combobox === "values";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (values && !box.hasAttribute("data-open")) {
      unfold(box, true);
      if (!options.length) event.target.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    if (options.length) mark(box, step(event.key, options, active ? options.indexOf(active) : event.key === "ArrowUp" ? 0 : -1));
  } else if (event.key === "Enter") {
    if (values) {
      if (!box.hasAttribute("data-open")) return;
      event.preventDefault();
      if (active) choose(box, active.dataset.value, active.dataset.text);
    } else {
      const chosen = active ?? options[0];
      if (!chosen) return;
      event.preventDefault();
      box.closest("dialog")?.close();
      chosen.click();
    }
  } else if (event.key === "Escape" && values && box.hasAttribute("data-open")) {
    event.preventDefault();
    event.stopPropagation();
    unfold(box, false);
    event.target.value = box.aoText ?? event.target.value;
  }
});
// A link of the palette leads away from it.
document.addEventListener("click", event => {
  if (event.target.closest?.("dialog[data-combobox=links] a[href]")) event.target.closest("dialog").close();
});

// Ticked rows.
function count(form) {
  const boxes = [...document.querySelectorAll("[data-select]")].filter(box => box.form === form);
  const ticked = boxes.filter(box => box.checked).length;
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    if (bar.tagName === "FORM" ? bar !== form : bar.closest("form") !== form && bar.getAttribute("form") !== form?.id) continue;
    bar.toggleAttribute("data-shown", ticked > 0);
    const told = bar.querySelector("[data-bulk-count]");
    if (told) {
      told.aoText ??= told.textContent;
      told.textContent = ticked ? `${told.aoText} ${ticked}` : told.aoText;
    }
  }
  for (const all of document.querySelectorAll("[data-select-all]")) {
    if (all.form !== form) continue;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

document.addEventListener("change", event => {
  const box = event.target;
  if (box.matches?.("[data-select-all]")) {
    for (const other of document.querySelectorAll("[data-select]")) if (other.form === box.form) other.checked = box.checked;
    count(box.form);
  } else if (box.matches?.("[data-select]")) count(box.form);
});

// Names of files that were chosen.
document.addEventListener("change", event => {
  const names = event.target.type === "file" && event.target.closest("[data-drop]")?.querySelector("[data-drop-names]");
  if (names) names.textContent = [...event.target.files].map(file => file.name).join(", ");
});

// Toasts go after a while, not while the pointer or the focus is there.
function toasts() {
  for (const toast of document.querySelectorAll('[data-toast="leaves"]')) {
    if (toast.aoTimer) continue;
    toast.dataset.timeout = "6000";
    toast.querySelector("[data-toast-close]")?.setAttribute("data-close", "");
    passing(toast);
  }
}

document.addEventListener("click", event => {
  const toast = event.target.closest?.("[data-toast-close]")?.closest("[data-toast]");
  // One that the server keeps is taken away by it.
  if (toast) setTimeout(() => { toast.hidden = true; });
});

// After something was drawn: what is to be open, what takes the focus.
function componentsDrawn() {
  for (const dialog of document.querySelectorAll('dialog[data-modal="open"]')) {
    if (dialog.aoShown) continue;
    dialog.aoShown = true;
    openDialog(dialog);
  }
  for (const element of document.querySelectorAll("[data-focus]")) {
    if (element.aoFocused) continue;
    element.aoFocused = true;
    element.focus();
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const form = bar.tagName === "FORM" ? bar : bar.closest("form");
    if (form) count(form);
  }
  toasts();
}
