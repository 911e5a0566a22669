// Events that components of the page listen to, as the server reads them.

const delegated = new Set();
// Events that stay where they happen.
const QUIET = new Set(("blur cancel focus mouseenter mouseleave pointerenter pointerleave scroll scrollend toggle "
  + "beforetoggle invalid load error").split(" "));
// Events of which only the newest counts.
const FREQUENT = new Set("mousemove pointermove scroll wheel selectionchange".split(" "));

function delegate(type) {
  if (delegated.has(type)) return;
  delegated.add(type);
  // On its way down: what does not rise is seen, too.
  document.addEventListener(type, heard, { capture: true, passive: type === "wheel" || type === "scroll" });
}

function heard(event) {
  let element = event.target;
  if (element?.nodeType !== Node.ELEMENT_NODE) element = element?.parentElement;
  const target = element;
  const quiet = QUIET.has(event.type);
  while (element && !element.aoOn?.has(event.type)) element = quiet ? null : element.parentElement;
  if (!element) return;
  if (event.type === "submit" || element.dataset.prevent?.split(" ").includes(event.type)) event.preventDefault();
  if (FREQUENT.has(event.type) && unhandled.some(message => message.type === event.type)) return;
  const number = tell(event.type, "e", element.aoId, event.type, !quiet, described(event, target));
  if (event.type === "input" || event.type === "change") {
    target.aoSent = number;
    target.aoUntold = false;
  }
}

function described(event, target) {
  const keys = {
    alt_key: !!event.altKey, ctrl_key: !!event.ctrlKey, meta_key: !!event.metaKey, shift_key: !!event.shiftKey,
  };
  if (event instanceof KeyboardEvent) {
    return {
      ...keys, key: event.key ?? "", code: event.code ?? "", key_code: event.keyCode, which: event.which,
      char_code: event.charCode, location: event.location, repeat: event.repeat, is_composing: event.isComposing,
    };
  }
  if (event instanceof MouseEvent) {
    const data = {
      ...keys, button: event.button, buttons: event.buttons, client_x: event.clientX, client_y: event.clientY,
      offset_x: event.offsetX, offset_y: event.offsetY, page_x: event.pageX, page_y: event.pageY,
      screen_x: event.screenX, screen_y: event.screenY,
    };
    if (event instanceof WheelEvent) {
      return {
        ...data, delta_mode: event.deltaMode, delta_x: event.deltaX, delta_y: event.deltaY, delta_z: event.deltaZ,
      };
    }
    if (!(event instanceof PointerEvent)) return data;
    return {
      ...data, pointer_id: event.pointerId, width: event.width, height: event.height, pressure: event.pressure,
      tangential_pressure: event.tangentialPressure, tilt_x: event.tiltX, tilt_y: event.tiltY, twist: event.twist,
      pointer_type: event.pointerType, is_primary: event.isPrimary,
    };
  }
  switch (event.type) {
    case "input": case "change": case "invalid": return { value: valueOf(target) };
    case "submit": case "reset": return { value: "", values: fieldsOf(event.target, event.submitter) };
    case "compositionstart": case "compositionupdate": case "compositionend": return { data: event.data ?? "" };
    case "transitionend":
      return {
        property_name: event.propertyName, pseudo_element: event.pseudoElement, elapsed_time: event.elapsedTime,
      };
    case "animationstart": case "animationend": case "animationiteration":
      return {
        animation_name: event.animationName, pseudo_element: event.pseudoElement, elapsed_time: event.elapsedTime,
      };
    case "scroll": case "scrollend":
      return {
        scroll_top: target.scrollTop, scroll_left: target.scrollLeft, scroll_width: target.scrollWidth,
        scroll_height: target.scrollHeight, client_width: target.clientWidth, client_height: target.clientHeight,
      };
    default: return {};
  }
}

function valueOf(element) {
  if (element.type === "checkbox" || element.type === "radio") return String(element.checked);
  return String(element.value ?? element.textContent ?? "");
}

// Names and texts of a form; a file cannot be told this way.
function fieldsOf(form, submitter) {
  return [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string");
}

document.addEventListener("input", event => {
  // Told by then, if anybody listens.
  if (!(event.target.aoSent > handled)) event.target.aoUntold = true;
});
document.addEventListener("compositionstart", event => { event.target.aoComposing = true; }, true);
document.addEventListener("compositionend", event => { event.target.aoComposing = false; }, true);
