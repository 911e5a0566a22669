//! Tasks of people: whoever is asked answers, and the process goes on; nobody else learns that something was asked.

mod support;

use std::sync::Arc;
use std::time::Duration;

use appos::prelude::process::Instance;
use appos::prelude::{Record, RecordQuery, engine};
use appos::testing::prelude::open_page;
use appos::testing::{Scope, TestPlatform};
use appos::{ErrorKind, Result};
use probe::processes;
use probe::records::{NewOrder, Order, Thing};
use serde_json::{Value as Json, json};
use support::platform;

async fn rule(name: &str, arguments: Json) -> Result<Json> {
    engine::dispatch(format!("platform.rules.{name}"), arguments).await
}

/// One who may start processes, and two who are asked.
struct People {
    platform: TestPlatform,
    ann: Arc<Scope>,
    bea: Arc<Scope>,
    cid: Arc<Scope>,
}

impl People {
    async fn meet() -> Self {
        let platform = platform().await;
        let ann = platform.user("ann", &["probe_users"]).await.expect("ann");
        let bea = platform.user("bea", &["probe_admins"]).await.expect("bea");
        let cid = platform.user("cid", &["probe_admins"]).await.expect("cid");
        Self { platform, ann, bea, cid }
    }

    async fn start(&self, start: impl Future<Output = Result<Instance>>) -> Instance {
        let instance = Arc::clone(&self.ann).run(start).await.expect("it starts");
        self.rest().await;
        instance
    }

    async fn rest(&self) {
        self.platform.processes_idle().await.expect("an answer");
    }

    async fn show(&self, instance: Instance) -> Json {
        let system = self.platform.system().await.expect("a scope");
        system.run(rule("process_show", json!({ "instance": instance.id }))).await.expect("an instance")
    }
}

async fn tasks(who: &Arc<Scope>) -> Vec<Json> {
    let listed = Arc::clone(who).run(rule("task_list", json!({}))).await.expect("a list");
    listed.as_array().expect("a list").clone()
}

async fn ask(who: &Arc<Scope>, name: &str, arguments: Json) -> Result<Json> {
    Arc::clone(who).run(rule(name, arguments)).await
}

#[tokio::test]
async fn whoever_is_asked_answers_and_the_process_goes_on() {
    let people = People::meet().await;
    let instance = people.start(processes::petition("Bo".to_owned(), None).start()).await;
    let [listed] = tasks(&people.bea).await.try_into().expect("one task");
    assert_eq!((&listed["title"], &listed["overdue"]), (&json!("Grant what Bo asks for?"), &json!(false)));
    assert_eq!((&listed["group"], &listed["state"]), (&json!("probe_admins"), &json!("open")));
    let shown = ask(&people.bea, "task_show", json!({ "task": listed["id"] })).await.expect("a task");
    assert_eq!(shown["form"]["choices"][1], json!({ "value": "refused", "label": "Turned down" }), "{shown:#}");
    assert_eq!((&shown["description"], &shown["may_answer"]), (&json!("They have asked before."), &json!(true)));
    let given = json!({ "task": listed["id"], "answer": "granted", "comment": " gladly " });
    ask(&people.bea, "task_answer", given).await.expect("it is taken");
    people.rest().await;
    let seen = people.show(instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!("Bo goes gladly!")), "{seen:#}");
    let entry = &seen["history"][0];
    assert_eq!(
        (&entry["kind"], &entry["arguments"]),
        (&json!("task"), &json!({"assignee": {"group": "probe_admins"}}))
    );
    assert_eq!((&entry["result"]["answer"], &entry["result"]["by"]), (&json!("granted"), &json!(people.bea.user.id)));
    assert!(tasks(&people.bea).await.is_empty() && tasks(&people.cid).await.is_empty());
    let answered = ask(&people.cid, "task_show", json!({ "task": listed["id"] })).await.expect("a task");
    assert_eq!((&answered["state"], &answered["answer"]), (&json!("answered"), &json!("granted")));
}

#[tokio::test]
async fn the_first_answer_counts() {
    let people = People::meet().await;
    let instance = people.start(processes::petition("Bo".to_owned(), None).start()).await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    let (one, other) = tokio::join!(
        ask(&people.bea, "task_answer", json!({ "task": id, "answer": "granted" })),
        ask(&people.cid, "task_answer", json!({ "task": id, "answer": "refused" })),
    );
    let wins = if one.is_ok() { "Bo goes !" } else { "Bo stays !" };
    let [late] = <[_; 1]>::try_from([one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>()).expect("one");
    assert_eq!((late.kind(), late.code()), (ErrorKind::Validation, "task_answered"));
    people.rest().await;
    assert_eq!(people.show(instance).await["result"], wins);
}

#[tokio::test]
async fn nobody_else_learns_of_a_task() {
    // It is as unknown with an end as it is without one.
    for patience in [None, Some(3600)] {
        learns_nobody_else(&People::meet().await, patience).await;
    }
}

async fn learns_nobody_else(people: &People, patience: Option<u64>) {
    people.start(processes::petition("Bo".to_owned(), patience).start()).await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    let fin = people.platform.user("fin", &["finance"]).await.expect("fin");
    // Who has started it, who sees the process, and who has nothing to do with it.
    for stranger in [&people.ann, &fin] {
        assert!(tasks(stranger).await.is_empty());
        for (name, more) in [
            ("task_show", json!({})),
            ("task_answer", json!({"answer": "granted"})),
            ("task_reassign", json!({"group": "finance"})),
        ] {
            let mut arguments = more;
            arguments["task"] = id.clone();
            let error = ask(stranger, name, arguments).await.expect_err("no such task");
            assert_eq!((error.kind(), error.code()), (ErrorKind::Dispatch, "unknown_task"), "{name}");
        }
    }
    // Who may do everything may give it to others, and does not answer in their place.
    let system = people.platform.system().await.expect("a scope");
    let answer = json!({ "task": id, "answer": "granted" });
    assert_eq!(ask(&system, "task_answer", answer).await.expect_err("not asked").code(), "unknown_task");
    assert_eq!(tasks(&people.bea).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_answer_is_refused_when_it_is_given() {
    let people = People::meet().await;
    let instance = people.start(processes::petition("Bo".to_owned(), None).start()).await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    for wrong in [json!("perhaps"), json!(7), json!(null), json!({}), json!(["granted"])] {
        let error =
            ask(&people.bea, "task_answer", json!({ "task": id, "answer": wrong })).await.expect_err("no answer");
        let fields: Vec<&str> = error.fields().iter().map(|field| field.field.as_str()).collect();
        assert_eq!((error.code(), fields), ("invalid_fields", vec!["answer"]), "{wrong}");
    }
    let both = json!({ "task": id, "answer": "perhaps", "comment": "x".repeat(2001) });
    assert_eq!(ask(&people.bea, "task_answer", both).await.expect_err("two mistakes").fields().len(), 2);
    people.rest().await;
    assert_eq!(people.show(instance).await["state"], "running");
    assert_eq!(tasks(&people.bea).await.len(), 1);
}

#[tokio::test]
async fn a_task_that_nobody_waits_for_is_withdrawn() {
    let people = People::meet().await;
    let instance = people.start(processes::petition("Bo".to_owned(), Some(3 * 24 * 3600)).start()).await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    people.platform.advance(Duration::from_hours(48));
    people.rest().await;
    assert_eq!(tasks(&people.bea).await[0]["overdue"], true);
    people.platform.advance(Duration::from_secs(24 * 3600 + 1));
    // Before the process has noticed.
    let answer = json!({ "task": id, "answer": "granted" });
    assert_eq!(ask(&people.bea, "task_answer", answer.clone()).await.expect_err("too late").code(), "task_withdrawn");
    people.rest().await;
    let seen = people.show(instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(null)), "{seen:#}");
    assert_eq!(ask(&people.bea, "task_answer", answer).await.expect_err("too late").code(), "task_withdrawn");

    let instance = people.start(processes::petition("Cy".to_owned(), None).start()).await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    Arc::clone(&people.ann).run(instance.cancel()).await.expect("it is cancelled");
    people.rest().await;
    assert!(tasks(&people.bea).await.is_empty());
    let error = ask(&people.bea, "task_answer", json!({ "task": id, "answer": "granted" })).await;
    assert_eq!(error.expect_err("it has ended").code(), "task_withdrawn");
}

#[tokio::test]
async fn whoever_administers_the_process_gives_a_task_to_others() {
    let people = People::meet().await;
    let order = Arc::clone(&people.ann).run(async { Order::create(NewOrder { label: "a".to_owned() }).await });
    let order = order.await.expect("an order").id;
    let instance = people.start(processes::count_order(order, people.cid.user.id).start()).await;
    assert!(tasks(&people.bea).await.is_empty());
    let [task] = tasks(&people.cid).await.try_into().expect("one task");
    let all = ask(&people.bea, "task_list", json!({ "wanted": { "all": true } })).await.expect("a list");
    assert_eq!(all.as_array().map(Vec::len), Some(1));
    let reassign = |to: Json| {
        let mut arguments = to;
        arguments["task"] = task["id"].clone();
        ask(&people.bea, "task_reassign", arguments)
    };
    for wrong in
        [json!({}), json!({ "group": "night_watch" }), json!({ "user": 999 }), json!({"group": "finance", "user": 1})]
    {
        assert_eq!(reassign(wrong.clone()).await.expect_err("nobody").code(), "invalid_fields", "{wrong}");
    }
    let answer = json!({ "task": task["id"], "answer": 3 });
    assert_eq!(ask(&people.bea, "task_answer", answer.clone()).await.expect_err("not asked").code(), "unknown_task");
    reassign(json!({ "user": people.bea.user.id })).await.expect("it is hers");
    assert!(tasks(&people.cid).await.iter().all(|other| other["id"] != task["id"]));
    let shown = ask(&people.bea, "task_show", json!({ "task": task["id"] })).await.expect("a task");
    assert_eq!(shown["about"], json!({ "record": "probe.records.order", "row": order }));
    ask(&people.bea, "task_answer", answer).await.expect("it is taken");
    people.rest().await;
    assert_eq!(people.show(instance).await["result"], 3);
}

#[tokio::test]
async fn a_question_to_nobody_puts_the_process_aside_until_somebody_is_there() {
    use appos::prelude::platform::records::{Group, NewGroup};
    let people = People::meet().await;
    let instance = people.start(processes::ask_nobody().start()).await;
    let seen = people.show(instance).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("parked"), &json!("unknown_assignee")), "{seen:#}");
    let system = people.platform.system().await.expect("a scope");
    let group = NewGroup { name: "night_watch".to_owned(), active: true, ..Default::default() };
    Arc::clone(&system).run(async { Group::create(group).await }).await.expect("a group");
    Arc::clone(&people.bea).run(instance.resume()).await.expect("it goes on");
    people.rest().await;
    assert_eq!(people.show(instance).await["history"][0]["state"], "waiting");
    let watch = people.platform.user("dan", &["night_watch"]).await.expect("dan");
    let id = tasks(&watch).await[0]["id"].clone();
    ask(&watch, "task_answer", json!({ "task": id, "answer": true })).await.expect("it is taken");
    people.rest().await;
    assert_eq!(people.show(instance).await["result"], true);
}

#[tokio::test]
async fn a_process_that_is_tried_again_asks_again() {
    let people = People::meet().await;
    let instance = people.start(processes::ask_in_a_storm("Bo".to_owned(), 1).start()).await;
    assert_eq!(people.show(instance).await["state"], "failed");
    assert!(tasks(&people.bea).await.is_empty(), "nobody waits for an answer");
    Arc::clone(&people.bea).run(instance.retry()).await.expect("it goes on");
    people.rest().await;
    let id = tasks(&people.bea).await[0]["id"].clone();
    ask(&people.bea, "task_answer", json!({ "task": id, "answer": true })).await.expect("it is taken");
    people.rest().await;
    let seen = people.show(instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!([2, true])), "{seen:#}");
    let system = people.platform.system().await.expect("a scope");
    assert_eq!(system.run(async { Thing::query().count().await.expect("a number") }).await, 2);
}

#[tokio::test]
async fn a_task_has_a_page_with_a_form_for_whoever_is_asked() {
    let people = People::meet().await;
    people.start(processes::petition("Bo".to_owned(), None).start()).await;
    let id = tasks(&people.bea).await[0]["id"].as_str().expect("an id").to_owned();
    let open = async |who: &Arc<Scope>, address: &str| {
        let address = address.to_owned();
        Arc::clone(who).run(async move { open_page(&address).await.expect("an answer") }).await
    };
    let list = open(&people.bea, "/tasks").await;
    assert_eq!((list.status, list.title.contains("My tasks")), (200, true), "{}", list.title);
    assert!(list.html.contains("Grant what Bo asks for?") && list.html.contains(&id), "{}", list.html);
    assert!(list.html.contains("class=\"ao-count\">1<"), "the navigation has their number: {}", list.html);
    let page = open(&people.bea, &format!("/tasks/{id}")).await;
    assert_eq!(page.status, 200);
    for wanted in ["They have asked before.", "Turned down", "name=\"answer\"", "name=\"comment\"", "value=\"granted\""]
    {
        assert!(page.html.contains(wanted), "{wanted}: {}", page.html);
    }
    assert_eq!(open(&people.ann, &format!("/tasks/{id}")).await.status, 404);
    assert!(!open(&people.ann, "/tasks").await.html.contains("Grant what Bo asks for?"));
    ask(&people.bea, "task_answer", json!({ "task": id, "answer": "refused" })).await.expect("it is taken");
    let page = open(&people.bea, &format!("/tasks/{id}")).await;
    assert!(page.html.contains("Turned down") && !page.html.contains("name=\"answer\""), "{}", page.html);
}
