//! The objects linked into this program, sorted and found by reference.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::descriptor::{AppDescriptor, ObjectDescriptor, ObjectDetail};
use super::process::RowEvent;
use super::record::{Hook, RecordDescriptor};
use super::translation_set::TranslationSetDescriptor;
use crate::config::AppConfig;

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
    languages: BTreeSet<String>,
    /// By the reference of a record.
    hooks: HashMap<&'static str, RowHooks>,
}

/// What is called with each write of a row: what its record names, and the processes that name its record.
#[derive(Default)]
struct RowHooks {
    created: Vec<&'static Hook>,
    updated: Vec<&'static Hook>,
    deleted: Vec<&'static Hook>,
}

impl RowHooks {
    fn of(&mut self, event: RowEvent) -> &mut Vec<&'static Hook> {
        match event {
            RowEvent::Created => &mut self.created,
            RowEvent::Updated => &mut self.updated,
            RowEvent::Deleted => &mut self.deleted,
        }
    }
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
            let languages = languages(&objects, &apps);
            let hooks = hooks(&objects);
            Self { objects, apps, by_reference, languages, hooks }
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

    /// The languages that people may choose: those of the translation sets, and those that apps name.
    pub fn languages(&self) -> &BTreeSet<String> {
        &self.languages
    }

    /// All translation sets, sorted by reference.
    pub fn translation_sets(
        &self,
    ) -> impl Iterator<Item = (&'static ObjectDescriptor, &'static TranslationSetDescriptor)> + '_ {
        self.objects.iter().filter_map(|object| match object.detail {
            ObjectDetail::TranslationSet(set) => Some((*object, set)),
            _ => None,
        })
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

    /// What is called with a write of a row of this record: in the order of its own, then by the references of the
    /// processes that start with it.
    pub fn hooks(&self, record: &ObjectDescriptor, event: RowEvent) -> &[&'static Hook] {
        let Some(hooks) = self.hooks.get(record.reference) else { return &[] };
        match event {
            RowEvent::Created => &hooks.created,
            RowEvent::Updated => &hooks.updated,
            RowEvent::Deleted => &hooks.deleted,
        }
    }

    /// What runs as the account with this address, whoever calls it: processes that start by themselves, web APIs.
    #[cfg(feature = "web")]
    pub(crate) fn starting_as(&self, email: &str) -> Vec<&'static str> {
        let starts = |object: &&&'static ObjectDescriptor| {
            object.run_as().is_some_and(|run_as| run_as.eq_ignore_ascii_case(email))
        };
        self.objects.iter().filter(starts).map(|object| object.reference).collect()
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

fn hooks(objects: &[&'static ObjectDescriptor]) -> HashMap<&'static str, RowHooks> {
    let mut all: HashMap<&'static str, RowHooks> = HashMap::new();
    for object in objects {
        let ObjectDetail::Record(record) = object.detail else { continue };
        let own = all.entry(object.reference).or_default();
        own.created.extend(record.hooks.create);
        own.updated.extend(record.hooks.update);
        own.deleted.extend(record.hooks.delete);
    }
    for object in objects {
        let ObjectDetail::Process(process) = object.detail else { continue };
        for trigger in process.triggers {
            all.entry((trigger.record)().reference).or_default().of(trigger.on).push(&trigger.hook);
        }
    }
    all
}

fn languages(objects: &[&'static ObjectDescriptor], apps: &[&'static AppDescriptor]) -> BTreeSet<String> {
    let of_sets = objects.iter().filter_map(|object| match object.detail {
        ObjectDetail::TranslationSet(set) => Some(set.languages()),
        _ => None,
    });
    // A file that cannot be read is reported at the start.
    let of_apps = apps.iter().filter_map(|app| AppConfig::parse(app.yaml, app.yaml_path).ok());
    let named = of_apps.flat_map(|app| app.languages);
    // What is told in no better language is told in this one.
    let last = std::iter::once("en".to_owned());
    of_sets.flatten().map(str::to_owned).chain(named).chain(last).collect()
}
