//! The objects of the platform: what each is, who may what with it, and what it was seen to call.

use std::collections::BTreeSet;
use std::future::Future;

use serde::Serialize;

use super::super::rules::platform_rule;
use super::wrong;
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::security::Permission;

platform_rule!(LIST_OBJECTS, LIST_OBJECTS_RULE, "list_objects",
    "Lists the objects of the platform.", "Vec<ObjectRow>",
    [app: Option<String>, kind: Option<String>, search: Option<String>],
    list_objects(app, kind, search));
platform_rule!(SHOW_OBJECT, SHOW_OBJECT_RULE, "show_object",
    "Tells of an object: what it is, who may what with it, and what it was seen to call.", "ObjectFacts",
    [object: String], show_object(object));

/// An object in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObjectRow {
    pub(crate) object: &'static str,
    pub(crate) kind: ObjectKind,
    pub(crate) app: &'static str,
    pub(crate) description: &'static str,
}

/// Everything that the program knows of an object.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObjectFacts {
    #[serde(flatten)]
    pub(crate) row: ObjectRow,
    /// Where it is written, as the compiler names it: file and line.
    pub(crate) file: &'static str,
    pub(crate) line: u32,
    pub(crate) public_access: bool,
    /// The account as which it runs, if not as its caller.
    pub(crate) run_as: Option<&'static str>,
    /// Groups that may, of each permission that means something for it.
    pub(crate) permissions: Vec<(Permission, BTreeSet<String>)>,
    /// Objects that it was seen to call since the start.
    pub(crate) calls: Vec<&'static str>,
    /// Objects that were seen to call it.
    pub(crate) called_by: Vec<&'static str>,
}

/// The objects of an app and a kind in whose reference or description the text is found; all, where nothing is asked.
pub(crate) fn list_objects(
    app: Option<String>,
    kind: Option<String>,
    search: Option<String>,
) -> impl Future<Output = Result<Vec<ObjectRow>>> + Send {
    let logged = LoggedArguments::begin().argument("app", &app).argument("kind", &kind);
    let logged = logged.argument("search", &search).finish();
    dispatch(&LIST_OBJECTS, logged, move |ctx, _| async move {
        let engine = &ctx.scope().engine;
        let kind = match kind.as_deref() {
            None => None,
            Some(name) => {
                let kind = ObjectKind::ALL.into_iter().find(|kind| kind.as_str() == name);
                Some(kind.ok_or_else(|| wrong("kind", "unknown_kind", format!("there is no kind `{name}`")))?)
            }
        };
        let search = search.unwrap_or_default().to_lowercase();
        let wanted = |object: &&&'static ObjectDescriptor| {
            app.as_deref().is_none_or(|app| app == object.app)
                && kind.is_none_or(|kind| kind == object.kind)
                && (object.reference.contains(&search) || object.description.to_lowercase().contains(&search))
        };
        Ok(engine.registry().objects().iter().filter(wanted).map(|object| row(object)).collect())
    })
}

/// What is known of an object.
pub(crate) fn show_object(object: String) -> impl Future<Output = Result<ObjectFacts>> + Send {
    let logged = LoggedArguments::begin().argument("object", &object).finish();
    dispatch(&SHOW_OBJECT, logged, move |ctx, _| async move {
        let engine = &ctx.scope().engine;
        let found = engine.registry().find(&object).ok_or_else(|| {
            AppOsError::dispatch(format!("`{object}` is not an object of this platform")).code_is("unknown_object")
        })?;
        let mut permissions = Vec::new();
        for permission in found.kind.permissions() {
            permissions.push((*permission, engine.security.givers(found, *permission).await?));
        }
        let all = engine.registry().objects().iter().map(|object| object.reference);
        let called_by = all.filter(|other| engine.observed_dependencies(other).contains(&found.reference)).collect();
        Ok(ObjectFacts {
            row: row(found),
            file: found.file,
            line: found.line,
            public_access: found.public_access,
            run_as: found.run_as(),
            permissions,
            calls: engine.observed_dependencies(found.reference),
            called_by,
        })
    })
}

fn row(object: &'static ObjectDescriptor) -> ObjectRow {
    ObjectRow { object: object.reference, kind: object.kind, app: object.app, description: object.description }
}
