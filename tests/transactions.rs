//! Several writes as one, and the audit log that is written with them.

mod support;

use appos::ErrorKind;
use appos::prelude::{Record, RecordQuery, dec};
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
