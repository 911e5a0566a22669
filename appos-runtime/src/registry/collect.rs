//! The objects linked into this program, sorted and found by reference.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::descriptor::{AppDescriptor, ObjectDescriptor, ObjectDetail};
use super::record::RecordDescriptor;

/// One object, as the macros hand it in at link time.
pub struct Registration(pub &'static ObjectDescriptor);

/// One app, as `app!()` hands it in at link time.
pub struct AppRegistration(pub &'static AppDescriptor);

inventory::collect!(Registration);
inventory::collect!(AppRegistration);

/// Every object of this program.
pub struct Registry {
    objects: Vec<&'static ObjectDescriptor>,
    apps: Vec<&'static AppDescriptor>,
    by_reference: HashMap<&'static str, &'static ObjectDescriptor>,
}

impl Registry {
    /// The registry of this process, collected at first use.
    pub fn global() -> &'static Self {
        static GLOBAL: OnceLock<Registry> = OnceLock::new();
        GLOBAL.get_or_init(|| {
            let mut objects: Vec<_> = inventory::iter::<Registration>.into_iter().map(|entry| entry.0).collect();
            objects.sort_by_key(|object| object.reference);
            objects.dedup_by_key(|object| object.reference);
            for (index, object) in objects.iter().enumerate() {
                object.slot.set(index);
            }
            let mut apps: Vec<_> = inventory::iter::<AppRegistration>.into_iter().map(|entry| entry.0).collect();
            apps.sort_by_key(|app| app.name);
            apps.dedup_by_key(|app| app.name);
            let by_reference = objects.iter().map(|object| (object.reference, *object)).collect();
            Self { objects, apps, by_reference }
        })
    }

    /// All objects, sorted by reference.
    pub fn objects(&self) -> &[&'static ObjectDescriptor] {
        &self.objects
    }

    /// All apps, sorted by name.
    pub fn apps(&self) -> &[&'static AppDescriptor] {
        &self.apps
    }

    /// The object with this reference.
    pub fn find(&self, reference: &str) -> Option<&'static ObjectDescriptor> {
        self.by_reference.get(reference).copied()
    }

    /// All records, sorted by reference.
    pub fn records(&self) -> impl Iterator<Item = (&'static ObjectDescriptor, &'static RecordDescriptor)> + '_ {
        self.objects.iter().filter_map(|object| match object.detail {
            ObjectDetail::Record(record) => Some((*object, record)),
            _ => None,
        })
    }

    /// The reference most like a mistyped one.
    pub fn nearest(&self, reference: &str) -> Option<&'static str> {
        self.objects
            .iter()
            .map(|object| (strsim::jaro_winkler(object.reference, reference), object.reference))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, reference)| reference)
    }
}
