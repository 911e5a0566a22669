// A page that the server has drawn anew takes the place of this one: nodes that are in both stay, with what a person
// has opened, ticked, and typed, and with the focus.

// What scripts and people have set, and the server does not know of.
const OWN = new Set("open style tabindex hidden aria-busy aria-activedescendant data-active data-style".split(" "));

function morph(old, now) {
  if (now.aoId === undefined) delete old.aoId;
  else name(old, now.aoId);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  old.aoOn = now.aoOn;
  for (const { name: key } of [...old.attributes]) {
    if (!now.hasAttribute(key) && !OWN.has(key)) attribute(old, key, null);
  }
  for (const { name: key, value } of now.attributes) {
    if (key === "style" || old.getAttribute(key) === value) continue;
    attribute(old, key, value, null);
    if (key === "data-style") style(old);
  }
  if (old.matches("textarea")) write(old, now.value);
  grow(old, now);
}

// Gives an element the children of another one.
function grow(old, now) {
  const before = [...old.childNodes];
  const used = new Set();
  let from = 0;
  const same = made => {
    const fits = node => !used.has(node) && node.nodeName === made.nodeName && (node.id ?? "") === (made.id ?? "");
    const place = before.findIndex((node, at) => (made.id || at >= from) && fits(node));
    if (place < 0) return null;
    if (!made.id) from = place + 1;
    used.add(before[place]);
    return before[place];
  };
  let next = old.firstChild;
  for (const made of [...now.childNodes]) {
    const kept = same(made);
    if (kept) morph(kept, made);
    const node = kept ?? made;
    if (node === next) next = next.nextSibling;
    else {
      // What is left out on the way is gone, rather than that what stays is moved: a node that moves loses the focus.
      while (kept && next && !used.has(next) && node !== next && node.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
      }
      if (node === next) next = next.nextSibling;
      else old.insertBefore(node, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}
