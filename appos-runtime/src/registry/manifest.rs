//! The registry as JSON: what tools read instead of guessing from source.

use std::collections::BTreeMap;

use serde::Serialize;

use super::descriptor::{AppDescriptor, ObjectDescriptor, ObjectDetail, Parameter};
use super::manifest_outside::{ManifestIntegration, ManifestSystem};
use super::manifest_process::{ManifestProcess, ManifestStep};
use super::{FieldDescriptor, Hook, PieceDescriptor, Registry, RowEvent, TextDescriptor, Wording};
use crate::config::{AllowedFinding, AppConfig, TierDefaults};
use crate::security::Permission;
use crate::value::FieldType;

/// The registry, as `cargo appos objects --json` prints it.
#[derive(Debug, Serialize)]
pub struct Manifest {
    /// Version of this format; grows when a field changes its meaning.
    pub format: u32,
    /// Apps in order of name.
    pub apps: Vec<ManifestApp>,
    /// Objects in order of reference.
    pub objects: Vec<ManifestObject>,
}

/// One app.
#[derive(Debug, Serialize)]
pub struct ManifestApp {
    /// Name.
    pub name: &'static str,
    /// Version of its crate.
    pub version: &'static str,
    /// Groups through which a user reaches it.
    pub groups: Vec<String>,
    /// Groups of objects that name none, by tier and permission.
    pub defaults: BTreeMap<u8, BTreeMap<&'static str, Vec<String>>>,
    /// Languages that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Crates that its code may use beside `appos`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_crates: Vec<String>,
    /// Findings of `cargo appos check` that it allows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<ManifestAllowed>,
}

/// A finding of `cargo appos check` that an app allows.
#[derive(Debug, Serialize)]
pub struct ManifestAllowed {
    /// Its code.
    pub code: String,
    /// Why it is meant to be.
    pub reason: String,
    /// Line of `app.yaml`.
    pub line: usize,
}

/// One object.
#[derive(Debug, Serialize)]
pub struct ManifestObject {
    /// `app.namespace.name`.
    pub reference: &'static str,
    /// Type of the object.
    pub kind: &'static str,
    /// App it belongs to.
    pub app: &'static str,
    /// What it is for.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'static str,
    /// Tier of its permissions: 1 explicit, 2 logic defaults, 3 UI defaults.
    pub tier: u8,
    /// True if the public may reach it.
    pub public_access: bool,
    /// Groups by permission, as written.
    pub permissions: serde_json::Map<String, serde_json::Value>,
    /// Source file.
    pub file: &'static str,
    /// Line of its name.
    pub line: u32,
    /// Routes by which it is reached from outside, each a method and a path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<String>,
    /// Parameters of a rule, a process, a step, an interface or a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<&'static Parameter>>,
    /// Title of a page, or name of a site, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'static str>,
    /// The piece of a record's screens for which an interface stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// What a rule, a constant, a process or a step answers with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<&'static str>,
    /// How instances of a process are run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<ManifestProcess>,
    /// What becomes of failures of a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<ManifestStep>,
    /// What a connected system is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_system: Option<ManifestSystem>,
    /// The service account as which a web API runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_as: Option<&'static str>,
    /// Which system an integration calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration: Option<ManifestIntegration>,
    /// Table of a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<&'static str>,
    /// Reference of the connected system in whose database the table is, if it is not the platform's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<&'static str>,
    /// True if that table is somebody else's.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub external: bool,
    /// Field of a record by which its rows are named to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<&'static str>,
    /// Fields of a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<ManifestField>>,
    /// What is called with the writes of a record, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<ManifestHook>,
    /// Texts of a translation set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<ManifestText>>,
}

/// A text of a translation set.
#[derive(Debug, Serialize)]
pub struct ManifestText {
    /// Key.
    pub key: &'static str,
    /// Names of its parameters.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub parameters: &'static [&'static str],
    /// Languages in which it is written.
    pub languages: Vec<&'static str>,
    /// The plural categories for which it has a text of their own, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plurals: BTreeMap<&'static str, Vec<&'static str>>,
}

impl ManifestText {
    fn of(text: &TextDescriptor) -> Self {
        let languages = text.translations.iter().map(|(language, _)| *language).collect();
        let plurals = text.translations.iter().filter_map(|(language, wording)| match wording {
            Wording::Plural(forms) => Some((*language, forms.iter().map(|(category, _)| category.as_str()).collect())),
            Wording::Plain(_) => None,
        });
        Self { key: text.key, parameters: text.parameters, languages, plurals: plurals.collect() }
    }
}

/// A rule that a record calls, or a process that it starts, with its writes.
#[derive(Debug, Serialize)]
pub struct ManifestHook {
    /// `create`, `update` or `delete`.
    pub on: &'static str,
    /// Reference of the rule or process.
    pub rule: &'static str,
    /// False: in the transaction of the write; true: from the outbox, after its commit.
    pub after_commit: bool,
}

/// One field of a record.
#[derive(Debug, Serialize)]
pub struct ManifestField {
    /// Name.
    pub name: &'static str,
    /// Kind of value.
    #[serde(rename = "type")]
    pub field_type: String,
    /// May it be empty?
    pub nullable: bool,
    /// Are its values unique?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Is it never shown in logs?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// Groups that may read it, if not everyone who may view the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<&'static [&'static str]>,
    /// Groups that may write it, if not everyone who may change the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<&'static [&'static str]>,
}

impl Manifest {
    /// The manifest of a registry.
    pub fn of(registry: &Registry) -> Self {
        Self {
            format: 1,
            apps: registry.apps().iter().map(|app| ManifestApp::of(app)).collect(),
            objects: registry.objects().iter().map(|object| ManifestObject::of(registry, object)).collect(),
        }
    }
}

impl ManifestApp {
    /// What `app.yaml` says; a file that cannot be read is reported at the start.
    fn of(app: &AppDescriptor) -> Self {
        let config = AppConfig::parse(app.yaml, app.yaml_path).ok();
        let groups = config.iter().flat_map(|config| &config.groups).map(|group| group.name.clone()).collect();
        let tier = |tier: u8, lists: &TierDefaults| {
            let lists =
                Permission::ALL.into_iter().map(|permission| (permission.as_str(), lists.get(permission).to_vec()));
            (tier, lists.filter(|(_, groups)| !groups.is_empty()).collect())
        };
        let tiers = config.iter().flat_map(|config| [tier(2, &config.security.logic), tier(3, &config.security.ui)]);
        let defaults = tiers.collect();
        let (languages, allowed_crates, allow) =
            config.map(|config| (config.languages, config.allowed_crates, config.allow)).unwrap_or_default();
        let allow = allow
            .into_iter()
            .map(|AllowedFinding { code, reason, line }| ManifestAllowed { code, reason, line })
            .collect();
        Self { name: app.name, version: app.version, groups, defaults, languages, allowed_crates, allow }
    }
}

impl ManifestObject {
    fn of(registry: &Registry, object: &ObjectDescriptor) -> Self {
        let permissions = Permission::ALL
            .into_iter()
            .filter_map(|permission| Some((permission.as_str().to_owned(), object.listed(permission)?.into())))
            .collect();
        let (parameters, returns) = match object.detail {
            ObjectDetail::Rule(rule) => (Some(rule.parameters.iter().collect()), Some(rule.returns)),
            ObjectDetail::Process(process) => (Some(process.parameters.iter().collect()), Some(process.returns)),
            ObjectDetail::Step(step) => (Some(step.parameters.iter().collect()), Some(step.returns)),
            ObjectDetail::Constant(constant) => (None, Some(constant.type_name)),
            ObjectDetail::Integration(call) => (Some(call.parameters.iter().collect()), Some(call.returns)),
            ObjectDetail::WebApi(api) => (Some(api.parameters.iter().collect()), Some(api.returns)),
            ObjectDetail::Interface(interface) => (Some(interface.parameters.iter().collect()), None),
            ObjectDetail::Page(page) => (Some(page.parameters.iter().map(|given| &given.parameter).collect()), None),
            ObjectDetail::Record(_)
            | ObjectDetail::Site(_)
            | ObjectDetail::TranslationSet(_)
            | ObjectDetail::ConnectedSystem(_) => (None, None),
        };
        let title = match object.detail {
            ObjectDetail::Page(page) => Some(page.title),
            ObjectDetail::Site(site) => Some(site.name),
            _ => None,
        };
        let record = match object.detail {
            ObjectDetail::Record(record) => Some(record),
            _ => None,
        };
        Self {
            reference: object.reference,
            kind: object.kind.as_str(),
            app: object.app,
            description: object.description,
            tier: object.kind.tier(),
            public_access: object.public_access,
            permissions,
            file: object.file,
            line: object.line,
            routes: routes(object),
            parameters,
            title,
            stands_for: match object.detail {
                ObjectDetail::Interface(interface) => interface.piece.map(PieceDescriptor::in_words),
                _ => None,
            },
            returns,
            process: match object.detail {
                ObjectDetail::Process(process) => Some(ManifestProcess::of(process)),
                _ => None,
            },
            step: match object.detail {
                ObjectDetail::Step(step) => Some(ManifestStep::of(object, step)),
                _ => None,
            },
            connected_system: match object.detail {
                ObjectDetail::ConnectedSystem(system) => Some(ManifestSystem::of(system)),
                _ => None,
            },
            run_as: match object.detail {
                ObjectDetail::WebApi(api) => api.run_as,
                _ => None,
            },
            integration: match object.detail {
                ObjectDetail::Integration(integration) => Some(ManifestIntegration::of(object, integration)),
                _ => None,
            },
            table: record.map(|record| record.table),
            database: record.and_then(|record| record.connected_system),
            external: record.is_some_and(|record| record.external),
            display: record.and_then(|record| Some(record.fields.get(record.display?)?.name)),
            fields: record.map(|record| record.fields.iter().map(ManifestField::of).collect()),
            hooks: ManifestHook::all(registry, object),
            texts: match object.detail {
                ObjectDetail::TranslationSet(set) => Some(set.texts.iter().map(ManifestText::of).collect()),
                _ => None,
            },
        }
    }
}

impl ManifestHook {
    /// Those that the record names, and the processes that name the record.
    fn all(registry: &Registry, object: &ObjectDescriptor) -> Vec<Self> {
        let events = [("create", RowEvent::Created), ("update", RowEvent::Updated), ("delete", RowEvent::Deleted)];
        let of = |on, hook: &Hook| Self { on, rule: (hook.rule)().reference, after_commit: hook.after_commit };
        let hooks = events.into_iter().map(|(on, event)| (on, registry.hooks(object, event)));
        hooks.flat_map(|(on, hooks)| hooks.iter().map(move |hook| of(on, hook))).collect()
    }
}

impl ManifestField {
    fn of(field: &FieldDescriptor) -> Self {
        Self {
            name: field.name,
            field_type: type_name(&field.field_type),
            nullable: field.nullable,
            unique: field.unique,
            sensitive: field.sensitive,
            view: field.view,
            update: field.update,
        }
    }
}

/// The routes of an object, as `web` serves them.
fn routes(object: &ObjectDescriptor) -> Vec<String> {
    let base = format!("/api/{}/v1", object.app);
    let record = match object.detail {
        ObjectDetail::Record(record) => record,
        ObjectDetail::Rule(_) => return vec![format!("POST {base}/rules/{}", object.name)],
        ObjectDetail::Page(page) => return vec![format!("GET /{}{}", object.app, page.route)],
        ObjectDetail::WebApi(api) => return vec![format!("{} {}", api.method, api.address(object))],
        ObjectDetail::Constant(_)
        | ObjectDetail::Process(_)
        | ObjectDetail::Step(_)
        | ObjectDetail::Interface(_)
        | ObjectDetail::Site(_)
        | ObjectDetail::TranslationSet(_)
        | ObjectDetail::ConnectedSystem(_)
        | ObjectDetail::Integration(_) => return Vec::new(),
    };
    let route = |method: &str, rest: &str| format!("{method} {base}/{}{rest}", record.plural.as_str());
    let mut routes = vec![
        route("GET", ""),
        route("POST", ""),
        route("GET", "/{id}"),
        route("PATCH", "/{id}"),
        route("DELETE", "/{id}"),
        route("POST", "/bulk"),
        route("GET", "/export"),
        route("POST", "/import"),
    ];
    if record.document().is_some() {
        routes.retain(|route| !route.ends_with(record.plural.as_str()) || !route.starts_with("POST"));
        routes.extend([
            route("POST", "/upload"),
            route("GET", "/{id}/content"),
            route("PUT", "/{id}/content"),
            route("GET", "/{id}/thumbnail"),
            route("GET", "/{id}/versions"),
            route("GET", "/{id}/versions/{version}/content"),
            route("POST", "/{id}/versions/{version}/restore"),
        ]);
    }
    if record.soft_delete {
        routes.push(route("POST", "/{id}/restore"));
    }
    if record.audit_log {
        routes.push(route("GET", "/{id}/audit"));
    }
    routes
}

/// A type in words that stay the same from version to version.
fn type_name(field_type: &FieldType) -> String {
    match field_type {
        FieldType::Text => "text".to_owned(),
        FieldType::Integer { .. } => "integer".to_owned(),
        FieldType::Float => "float".to_owned(),
        FieldType::Decimal { scale } => format!("decimal({scale})"),
        FieldType::Bool => "bool".to_owned(),
        FieldType::Date => "date".to_owned(),
        FieldType::DateTime => "date_time".to_owned(),
        FieldType::Uuid => "uuid".to_owned(),
        FieldType::Json => "json".to_owned(),
        FieldType::List(item) => format!("list of {}", type_name(item)),
        FieldType::Choice(choices) => {
            let names: Vec<_> = choices.choices.iter().map(|choice| choice.value).collect();
            format!("choice of {}", names.join("|"))
        }
        FieldType::Reference(target) => format!("reference to {}", target().reference),
        FieldType::Many(target) => format!("many of {}", target().reference),
    }
}
