//! Records through typed code: values, checks, versions, references, queries, field security.

mod support;

use appos::prelude::{Date, Record, RecordQuery, Ref, Uuid, dec, engine, tokio as app_tokio};
use appos::{AppOsError, ErrorKind};
use probe::records::{NewNotice, NewPart, NewThing, Notice, Part, PartPatch, Stage, Thing, ThingPatch};
use probe::rules;
use serde_json::json;
use support::platform;

fn thing(name: &str, number: i32) -> NewThing {
    NewThing { name: name.to_owned(), number, amount: dec!(12.5), ..NewThing::default() }
}

fn wrong(error: &AppOsError) -> Vec<(&str, &str)> {
    let mut wrong: Vec<_> = error.fields().iter().map(|field| (field.field.as_str(), &*field.code)).collect();
    wrong.sort_unstable();
    wrong
}

#[tokio::test]
async fn every_type_of_value_comes_back_as_it_was_written() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users", "finance"]).await.unwrap();
    let user = ann.user.id;
    ann.run(async move {
        let new = NewThing {
            name: "Größe % _ \\ '\" 🦀".to_owned(),
            number: i32::MIN,
            email: Some("a@example.com".to_owned()),
            amount: dec!(999999.9999),
            price: Some(dec!(0.10)),
            ratio: -0.1,
            flag: true,
            stage: Stage::InProgress,
            due: "2026-02-28".parse().ok(),
            seen_at: "2026-11-24T20:30:00.123456Z".parse().ok(),
            token: Some(Uuid::max()),
            extra: Some(json!({ "deep": [1, null, "x"] })),
            tags: vec!["a,b".to_owned(), String::new()],
            secret_limit: dec!(7),
            parent: None,
        };
        let made = Thing::create(new.clone()).await.unwrap();
        let read = Thing::get(made.id).await.unwrap();
        for row in [&made, &read] {
            assert_eq!(row.name, new.name);
            assert_eq!(row.number, new.number);
            assert_eq!(row.email, new.email);
            assert_eq!((row.amount, row.price), (new.amount, new.price));
            assert_eq!((row.ratio, row.flag, row.stage), (new.ratio, new.flag, new.stage));
            assert_eq!((row.due, row.seen_at, row.token), (new.due, new.seen_at, new.token));
            assert_eq!((&row.extra, &row.tags), (&new.extra, &new.tags));
            assert_eq!(row.secret_limit.get().unwrap(), &new.secret_limit);
            assert_eq!((row.version, row.created_by.map(Ref::get)), (1, Some(user)));
        }
        assert_eq!(read.created_at, made.created_at);
    })
    .await;
}

#[tokio::test]
async fn all_wrong_fields_are_told_at_once_and_nothing_is_written() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let new = NewThing {
            name: String::new(),
            email: Some("nobody".to_owned()),
            amount: dec!(-1),
            price: Some(dec!(0.123)),
            ratio: f64::NAN,
            parent: Some(Ref::from(99)),
            ..NewThing::default()
        };
        let error = Thing::create(new).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        let expected = [
            ("amount", "range"),
            ("email", "email"),
            ("name", "length"),
            ("price", "too_precise"),
            ("ratio", "not_finite"),
        ];
        assert_eq!(wrong(&error), expected);
        let error = Thing::create(NewThing { parent: Some(Ref::from(99)), ..thing("a", 1) }).await.unwrap_err();
        assert_eq!(wrong(&error), [("parent", "broken_reference")]);
        assert_eq!(Thing::count().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_stale_version_is_refused_and_loses_nothing() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let first = Thing::create(thing("a", 1)).await.unwrap();
        let second = first.clone();
        let changed = first.update(ThingPatch { number: Some(2), ..ThingPatch::default() }).await.unwrap();
        assert_eq!((changed.version, changed.number, changed.name.as_str()), (2, 2, "a"));
        let error = second.update(ThingPatch { number: Some(3), ..ThingPatch::default() }).await.unwrap_err();
        assert_eq!(error.code(), "stale_version");
        assert_eq!(Thing::get(changed.id).await.unwrap().number, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_parallel_increments_lose_none() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let id = Thing::create(thing("a", 0)).await.unwrap().id;
        let mut tasks = app_tokio::task::JoinSet::new();
        for _ in 0..100 {
            tasks.spawn(async move {
                loop {
                    let row = Thing::get(id).await.unwrap();
                    let patch = ThingPatch { number: Some(row.number + 1), ..ThingPatch::default() };
                    match row.update(patch).await {
                        Ok(_) => break,
                        Err(error) => assert_eq!(error.code(), "stale_version"),
                    }
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
        let row = Thing::get(id).await.unwrap();
        assert_eq!((row.number, row.version), (100, 101));
    })
    .await;
}

#[tokio::test]
async fn unique_values_are_taken_once_and_the_error_names_the_fields() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let email = || Some("a@example.com".to_owned());
        Thing::create(NewThing { email: email(), ..thing("a", 1) }).await.unwrap();
        let error = Thing::create(NewThing { email: email(), ..thing("b", 2) }).await.unwrap_err();
        assert_eq!((error.code(), wrong(&error)), ("not_unique", vec![("email", "not_unique")]));
        let error = Thing::create(thing("a", 1)).await.unwrap_err();
        assert_eq!(wrong(&error), [("name", "not_unique"), ("number", "not_unique")]);
        Thing::create(thing("a", 2)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_row_that_others_refer_to_is_kept_and_parts_go_with_their_whole() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users", "probe_admins"]).await.unwrap();
    ann.run(async {
        let parent = Thing::create(thing("parent", 1)).await.unwrap();
        let child = Thing::create(NewThing { parent: Some(parent.id.into()), ..thing("child", 1) }).await.unwrap();
        Part::create(NewPart { thing: child.id.into(), label: "b".to_owned() }).await.unwrap();
        let part = Part::create(NewPart { thing: child.id.into(), label: "a".to_owned() }).await.unwrap();
        assert_eq!(rules::parts_of(child.id).await.unwrap(), ["a", "b"]);
        assert_eq!(parent.clone().delete().await.unwrap_err().code(), "still_referenced");
        part.update(PartPatch { label: Some("c".to_owned()), ..PartPatch::default() }).await.unwrap();
        child.delete().await.unwrap();
        assert_eq!(Part::count().await.unwrap(), 0);
        parent.clone().delete().await.unwrap();
        assert_eq!(parent.delete().await.unwrap_err().code(), "record_not_found");
    })
    .await;
}

#[tokio::test]
async fn each_operation_needs_its_own_permission() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    let row = ann.run(async { Thing::create(thing("a", 1)).await }).await.unwrap();
    let ann = platform.user("ann", &[]).await.unwrap();
    let kept = row.clone();
    let error = ann.run(async { kept.delete().await }).await.unwrap_err();
    assert_eq!((error.kind(), error.object_ref()), (ErrorKind::Security, Some("probe.records.thing")));
    let outsider = platform.user("olga", &[]).await.unwrap();
    outsider
        .run(async {
            let id = row.id;
            assert_eq!(Thing::get(id).await.unwrap_err().kind(), ErrorKind::Security);
            assert_eq!(Thing::query().all().await.unwrap_err().kind(), ErrorKind::Security);
            assert_eq!(Thing::count().await.unwrap_err().kind(), ErrorKind::Security);
            assert_eq!(Thing::create(thing("b", 1)).await.unwrap_err().kind(), ErrorKind::Security);
            let patch = ThingPatch { number: Some(9), ..ThingPatch::default() };
            assert_eq!(row.update(patch).await.unwrap_err().kind(), ErrorKind::Security);
        })
        .await;
    let admin = platform.user("adam", &["probe_admins"]).await.unwrap();
    admin.run(async { Notice::create(NewNotice { text: "hi".to_owned() }).await }).await.unwrap();
    let public = platform.public().await.unwrap();
    public
        .run(async {
            let notices = Notice::query().all().await.unwrap();
            assert_eq!(notices.len(), 1);
            let created = Notice::create(NewNotice { text: "spam".to_owned() }).await;
            assert_eq!(created.unwrap_err().kind(), ErrorKind::Security);
        })
        .await;
}

#[tokio::test]
async fn a_field_with_groups_of_its_own_is_theirs_on_every_path() {
    let platform = platform().await;
    let fiona = platform.user("fiona", &["probe_users", "finance"]).await.unwrap();
    let new = NewThing { secret_limit: dec!(500), ..thing("a", 1) };
    let id = fiona.run(async { Thing::create(new).await }).await.unwrap().id;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async move {
        let row = Thing::get(id).await.unwrap();
        assert_eq!(row.secret_limit.get().unwrap_err().kind(), ErrorKind::Security);
        assert!(serde_json::to_value(&row).unwrap().get("secret_limit").is_none());
        assert!(!format!("{row:?}").contains("500"));
        let filtered = Thing::query().filter(|c| c.secret_limit.gt(dec!(1))).all().await;
        assert_eq!(filtered.unwrap_err().kind(), ErrorKind::Security);
        let sorted = Thing::query().order_by(|c| c.secret_limit.asc()).all().await;
        assert_eq!(sorted.unwrap_err().kind(), ErrorKind::Security);
        assert_eq!(Thing::query().secret_limit(dec!(500)).count().await.unwrap_err().kind(), ErrorKind::Security);
        assert_eq!(rules::limit_of(id).await.unwrap_err().kind(), ErrorKind::Security);
        let patch = ThingPatch { secret_limit: Some(dec!(1)), ..ThingPatch::default() };
        assert_eq!(wrong(&row.update(patch).await.unwrap_err()), [("secret_limit", "read_only")]);
        let error = Thing::create(NewThing { secret_limit: dec!(3), ..thing("b", 1) }).await.unwrap_err();
        assert_eq!(wrong(&error), [("secret_limit", "read_only")]);
        Thing::create(thing("c", 1)).await.unwrap();
    })
    .await;
    let fiona = platform.user("fiona", &[]).await.unwrap();
    fiona
        .run(async move {
            assert_eq!(rules::limit_of(id).await.unwrap(), dec!(500));
            assert_eq!(Thing::query().filter(|c| c.secret_limit.gt(dec!(1))).count().await.unwrap(), 1);
        })
        .await;
}

#[tokio::test]
async fn texts_sort_by_their_bytes_and_match_without_the_case_of_ascii_letters_only() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        for name in ["b", "a", "B", "\u{e9}t\u{e9}", "z", "_", "a\\b"] {
            Thing::create(thing(name, 1)).await.unwrap();
        }
        let sorted = Thing::query().order_by(|c| c.name.asc()).all().await.unwrap();
        let sorted: Vec<_> = sorted.into_iter().map(|row| row.name).collect();
        assert_eq!(sorted, ["B", "_", "a", "a\\b", "b", "z", "\u{e9}t\u{e9}"]);
        let count_of =
            |text: &'static str| async move { Thing::query().filter(|c| c.name.contains(text)).count().await.unwrap() };
        assert_eq!((count_of("\u{e9}T").await, count_of("\u{c9}t").await), (1, 0));
        assert_eq!((count_of("\\B").await, count_of("\\\\").await, count_of("A\\").await), (1, 0, 1));
        assert_eq!(Thing::query().filter(|c| c.name.gt("a")).count().await.unwrap(), 4);
    })
    .await;
}

#[tokio::test]
async fn queries_filter_sort_and_count() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        for (number, name) in ["delta", "Alpha", "charlie_", "bravo%"].into_iter().enumerate() {
            let number = i32::try_from(number).unwrap();
            let stage = if number % 2 == 0 { Stage::Open } else { Stage::Done };
            let due = (number > 1).then(|| "2026-01-01".parse().unwrap());
            Thing::create(NewThing { stage, due, amount: number.into(), ..thing(name, number) }).await.unwrap();
        }
        let names = |rows: Vec<Thing>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names(rules::open_things(dec!(0)).await.unwrap()), ["charlie_"]);
        let count_of =
            |text: &'static str| async move { Thing::query().filter(|c| c.name.contains(text)).count().await.unwrap() };
        assert_eq!(
            (count_of("a").await, count_of("ALPHA").await, count_of("%").await, count_of("_").await),
            (4, 1, 1, 1)
        );
        assert_eq!(Thing::query().stage(Stage::Done).count().await.unwrap(), 2);
        let by_due = Thing::query().order_by(|c| [c.due.desc(), c.number.asc()]).all().await.unwrap();
        assert_eq!(names(by_due), ["charlie_", "bravo%", "delta", "Alpha"]);
        assert_eq!(Thing::query().filter(|c| c.due.is_null()).count().await.unwrap(), 2);
        assert_eq!(Thing::query().filter(|c| !c.due.eq("2026-01-01".parse::<Date>().ok())).count().await.unwrap(), 2);
        assert_eq!(Thing::query().filter(|c| c.number.one_of([1, 3, 9])).count().await.unwrap(), 2);
        assert_eq!(Thing::query().filter(|c| c.number.one_of(Vec::<i32>::new())).count().await.unwrap(), 0);
        assert_eq!(Thing::query().filter(|c| c.amount.between(1, 2)).count().await.unwrap(), 2);
        assert_eq!(names(Thing::query().limit(2).all().await.unwrap()), ["delta", "Alpha"]);
        assert_eq!(Thing::query().order_by(|c| c.id.desc()).first().await.unwrap().unwrap().name, "bravo%");
        assert!(Thing::find(77).await.unwrap().is_none());
        assert_eq!(Thing::get(77).await.unwrap_err().code(), "record_not_found");
    })
    .await;
}

/// A query with an order.
type Ordered = fn(probe::records::ThingQuery) -> probe::records::ThingQuery;

#[tokio::test]
async fn pages_meet_every_row_once_whatever_the_order_and_the_empty_values() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        for number in 0..23 {
            let due = (number % 3 != 0).then(|| format!("2026-01-{:02}", 1 + number % 4).parse().unwrap());
            Thing::create(NewThing { due, amount: (number % 5).into(), ..thing("a", number) }).await.unwrap();
        }
        let orders: [Ordered; 4] = [
            |query| query.order_by(|c| c.due.asc()),
            |query| query.order_by(|c| c.due.desc()),
            |query| query.order_by(|c| [c.amount.desc(), c.due.asc()]),
            |query| query,
        ];
        for order in orders {
            let whole: Vec<_> = order(Thing::query()).all().await.unwrap().iter().map(|row| row.id).collect();
            assert_eq!(whole.len(), 23);
            let mut paged = Vec::new();
            let mut next: Option<String> = None;
            loop {
                let mut query = order(Thing::query()).limit(4);
                if let Some(next) = next {
                    query = query.after(next);
                }
                let page = query.page().await.unwrap();
                paged.extend(page.rows.iter().map(|row| row.id));
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole);
        }
        let page = Thing::query().limit(4).page().await.unwrap();
        let other = Thing::query().order_by(|c| c.due.asc()).limit(4).after(page.next.unwrap()).page().await;
        assert_eq!(other.unwrap_err().code(), "bad_cursor");
    })
    .await;
}

/// A cursor holds the last row's value as a text: read a little differently it would begin elsewhere.
#[tokio::test]
async fn pages_by_a_float_meet_every_row_once_however_many_digits_it_has() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let mut rng = fastrand::Rng::with_seed(2026);
        for number in 0..120 {
            let ratio = (rng.f64() - 0.5) * 10_f64.powi(rng.i32(-200..200));
            Thing::create(NewThing { ratio, ..thing("float", number) }).await.unwrap();
        }
        let whole: Vec<_> = Thing::query().order_by(|c| c.ratio.asc()).all().await.unwrap();
        let (mut paged, mut next) = (Vec::new(), None::<String>);
        for _ in 0..=whole.len() {
            let mut query = Thing::query().order_by(|c| c.ratio.asc()).limit(1);
            if let Some(next) = next.take() {
                query = query.after(next);
            }
            let page = query.page().await.unwrap();
            paged.extend(page.rows.iter().map(|row| row.id));
            match page.next {
                Some(more) => next = Some(more),
                None => break,
            }
        }
        assert_eq!(paged, whole.iter().map(|row| row.id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_new_row_travels_as_json_by_reference() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        let new = json!({ "new": { "name": "n", "number": 1, "amount": 1.5, "ratio": 0, "flag": false, "tags": [], "secret_limit": 0 } });
        let made = engine::dispatch("probe.rules.make_thing", new).await.unwrap();
        assert_eq!((&made["amount"], &made["stage"]), (&json!("1.5"), &json!("open")));
        let error = engine::dispatch("probe.rules.make_thing", json!({ "new": { "name": "n" } })).await.unwrap_err();
        assert_eq!(wrong(&error), [("new", "wrong_type")]);
    })
    .await;
}

#[tokio::test]
async fn a_stream_gives_every_row_once_in_order_and_under_one_dispatch() {
    let platform = platform().await;
    let ann = platform.user("ann", &["probe_users"]).await.unwrap();
    ann.run(async {
        appos::prelude::transaction(async {
            for number in 0..1100 {
                Thing::create(thing("a", number)).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let mut things = Thing::query().order_by(|c| c.number.desc()).stream();
        let mut expected = (0..1100).rev();
        while let Some(row) = things.next().await {
            assert_eq!(Some(row.unwrap().number), expected.next());
        }
        assert_eq!(expected.next(), None);
        assert!(things.next().await.is_none(), "the end stays the end");
        let mut few = Thing::query().filter(|c| c.number.lt(700)).limit(600).stream();
        let mut count = 0;
        while let Some(row) = few.next().await {
            row.unwrap();
            count += 1;
        }
        assert_eq!(count, 600);
    })
    .await;
    let outsider = platform.user("olga", &[]).await.unwrap();
    outsider
        .run(async {
            let mut things = Thing::query().stream();
            assert_eq!(things.next().await.unwrap().unwrap_err().kind(), ErrorKind::Security);
            assert!(things.next().await.is_none());
        })
        .await;
}
