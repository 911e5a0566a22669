// What somebody has typed into a page, kept while the page is replaced by another that looks like it.

function keyOf(element) {
  const form = element.form;
  const of = form ? form.id || form.getAttribute("action") || [...document.forms].indexOf(form) : "";
  const own = element.name || element.id;
  if (!own) return null;
  const same = [...document.querySelectorAll("input,textarea,select")]
    .filter(other => other.form === form && (other.name || other.id) === own);
  return JSON.stringify([of, own, same.indexOf(element)]);
}

const isChoice = element => element.type === "checkbox" || element.type === "radio";
// What no form keeps: a token is that of the session, and a file cannot be put back.
const isKept = element => !["file", "submit", "button"].includes(element.type) && element.name !== "csrf_token";
const fieldsOn = page => [...page.querySelectorAll("input,textarea,select")].filter(isKept);

function isChanged(element) {
  if (element.type === "hidden") return false;
  if (isChoice(element)) return element.checked !== element.defaultChecked;
  if (element.matches("select")) return [...element.options].some(option => option.selected !== option.defaultSelected);
  return element.value !== element.defaultValue || element.aoUntold || element.aoSent;
}

function keep() {
  const values = new Map();
  const fields = fieldsOn(document.body);
  // A form that somebody has begun to fill in is kept whole: what it knew of its row, such as the version, belongs to
  // what was typed. With the version of a row that was read later, it would undo what others have written meanwhile.
  const begun = new Set([...document.forms].filter(form => form.aoTouched || fields.some(field => field.form === form && isChanged(field))));
  for (const element of fields) {
    const key = (begun.has(element.form) || isChanged(element)) && keyOf(element);
    if (key) values.set(key, isChoice(element) ? element.checked : element.value);
  }
  const sheets = [...begun].filter(form => form.matches("[data-unsaved]"))
    .map(form => ({ action: form.getAttribute("action"), fields: fieldsOf(form) }));
  const focused = document.activeElement;
  const key = focused?.matches("input,textarea,select") ? keyOf(focused) : null;
  let selection = null;
  try { selection = key && [focused.selectionStart, focused.selectionEnd]; } catch { }
  const touched = [...document.forms].map(form => !!form.aoTouched);
  return { values, sheets, key, selection, touched, y: scrollY };
}

const heldBy = element => isChoice(element) ? element.checked : element.value;

// What the fields of a form hold, by their keys.
function fieldsByKey(form) {
  const fields = new Map();
  for (const element of fieldsOn(form)) {
    if (element.type === "hidden") continue;
    const key = keyOf(element);
    if (key) fields.set(key, element);
  }
  return fields;
}

const valuesOf = form => new Map([...fieldsByKey(form)].map(([key, element]) => [key, heldBy(element)]));

// What was typed into forms since they were sent. One that comes back has other fields, with what was sent:
// the answer puts in those what was typed into fields that are gone by then.
function keepSince() {
  const late = [];
  for (const form of document.forms) {
    if (!form.aoSentAs) continue;
    for (const [key, element] of fieldsByKey(form)) {
      if (form.aoSentAs.get(key) !== heldBy(element)) late.push([key, element, heldBy(element)]);
    }
  }
  if (!late.length) return () => {};
  const kept = keep();
  return () => {
    const gone = late.filter(([, element]) => !element.isConnected);
    if (gone.length) restore({ ...kept, sheets: [], values: new Map(gone.map(([key, , value]) => [key, value])) });
  };
}

function restore({ values, sheets, key, selection, touched, y }) {
  for (const element of fieldsOn(document.body)) {
    const own = keyOf(element);
    const value = values.get(own);
    if (value !== undefined && value !== (isChoice(element) ? element.checked : element.value)) {
      if (isChoice(element)) element.checked = value;
      else element.value = value;
      if (element.type === "hidden") element.setAttribute("value", value);
      // Whoever listens learns of it.
      element.dispatchEvent(new Event("input", { bubbles: true }));
      if (isChoice(element) || element.matches("select")) element.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (own && own === key) {
      element.focus({ preventScroll: true });
      if (typeof selection?.[0] === "number") try { element.setSelectionRange(...selection); } catch { }
    }
  }
  [...document.forms].forEach((form, place) => { if (touched[place]) form.aoTouched = true; });
  for (const { action, fields } of sheets) again(action, fields);
  scrollTo({ top: y, behavior: "instant" });
}

// A form with rows that this page does not have, or without some that it has: the server draws it as it was.
function again(action, fields) {
  const form = [...document.querySelectorAll("form[data-unsaved]")].find(form => form.getAttribute("action") === action);
  if (!form) return;
  const names = list => new Set(list.map(([name]) => name));
  const [before, now] = [names(fields), names(fieldsOf(form))];
  if (before.size === now.size && [...before].every(name => now.has(name))) return;
  const to = new URL(action, location.href);
  const token = form.elements.csrf_token?.value ?? "";
  const kept = fields.map(([name, value]) => [name, name === "csrf_token" ? token : value]);
  tell("form", "form", to.pathname + to.search, [...kept, ["ao-again", "true"]]);
}
