//! What goes with a row that is deleted: through its own rules and audit log.

mod support;

use std::sync::Arc;

use appos::ErrorKind;
use appos::prelude::{Id, Record, RecordQuery};
use appos::testing::{Scope, TestPlatform};
use probe::records::{
    Depot, Item, Loan, NewDepot, NewItem, NewLoan, NewParcel, NewSeal, NewShelf, NewSticker, NewTicket, Parcel, Seal,
    Shelf, Sticker, Thing, Ticket,
};
use probe::rules;
use serde_json::json;
use support::platform;

/// What the rules have noted so far, those of the outbox included.
async fn notes(platform: &TestPlatform) -> Vec<String> {
    platform.outbox_idle().await.expect("the outbox is emptied");
    let things = async { Thing::query().order_by(|c| c.id.asc()).all().await.expect("an answer") };
    let system = platform.system().await.expect("a scope");
    system.run(things).await.into_iter().map(|thing| thing.name).collect()
}

async fn ann(platform: &TestPlatform) -> Arc<Scope> {
    platform.user("ann", &["probe_users"]).await.expect("a user")
}

/// A depot with a shelf of items.
async fn depot(items: &[&str]) -> (Depot, Vec<Item>) {
    let depot = Depot::create(NewDepot { name: "north".to_owned() }).await.expect("a row");
    let shelf = Shelf::create(NewShelf { depot: depot.id.into(), name: "low".to_owned() }).await.expect("a row");
    let mut made = Vec::new();
    for label in items {
        let new = NewItem { shelf: shelf.id.into(), label: (*label).to_owned() };
        made.push(Item::create(new).await.expect("a row"));
    }
    (depot, made)
}

#[tokio::test]
async fn what_goes_with_a_row_is_in_its_audit_log_and_calls_its_rules() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let user = ann.user.id;
    let items = Arc::clone(&ann)
        .run(async {
            let (depot, items) = depot(&["a", "b"]).await;
            // Ann may not delete items by themselves; what goes with a depot is the depot's.
            assert_eq!(items[0].clone().delete().await.unwrap_err().kind(), ErrorKind::Security);
            depot.delete().await.unwrap();
            assert_eq!((Shelf::count().await.unwrap(), Item::count().await.unwrap()), (0, 0));
            items
        })
        .await;
    ann.run(async move {
        let mut executions = Vec::new();
        for (item, label) in items.iter().zip(["a", "b"]) {
            let entries = item.timeline().await.unwrap();
            let actions: Vec<_> = entries.iter().map(|entry| &*entry.action).collect();
            assert_eq!(actions, ["delete", "create"]);
            assert_eq!(entries[0].changes["label"], json!({ "old": label, "new": null }));
            assert_eq!(entries[0].user, Some(user));
            executions.push(entries[0].execution_id.clone());
        }
        assert_eq!(executions[0], executions[1], "both went with one execution");
    })
    .await;
    let mut notes = notes(&platform).await;
    // Within the transaction row by row; what the outbox delivers afterwards goes side by side.
    notes[2..].sort_unstable();
    assert_eq!(notes, ["a goes from low", "b goes from low", "1 gone: true", "2 gone: true"]);
}

#[tokio::test]
async fn a_rule_or_a_row_that_keeps_one_of_them_keeps_all() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let (depot, sealed) = Arc::clone(&ann)
        .run(async {
            let (chained, _) = depot(&["a", "chained"]).await;
            let (sealed, items) = depot(&["b", "c"]).await;
            Seal::create(NewSeal { item: items[0].id.into() }).await.unwrap();
            (chained, sealed)
        })
        .await;
    let (kept, also) = (depot.clone(), sealed.clone());
    Arc::clone(&ann)
        .run(async move {
            let error = depot.delete().await.unwrap_err();
            assert_eq!((error.message(), error.chain()[0]), ("a chained item stays", "probe.rules.item_goes"));
            assert_eq!(sealed.delete().await.unwrap_err().code(), "still_referenced");
            assert_eq!((Depot::count().await.unwrap(), Item::count().await.unwrap()), (2, 4));
            for item in Item::query().all().await.unwrap() {
                assert_eq!(item.timeline().await.unwrap().len(), 1, "an entry of what was given up is gone with it");
            }
        })
        .await;
    assert!(notes(&platform).await.is_empty());
    // A version that is not the row's asks no rule.
    ann.run(async move {
        let changed = kept.clone().update(probe::records::DepotPatch { name: Some("x".to_owned()) }).await.unwrap();
        assert_eq!(kept.delete().await.unwrap_err().code(), "stale_version");
        assert_eq!(changed.delete().await.unwrap_err().message(), "a chained item stays");
        assert_eq!(also.id, Depot::get(also.id).await.unwrap().id);
    })
    .await;
}

#[tokio::test]
async fn a_reference_that_is_emptied_is_a_change_of_its_row() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    Arc::clone(&ann)
        .run(async {
            let (depot, _) = depot(&[]).await;
            let (one, other) = (Some(depot.id.into()), None);
            let new = |label: &str, depot| NewTicket { label: label.to_owned(), depot };
            let ticket = Ticket::create(new("mine", one)).await.unwrap();
            Ticket::create(new("of nobody", other)).await.unwrap();
            let was = depot.id;
            depot.delete().await.unwrap();
            let now = Ticket::get(ticket.id).await.unwrap();
            assert_eq!((now.depot, now.version), (None, 2));
            let entries = now.timeline().await.unwrap();
            assert_eq!(entries[0].action, "update");
            assert_eq!(json!(entries[0].changes), json!({ "depot": { "old": was, "new": null } }));
        })
        .await;
    assert_eq!(notes(&platform).await, ["mine is with None"]);
}

#[tokio::test]
async fn rows_out_of_sight_go_for_good_and_are_not_told_again() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    ann.run(async {
        let (depot, _) = depot(&[]).await;
        let new = |label: &str| NewLoan { depot: depot.id.into(), label: label.to_owned() };
        let (live, dead) = (Loan::create(new("live")).await.unwrap(), Loan::create(new("dead")).await.unwrap());
        dead.clone().delete().await.unwrap();
        let id: Id<Loan> = live.id;
        depot.delete().await.unwrap();
        assert_eq!((Loan::count().await.unwrap(), Loan::query().deleted().count().await.unwrap()), (0, 0));
        assert_eq!(Loan::restore(id).await.unwrap_err().code(), "record_not_found");
        for loan in [live, dead] {
            let entries = loan.timeline().await.unwrap();
            let actions: Vec<_> = entries.iter().map(|entry| &*entry.action).collect();
            assert_eq!(actions, ["delete", "create"], "{}", loan.label);
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_are_put_out_of_sight_with_another_call_their_rules_and_come_back_with_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    Arc::clone(&ann)
        .run(async {
            let parcel = Parcel::create(NewParcel { label: "p".to_owned() }).await.unwrap();
            let new = NewSticker { parcel: parcel.id.into(), label: "red".to_owned() };
            let sticker = Sticker::create(new).await.unwrap();
            let id = parcel.id;
            parcel.delete().await.unwrap();
            assert_eq!(Sticker::count().await.unwrap(), 0);
            Parcel::restore(id).await.unwrap();
            assert_eq!(Sticker::get(sticker.id).await.unwrap().label, "red");
        })
        .await;
    let noted = notes(&platform).await;
    assert!(noted.contains(&"red goes".to_owned()), "{noted:?}");
}

#[tokio::test]
async fn too_many_rows_go_with_none() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    ann.run(async {
        let depot = rules::full_depot(10_000).await.unwrap();
        // The shelf counts, too.
        assert_eq!(depot.delete().await.unwrap_err().code(), "too_many_dependents");
        assert_eq!(Item::count().await.unwrap(), 10_000);
    })
    .await;
}

#[tokio::test]
async fn the_places_of_a_user_who_is_removed_are_in_the_audit_log() {
    use appos::prelude::platform::records::{Membership, User};
    let platform = platform().await;
    let ann = ann(&platform).await;
    let id = ann.user.id;
    let system = platform.system().await.unwrap();
    system
        .run(async move {
            let membership = Membership::query().user(Id::new(id)).first().await.unwrap().unwrap();
            User::get(id).await.unwrap().delete().await.unwrap();
            let entries = membership.timeline().await.unwrap();
            assert_eq!(entries[0].action, "delete");
            assert_eq!(entries[0].changes["user"], json!({ "old": id, "new": null }));
        })
        .await;
}
