//! What a choices enum may not be.

use super::model::Choices;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{choices as catalogue, object};
use crate::naming;
use crate::syntax::derived;

pub(super) fn check(choices: &Choices<'_>, sink: &Sink) {
    check_name(choices, sink);
    check_presence(choices, sink);
    check_values(choices, sink);
    check_derives(choices, sink);
}

fn check_name(choices: &Choices<'_>, sink: &Sink) {
    if naming::is_reserved_type(choices.ident()) {
        sink.push(object::reserved_type_name(choices.ident()));
    }
}

fn check_presence(choices: &Choices<'_>, sink: &Sink) {
    if choices.variants.is_empty() {
        sink.push(catalogue::no_variants(choices.ident()));
    }
    for choice in &choices.variants {
        if let Some(attribute) = choice.attributes.iter().find(|attribute| attribute.path().is_ident("cfg")) {
            sink.push(catalogue::conditional_variant(&attribute.meta, choice.ident));
        }
    }
}

fn check_values(choices: &Choices<'_>, sink: &Sink) {
    for (index, choice) in choices.variants.iter().enumerate() {
        if let Some(literal) = choice.written_value.as_ref().filter(|_| choice.value.trim().is_empty()) {
            sink.push(catalogue::empty_value(literal, choice.ident));
        }
        let Some(earlier) = choices.variants.iter().take(index).find(|earlier| earlier.value == choice.value) else {
            continue;
        };
        match &choice.written_value {
            Some(literal) => sink.push(catalogue::duplicate_value(literal, &choice.value, earlier.ident)),
            None => sink.push(catalogue::duplicate_value(choice.ident, &choice.value, earlier.ident)),
        }
    }
}

fn check_derives(choices: &Choices<'_>, sink: &Sink) {
    for path in derived(&choices.item.attrs) {
        if path.segments.last().is_some_and(|segment| segment.ident == "Serialize" || segment.ident == "Deserialize") {
            sink.push(catalogue::derive_serde(&path));
        }
    }
}
