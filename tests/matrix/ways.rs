//! The rows of the matrix: of each kind of object what can be done with it, and the permission that it takes.

use appos::registry::{ObjectKind, Permission};

/// One way into an object: what a dispatch is told of it, and what it takes.
pub(crate) struct Way {
    pub(crate) operation: &'static str,
    pub(crate) needs: Permission,
    /// Also in a program without HTTP; the others are tried by the example's tests of its routes.
    pub(crate) is_tried_here: bool,
}

pub(crate) const fn way(operation: &'static str, needs: Permission) -> Way {
    Way { operation, needs, is_tried_here: true }
}

pub(crate) const fn over_http(operation: &'static str, needs: Permission) -> Way {
    Way { operation, needs, is_tried_here: false }
}

/// A way that nobody but a worker has, whatever he holds.
pub(crate) const fn by_worker(operation: &'static str, needs: Permission) -> Way {
    Way { operation, needs, is_tried_here: false }
}

/// Of a task that an instance has for somebody: tried in `tests/tasks.rs`.
pub(crate) const fn of_task(operation: &'static str, needs: Permission) -> Way {
    Way { operation, needs, is_tried_here: false }
}

/// Of a document, whose rows have files: tried in `examples/acme/tests/documents`.
pub(crate) const fn of_file(operation: &'static str, needs: Permission) -> Way {
    Way { operation, needs, is_tried_here: false }
}

pub(crate) const RECORD: &[Way] = &[
    way("aggregate", Permission::View),
    way("count", Permission::View),
    way("create", Permission::Create),
    way("delete", Permission::Delete),
    of_file("download", Permission::View),
    over_http("export", Permission::View),
    way("get", Permission::View),
    over_http("import", Permission::Create),
    way("list", Permission::View),
    way("restore", Permission::Delete),
    of_file("restore_version", Permission::Update),
    way("stream", Permission::View),
    way("timeline", Permission::View),
    way("unchecked_sql", Permission::Admin),
    way("update", Permission::Update),
    of_file("upload", Permission::Create),
    of_file("upload", Permission::Update),
    of_file("versions", Permission::View),
];
pub(crate) const RULE: &[Way] = &[way("call", Permission::Use), way("enqueue", Permission::Use)];
pub(crate) const CONSTANT: &[Way] = &[way("call", Permission::Use)];
/// What is done with the instances of others; of his own whoever may use the process sees what comes of it.
pub(crate) const PROCESS: &[Way] = &[
    way("answer", Permission::View),
    way("cancel", Permission::Admin),
    of_task("reassign", Permission::Admin),
    way("resume", Permission::Admin),
    way("retry", Permission::Admin),
    by_worker("run", Permission::Use),
    way("show", Permission::View),
    way("signal", Permission::Use),
    way("start", Permission::Use),
];
pub(crate) const STEP: &[Way] = &[by_worker("run", Permission::Use)];
pub(crate) const SCREEN: &[Way] = &[way("render", Permission::View)];
pub(crate) const TRANSLATION_SET: &[Way] = &[way("call", Permission::Use)];
pub(crate) const WEB_API: &[Way] = &[way("call", Permission::Use)];

/// By integrations, whoever may call those.
pub(crate) const CONNECTED_SYSTEM: &[Way] = &[way("call", Permission::Use)];
pub(crate) const INTEGRATION: &[Way] = &[way("call", Permission::Use)];

/// The rows: of each kind the object that is tried, and its ways in.
pub(crate) const ROWS: [(ObjectKind, &str, &[Way]); 12] = [
    (ObjectKind::Record, "probe.records.loan", RECORD),
    (ObjectKind::Rule, "probe.rules.deliver_thing", RULE),
    (ObjectKind::Constant, "probe.constants.greeting", CONSTANT),
    (ObjectKind::Process, "probe.processes.meeting", PROCESS),
    (ObjectKind::Step, "probe.steps.load", STEP),
    (ObjectKind::Interface, "probe.interfaces.plate", SCREEN),
    (ObjectKind::Page, "probe.pages.closed", SCREEN),
    (ObjectKind::Site, "probe.sites.probe", SCREEN),
    (ObjectKind::TranslationSet, "probe.translations.words", TRANSLATION_SET),
    (ObjectKind::ConnectedSystem, "probe.connected_systems.bell", CONNECTED_SYSTEM),
    (ObjectKind::Integration, "probe.integrations.ask", INTEGRATION),
    (ObjectKind::WebApi, "probe.web_apis.echo", WEB_API),
];

/// Kinds that are called.
pub(crate) const CALLABLE: [ObjectKind; 5] =
    [ObjectKind::Rule, ObjectKind::Constant, ObjectKind::TranslationSet, ObjectKind::WebApi, ObjectKind::Integration];
/// Kinds that are drawn.
pub(crate) const DRAWN: [ObjectKind; 3] = [ObjectKind::Interface, ObjectKind::Page, ObjectKind::Site];

// A kind without a row does not compile.
const _: () = {
    assert!(ROWS.len() == ObjectKind::ALL.len(), "a kind of objects has no row");
    let mut place = 0;
    while place < ROWS.len() {
        assert!(ROWS[place].0 as u8 == ObjectKind::ALL[place] as u8, "rows stand in the order of kinds");
        place += 1;
    }
};
