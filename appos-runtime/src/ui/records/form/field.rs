//! One field of a form: its name, what to write, the control, and what is wrong.

use dioxus::prelude::*;

use super::super::relation::Picking;
use super::super::words;
use super::check::check;
use super::control::control;
use super::load::Filled;
use super::plan::{Input, Plan};
use super::sheet::{Cell, Part, Pick};
use super::{names, summary, text};
use crate::registry::{FieldDescriptor, Validation};
use crate::security::Permission;
use crate::ui::page::Wrong;
use crate::ui::pieces::{self, Draft, Spelling};
use crate::ui::shell::ByReference;
use crate::ui::text::Format;
use crate::ui::text::own::forms;
use crate::value::FieldType;

/// What a field of a form shows.
#[derive(Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the field")]
pub(super) struct Shown {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) typed: String,
    /// What the field held when the form was made, where that is to be known when it is sent.
    base: Option<String>,
    pub(super) error: Option<String>,
    pub(super) required: bool,
    pub(super) blind: bool,
    /// True if nothing typed leaves the field as it is.
    pub(super) keeps: bool,
    pub(super) autofocus: bool,
    pub(super) picking: Option<Picking>,
    object: ByReference,
    place: usize,
    permission: Permission,
}

impl Shown {
    pub(super) fn field(&self) -> &'static FieldDescriptor {
        // The place comes from the record itself.
        &crate::model::record_of(self.object.0).fields[self.place]
    }

    /// The ids of the texts that say more.
    pub(super) fn described_by(&self) -> Option<String> {
        let ids = [(help(self).is_some(), "help"), (self.error.is_some(), "error")];
        let ids: Vec<String> =
            ids.iter().filter(|(is_there, _)| *is_there).map(|(_, part)| format!("{}-{part}", self.id)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// True if the field is several controls under one name.
    fn is_group(&self) -> bool {
        super::control::is_group(self.field())
    }
}

/// All fields of a row in a form.
pub(super) fn fields(
    filled: &Filled,
    (plan, part): (&Plan, &Part),
    (wrong, prefix): (Option<&Wrong>, &str),
    autofocus: bool,
) -> Element {
    let all =
        (0..plan.inputs.len()).map(|at| field_at(filled, (plan, part), (wrong, prefix), at, autofocus && at == 0));
    rsx! { {all} }
}

/// The field at this place of the plan.
pub(super) fn field_at(
    filled: &Filled,
    (plan, part): (&Plan, &Part),
    (wrong, prefix): (Option<&Wrong>, &str),
    at: usize,
    autofocus: bool,
) -> Element {
    let Some((input, cell)) = plan.inputs.get(at).zip(part.cells.get(at)) else { return VNode::empty() };
    // A form that comes back is another: it shows what was sent, and what others have written.
    let sent = filled.number;
    let shown = shown(filled, (plan, part), (input, cell), (wrong, prefix), autofocus);
    match &cell.clash {
        Some(clash) => clash_field(filled, input, &shown, (cell, &clash.before, clash.pick)),
        None => rsx! {
            FieldOf { key: "{shown.id} {sent}", shown }
        },
    }
}

fn shown(
    filled: &Filled,
    (plan, part): (&Plan, &Part),
    (input, cell): (&Input, &Cell),
    (wrong, prefix): (Option<&Wrong>, &str),
    autofocus: bool,
) -> Shown {
    let name = names::of(&part.path, input.field.name);
    let id = names::id(prefix, &name);
    let error = summary::of_field(wrong, &name, (words::label(input.field), Some(input.field)));
    let exists = part.version.is_some();
    let row_of_many = !part.path.is_empty();
    let mut shown = Shown {
        base: ((exists || row_of_many) && !input.blind).then(|| cell.base.clone()),
        typed: cell.typed.clone(),
        required: input.is_required() && !(input.blind && exists),
        blind: input.blind,
        keeps: input.blind && exists,
        picking: None,
        object: ByReference(plan.object),
        place: input.place,
        permission: if exists { Permission::Update } else { Permission::Create },
        autofocus,
        id,
        name,
        error,
    };
    if let FieldType::Reference(target) = input.field.field_type {
        let target = target();
        let offer = filled.offers.get(target.reference).cloned().unwrap_or_default();
        let (searched, offer) = match filled.searched.get(&shown.name) {
            Some((text, found)) => (text.clone(), found.clone()),
            None => (String::new(), offer),
        };
        if offer.visible {
            let id = shown.typed.parse::<i64>().ok();
            let text = id.map(|id| filled.names.of(target, id).map_or_else(|| format!("#{id}"), str::to_owned));
            shown.picking = Some(Picking {
                id: shown.id.clone(),
                name: shown.name.clone(),
                label: words::label(input.field).to_owned(),
                target: ByReference(target),
                value: shown.typed.clone(),
                text: text.unwrap_or_default(),
                offer,
                search: (names::search(&shown.name), names::FIND, searched),
                required: shown.required,
                invalid: shown.error.is_some(),
                described_by: shown.described_by(),
            });
        }
    }
    shown
}

/// A field, which is asked about as soon as it is left.
#[component]
fn FieldOf(shown: Shown) -> Element {
    // What was said of it since the form was made: for the error that it had then.
    let mut said = use_signal(|| None::<(Option<String>, Option<String>)>);
    let (object, field, permission) = (shown.object.0, shown.field(), shown.permission);
    let (then, keeps) = (shown.error.clone(), shown.keeps);
    let onchange = EventHandler::new(move |typed: String| {
        let then = then.clone();
        spawn(async move {
            let now = if keeps && typed.is_empty() { None } else { check(object, permission, field, &typed).await };
            said.set(Some((then, now)));
        });
    });
    let mut shown = shown;
    if let Some((_, now)) = said.read().as_ref().filter(|(then, _)| *then == shown.error) {
        shown.error.clone_from(now);
        if let Some(picking) = &mut shown.picking {
            picking.invalid = now.is_some();
        }
    }
    match pieces::input(shown.object.0, field) {
        Some(own) => own_frame(&shown, own.input(draft(&shown, onchange))),
        None => frame(&shown, control(&shown, onchange)),
    }
}

/// What the app's own control is told.
fn draft(shown: &Shown, onchange: EventHandler<String>) -> Draft {
    let field = shown.field();
    Draft {
        id: shown.id.clone(),
        name: shown.name.clone(),
        label: words::label(field).to_owned(),
        text: shown.typed.clone(),
        value: text::value(field, &shown.typed).filter(|_| !shown.blind),
        required: shown.required,
        nullable: field.nullable,
        invalid: shown.error.is_some(),
        autofocus: shown.autofocus,
        described_by: shown.described_by(),
        onchange,
        spelling: Spelling { field_type: field.field_type, text_of: text::of },
    }
}

/// Around a control of the app: one control finds its label by its id, several are a group by its name.
fn own_frame(shown: &Shown, control: Element) -> Element {
    let id = &shown.id;
    let (before, after, end) = around(shown);
    rsx! {
        div { class: "ao-field", role: "group", "aria-labelledby": "{id}-label",
            {before}
            label { class: "ao-label", id: "{id}-label", r#for: "{id}", {words::label(shown.field())} {mark(shown)} }
            {after}
            {control}
            {end}
        }
    }
}

/// What stands before a control, between its label and it, and below it.
fn around(shown: &Shown) -> (Element, Element, Element) {
    let Shown { id, name, .. } = shown;
    let before = rsx! {
        if let Some(base) = &shown.base {
            // Written once, as the control: a form that was put back after a restart keeps what it knew.
            input { r#type: "hidden", name: names::base(name), "value": "{base}" }
        }
    };
    let after = rsx! {
        if let Some(help) = help(shown) {
            p { class: "ao-help", id: "{id}-help", "{help}" }
        }
    };
    let end = rsx! {
        if shown.keeps && shown.field().nullable {
            label { class: "ao-tick",
                input { class: "ao-checkbox", r#type: "checkbox", name: names::clear(name), value: "true" }
                span { {forms::remove_value()} }
            }
        }
        // It is there before it says something, so that a screen reader hears it.
        div { "aria-live": "polite",
            if let Some(error) = &shown.error {
                p { class: "ao-field-error", id: "{id}-error", "{error}" }
            }
        }
    };
    (before, after, end)
}

fn frame(shown: &Shown, control: Element) -> Element {
    let id = &shown.id;
    let is_tick = matches!(shown.field().field_type, FieldType::Bool) && !shown.field().nullable;
    let (before, after, end) = around(shown);
    if shown.is_group() {
        return rsx! {
            fieldset { class: "ao-field ao-fieldset", id: "{id}", "aria-describedby": shown.described_by(),
                {before}
                legend { class: "ao-label", {words::label(shown.field())} {mark(shown)} }
                {after}
                {control}
                {end}
            }
        };
    }
    if is_tick {
        return rsx! {
            div { class: "ao-field ao-field-tick",
                {before}
                {control}
                {after}
                {end}
            }
        };
    }
    rsx! {
        div { class: "ao-field",
            {before}
            label { class: "ao-label", r#for: "{id}", {words::label(shown.field())} {mark(shown)} }
            {after}
            {control}
            {end}
        }
    }
}

fn mark(shown: &Shown) -> Element {
    rsx! {
        if shown.required {
            // The control itself says that it is required.
            span { class: "ao-required", "aria-hidden": "true", title: forms::required(), "*" }
        }
    }
}

/// What to write: the field's own description, and its limits.
fn help(shown: &Shown) -> Option<String> {
    let field = shown.field();
    let mut all: Vec<String> = Vec::new();
    if !field.description.trim().is_empty() {
        // Lines of a comment are one sentence after another.
        all.push(field.description.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    all.extend(field.validations.iter().filter_map(limits));
    match field.field_type {
        FieldType::DateTime => all.push(forms::time_zone(&Format::current().time_zone().to_string())),
        FieldType::List(item) if text::list_form(item) == text::ListForm::Lines => {
            all.push(forms::one_a_line().to_owned());
        }
        FieldType::Reference(_) if shown.picking.is_none() => all.push(forms::number_of_row().to_owned()),
        _ => {}
    }
    if shown.keeps {
        all.push(forms::value_hidden().to_owned());
    }
    (!all.is_empty()).then(|| all.join(" "))
}

fn limits(validation: &Validation) -> Option<String> {
    Some(match validation {
        Validation::Range { min: Some(min), max: Some(max), .. } => forms::from_to(min, max),
        Validation::Range { min: Some(min), .. } => forms::at_least(min),
        Validation::Range { max: Some(max), .. } => forms::at_most(max),
        Validation::Range { exclusive_min: Some(min), .. } => forms::more_than(min),
        Validation::Range { exclusive_max: Some(max), .. } => forms::less_than(max),
        _ => return None,
    })
}

/// A field that two have changed: both values, and what it was before.
fn clash_field(
    filled: &Filled,
    input: &Input,
    shown: &Shown,
    (cell, before, pick): (&Cell, &str, Option<Pick>),
) -> Element {
    let Shown { id, name, error, .. } = shown;
    let label = words::label(input.field);
    let said = |text: &str| readable(filled, input, text);
    let choices = [(Pick::Mine, forms::mine(), said(&cell.typed)), (Pick::Theirs, forms::other(), said(&cell.base))];
    // Boxes send a value each.
    let typed: Vec<&str> = match input.field.field_type {
        FieldType::List(item) if text::list_form(item) == text::ListForm::Boxes => cell.typed.split('\n').collect(),
        _ => vec![cell.typed.as_str()],
    };
    rsx! {
        fieldset { key: "{id}", class: "ao-field ao-fieldset ao-clash", id: "{id}",
            legend { class: "ao-label", "{label}" }
            for typed in typed {
                input { r#type: "hidden", name: "{name}", value: "{typed}" }
            }
            input { r#type: "hidden", name: names::base(name), value: "{cell.base}" }
            input { r#type: "hidden", name: names::before(name), value: "{before}" }
            p { class: "ao-help", {forms::before(&said(before))} }
            div { class: "ao-choices",
                for (choice , whose , value) in choices {
                    label { key: "{whose}", class: "ao-tick",
                        input {
                            class: "ao-radio",
                            r#type: "radio",
                            name: names::pick(name),
                            value: choice.as_str(),
                            checked: pick == Some(choice),
                            required: true,
                        }
                        span { "{whose}: " strong { "{value}" } }
                    }
                }
            }
            if let Some(error) = error {
                p { class: "ao-field-error", id: "{id}-error", "{error}" }
            }
        }
    }
}

/// A text of an input as it is shown beside others.
fn readable(filled: &Filled, input: &Input, typed: &str) -> String {
    if input.blind {
        return forms::not_shown().to_owned();
    }
    let name = match input.field.field_type {
        FieldType::Reference(target) => typed.parse().ok().and_then(|id| filled.names.of(target(), id)),
        _ => None,
    };
    let value = || text::value(input.field, typed);
    match name {
        Some(name) => name.to_owned(),
        None if typed.is_empty() => forms::empty().to_owned(),
        None => value().map_or_else(|| typed.to_owned(), |value| words::shown(input.field, &value)),
    }
}
