// Cells of a list: walked through with arrow keys, and edited where they stand. `data-fields` on a table names
// the field of each column that can be edited, `data-edits` the address that edits one.

const CELLS = "table[data-fields]";
// The cell that is edited, and what is said when it was saved.
let edited = null;
let saving = null;

const rowsOf = table => [...table.querySelectorAll("tbody tr")];
const cellsOf = row => [...row.children];
const cellIn = target => {
  const cell = target.closest?.("td, th");
  return cell?.closest("tbody")?.closest(CELLS) ? cell : null;
};

// The name of a cell: `5.status`; nothing if it cannot be edited.
function nameOf(cell) {
  const row = cell.parentElement;
  const from = row.querySelector(":scope > .ao-check") ? 1 : 0;
  const field = cell.closest(CELLS).dataset.fields.split(",")[cellsOf(row).indexOf(cell) - from];
  return field && row.id.startsWith("row-") ? `${row.id.slice(4)}.${field}` : null;
}

function cellOf(name) {
  const [id, field] = name.split(".");
  const row = document.getElementById(`row-${id}`);
  const table = row?.closest(CELLS);
  const place = table ? table.dataset.fields.split(",").indexOf(field) : -1;
  return place < 0 ? null : cellsOf(row)[place + (row.querySelector(":scope > .ao-check") ? 1 : 0)];
}

function focusCell(cell) {
  const own = cell.querySelector(":scope > .ao-row-to, :scope > input[type=checkbox]");
  if (!own) cell.tabIndex = -1;
  (own ?? cell).focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// A form that is filled in where a value stood.
const openForm = () => document.querySelector("form[data-cell]");

function edit(cell) {
  const name = nameOf(cell);
  if (!name) return;
  const address = cell.closest(CELLS).dataset.edits + name;
  const form = openForm();
  if (form) return form.aoTouched ? send(form, address) : stay(address);
  stay(address);
}

// Goes on in the same place; the address takes the place of the present one.
function stay(address) {
  const form = openForm();
  if (form) form.aoTouched = false;
  if (!isLive()) return location.assign(address);
  if (!mayLeave()) return;
  history.replaceState({ ...history.state, y: scrollY }, "", address);
  go(address, { y: scrollY, push: false, stay: true });
}

function send(form, then) {
  form.elements["ao-then"].value = then ?? "";
  form.requestSubmit();
}

// After something was drawn: the field takes the focus, and gives it back to its cell.
function celled() {
  const form = openForm();
  if (saving && form?.dataset.cell !== saving.cell) {
    announce(saving.said);
    saving = null;
  }
  if (form) {
    edited = form.dataset.cell;
    // One that comes back with what is wrong is another.
    if (form.aoShown === form.dataset.number) return;
    form.aoShown = form.dataset.number;
    const field = fieldsIn(form)[0];
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (field?.matches("input:not([type=checkbox], [type=radio])")) field.select();
  } else if (edited) {
    const cell = cellOf(edited);
    edited = null;
    if (cell) focusCell(cell);
  }
}

// The row of the cell that is edited is another one for the page, and ticked as before.
const tickedNow = () => new Set([...document.querySelectorAll(`${CELLS} [data-select]:checked`)].map(box => box.value));
function tickAgain(ticked) {
  const box = ticked.size && document.querySelector(`${CELLS} .ao-row-edited [data-select]`);
  if (box && ticked.has(box.value)) box.checked = true;
}

// What is filled in, each group of radios once.
function fieldsIn(form) {
  const all = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(field => field.checkVisibility());
  return all.filter(field => field.type !== "radio" || field.checked
    || (!form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`) && all.find(other => other.name === field.name) === field));
}

function keyed(event, form) {
  const field = event.target;
  switch (event.key) {
    case "Escape": form.querySelector("[data-cell-cancel]")?.click(); break;
    case "Enter":
      // A text has lines; a button is pressed; a field sends its form by itself.
      if (field.matches("textarea") ? !(event.ctrlKey || event.metaKey) : !field.matches("select")) return;
      send(form);
      break;
    case "Tab": {
      const fields = fieldsIn(form);
      const way = event.shiftKey ? "previous" : "next";
      if (field !== (event.shiftKey ? fields[0] : fields.at(-1))) return;
      send(form, form.dataset[way]);
      break;
    }
    default: return;
  }
  event.preventDefault();
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing) return;
  const form = event.target.closest?.("form[data-cell]");
  if (form) return keyed(event, form);
  const cell = cellIn(event.target);
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const row = cell.parentElement;
  const rows = rowsOf(row.closest("table"));
  const at = cellsOf(row).indexOf(cell);
  let to;
  switch (event.key) {
    case "ArrowLeft": to = cellsOf(row)[at - 1]; break;
    case "ArrowRight": to = cellsOf(row)[at + 1]; break;
    case "ArrowUp": to = rows[rows.indexOf(row) - 1]?.children[at]; break;
    case "ArrowDown": to = rows[rows.indexOf(row) + 1]?.children[at]; break;
    case "Home": to = cellsOf(row)[0]; break;
    case "End": to = cellsOf(row).at(-1); break;
    case "F2": event.preventDefault(); return edit(cell);
    case "Enter":
      // On a link in it, Enter follows the link.
      if (event.target !== cell) return;
      event.preventDefault();
      return edit(cell);
    default: return;
  }
  event.preventDefault();
  if (to) focusCell(to);
});

// What has the focus by a key alone is no stop of the Tab key, and no other row than the server's.
document.addEventListener("focusout", event => {
  if (event.target.matches?.("td[tabindex], th[tabindex]")) event.target.removeAttribute("tabindex");
});

// A press takes hold of a cell, a second one edits it.
document.addEventListener("click", event => {
  if (event.button || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  const cell = event.target.closest?.("td[data-e]");
  if (!cell || event.target.closest("a, button, input, select, textarea")) return;
  if (document.activeElement === cell || event.detail > 1) edit(cell);
  else if (String(getSelection()) === "") focusCell(cell);
});

// Giving up is no loss that is asked about.
document.addEventListener("click", event => {
  const way = event.target.closest?.("[data-cell-cancel]");
  const form = way?.closest("form");
  if (!way || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (form) form.aoTouched = false;
  stay(way.getAttribute("href"));
}, true);
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.matches?.("form[data-cell]")) saving = { cell: form.dataset.cell, said: form.dataset.saved };
});
