//! Listeners that are there only if somebody listens: the browser sends nothing for the others.

use dioxus::prelude::*;

pub(super) fn on_click(handler: Option<EventHandler<MouseEvent>>) -> Vec<Attribute> {
    handler.map(|handler| onclick(move |event| handler.call(event))).into_iter().collect()
}

pub(super) fn on_input(handler: Option<EventHandler<FormEvent>>) -> Vec<Attribute> {
    handler.map(|handler| oninput(move |event| handler.call(event))).into_iter().collect()
}

pub(super) fn on_change(handler: Option<EventHandler<FormEvent>>) -> Vec<Attribute> {
    handler.map(|handler| onchange(move |event| handler.call(event))).into_iter().collect()
}

pub(super) fn on_submit(handler: Option<EventHandler<FormEvent>>) -> Vec<Attribute> {
    handler.map(|handler| onsubmit(move |event| handler.call(event))).into_iter().collect()
}
