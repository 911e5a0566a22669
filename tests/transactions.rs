//! Several writes as one, and the audit log that is written with them.

mod support;

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use appos::ErrorKind;
use appos::prelude::{Record, RecordQuery, dec, transaction};
use probe::records::{NewThing, Part, Stage, Thing, ThingPatch};
use probe::rules;
use serde_json::json;
use support::platform;

#[tokio::test]
async fn a_transaction_keeps_all_of_its_writes_or_none() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let parts = || vec!["a".to_owned(), "b".to_owned()];
        let error = rules::whole_thing("x".to_owned(), parts(), true).await.unwrap_err();
        assert_eq!(error.message(), "2 parts were seen and given up");
        assert_eq!((Thing::count().await.unwrap(), Part::count().await.unwrap()), (0, 0));
        let thing = rules::whole_thing("x".to_owned(), parts(), false).await.unwrap();
        assert_eq!((Thing::count().await.unwrap(), Part::count().await.unwrap()), (1, 2));
        assert_eq!(thing.timeline().await.unwrap().len(), 1, "entries of what was given up are gone with it");
    })
    .await;
}

#[tokio::test]
async fn a_refused_write_inside_a_transaction_leaves_the_rest_whole() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        assert_eq!(rules::whole_without_the_twin("x".to_owned()).await.unwrap(), 1);
        assert_eq!(Thing::count().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_fails_inside_another_takes_back_its_own_writes_only() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        assert_eq!(rules::whole_around_a_failure("x".to_owned()).await.unwrap(), ["x", "kept"]);
        assert_eq!(Thing::count().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_times_out_or_panics_is_gone_and_frees_the_writer() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        assert_eq!(rules::whole_but_late("x".to_owned()).await.unwrap_err().kind(), ErrorKind::Timeout);
        assert_eq!(rules::whole_but_broken("x".to_owned()).await.unwrap_err().code(), "panicked");
        assert_eq!(Thing::count().await.unwrap(), 0);
        Thing::create(NewThing { name: "x".to_owned(), ..NewThing::default() }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn access_changes_with_the_commit_and_not_before() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let group = platform.system().await.unwrap().run(async {
        appos::prelude::platform::records::Group::query().name("probe_users").first().await.unwrap().unwrap().id
    });
    let group = group.await;
    let id = ann.user.id;
    let may = async || platform.scope_of(id).await.unwrap().run(async { rules::admins_only().await }).await.is_ok();
    assert!(!may().await);
    let system = platform.system().await.unwrap();
    system.run(async move { rules::grant_and_give_up(group, true).await }).await.unwrap_err();
    assert!(!may().await);
    let system = platform.system().await.unwrap();
    system.run(async move { rules::grant_and_give_up(group, false).await }).await.unwrap();
    assert!(may().await);
}

#[tokio::test]
async fn the_audit_log_tells_who_changed_what_from_what_to_what() {
    let platform = platform().await;
    let fiona = platform.user("fiona", &["probe_users", "probe_admins", "finance"]).await.unwrap();
    let user = fiona.user.id;
    let id = fiona
        .run(async move {
            let new = NewThing { name: "a".to_owned(), secret_limit: dec!(5), ..NewThing::default() };
            let thing = Thing::create(new).await.unwrap();
            let patch = ThingPatch { name: Some("b".to_owned()), stage: Some(Stage::Done), ..ThingPatch::default() };
            let thing = thing.update(patch).await.unwrap();
            let same = ThingPatch { name: Some("b".to_owned()), ..ThingPatch::default() };
            let thing = thing.update(same).await.unwrap();
            let entries = thing.timeline().await.unwrap();
            assert_eq!(entries.iter().map(|entry| &*entry.action).collect::<Vec<_>>(), ["update", "update", "create"]);
            assert_eq!(entries.iter().map(|entry| entry.version).collect::<Vec<_>>(), [3, 2, 1]);
            assert!(entries.iter().all(|entry| entry.user == Some(user) && entry.execution_id.len() == 36));
            assert!(entries[0].changes.is_empty());
            let changed = json!({ "name": { "old": "a", "new": "b" }, "stage": { "old": "open", "new": "done" } });
            assert_eq!(json!(entries[1].changes), changed);
            assert_eq!(entries[2].changes["secret_limit"], json!({ "old": null, "new": "5" }));
            thing.id
        })
        .await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async move {
        let thing = Thing::get(id).await.unwrap();
        let entries = thing.timeline().await.unwrap();
        assert!(!entries[2].changes.contains_key("secret_limit"), "a field's readers are its timeline's readers");
    })
    .await;
    let outsider = platform.user("olga", &[]).await.unwrap();
    let thing = platform.scope_of(user).await.unwrap().run(async move { Thing::get(id).await }).await.unwrap();
    let kept = thing.clone();
    assert_eq!(outsider.run(async move { kept.timeline().await }).await.unwrap_err().kind(), ErrorKind::Security);
    platform
        .scope_of(user)
        .await
        .unwrap()
        .run(async move {
            let gone = thing.clone();
            thing.delete().await.unwrap();
            let entries = gone.timeline().await.unwrap();
            assert_eq!(entries[0].action, "delete");
            assert_eq!(entries[0].changes["name"], json!({ "old": "b", "new": null }));
        })
        .await;
}

#[tokio::test]
async fn rules_of_a_record_run_with_its_writes_or_undo_them() {
    use probe::records::{Basket, BasketPatch, NewBasket};
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let notes = async || {
            let things = Thing::query().order_by(|c| c.id.asc()).all().await.unwrap();
            things.into_iter().map(|thing| thing.name).collect::<Vec<_>>()
        };
        let named = |label: &str| NewBasket { label: label.to_owned(), size: 1 };
        let error = Basket::create(named("forbidden")).await.unwrap_err();
        assert_eq!(error.chain(), ["probe.rules.basket_opens", "probe.records.basket"]);
        assert_eq!((Basket::count().await.unwrap(), notes().await.len()), (0, 0));
        let basket = Basket::create(named("a")).await.unwrap();
        assert_eq!(notes().await, ["opens a"]);
        let basket = basket.update(BasketPatch { size: Some(12), ..BasketPatch::default() }).await.unwrap();
        assert_eq!((basket.size, basket.version), (10, 3), "the answer is the row as the rules have left it");
        assert_eq!(notes().await, ["opens a", "changes a to 10", "changes a to 12"]);
        let kept = basket.clone();
        assert_eq!(kept.delete().await.unwrap_err().message(), "a full basket stays");
        let basket = basket.update(BasketPatch { size: Some(2), ..BasketPatch::default() }).await.unwrap();
        basket.delete().await.unwrap();
        assert_eq!(Basket::count().await.unwrap(), 0);
        assert_eq!(notes().await.last().unwrap(), "goes a");
    })
    .await;
}

#[tokio::test]
async fn passwords_and_keys_are_part_of_the_open_transaction() {
    use appos::AppOsError;
    use appos::prelude::platform::records::{NewUser, User};
    use appos::prelude::{engine, transaction};
    let platform = platform().await;
    let new = |name: &str, user_type: &str| {
        let row =
            json!({ "email": format!("{name}@example.com"), "name": name, "user_type": user_type, "active": true });
        serde_json::from_value::<NewUser>(row).unwrap()
    };
    let call = async |rule: &str, arguments| engine::dispatch(format!("platform.rules.{rule}"), arguments).await;
    let keys = async |user| call("list_api_keys", json!({ "user": user })).await.unwrap().as_array().unwrap().len();
    let system = platform.system().await.unwrap();
    // In the transaction that made the account, which another connection could not see.
    let given_up: Result<(), AppOsError> = {
        let (key, boss) = (new("robot", "service_account"), new("boss", "system_admin"));
        let all = transaction(async move {
            let robot = User::create(key).await?;
            call("create_api_key", json!({ "user": robot.id, "name": "first" })).await?;
            assert_eq!(keys(robot.id).await, 1);
            let boss = User::create(boss).await?;
            call("set_password", json!({ "user": boss.id, "password": "correct horse battery" })).await?;
            Err("given up".into())
        });
        Arc::clone(&system).run(all).await
    };
    assert_eq!(given_up.unwrap_err().message(), "given up");
    system
        .run(async move {
            assert_eq!(User::count().await.unwrap(), 0);
            let (robot, boss) = transaction(async move {
                let robot = User::create(new("robot", "service_account")).await?;
                call("create_api_key", json!({ "user": robot.id, "name": "first" })).await?;
                let boss = User::create(new("boss", "system_admin")).await?;
                Ok((robot, boss))
            })
            .await
            .unwrap();
            assert_eq!(keys(robot.id).await, 1);
            // Taken back: the key is good, and nobody can sign in as administrator.
            let listed = call("list_api_keys", json!({ "user": robot.id })).await.unwrap();
            let id = listed[0]["id"].clone();
            let boss_id = boss.id;
            let taken_back: Result<(), AppOsError> = transaction(async {
                assert_eq!(call("revoke_api_key", json!({ "id": id })).await?, json!(true));
                assert_eq!(call("revoke_api_key", json!({ "id": id })).await?, json!(false));
                call("set_password", json!({ "user": boss_id, "password": "correct horse battery" })).await?;
                Err("taken back".into())
            })
            .await;
            assert_eq!(taken_back.unwrap_err().message(), "taken back");
            assert_eq!(keys(robot.id).await, 1);
            transaction(async { boss.delete().await }).await.unwrap();
            let boss = User::create(new("boss", "system_admin")).await.unwrap();
            let password = json!({ "user": boss.id, "password": "correct horse battery" });
            transaction(async { call("set_password", password).await }).await.unwrap();
            assert_eq!(boss.delete().await.unwrap_err().code(), "last_system_admin", "the password was kept");
        })
        .await;
}

/// More steps than a write takes from its beginning to its end.
const STEPS: usize = 60;

/// Goes so many steps of something, and gives it up.
async fn given_up_after<F: Future>(mut steps: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let gone = poll_fn(|cx| {
        if steps == 0 {
            return Poll::Ready(None);
        }
        steps -= 1;
        future.as_mut().poll(cx).map(Some)
    });
    gone.await
}

fn named(name: String) -> NewThing {
    NewThing { name, ..NewThing::default() }
}

#[tokio::test]
async fn what_is_given_up_inside_a_transaction_leaves_the_rest_whole_or_nothing_of_it() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let mut wholes = 0;
    for steps in 1..STEPS {
        let making = transaction(async move {
            Thing::create(named(format!("{steps} before"))).await?;
            given_up_after(steps, Thing::create(named(format!("{steps} given up")))).await;
            Thing::create(named(format!("{steps} after"))).await
        });
        let is_whole = Arc::clone(&ann).run(making).await.is_ok();
        wholes += usize::from(is_whole);
        let kept = Arc::clone(&ann).run(async move {
            let all = Thing::query().all().await.expect("an answer").into_iter();
            let own = |name: &str| name == format!("{steps} before") || name == format!("{steps} after");
            all.filter(|thing| own(&thing.name)).count()
        });
        assert_eq!(kept.await, if is_whole { 2 } else { 0 }, "{steps} steps");
    }
    assert!(wholes > 0, "most are not given up while a savepoint begins");
}
