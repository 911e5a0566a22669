//! Interfaces: components whose drawing is a dispatch.

use dioxus::prelude::*;

use super::draw::{Drawn, draw, failure, loading};
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;

/// Draws an interface. To whoever may not view it, it is not there.
pub(crate) fn render_interface<I>(
    object: &'static ObjectDescriptor,
    inputs: &I,
    body: impl FnOnce(Ctx) -> Element,
) -> Element
where
    I: PartialEq + Clone + 'static,
{
    match draw(object, inputs, LoggedArguments::none(), body) {
        Drawn::Shown(element) => element,
        Drawn::Refused => VNode::empty(),
        Drawn::Failed(error) => failure(&error),
        Drawn::NotYet => loading(),
    }
}
