//! Kinds of objects, the ways into them, and the six permissions: in every cell of this matrix it is
//! tried who holds exactly one permission for exactly one object, and who holds none. A kind or an
//! operation that is new and stands in no row here fails.

mod instances;
#[path = "../support/mod.rs"]
mod support;
mod ways;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use appos::codegen_support::{Object, ObjectDetail, SiteEntry};
use appos::prelude::platform::records::{Group, NewObjectPermission, ObjectPermission, PermissionChoice};
use appos::prelude::{AppOsError, Id, ObjectRef, Record, RecordQuery, Result, engine};
use appos::registry::{ObjectKind, Permission};
use appos::testing::prelude::{fake_integration, open_page};
use appos::testing::{Scope, TestPlatform};
use probe::records::{Depot, Loan, LoanPatch, NewDepot, NewLoan};
use probe::{constants, integrations, rules, sites, translations, web_apis};
use serde_json::{Value as Json, json};
use support::lines;
use ways::{CALLABLE, DRAWN, ROWS};

#[test]
fn an_operation_that_has_no_row_is_found() {
    let mut written = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("appos-runtime/src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source file");
            for part in text.split("(Permission::").skip(1) {
                // `(Permission::View, "get")`
                let Some((permission, rest)) = part.split_once(", \"") else { continue };
                if let (true, Some((operation, _))) = (permission.len() < 8, rest.split_once("\")")) {
                    written.insert((permission.to_lowercase(), operation.to_owned()));
                }
            }
        }
    }
    let rows = ROWS.iter().flat_map(|(_, _, ways)| ways.iter());
    // Pages of rows are one function with two names.
    let pages = ["export", "stream"];
    let rows: BTreeSet<_> = rows
        .filter(|way| !pages.contains(&way.operation))
        .map(|way| (way.needs.to_string(), way.operation.to_owned()))
        .collect();
    assert_eq!(written, rows, "what the source dispatches, and what this matrix tries");
}

/// What is tried, and who tries it.
struct Board {
    platform: TestPlatform,
    folder: tempfile::TempDir,
    depot: Id<Depot>,
}

/// Nothing, or one of the six.
fn holdings() -> impl Iterator<Item = Option<Permission>> {
    std::iter::once(None).chain(Permission::ALL.into_iter().map(Some))
}

impl Board {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let platform = TestPlatform::recording(folder.path()).await.expect("the platform starts");
        let depot = platform
            .system()
            .await
            .expect("a scope")
            .run(async { Depot::create(NewDepot { name: "north".to_owned() }).await.expect("a depot").id });
        let depot = depot.await;
        Self { platform, folder, depot }
    }

    /// Somebody who reaches the app and holds this one permission for this one object.
    async fn holder(&self, object: &'static str, held: Option<Permission>) -> Arc<Scope> {
        let name =
            format!("{}_{}", object.rsplit('.').next().unwrap_or_default(), held.map_or("nothing", Permission::as_str));
        let holder = self.platform.user(&name, &["finance", &name]).await.expect("a user");
        if let Some(held) = held {
            let system = self.platform.system().await.expect("a scope");
            let id = holder.user.id;
            system
                .run(async move {
                    let group = Group::query().name(name).first().await.expect("an answer").expect("a group").id.into();
                    let (pattern, permission) = (object.to_owned(), PermissionChoice::of(held.as_str()));
                    ObjectPermission::create(NewObjectPermission { group, pattern, permission })
                        .await
                        .expect("a grant");
                })
                .await;
            return self.platform.scope_of(id).await.expect("a scope");
        }
        holder
    }

    /// A row of the system's; deleted, if it is to be restored.
    async fn row(&self, deleted: bool) -> Loan {
        let depot = self.depot.into();
        self.platform
            .system()
            .await
            .expect("a scope")
            .run(async move {
                let row = Loan::create(NewLoan { depot, label: "as it was".to_owned() }).await.expect("a row");
                if deleted {
                    Loan::get(row.id).await.expect("it is there").delete().await.expect("it goes");
                }
                row
            })
            .await
    }
}

/// One attempt, whatever it answers.
async fn attempt(operation: &str, row: Loan, depot: Id<Depot>) -> Result<Json> {
    let done = |()| Json::Null;
    let id = row.id;
    match operation {
        "aggregate" => Loan::query().group_by(|c| c.label).count().await.map(|_| Json::Null),
        "count" => Loan::count().await.map(Json::from),
        "create" => {
            let new = NewLoan { depot: depot.into(), label: "created".to_owned() };
            Loan::create(new).await.map(|_| Json::Null)
        }
        "delete" => row.delete().await.map(done),
        "get" => Loan::get(id).await.map(|_| Json::Null),
        "list" => Loan::query().all().await.map(|_| Json::Null),
        "restore" => Loan::restore(id).await.map(|_| Json::Null),
        "stream" => match Loan::query().stream().next().await {
            Some(first) => first.map(|_| Json::Null),
            None => Ok(Json::Null),
        },
        "timeline" => row.timeline().await.map(|_| Json::Null),
        "unchecked_sql" => Loan::unchecked_sql::<Json>("SELECT id FROM probe_loan", []).await.map(Json::from),
        "update" => {
            let patch = LoanPatch { label: Some("changed".to_owned()), ..LoanPatch::default() };
            row.update(patch).await.map(|_| Json::Null)
        }
        other => panic!("how is `{other}` tried?"),
    }
}

/// What an attempt comes to: done, or refused with this execution.
fn refused(cell: &str, allowed: bool, answer: Result<Json>) -> Option<AppOsError> {
    match (answer, allowed) {
        (Ok(_), true) => None,
        (Err(error), false) if error.code() == "denied" => Some(error),
        (answer, _) => panic!("{cell}: {}, but {answer:?}", if allowed { "allowed" } else { "denied" }),
    }
}

fn allows(held: Option<Permission>, needs: Permission) -> bool {
    held.is_some_and(|held| held == needs || held == Permission::Admin)
}

/// A refusal is one line of the security log that says who wanted what of which object.
fn is_told(board: &Board, kind: ObjectKind, object: &str, user: i64, needs: Permission, refusals: &[AppOsError]) {
    board.platform.flush_journal();
    let told = lines(board.folder.path(), kind.as_str(), "security");
    for refusal in refusals {
        let id = refusal.execution_id().expect("a refusal has an execution").to_string();
        let of_it: Vec<_> = told.iter().filter(|line| line["execution_id"] == id).collect();
        assert_eq!(of_it.len(), 1, "{refusal}: {of_it:#?}");
        let line = of_it[0];
        assert_eq!((&line["action"], &line["object_ref"]), (&json!("denied"), &json!(object)), "{line}");
        assert_eq!((&line["user_id"], &line["permission"]), (&json!(user), &json!(needs.as_str())), "{line}");
    }
}

#[tokio::test]
async fn whoever_does_not_hold_what_an_operation_on_rows_takes_is_refused_and_nothing_is_changed() {
    let board = Board::new().await;
    let (kind, object, ways) = ROWS[0];
    for held in holdings() {
        let holder = board.holder(object, held).await;
        for way in ways.iter().filter(|way| way.is_tried_here) {
            let cell = format!("{} of {object} by who holds {held:?}", way.operation);
            let row = board.row(way.operation == "restore").await;
            let (id, version, depot, operation) = (row.id, row.version, board.depot, way.operation);
            let before = rows(&board, way.operation == "restore").await;
            let answer = Arc::clone(&holder).run(async move { attempt(operation, row, depot).await }).await;
            let allowed = allows(held, way.needs);
            if let Some(refusal) = refused(&cell, allowed, answer) {
                is_told(&board, kind, object, holder.user.id, way.needs, &[refusal]);
                let after = rows(&board, way.operation == "restore").await;
                assert_eq!(after, before, "{cell}: nothing is changed");
                if operation != "restore" {
                    assert!(after.contains(&(id, version, "as it was".to_owned())), "{cell}");
                }
            }
        }
    }
}

/// All rows, or all that were deleted.
async fn rows(board: &Board, deleted: bool) -> Vec<(Id<Loan>, i64, String)> {
    let read = async move {
        let query = if deleted { Loan::query().deleted() } else { Loan::query() };
        query.order_by(|c| c.id.asc()).all().await.expect("rows")
    };
    let rows = board.platform.system().await.expect("a scope").run(read).await;
    rows.into_iter().map(|row| (row.id, row.version, row.label)).collect()
}

#[tokio::test]
async fn whoever_may_not_use_a_rule_a_constant_a_translation_set_or_an_integration_may_not_call_it_by_any_way() {
    let board = Board::new().await;
    let system = board.platform.system().await.expect("a scope");
    system.run(async { fake_integration::<integrations::ask>(json!("ding")) }).await;
    let things = || json!({ "name": "a", "number": 1 });
    for held in holdings() {
        for (kind, object, ways) in ROWS.into_iter().filter(|(kind, ..)| CALLABLE.contains(kind)) {
            let holder = board.holder(object, held).await;
            for way in ways {
                let allowed = allows(held, way.needs);
                let cell = |entry: &str| format!("{entry} of {object} by who holds {held:?}");
                let mut refusals = Vec::new();
                let scope = || Arc::clone(&holder);
                match (kind, way.operation) {
                    (ObjectKind::Rule, "call") => {
                        // Its body is no delivery; who comes as far as to be told that is allowed.
                        let come = |answer: Result<Json>| match answer {
                            Err(error) if error.to_string().contains("not called from the outbox") => Ok(Json::Null),
                            other => other,
                        };
                        let typed =
                            scope().run(async { rules::deliver_thing("a".to_owned(), 1).await.map(|()| Json::Null) });
                        refusals.extend(refused(&cell("typed call"), allowed, come(typed.await)));
                        let named = scope().run(engine::dispatch(object, things())).await;
                        refusals.extend(refused(&cell("call by name"), allowed, come(named)));
                        let referred =
                            scope().run(engine::dispatch(ObjectRef::of::<rules::deliver_thing>(), things())).await;
                        refusals.extend(refused(&cell("call by reference"), allowed, come(referred)));
                        // Refused before its arguments are looked at.
                        let nonsense = scope().run(engine::dispatch(object, json!({ "nonsense": 1 }))).await;
                        match nonsense {
                            Err(error) if allowed => assert_ne!(error.code(), "denied", "{}", cell("wrong call")),
                            answer => refusals.extend(refused(&cell("wrong call"), allowed, answer)),
                        }
                    }
                    (ObjectKind::Rule, "enqueue") => {
                        let enqueued = scope().run(engine::enqueue(object, things())).await;
                        refusals.extend(refused(&cell("enqueue"), allowed, enqueued.map(|_| Json::Null)));
                    }
                    (ObjectKind::Constant, "call") => {
                        let typed = scope().run(async { constants::greeting().await.map(Json::from) }).await;
                        refusals.extend(refused(&cell("typed value"), allowed, typed));
                        let named = scope().run(engine::dispatch(object, json!({}))).await;
                        refusals.extend(refused(&cell("value by name"), allowed, named));
                    }
                    (ObjectKind::TranslationSet, "call") => {
                        let typed = scope().run(async { translations::words().await.map(|it| json!(it)) }).await;
                        refusals.extend(refused(&cell("typed texts"), allowed, typed));
                        let named = scope().run(engine::dispatch(object, json!({}))).await;
                        refusals.extend(refused(&cell("texts by name"), allowed, named));
                    }
                    (ObjectKind::WebApi, "call") => {
                        let typed = scope().run(async { web_apis::echo("a".to_owned()).await.map(Json::from) }).await;
                        refusals.extend(refused(&cell("typed call"), allowed, typed));
                        let named = scope().run(engine::dispatch(object, json!({ "word": "a" }))).await;
                        refusals.extend(refused(&cell("call by name"), allowed, named));
                        // Refused before its arguments are looked at.
                        let nonsense = scope().run(engine::dispatch(object, json!({ "nonsense": 1 }))).await;
                        match nonsense {
                            Err(error) if allowed => assert_ne!(error.code(), "denied", "{}", cell("wrong call")),
                            answer => refusals.extend(refused(&cell("wrong call"), allowed, answer)),
                        }
                    }
                    (ObjectKind::Integration, "call") => {
                        let typed = scope().run(async { integrations::ask("who".to_owned()).await }).await;
                        refusals.extend(refused(&cell("typed call"), allowed, typed));
                        let named = scope().run(engine::dispatch(object, json!({ "what": "who" }))).await;
                        refusals.extend(refused(&cell("call by name"), allowed, named));
                    }
                    (kind, operation) => panic!("how is {operation} of a {kind} tried?"),
                }
                is_told(&board, kind, object, holder.user.id, way.needs, &refusals);
            }
        }
    }
    // No other kind can be called by its name, whoever calls. A process is started by it.
    let system = board.platform.system().await.expect("a scope");
    for (_, object, _) in ROWS.iter().filter(|(kind, ..)| !CALLABLE.contains(kind) && *kind != ObjectKind::Process) {
        let error = Arc::clone(&system).run(engine::dispatch(*object, json!({}))).await.unwrap_err();
        assert_eq!(error.code(), "not_callable", "{object}");
    }
}

#[tokio::test]
async fn whoever_may_not_use_a_connected_system_has_no_integration_call_it() {
    let board = Board::new().await;
    for held in holdings() {
        for (kind, object, ways) in ROWS.into_iter().filter(|(kind, ..)| *kind == ObjectKind::ConnectedSystem) {
            // Whoever is in finance may call the integration.
            let holder = board.holder(object, held).await;
            for way in ways {
                let allowed = allows(held, way.needs);
                let called = Arc::clone(&holder).run(async { integrations::ring().await }).await;
                // Nobody listens there: who comes as far as to be told that is allowed.
                let come = match called {
                    Err(error) if matches!(error.code(), "connection_failed" | "system_unavailable") => Ok(Json::Null),
                    other => other,
                };
                let cell = format!("{} of {object} by who holds {held:?}", way.operation);
                let refusals: Vec<_> = refused(&cell, allowed, come).into_iter().collect();
                is_told(&board, kind, object, holder.user.id, way.needs, &refusals);
            }
        }
    }
}

/// Draws an object as somebody; true: its body was reached.
async fn is_drawn(kind: ObjectKind, scope: Arc<Scope>) -> bool {
    match kind {
        ObjectKind::Interface => {
            // The page around it is open to everybody.
            let page = scope.run(async { open_page("/probe/open").await }).await.expect("an answer");
            assert_eq!(page.status, 200, "{page:?}");
            assert!(page.html.contains("around the plate") && !page.html.contains("ao-failure"), "{page:?}");
            page.html.contains("what is on the plate")
        }
        ObjectKind::Page => {
            let page = scope.run(async { open_page("/probe/closed").await }).await.expect("an answer");
            let shown = page.html.contains("behind the door");
            assert_eq!(page.status, if shown { 200 } else { 404 }, "{page:?}");
            shown
        }
        ObjectKind::Site => {
            let ObjectDetail::Site(site) = sites::probe::object().detail else { panic!("it is a site") };
            let entry: &SiteEntry = site.entry.downcast_ref().expect("an entry");
            let read = scope.run(async { (entry.navigation)().await }).await;
            assert!(read.is_ok() || read.as_ref().is_err_and(|error| error.code() == "denied"), "{read:?}");
            read.is_ok()
        }
        other => panic!("how is a {other} drawn?"),
    }
}

#[tokio::test]
async fn whoever_may_not_view_a_screen_does_not_have_it_drawn() {
    let board = Board::new().await;
    for held in holdings() {
        for (kind, object, ways) in ROWS.iter().filter(|(kind, ..)| DRAWN.contains(kind)) {
            let holder = board.holder(object, held).await;
            for way in *ways {
                let cell = format!("{} of {object} by who holds {held:?}", way.operation);
                let drawn = is_drawn(*kind, Arc::clone(&holder)).await;
                assert_eq!(drawn, allows(held, way.needs), "{cell}");
                board.platform.flush_journal();
                let told = lines(board.folder.path(), kind.as_str(), "security");
                let of_holder = |line: &&Json| line["user_id"] == json!(holder.user.id) && line["action"] == "denied";
                let told: Vec<_> = told.iter().filter(of_holder).collect();
                assert_eq!(told.is_empty(), drawn, "a refusal is told: {cell}: {told:?}");
                assert!(told.iter().all(|line| line["object_ref"] == json!(object)), "{cell}: {told:?}");
            }
        }
    }
}
