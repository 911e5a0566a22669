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

function keep() {
  const values = new Map();
  for (const element of document.body.querySelectorAll("input,textarea,select")) {
    if (["hidden", "file", "submit", "button"].includes(element.type)) continue;
    const changed = isChoice(element) ? element.checked !== element.defaultChecked
      : element.matches("select") ? [...element.options].some(option => option.selected !== option.defaultSelected)
        : element.value !== element.defaultValue || element.aoUntold || element.aoSent;
    const key = changed && keyOf(element);
    if (key) values.set(key, isChoice(element) ? element.checked : element.value);
  }
  const focused = document.activeElement;
  const key = focused?.matches("input,textarea,select") ? keyOf(focused) : null;
  let selection = null;
  try { selection = key && [focused.selectionStart, focused.selectionEnd]; } catch { }
  const touched = [...document.forms].map(form => !!form.aoTouched);
  return { values, key, selection, touched, y: scrollY };
}

// What the fields of a form hold, by their keys.
function valuesOf(form) {
  const values = new Map();
  for (const element of form.querySelectorAll("input,textarea,select")) {
    if (["hidden", "file", "submit", "button"].includes(element.type)) continue;
    const key = keyOf(element);
    if (key) values.set(key, isChoice(element) ? element.checked : element.value);
  }
  return values;
}

// What was typed into forms since they were sent, of those that the server has dealt with: a form that comes
// back shows what was sent.
function keepSince(upTo) {
  const values = new Map();
  for (const [number, { form, as }] of sent) {
    if (number > upTo || !form.isConnected) continue;
    for (const [key, value] of valuesOf(form)) if (as.get(key) !== value) values.set(key, value);
  }
  return values.size ? { ...keep(), values } : null;
}

function restore({ values, key, selection, touched, y }) {
  for (const element of document.body.querySelectorAll("input,textarea,select")) {
    const own = keyOf(element);
    if (values.has(own)) {
      const value = values.get(own);
      if (isChoice(element)) element.checked = value;
      else element.value = value;
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
  scrollTo({ top: y, behavior: "instant" });
}
