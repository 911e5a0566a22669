//! Processes and steps: what is done with instances, and the bodies that only a worker reaches.

use std::sync::Arc;

use appos::codegen_support::{Object, ObjectDetail};
use appos::prelude::process::Instance;
use appos::prelude::{Result, engine};
use appos::registry::Permission;
use probe::{processes, steps};
use serde_json::{Value as Json, json};

use super::support::lines;
use super::{Board, ROWS, allows, holdings};

/// One attempt at an instance that another has started.
async fn attempt_on(operation: &str, instance: Instance) -> Result<Json> {
    match operation {
        "answer" => instance.answer::<Json>().await.map(Json::from),
        "cancel" => instance.cancel().await.map(|()| Json::Null),
        "resume" => instance.resume().await.map(|()| Json::Null),
        "retry" => instance.retry().await.map(|()| Json::Null),
        "show" => engine::dispatch("platform.rules.process_show", json!({ "instance": instance.id })).await,
        "signal" => instance.signal("arrived", 1).await.map(|()| Json::Null),
        "start" => processes::meeting("Cy".to_owned(), None).start().await.map(|_| Json::Null),
        other => panic!("how is `{other}` tried?"),
    }
}

#[tokio::test]
async fn whoever_may_not_do_something_with_a_process_is_refused_and_its_instance_stays_as_it_was() {
    let board = Board::new().await;
    let (kind, object, ways) = ROWS[3];
    let system = board.platform.system().await.expect("a scope");
    for held in holdings() {
        let holder = board.holder(object, held).await;
        let mut refusals = Vec::new();
        for way in ways.iter().filter(|way| way.is_tried_here) {
            let cell = format!("{} of {object} by who holds {held:?}", way.operation);
            let instance = Arc::clone(&system).run(processes::meeting("Bo".to_owned(), None).start()).await;
            let instance = instance.expect("it starts");
            let operation = way.operation;
            let answer = Arc::clone(&holder).run(async move { attempt_on(operation, instance).await }).await;
            let Err(error) = answer else {
                assert!(allows(held, way.needs), "{cell}: {answer:?}");
                continue;
            };
            if allows(held, way.needs) {
                // It has not failed, and was not put aside: that is told to whoever may do it.
                assert!(["not_failed", "not_parked"].contains(&error.code()), "{cell}: {error:?}");
                continue;
            }
            // Who may not even see it is not told that it is there.
            let is_hidden = operation != "start" && !allows(held, Permission::View);
            assert_eq!(error.code(), if is_hidden { "unknown_instance" } else { "denied" }, "{cell}");
            refusals.push((operation, way.needs.as_str()));
            let show = engine::dispatch("platform.rules.process_show", json!({ "instance": instance.id }));
            let seen = Arc::clone(&system).run(show).await.expect("an instance");
            assert_eq!((&seen["state"], &seen["cancelled_by"]), (&json!("running"), &Json::Null), "{cell}: {seen:#}");
        }
        let by_name = Arc::clone(&holder).run(engine::dispatch(object, json!({ "name": "Cy" }))).await;
        match by_name {
            Ok(_) => assert!(allows(held, Permission::Use), "started by name by who holds {held:?}"),
            Err(error) => {
                assert!(!allows(held, Permission::Use), "{error:?}");
                assert_eq!(error.code(), "denied");
                refusals.push(("start", Permission::Use.as_str()));
            }
        }
        board.platform.flush_journal();
        let told = lines(board.folder.path(), kind.as_str(), "security");
        let of_holder = |line: &&Json| line["user_id"] == json!(holder.user.id) && line["action"] == "denied";
        let told: Vec<_> = told.iter().filter(of_holder).collect();
        let permissions: Vec<_> = told.iter().filter_map(|line| line["permission"].as_str()).collect();
        let wanted: Vec<_> = refusals.iter().map(|(_, permission)| *permission).collect();
        assert_eq!(permissions, wanted, "each refusal is told: {refusals:?}: {told:#?}");
        assert!(told.iter().all(|line| line["object_ref"] == json!(object)), "{told:#?}");
    }
}

#[tokio::test]
async fn nobody_but_a_worker_reaches_the_body_of_a_process_or_a_step() {
    let board = Board::new().await;
    let entries = [
        (processes::meeting::object(), json!({ "name": "Bo" })),
        (steps::load::object(), json!({ "name": "Bo", "number": 1 })),
    ];
    for (object, arguments) in entries {
        let run = match object.detail {
            ObjectDetail::Process(process) => process.run,
            ObjectDetail::Step(step) => step.run,
            _ => panic!("{} has no body of this kind", object.reference),
        };
        let system = board.platform.system().await.expect("a scope");
        let error = system.run(async move { run(arguments).await }).await.expect_err("it is no worker");
        assert_eq!(error.code(), "no_process", "{error}");
    }
}
