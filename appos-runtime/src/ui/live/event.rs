//! Events of a browser, as components take them. What an event says comes from outside: of files it may say
//! nothing, since a component that asks for one would have the server read a path of the sender's choice.

use std::any::Any;
use std::rc::Rc;

use dioxus_core::ElementId;
use dioxus_html::{EventData, HtmlEvent, SerializedFormData, SerializedFormObject};
use serde_json::{Value as Json, json};

/// Events that carry no files. Others are not told by the script, and not taken.
const PLAIN: &[&str] = &[
    "animationend",
    "animationiteration",
    "animationstart",
    "auxclick",
    "beforetoggle",
    "blur",
    "cancel",
    "click",
    "compositionend",
    "compositionstart",
    "compositionupdate",
    "contextmenu",
    "dblclick",
    "focus",
    "focusin",
    "focusout",
    "keydown",
    "keypress",
    "keyup",
    "mousedown",
    "mouseenter",
    "mouseleave",
    "mousemove",
    "mouseout",
    "mouseover",
    "mouseup",
    "pointercancel",
    "pointerdown",
    "pointerenter",
    "pointerleave",
    "pointermove",
    "pointerout",
    "pointerover",
    "pointerup",
    "scroll",
    "scrollend",
    "select",
    "selectionchange",
    "selectstart",
    "toggle",
    "transitionend",
    "wheel",
];

/// Events of forms, whose values are read one by one.
const FORM: &[&str] = &["change", "input", "invalid", "reset", "submit"];

/// An event for a component; `None`: it is none that a component may be told.
pub(super) fn data(name: &str, data: &Json) -> Option<Rc<dyn Any>> {
    if FORM.contains(&name) {
        return form(data).map(|data| EventData::Form(data).into_any());
    }
    if !PLAIN.contains(&name) {
        return None;
    }
    let event = json!({ "element": ElementId(0), "name": name, "bubbles": true, "data": data });
    // The error would repeat what was typed.
    serde_json::from_value::<HtmlEvent>(event).ok().map(|event| event.data.into_any())
}

fn form(data: &Json) -> Option<SerializedFormData> {
    let mut values = Vec::new();
    for pair in data.get("values").and_then(Json::as_array).map_or(&[][..], Vec::as_slice) {
        let [key, text] = pair.as_array()?.as_slice() else { return None };
        values.push(SerializedFormObject {
            key: key.as_str()?.to_owned(),
            text: Some(text.as_str()?.to_owned()),
            file: None,
        });
    }
    let value = data.get("value").and_then(Json::as_str).unwrap_or_default().to_owned();
    Some(SerializedFormData::new(value, values))
}

#[cfg(test)]
mod tests {
    use dioxus_html::{PlatformEventData, SerializedFormData};
    use serde_json::json;

    use super::data;

    #[test]
    fn what_a_form_says_of_files_is_not_read() {
        let said = json!({ "value": "x", "values": [["a", "1"]], "files": ["/etc/passwd"] });
        let event = data("input", &said).unwrap();
        let event = event.downcast_ref::<PlatformEventData>().unwrap();
        let form = event.downcast::<SerializedFormData>().unwrap();
        assert_eq!((form.value.as_str(), form.values.len()), ("x", 1));
        assert!(form.values[0].file.is_none());
        let file = json!({ "path": "/etc/passwd", "size": 1, "last_modified": 1 });
        assert!(data("change", &json!({ "values": [{ "key": "a", "text": null, "file": file }] })).is_none());
        assert!(data("submit", &json!({ "values": [["a", file]] })).is_none());
    }

    #[test]
    fn other_events_are_none() {
        for name in ["drop", "paste", "mounted", "load", "", "CLICK", "online"] {
            assert!(data(name, &json!({})).is_none(), "{name}");
        }
        assert!(data("click", &json!({ "button": "left" })).is_none());
        assert!(data("keydown", &json!(null)).is_none());
    }
}
