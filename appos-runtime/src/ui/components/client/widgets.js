// What components ask for by attributes, and need no server for: dialogs that wait, tabs, menus, comboboxes,
// ticked rows. The list of the attributes stands in `components/mod.rs`.

// After something was drawn.
function furnished() {
  for (const element of document.querySelectorAll("[data-focus]")) {
    if (element.aoFocused) continue;
    element.aoFocused = true;
    element.focus();
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) counted(bar);
}

// Moves the focus among elements: to the next, the one before, the first, the last.
function stepped(event, elements, before, after) {
  const at = elements.indexOf(document.activeElement);
  const to = { [before]: at - 1, [after]: at + 1, Home: 0, End: elements.length - 1 }[event.key];
  if (to === undefined || !elements.length) return null;
  event.preventDefault();
  const next = elements[(to + elements.length) % elements.length];
  next.focus();
  return next;
}

// `data-opens="id"`: the dialog with this id.
document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog?.showModal || dialog.open) return;
  opener.closest("[popover]")?.hidePopover?.();
  dialog.showModal();
  // What can be gone to is asked for when somebody first looks.
  const field = dialog.dataset.combobox && dialog.querySelector("[role=combobox]");
  if (!field) return;
  // What was looked for before is written over.
  field.select();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
// A press beside a dialog closes it.
document.addEventListener("click", event => {
  const dialog = event.target;
  if (!dialog.matches?.("dialog:modal")) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (inside || !event.detail) return;
  const way = dialog.querySelector("[data-close]");
  if (way) way.click();
  else dialog.close();
});

// `data-also`: where Shift and a press, or Shift and Enter, lead.
document.addEventListener("click", event => {
  const link = event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.closest?.("a[data-also]");
  if (!link) return;
  event.preventDefault();
  if (!isLive()) location.assign(link.dataset.also);
  else if (mayLeave()) go(link.dataset.also, { y: scrollY, stay: true });
});
// Shift and a press marks text otherwise.
document.addEventListener("mousedown", event => {
  if (event.shiftKey && event.target.closest?.("a[data-also]")) event.preventDefault();
});

// `data-tabs`: the tab that is chosen shows the panel that it controls.
function chosen(tab) {
  for (const other of tab.closest("[data-tabs]").querySelectorAll("[role=tab]")) {
    const on = other === tab;
    other.setAttribute("aria-selected", on);
    other.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    if (panel) panel.hidden = !on;
  }
}
document.addEventListener("click", event => {
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (tab) chosen(tab);
});
document.addEventListener("keydown", event => {
  const tabs = event.target.closest?.("[data-tabs]");
  if (tabs) stepped(event, [...tabs.querySelectorAll("[role=tab]")], "ArrowLeft", "ArrowRight")?.click();
});

// `data-menu`: arrow keys among what can be pressed.
const PRESSED = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select";
document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu || event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  stepped(event, [...menu.querySelectorAll(PRESSED)].filter(element => element.checkVisibility()), "ArrowUp", "ArrowDown");
});
document.addEventListener("toggle", event => {
  const menu = event.target;
  if (menu.matches?.("[data-menu]") && event.newState === "open" && menu.matches(":popover-open")) {
    if (document.activeElement?.getAttribute("popovertarget") === menu.id) menu.querySelector(PRESSED)?.focus();
  }
}, true);
document.addEventListener("click", event => {
  const link = event.target.closest?.("[data-menu] .ao-menu-link");
  if (link) link.closest("[popover]")?.hidePopover?.();
});

// `data-combobox`: the field keeps the focus; one of the options is active.
function combobox(element) {
  const box = element.closest?.("[data-combobox]");
  const field = box?.querySelector("[role=combobox]");
  const list = field && document.getElementById(field.getAttribute("aria-controls"));
  return list ? { box, field, list, links: box.dataset.combobox === "links" } : null;
}
function active({ field, list }, option) {
  for (const other of list.querySelectorAll("[data-active]")) other.removeAttribute("data-active");
  field.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.setAttribute("data-active", "");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}
function opened(parts, open) {
  if (!parts.links) parts.field.setAttribute("aria-expanded", open);
  if (!open) active(parts, null);
}
function taken(parts, option) {
  if (parts.links) {
    parts.box.closest("dialog:modal")?.close();
    return option.click();
  }
  const hidden = parts.box.querySelector("input[type=hidden]");
  hidden.value = option.dataset.value ?? "";
  hidden.setAttribute("value", hidden.value);
  parts.field.value = option.dataset.text ?? option.textContent;
  parts.field.aoChosen = parts.field.value;
  opened(parts, false);
  hidden.dispatchEvent(new Event("input", { bubbles: true }));
  hidden.dispatchEvent(new Event("change", { bubbles: true }));
}
document.addEventListener("keydown", event => {
  const parts = event.target.matches?.("[role=combobox]") && combobox(event.target);
  if (!parts || event.isComposing) return;
  const options = [...parts.list.querySelectorAll("[role=option]")];
  const at = options.findIndex(option => option.hasAttribute("data-active"));
  const open = parts.links || parts.field.getAttribute("aria-expanded") === "true";
  switch (event.key) {
    case "ArrowDown": case "ArrowUp": {
      event.preventDefault();
      opened(parts, true);
      const down = event.key === "ArrowDown";
      active(parts, options.at(at < 0 ? (down ? 0 : -1) : (at + (down ? 1 : -1)) % options.length));
      break;
    }
    case "Enter":
      if (!open) break;
      if (at >= 0) taken(parts, options[at]);
      else if (parts.links && options.length) taken(parts, options[0]);
      else if (parts.links) break;
      event.preventDefault();
      break;
    case "Escape":
      if (parts.links || !open) break;
      event.preventDefault();
      event.stopPropagation();
      opened(parts, false);
      break;
    case "Tab":
      if (open && at >= 0 && !parts.links) taken(parts, options[at]);
      opened(parts, false);
  }
}, true);
document.addEventListener("input", event => {
  const parts = event.target.matches?.("[role=combobox]") && combobox(event.target);
  if (!parts) return;
  active(parts, null);
  opened(parts, true);
});
document.addEventListener("focusin", event => {
  const parts = event.target.matches?.("[role=combobox]") && combobox(event.target);
  if (parts && parts.field.aoChosen === undefined) parts.field.aoChosen = parts.field.value;
});
document.addEventListener("focusout", event => {
  const parts = event.target.matches?.("[role=combobox]") && combobox(event.target);
  if (!parts || parts.links || parts.box.contains(event.relatedTarget)) return;
  opened(parts, false);
  // An emptied field means nothing; half a word means what was chosen before.
  const hidden = parts.box.querySelector("input[type=hidden]");
  if (parts.field.value.trim() === "" && hidden?.value) emptied(parts);
  else if (parts.field.aoChosen !== undefined) parts.field.value = parts.field.aoChosen;
});
// The field keeps the focus while an option is pressed.
document.addEventListener("mousedown", event => {
  if (event.target.closest?.("[data-combobox] [role=option]")) event.preventDefault();
});
document.addEventListener("click", event => {
  const parts = combobox(event.target);
  if (!parts || parts.links) return;
  const option = event.target.closest("[role=option]");
  if (option) taken(parts, option);
  else if (event.target.closest("[data-combobox-clear]")) { emptied(parts); parts.field.focus(); }
  else if (event.target === parts.field) opened(parts, true);
});
function emptied(parts) {
  parts.field.value = "";
  taken(parts, Object.assign(document.createElement("i"), { textContent: "" }));
}

// `data-select-all` ticks the boxes of its table; `data-bulk-count` says how many are ticked.
document.addEventListener("change", event => {
  const box = event.target;
  if (!box.matches?.("[data-select], [data-select-all]")) return;
  const table = box.closest("table");
  const boxes = [...table.querySelectorAll("[data-select]")];
  if (box.matches("[data-select-all]")) for (const other of boxes) other.checked = box.checked;
  else if (event.shiftKey === undefined && table.aoLast && table.aoRange) {
    const [from, to] = [boxes.indexOf(table.aoLast), boxes.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
  }
  table.aoLast = box;
  const all = table.querySelector("[data-select-all]");
  const ticked = boxes.filter(other => other.checked).length;
  if (all) [all.checked, all.indeterminate] = [ticked > 0 && ticked === boxes.length, ticked > 0 && ticked < boxes.length];
  const bar = boxes[0]?.form;
  if (bar?.matches("[data-bulk]")) counted(bar);
});
// `data-bulk-all`: all that fit, and how many they are.
document.addEventListener("change", event => {
  if (event.target.matches?.("[data-bulk-all]")) counted(event.target.form);
});
// Shift and a press ticks all rows from the last one to this one.
document.addEventListener("click", event => {
  const table = event.target.matches?.("[data-select]") && event.target.closest("table");
  if (table) table.aoRange = event.shiftKey;
}, true);
function counted(bar) {
  const count = bar.querySelector("[data-bulk-count]");
  if (!count) return;
  count.aoWords ??= count.textContent;
  const all = bar.querySelector("[data-bulk-all]:checked");
  const ticked = all?.dataset.bulkAll ?? [...bar.elements].filter(element => element.matches("[data-select]:checked")).length;
  const text = `${count.aoWords} ${ticked}`;
  if (count.textContent !== text) count.textContent = text;
}

// `data-drop-names`: which files were chosen.
document.addEventListener("change", event => {
  const names = event.target.matches?.("[data-drop] input[type=file]") && event.target.closest("[data-drop]").querySelector("[data-drop-names]");
  if (names) names.textContent = [...event.target.files].map(file => file.name).join(", ");
});
