// Small things that components ask for by an attribute (`ui/components/mod.rs` has the list). They work without
// the socket, too.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// After something was drawn.
function drawn() {
  for (const dialog of all('dialog[data-modal="open"]')) if (!dialog.aoModal) lift(dialog);
  for (const notice of all('[data-toast="leaves"],[data-passes]')) if (!notice.aoTimer) passing(notice);
  furnished();
}

function lift(dialog) {
  dialog.aoModal = true;
  // As the server wrote it, it stands in the page.
  dialog.removeAttribute("open");
  dialog.showModal();
  // What can be gone to is asked for when somebody first looks.
  if (dialog.dataset.combobox) dialog.querySelector("[role=combobox]")?.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("close", event => {
  const dialog = event.target;
  if (!dialog.aoModal) return;
  dialog.aoModal = false;
  const back = dialog.dataset.back;
  if (back && dialog.isConnected) isLive() ? go(back) : location.assign(back);
}, true);

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

// `data-key="ctrl+k"`, `"/"`, `"?"`: a field is gone to, a dialog opened, anything else pressed.
document.addEventListener("keydown", event => {
  if (event.isComposing || event.defaultPrevented || !event.key) return;
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.matches?.("input,textarea,select") || event.target.isContentEditable;
  if (typing && !command && event.key !== "Escape") return;
  const pressed = `${command ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.key.toLowerCase()}`;
  const above = document.querySelector("dialog:modal");
  for (const element of all("[data-key]", above ?? document)) {
    if (!element.dataset.key.toLowerCase().replaceAll("ctrl+", "mod+").split(" ").includes(pressed)) continue;
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
