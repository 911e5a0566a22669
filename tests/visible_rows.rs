//! Which rows somebody sees: the record's own rule, deletion that can be undone, and both of
//! them in everything that reads or writes. And what nobody writes: computed and numbered fields.

mod support;

use appos::prelude::platform::records::User;
use appos::prelude::{Eager, Record, RecordQuery, Ref, dec};
use appos::testing::TestPlatform;
use probe::records::{
    Bill, Case, CasePatch, NewBill, NewCase, NewNote, NewThing, NewVerdict, Note, NotePatch, Stage, Thing, Verdict,
};
use support::platform;

const BOTH: &[&str] = &["probe_users", "finance"];

fn case(title: &str, owner: i64) -> NewCase {
    NewCase { title: title.to_owned(), owner: Ref::from(owner), net: dec!(10), tax: dec!(2), ..NewCase::default() }
}

/// Cases `a1`, `a2` of ann and `b1` of bob; the ids of both users.
async fn cases(platform: &TestPlatform) -> (i64, i64) {
    let ann = platform.user("ann", BOTH).await.expect("it works").user.id;
    let bob = platform.user("bob", BOTH).await.expect("it works").user.id;
    let admin = platform.system().await.expect("it works");
    admin
        .run(async move {
            for (title, owner) in [("a1", ann), ("b1", bob), ("a2", ann)] {
                Case::create(case(title, owner)).await.expect("it works");
            }
        })
        .await;
    (ann, bob)
}

async fn titles(query: impl RecordQuery<Record = Case>) -> Vec<String> {
    query.order_by(|c| c.title.asc()).all().await.expect("it works").into_iter().map(|case| case.title).collect()
}

#[tokio::test]
async fn a_rule_says_which_rows_are_there_for_every_way_of_reading() {
    let platform = platform().await;
    let (ann, bob) = cases(&platform).await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async move {
            assert_eq!(titles(Case::query()).await, ["a1", "a2"]);
            assert_eq!(Case::count().await.unwrap(), 2);
            assert_eq!(Case::query().sum(|c| c.net).await.unwrap(), dec!(20));
            assert_eq!(Case::query().group_by(|c| c.owner).count().await.unwrap(), [(Ref::from(ann), 2)]);
            assert!(titles(Case::query().owner(Ref::from(bob))).await.is_empty());
            assert_eq!(titles(Case::query().filter(|c| !c.owner.eq(Ref::from(ann)))).await, [""; 0]);
            let error = Case::get(2).await.unwrap_err();
            assert_eq!(error.code(), "record_not_found");
            let page = Case::query().order_by(|c| c.title.asc()).limit(1).page().await.unwrap();
            assert_eq!(page.rows[0].title, "a1");
            let page =
                Case::query().order_by(|c| c.title.asc()).limit(1).after(page.next.unwrap()).page().await.unwrap();
            assert_eq!((page.rows[0].title.as_str(), page.next), ("a2", None));
        })
        .await;
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            assert_eq!(titles(Case::query()).await, ["a1", "a2", "b1"]);
        })
        .await;
}

#[tokio::test]
async fn rows_that_may_not_be_seen_can_be_neither_changed_nor_deleted_nor_referred_to() {
    let platform = platform().await;
    let (ann, bob) = cases(&platform).await;
    let foreign = platform.system().await.unwrap().run(async { Case::get(2).await.unwrap() }).await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async move {
            let patch = CasePatch { title: Some("mine now".to_owned()), ..CasePatch::default() };
            assert_eq!(foreign.clone().update(patch).await.unwrap_err().code(), "record_not_found");
            assert_eq!(foreign.clone().timeline().await.unwrap_err().code(), "record_not_found");
            assert_eq!(foreign.clone().delete().await.unwrap_err().code(), "record_not_found");
            let note = NewNote { case_of: Ref::from(foreign.id.get()), text: "x".to_owned() };
            let error = Note::create(note.clone()).await.unwrap_err();
            assert_eq!(error.fields()[0].code, "broken_reference");
            // A missing row gives the same answer: nobody learns which ids exist.
            let missing = Note::create(NewNote { case_of: Ref::from(99), ..note }).await.unwrap_err();
            assert_eq!(missing.fields()[0].message.replace("99", "2"), error.fields()[0].message);
            // What is one's own cannot be made somebody else's, nor a row be made for somebody else.
            let own = Case::get(1).await.unwrap();
            let given = CasePatch { owner: Some(Ref::from(bob)), ..CasePatch::default() };
            assert_eq!(own.update(given).await.unwrap_err().code(), "row_not_allowed");
            assert_eq!(Case::create(case("b2", bob)).await.unwrap_err().code(), "row_not_allowed");
            assert_eq!(Case::get(1).await.unwrap().owner, Ref::<User>::from(ann));
        })
        .await;
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            assert_eq!(titles(Case::query()).await, ["a1", "a2", "b1"]);
            assert_eq!(Case::get(2).await.unwrap().version, 1);
        })
        .await;
}

#[tokio::test]
async fn related_rows_are_asked_about_only_as_far_as_they_may_be_seen() {
    let platform = platform().await;
    let (ann, _) = cases(&platform).await;
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            for (id, text) in [(1, "good"), (2, "bad"), (2, "good")] {
                Note::create(NewNote { case_of: Ref::from(id), text: text.to_owned() }).await.unwrap();
            }
            Bill::create(NewBill { case_of: Ref::from(1), amount: 3 }).await.unwrap();
            let thing = Thing::create(NewThing { name: "t".to_owned(), secret_limit: dec!(5), ..NewThing::default() });
            assert_eq!(thing.await.unwrap().id.get(), 1);
            Case::create(NewCase { thing: Some(Ref::from(1)), ..case("with", 1) }).await.unwrap();
            assert_eq!(titles(Case::query().filter(|c| c.notes.any(|n| n.text.eq("bad")))).await, ["b1"]);
            assert_eq!(
                titles(Case::query().filter(|c| !c.notes.any(|n| n.text.eq("bad")))).await,
                ["a1", "a2", "with"]
            );
            assert_eq!(titles(Case::query().filter(|c| c.thing.is(|t| t.name.eq("t")))).await, ["with"]);
            assert_eq!(Note::query().filter(|n| n.case_of.is(|c| c.title.starts_with("b"))).count().await.unwrap(), 2);
        })
        .await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async move {
            // Notes are for everybody, cases for their owner: the case of a note is his only.
            let of_b = Note::query().filter(|n| n.case_of.is(|c| c.title.starts_with("b")));
            assert_eq!(of_b.count().await.unwrap(), 0);
            let of_mine = Note::query().filter(|n| n.case_of.is(|c| c.owner.eq(Ref::from(ann))));
            assert_eq!(of_mine.count().await.unwrap(), 1);
            // A field that may be read by her may be asked about; ann is in finance.
            let by_limit = Case::query().filter(|c| c.thing.is(|t| t.secret_limit.gt(dec!(1))));
            assert_eq!(by_limit.count().await.unwrap(), 1);
        })
        .await;
    platform
        .user("carl", &["probe_users"])
        .await
        .unwrap()
        .run(async {
            let by_limit = Case::query().filter(|c| c.thing.is(|t| t.secret_limit.gt(dec!(1))));
            assert_eq!(by_limit.count().await.unwrap_err().kind(), appos::ErrorKind::Security);
        })
        .await;
}

#[tokio::test]
async fn a_deleted_row_is_out_of_sight_and_can_be_restored_with_what_went_with_it() {
    let platform = platform().await;
    cases(&platform).await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async {
            let note = |text: &str| NewNote { case_of: Ref::from(1), text: text.to_owned() };
            let early = Note::create(note("early")).await.unwrap();
            let late = Note::create(note("late")).await.unwrap();
            early.delete().await.unwrap();
            let row = Case::get(1).await.unwrap();
            row.clone().delete().await.unwrap();
            assert_eq!(row.clone().delete().await.unwrap_err().code(), "record_not_found");
            assert_eq!(titles(Case::query()).await, ["a2"]);
            assert_eq!(Note::count().await.unwrap(), 0);
            assert_eq!(late.update(NotePatch::default()).await.unwrap_err().code(), "record_not_found");
            assert_eq!(Note::create(note("x")).await.unwrap_err().fields()[0].code, "broken_reference");
            assert_eq!(titles(Case::query().deleted()).await, ["a1"]);
            assert_eq!(Note::query().deleted().count().await.unwrap(), 2);

            // Its title is free meanwhile, and then it is not.
            let other = Case::create(case("a1", row.owner.get())).await.unwrap();
            assert_eq!(Case::restore(row.id).await.unwrap_err().code(), "not_unique");
            other.update(CasePatch { title: Some("a3".to_owned()), ..CasePatch::default() }).await.unwrap();
            let back = Case::restore(row.id).await.unwrap();
            assert_eq!((back.title.as_str(), back.version), ("a1", 3));
            let notes: Vec<_> = Note::query().all().await.unwrap().into_iter().map(|note| note.text).collect();
            assert_eq!(notes, ["late"], "what was deleted before stays deleted");
            let actions: Vec<_> = back.timeline().await.unwrap().into_iter().map(|entry| entry.action).collect();
            assert_eq!(actions, ["restore", "delete", "create"]);
            assert_eq!(Case::restore(row.id).await.unwrap_err().code(), "record_not_found");
        })
        .await;
    platform
        .user("bob", BOTH)
        .await
        .unwrap()
        .run(async {
            assert_eq!(Case::restore(1).await.unwrap_err().code(), "record_not_found");
            assert!(titles(Case::query().deleted()).await.is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_row_that_others_hold_on_to_is_not_deleted() {
    let platform = platform().await;
    cases(&platform).await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async {
            let row = Case::get(1).await.unwrap();
            Bill::create(NewBill { case_of: row.id.into(), amount: 3 }).await.unwrap();
            assert_eq!(row.clone().delete().await.unwrap_err().code(), "still_referenced");
            assert_eq!(Case::get(1).await.unwrap().version, row.version);
        })
        .await;
}

#[tokio::test]
async fn only_who_may_delete_sees_deleted_rows() {
    let platform = platform().await;
    platform
        .user("dora", &["probe_admins"])
        .await
        .unwrap()
        .run(async {
            // Nothing of `Note` is hers.
            assert_eq!(Note::query().deleted().count().await.unwrap_err().kind(), appos::ErrorKind::Security);
        })
        .await;
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            assert_eq!(Bill::query().deleted().count().await.unwrap_err().code(), "no_soft_delete");
            assert_eq!(Bill::restore(1).await.unwrap_err().code(), "no_soft_delete");
        })
        .await;
}

#[tokio::test]
async fn nobody_writes_a_number_or_a_computed_value() {
    let platform = platform().await;
    let (ann, _) = cases(&platform).await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async move {
            let numbers: Vec<_> = Case::query().all().await.unwrap().into_iter().map(|case| case.number).collect();
            assert_eq!(numbers, ["C-0001", "C-0003"]);
            // A row that is not written takes no number.
            Case::create(case("a1", ann)).await.unwrap_err();
            let made = Case::create(case("a4", ann)).await.unwrap();
            assert_eq!((made.number.as_str(), made.gross), ("C-0004", Some(dec!(12))));
            let note = Note::create(NewNote { case_of: made.id.into(), text: "four".to_owned() }).await.unwrap();
            assert_eq!((note.serial, note.length), (1, 4));
            let changed =
                note.update(NotePatch { text: Some("seven..".to_owned()), ..NotePatch::default() }).await.unwrap();
            assert_eq!((changed.serial, changed.length), (1, 7));
        })
        .await;
    let eve = platform.user("eve", &["probe_users"]).await.unwrap();
    let id = eve.user.id;
    eve.run(async move {
        // Who may not read the tax does not learn it from the sum.
        let own = Case::create(NewCase { tax: dec!(0), ..case("e", id) }).await.unwrap();
        assert_eq!(own.gross, None);
    })
    .await;
}

#[tokio::test]
async fn aggregates_answer_for_all_rows_and_for_groups() {
    let platform = platform().await;
    cases(&platform).await;
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            let none = || Case::query().title("nothing");
            assert_eq!(none().sum(|c| c.net).await.unwrap(), dec!(0));
            assert_eq!(none().average(|c| c.net).await.unwrap(), None);
            assert_eq!(none().max(|c| c.title).await.unwrap(), None);
            let third = Case::get(3).await.unwrap();
            let patch = CasePatch { net: Some(dec!(0.05)), stage: Some(Stage::Done), ..CasePatch::default() };
            third.update(patch).await.unwrap();
            assert_eq!(Case::query().sum(|c| c.net).await.unwrap(), dec!(20.05));
            assert_eq!(Case::query().average(|c| c.tax).await.unwrap(), Some(dec!(2)));
            assert_eq!(Case::query().min(|c| c.net).await.unwrap(), Some(dec!(0.05)));
            assert_eq!(Case::query().max(|c| c.title).await.unwrap().as_deref(), Some("b1"));
            let by_stage = Case::query().group_by(|c| c.stage).sum(|c| c.net).await.unwrap();
            assert_eq!(by_stage, [(Stage::Done, dec!(0.05)), (Stage::Open, dec!(20))]);
            let largest = Case::query().group_by(|c| (c.stage, c.owner)).max(|c| c.title).await.unwrap();
            assert_eq!(largest.len(), 3);
            let averages = Thing::query().group_by(|t| t.flag).average(|t| t.number).await.unwrap();
            assert!(averages.is_empty());
            for (name, number) in [("x", 1), ("y", 2)] {
                Thing::create(NewThing { name: name.to_owned(), number, ratio: 0.5, ..NewThing::default() })
                    .await
                    .unwrap();
            }
            assert_eq!(Thing::query().average(|t| t.number).await.unwrap(), Some(dec!(1.5)));
            assert_eq!(Thing::query().sum(|t| t.number).await.unwrap(), 3);
            assert!((Thing::query().sum(|t| t.ratio).await.unwrap() - 1.0).abs() < 1e-9);
            assert_eq!(Thing::query().max(|t| t.due).await.unwrap(), None);
        })
        .await;
    platform
        .user("carl", &["probe_users"])
        .await
        .unwrap()
        .run(async {
            let error = Thing::query().sum(|t| t.secret_limit).await.unwrap_err();
            assert_eq!(error.kind(), appos::ErrorKind::Security);
            let error = Thing::query().group_by(|t| t.secret_limit).count().await.unwrap_err();
            assert_eq!(error.kind(), appos::ErrorKind::Security);
        })
        .await;
}

#[tokio::test]
async fn rows_that_belong_to_rows_are_read_together() {
    let platform = platform().await;
    let (ann, bob) = cases(&platform).await;
    platform
        .system()
        .await
        .unwrap()
        .run(async move {
            for (id, text) in [(1, "one"), (2, "two"), (1, "three")] {
                Note::create(NewNote { case_of: Ref::from(id), text: text.to_owned() }).await.unwrap();
            }
            Verdict::create(NewVerdict { case_of: Ref::from(2), text: "guilty".to_owned() }).await.unwrap();
            let again = Verdict::create(NewVerdict { case_of: Ref::from(2), text: "free".to_owned() }).await;
            assert_eq!(again.unwrap_err().code(), "not_unique");
            let all = Case::query().order_by(|c| c.id.asc()).all().await.unwrap();
            assert!(all[0].verdict.get().await.unwrap().is_none());
            assert_eq!(all[1].verdict.get().await.unwrap().unwrap().text, "guilty");
            let notes = all.load_many::<Note, _>(|note| note.case_of).await.unwrap();
            let texts: Vec<_> = notes[&all[0].id].iter().map(|note| note.text.as_str()).collect();
            assert_eq!(texts, ["one", "three"]);
            assert_eq!((notes.len(), notes[&all[1].id].len()), (2, 1));
            let owners = all.load_refs(|case| case.owner).await.unwrap();
            let mut ids: Vec<_> = owners.keys().map(|id| id.get()).collect();
            ids.sort_unstable();
            assert_eq!(ids, [ann, bob]);
            assert!(all.load_refs(|case| case.thing).await.unwrap().is_empty());
        })
        .await;
    platform
        .user("ann", BOTH)
        .await
        .unwrap()
        .run(async {
            let notes = Note::query().all().await.unwrap();
            let cases = notes.load_refs(|note| note.case_of).await.unwrap();
            assert_eq!(cases.values().map(|case| case.title.as_str()).collect::<Vec<_>>(), ["a1"]);
        })
        .await;
}
