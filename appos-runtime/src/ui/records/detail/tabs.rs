//! Parts of a row's screen, where several kinds of rows belong to it: what it holds, each of these kinds, and its
//! history. Which one is shown stands in the address.

use dioxus::prelude::*;

use super::super::words;
use super::load::Seen;
use super::related::ADD;
use super::screen::ASK;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::ui::components::{Tab, Tabs};
use crate::ui::page::{Location, Note};
use crate::ui::text::own::lists;

/// The parameter that names the part.
pub(super) const TAB: &str = "tab";
/// The history of the row; no field has such a name.
const HISTORY: &str = "ao-history";

/// A part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Overview,
    /// The rows of the field at this place.
    Relation(usize),
    History,
}

/// The parts of a row's screen.
pub(super) struct Parts {
    pub(super) all: Vec<Part>,
    pub(super) shown: Part,
}

impl Parts {
    /// The parts, if there is enough for them; else all of the row stands on one screen.
    pub(super) fn of(object: &'static ObjectDescriptor, seen: &Seen, location: &Location) -> Option<Self> {
        let fields = record_of(object).fields;
        let many = seen.relations.iter().filter(|relation| relation.count.is_some()).count();
        if many < 2 {
            return None;
        }
        let relations = seen.relations.iter().map(|relation| Part::Relation(relation.place));
        let mut all: Vec<Part> = std::iter::once(Part::Overview).chain(relations).collect();
        if record_of(object).audit_log {
            all.push(Part::History);
        }
        // Where a row is to be added, the others of its kind are shown.
        let asked = location.parameter(TAB).or_else(|| location.parameter(ADD));
        let is_asked = |part: &Part| match (part, asked.as_deref()) {
            (Part::Relation(place), Some(name)) => fields.get(*place).is_some_and(|field| field.name == name),
            (Part::History, Some(name)) => name == HISTORY,
            _ => false,
        };
        let shown = all.iter().copied().find(is_asked).unwrap_or(Part::Overview);
        Some(Self { all, shown })
    }

    /// The tabs.
    pub(super) fn tabs(&self, object: &'static ObjectDescriptor, seen: &Seen, location: &Location) -> Element {
        let fields = record_of(object).fields;
        let key = |part: &Part| match part {
            Part::Overview => "",
            Part::Relation(place) => fields.get(*place).map_or("", |field| field.name),
            Part::History => HISTORY,
        };
        let to = |part: &Part| {
            let key = key(part);
            let gone = Note::PARAMETERS.into_iter().chain([ADD, ASK, "history"]).map(|name| (name, None));
            let changes: Vec<_> = gone.chain([(TAB, (!key.is_empty()).then_some(key))]).collect();
            location.with(&changes)
        };
        let tabs = self.all.iter().map(|part| match part {
            Part::Overview => Tab::link(key(part), lists::overview(), to(part)),
            Part::History => Tab::link(key(part), lists::history(), to(part)),
            Part::Relation(place) => {
                let tab = Tab::link(key(part), fields.get(*place).map_or("", words::label), to(part));
                let count = seen.relations.iter().find(|relation| relation.place == *place);
                match count.and_then(|relation| relation.count) {
                    Some(count) => tab.count(count),
                    None => tab,
                }
            }
        });
        rsx! {
            Tabs { label: words::singular(object), tabs: tabs.collect::<Vec<_>>(), selected: key(&self.shown).to_owned() }
        }
    }
}
