// Nodes by the numbers that the server has for them, and the instructions that change them.

let nodes = [];
let templates = [];
// The last of this browser's messages that the server has handled.
let handled = 0;

const BOOLEAN = new Set(("allowfullscreen async autofocus autoplay checked controls default defer disabled "
  + "formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open playsinline "
  + "readonly required reversed selected webkitdirectory").split(" "));

function name(node, id) {
  nodes[id] = node;
  node.aoId = id;
  return node;
}

function listen(element, type) {
  (element.aoOn ||= new Set()).add(type);
  delegate(type);
}

// Finds the nodes of a page that was drawn by the server. Nothing is drawn again.
function bind(root) {
  nodes = [];
  templates = [];
  name(root, 0);
  for (const element of root.querySelectorAll("[data-ao]")) {
    name(element, +element.dataset.ao);
    if (element.dataset.on) for (const type of element.dataset.on.split(" ")) listen(element, type);
  }
  const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const marks = [];
  while (comments.nextNode()) marks.push(comments.currentNode);
  for (const mark of marks) {
    const id = +mark.data.slice(1);
    if (mark.data === "") mark.remove();
    else if (mark.data[0] === "p" && id) name(mark, id);
    else if (mark.data[0] === "t" && id) {
      let text = mark.nextSibling;
      // An empty text is no node of a page, and one that is very long is several.
      if (text?.nodeType !== Node.TEXT_NODE) mark.after(text = document.createTextNode(""));
      while (text.nextSibling?.nodeType === Node.TEXT_NODE) {
        text.data += text.nextSibling.data;
        text.nextSibling.remove();
      }
      name(text, id);
      mark.remove();
    }
  }
  styles(root);
}

// Gives nodes other numbers: pairs of the one before and the one from now on.
function renumber(pairs) {
  const moved = pairs.map(([before]) => nodes[before]);
  for (const [before] of pairs) delete nodes[before];
  pairs.forEach(([, now], place) => moved[place] && name(moved[place], now));
}

// Styles that the policy of a page does not let stand in its text.
function styles(root) {
  for (const element of root.querySelectorAll?.("[data-style],[data-width]") ?? []) style(element);
  if (root.dataset) style(root);
}

function style(element) {
  if (element.dataset.style) element.style.cssText = element.dataset.style;
  if (element.dataset.width) {
    const width = element.dataset.width;
    element.style.width = /^[\d.]+$/.test(width) ? `${width}%` : width;
  }
}

function build(node) {
  if (node === 0) return document.createComment("");
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, namespace, attributes, children] = node;
  const element = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag);
  for (let i = 0; i < attributes.length; i += 3) {
    const [key, value, space] = attributes.slice(i, i + 3);
    if (space === "style") element.dataset.style = `${element.dataset.style ?? ""}${key}:${value};`;
    else if (key === "style") element.dataset.style = value;
    else attribute(element, key, value, space);
  }
  for (const child of children) element.append(build(child));
  return element;
}

function attribute(element, key, value, namespace, later) {
  if (namespace === "style") return element.style.setProperty(key, value ?? "");
  switch (key) {
    case "style": return void (element.style.cssText = value ?? "");
    case "dangerous_inner_html": return inner(element, value ?? "");
    case "value":
      if (element.matches("input,textarea,select")) {
        // The options of a list may come after its value.
        if (later && element.matches("select")) return void later.push(() => write(element, value ?? ""));
        if (element.matches("input")) value === null ? element.removeAttribute(key) : element.setAttribute(key, value);
        return write(element, value ?? "");
      }
      break;
    case "checked":
      if (element.aoSent > handled) return;
      return void (element.checked = value !== null);
    case "selected": return void (element.selected = value !== null);
  }
  if (value === null) element.removeAttribute(key);
  else if (namespace) element.setAttributeNS(namespace, key, value);
  else element.setAttribute(key, BOOLEAN.has(key) ? "" : value);
  if (key === "data-width") style(element);
}

// The rows of each table as they were before what is drawn now.
let known = new Map();

// Rows that come as one text: those that are as they were stay, ticked or not.
function inner(element, html) {
  // What a drawing holds is read as a drawing.
  if (element.namespaceURI !== "http://www.w3.org/1999/xhtml" || !element.matches("tbody,ul,ol")) {
    const link = element.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    element.innerHTML = html;
    if (link) [...element.querySelectorAll("a[href]")].find(one => one.getAttribute("href") === link)?.focus({ preventScroll: true });
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = html;
  const key = row => row.querySelector?.("[data-select]")?.value ?? row.id;
  // A table may be in parts, among which rows go.
  const whole = element.closest("table") ?? element;
  if (!known.has(whole)) {
    const all = whole === element ? [...element.children] : [...whole.querySelectorAll("tbody > tr")];
    known.set(whole, new Map(all.map(row => [key(row), row])));
  }
  const before = known.get(whole);
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const cell = focused && cellIn(focused);
  const place = cell ? [cell.parentElement.id, cellsOf(cell.parentElement).indexOf(cell)] : null;
  const rows = [...made.content.childNodes].map(row => {
    const own = key(row);
    const same = own ? before.get(own) : null;
    if (same?.isEqualNode(row)) return same;
    if (same?.querySelector("[data-select]:checked")) row.querySelector("[data-select]").checked = true;
    return row;
  });
  element.replaceChildren(...rows);
  if (focused?.isConnected) return focused.focus({ preventScroll: true });
  // The row is another by now, and the cell is where it was.
  const again = place && document.getElementById(place[0])?.children[place[1]];
  if (again) focusCell(again);
}

// What a person is typing is newer than what the server says of it.
function write(element, value) {
  if (element.value === value || element.aoSent > handled || element.aoComposing) return;
  const focused = document.activeElement === element;
  if (focused && element.aoUntold) return;
  const [start, end] = focused && "selectionStart" in element ? [element.selectionStart, element.selectionEnd] : [];
  element.value = value;
  // Some kinds of fields know no selection.
  if (typeof start === "number") try { element.setSelectionRange(start, end); } catch { }
}

function apply(edits) {
  known = new Map();
  const ticked = tickedNow();
  const stack = [];
  const later = [];
  const top = count => count ? stack.splice(-count) : [];
  const step = path => path.reduce((node, place) => node.childNodes[place], stack[stack.length - 1]);
  for (const [code, a, b, c, d] of edits) {
    switch (code) {
      case 0: templates[a] = build(b); break;
      case 1: {
        const copy = templates[a].cloneNode(true);
        if (copy.dataset) styles(copy);
        stack.push(name(copy, b));
        break;
      }
      case 2: name(step(a), b); break;
      case 3: stack.push(name(document.createComment(""), a)); break;
      case 4: stack.push(name(document.createTextNode(a), b)); break;
      case 5: { const made = top(b); nodes[a]?.replaceWith(...made); break; }
      case 6: { const made = top(b); step(a).replaceWith(...made); break; }
      case 7: { const made = top(b); nodes[a]?.after(...made); break; }
      case 8: { const made = top(b); nodes[a]?.before(...made); break; }
      case 9: if (nodes[a]) attribute(nodes[a], b, c, d, later); break;
      case 10: if (nodes[a]) nodes[a].textContent = b; break;
      case 11: listen(nodes[a], b); break;
      case 12: nodes[a].aoOn?.delete(b); break;
      case 13: nodes[a]?.remove(); break;
      case 14: stack.push(nodes[a]); break;
      case 15: { const made = top(b); nodes[a].append(...made); break; }
    }
  }
  for (const then of later) then();
  tickAgain(ticked);
}
