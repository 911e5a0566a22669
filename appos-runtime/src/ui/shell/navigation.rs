//! Where one can go: what the visitor may view, by app.

use crate::icon;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::ui::components::IconName;

use super::names;

/// A place to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) label: String,
    pub(crate) href: String,
    /// Before its label.
    pub(crate) icon: IconName,
}

/// Places that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) app: &'static str,
    pub(crate) label: String,
    pub(crate) entries: Vec<Entry>,
}

/// The records that somebody may view, in the order of their references.
pub(crate) fn viewable(registry: &'static Registry, rights: &Rights) -> Vec<&'static ObjectDescriptor> {
    let all = registry.objects().iter().copied();
    all.filter(|object| matches!(object.detail, ObjectDetail::Record(_)) && rights.allows(object, Permission::View))
        .collect()
}

/// Everywhere that the user of the present scope can go.
pub(crate) fn sections(registry: &'static Registry) -> Vec<Section> {
    let records = Ctx::current().and_then(|ctx| ctx.with_current_rights(|rights| viewable(registry, rights)));
    let mut sections: Vec<Section> = Vec::new();
    for object in records.unwrap_or_default() {
        let entry = Entry { label: names::plural(object), href: names::address(object), icon: icon!("table-2") };
        match sections.iter_mut().find(|section| section.app == object.app) {
            Some(section) => section.entries.push(entry),
            None => sections.push(Section { app: object.app, label: names::app(object.app), entries: vec![entry] }),
        }
    }
    // What the platform itself keeps is for few, and comes last.
    sections.sort_by_key(|section| section.app == "platform");
    sections
}
