//! Records in the database of a connected system: the same on SQLite, PostgreSQL and MariaDB.

mod http;
mod place;
mod servers;

use appos::prelude::{Record, RecordQuery, Uuid, dec, engine};
use appos::testing::{Journal, Migrate, PlatformConfig, TestPlatform};
use appos::{AppOsError, ErrorKind};
use place::{Kind, Place};
use serde_json::json;
use stock::records::{
    Crate, Fate, Item, ItemPatch, LegacyPart, LegacyPartPatch, Memo, Movement, NewCrate, NewItem, NewLegacyPart,
    NewRack, NewShelf, Rack, Shelf, ShelfPatch,
};
use stock::rules;

/// A platform whose own database is in memory, and a warehouse beside it.
async fn platform(place: &Place) -> TestPlatform {
    platform_that(place, Migrate::Auto).await
}

/// The same, which makes tables or compares them.
async fn platform_that(place: &Place, migrate: Migrate) -> TestPlatform {
    let mut config = PlatformConfig::default();
    config.database.migrate = Some(migrate);
    config.database.max_connections = 3;
    config.database.acquire_timeout = Some(std::time::Duration::from_secs(2));
    config.database.connect_timeout = std::time::Duration::from_secs(2);
    let (address, password) = place.address();
    let warehouse = config.connected_systems.entry("stock.warehouse".to_owned()).or_default();
    warehouse.url = Some(address);
    warehouse.allow_networks = Some(["127.0.0.0/8", "::1/128"].map(|net| net.parse().expect("a network")).to_vec());
    let platform = TestPlatform::with(config, Journal::disabled()).await.expect("the platform starts");
    set_password(&platform, &password).await;
    platform
}

/// Enters the password of the warehouse.
async fn set_password(platform: &TestPlatform, password: &str) {
    let secret = json!({ "name": "WAREHOUSE_PASSWORD", "value": password });
    let admin = platform.system().await.expect("the platform itself");
    admin.run(async { engine::dispatch("platform.rules.set_secret", secret).await }).await.expect("it may");
}

fn item(sku: &str) -> NewItem {
    NewItem { sku: sku.to_owned(), name: format!("Item {sku}"), amount: dec!(1), ..NewItem::default() }
}

fn wrong(error: &AppOsError) -> Vec<(&str, &str)> {
    let mut wrong: Vec<_> = error.fields().iter().map(|field| (field.field.as_str(), &*field.code)).collect();
    wrong.sort_unstable();
    wrong
}

/// Each test on each database.
macro_rules! on_each {
    ($($test:ident,)*) => {
        mod on_sqlite { $(#[tokio::test] async fn $test() { super::$test(super::Kind::Sqlite).await; })* }
        mod on_postgres { $(#[tokio::test] async fn $test() { super::$test(super::Kind::Postgres).await; })* }
        mod on_mariadb { $(#[tokio::test] async fn $test() { super::$test(super::Kind::Mariadb).await; })* }
    };
}

on_each! {
    every_type_of_value_comes_back_as_it_was_written,
    rows_are_found_sorted_counted_and_read_in_pages,
    who_may_not_is_refused_and_sees_nothing_of_hidden_rows_and_fields,
    a_value_that_is_taken_or_wrong_is_told_by_its_field,
    of_two_changes_of_one_version_one_is_refused,
    a_rule_of_a_row_writes_with_it_or_not_at_all,
    a_transaction_is_of_one_database,
    what_goes_with_a_row_goes_and_what_is_kept_comes_back,
    a_table_that_is_somebody_elses_is_read_and_written_as_it_is,
}

async fn every_type_of_value_comes_back_as_it_was_written(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users", "finance", "stock_admins"]).await.unwrap();
    let user = ann.user.id;
    ann.run(async move {
        let new = NewItem {
            sku: "Größe % _ | \\ '\" 🦀 ".to_owned(),
            name: String::new(),
            price: Some(dec!(-12345678.91)),
            amount: dec!(999999.9999),
            number: i64::MIN,
            weight: -0.1,
            flag: true,
            fate: Fate::Sold,
            due: "2026-02-28".parse().ok(),
            seen_at: "2026-11-24T20:30:00.123456Z".parse().ok(),
            token: Some(Uuid::max()),
            extra: Some(json!({ "deep": [1, null, "x"] })),
            tags: vec!["a,b".to_owned(), String::new()],
            hidden: false,
            cost: Some(dec!(7)),
            shelf: None,
        };
        let made = Item::create(new.clone()).await.unwrap();
        let read = Item::get(made.id).await.unwrap();
        for row in [&made, &read] {
            assert_eq!((&row.sku, &row.name, row.number), (&new.sku, &new.name, new.number));
            assert_eq!((row.amount, row.price), (new.amount, new.price));
            assert_eq!((row.weight.to_bits(), row.flag, row.fate), (new.weight.to_bits(), new.flag, new.fate));
            assert_eq!((row.due, row.seen_at, row.token), (new.due, new.seen_at, new.token));
            assert_eq!((&row.extra, &row.tags), (&new.extra, &new.tags));
            assert_eq!(row.cost.get().unwrap(), &new.cost);
            assert_eq!((row.version, row.created_by.map(appos::prelude::Ref::get)), (1, Some(user)));
        }
        assert_eq!(read.created_at, made.created_at);
        let patch = ItemPatch { price: Some(None), due: Some(None), number: Some(i64::MAX), ..ItemPatch::default() };
        let changed = read.update(patch).await.unwrap();
        assert_eq!((changed.price, changed.due, changed.number, changed.version), (None, None, i64::MAX, 2));
        changed.delete().await.unwrap();
        assert_eq!(Item::find(made.id).await.unwrap().map(|row| row.sku), None);
    })
    .await;
    // It is there, and not in the platform's own.
    assert_eq!(place.sql("SELECT count(*) FROM movements"), "1");
}

async fn rows_are_found_sorted_counted_and_read_in_pages(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        for number in 0..25_i64 {
            let new = NewItem {
                number,
                name: if number % 2 == 0 { format!("Even_{number}") } else { format!("odd%{number}") },
                price: (number % 5 != 0).then(|| dec!(0.10) * appos::prelude::Decimal::from(number)),
                seen_at: "2026-11-24T20:30:00.000001Z".parse().ok().filter(|_| number == 3),
                ..item(&format!("{number:02}"))
            };
            Item::create(new).await.unwrap();
        }
        let numbers = |rows: &[Item]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
        let even =
            Item::query().filter(|c| c.name.contains("eVEN_")).order_by(|c| c.number.desc()).all().await.unwrap();
        assert_eq!((even.len(), even[0].number), (13, 24));
        assert_eq!(Item::query().filter(|c| c.name.contains("n_2")).count().await.unwrap(), 4, "2, 20, 22 and 24");
        assert_eq!(Item::query().filter(|c| c.name.starts_with("odd%1")).count().await.unwrap(), 6);
        let cheap = Item::query().filter(|c| c.price.lt(dec!(0.31))).order_by(|c| c.price.asc()).all().await.unwrap();
        assert_eq!(numbers(&cheap), [1, 2, 3]);
        // No value is smaller than any value.
        let sorted = Item::query().order_by(|c| c.price.asc()).order_by(|c| c.number.asc()).all().await.unwrap();
        assert_eq!(numbers(&sorted)[..7], [0, 5, 10, 15, 20, 1, 2]);
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let mut query = Item::query().order_by(|c| c.price.desc()).limit(7);
            if let Some(cursor) = cursor.take() {
                query = query.after(cursor);
            }
            let page = query.page().await.unwrap();
            seen.extend(numbers(&page.rows));
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        assert_eq!((seen.len(), seen[0]), (25, 24));
        assert_eq!(seen[20..], [0, 5, 10, 15, 20]);
        let moment = "2026-11-24T20:30:00.000001Z".parse::<appos::prelude::DateTime>().unwrap();
        assert_eq!(Item::query().filter(|c| c.seen_at.eq(Some(moment))).count().await.unwrap(), 1);
        assert_eq!(Item::query().sum(|c| c.number).await.unwrap(), 300);
        assert_eq!(Item::query().filter(|c| c.number.lt(5)).sum(|c| c.price).await.unwrap(), dec!(1));
        assert_eq!(Item::query().max(|c| c.price).await.unwrap(), Some(dec!(2.4)));
        let sql = "SELECT number AS n FROM items WHERE number >= ? ORDER BY number";
        let refused = Item::unchecked_sql::<serde_json::Value>(sql, [json!(23)]).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Security);
    })
    .await;
}

async fn who_may_not_is_refused_and_sees_nothing_of_hidden_rows_and_fields(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    let bob = platform.user("bob", &[]).await.unwrap();
    let kept = std::sync::Arc::clone(&ann)
        .run(async {
            let kept = Item::create(item("kept")).await.unwrap();
            let error = Item::create(NewItem { hidden: true, ..item("hidden") }).await.unwrap_err();
            assert_eq!(error.code(), "row_not_allowed");
            let error = Item::create(NewItem { cost: Some(dec!(1)), ..item("dear") }).await.unwrap_err();
            assert_eq!(wrong(&error), [("cost", "read_only")]);
            let error = Item::query().filter(|c| c.cost.is_null()).count().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Security);
            assert_eq!(Item::get(kept.id).await.unwrap().delete().await.unwrap_err().kind(), ErrorKind::Security);
            assert_eq!(Item::query().count().await.unwrap(), 1);
            kept.id
        })
        .await;
    place.sql("UPDATE items SET hidden = true");
    bob.run(async move {
        assert_eq!(Item::get(kept).await.unwrap_err().kind(), ErrorKind::Security);
        assert_eq!(Item::create(item("x")).await.unwrap_err().kind(), ErrorKind::Security);
    })
    .await;
    ann.run(async move {
        assert_eq!(Item::get(kept).await.unwrap_err().code(), "record_not_found");
        assert_eq!(Item::query().count().await.unwrap(), 0);
    })
    .await;
}

async fn a_value_that_is_taken_or_wrong_is_told_by_its_field(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        Item::create(NewItem { token: Some(Uuid::nil()), ..item("one") }).await.unwrap();
        let error = Item::create(NewItem { name: "other 'for key' x".to_owned(), ..item("one") }).await.unwrap_err();
        assert_eq!((error.code(), wrong(&error)), ("not_unique", vec![("sku", "not_unique")]));
        let error = Item::create(NewItem { token: Some(Uuid::nil()), ..item("two") }).await.unwrap_err();
        assert_eq!(wrong(&error), [("token", "not_unique")]);
        let error = Item::create(NewItem { name: "Item one".to_owned(), ..item("two") }).await.unwrap_err();
        assert_eq!(wrong(&error), [("fate", "not_unique"), ("name", "not_unique")]);
        let error = Item::create(item("")).await.unwrap_err();
        assert_eq!(error.code(), "invalid_fields");
        let error =
            Item::create(NewItem { shelf: Some(appos::prelude::Ref::from(77)), ..item("two") }).await.unwrap_err();
        assert_eq!(wrong(&error), [("shelf", "broken_reference")]);
        assert_eq!((Item::count().await.unwrap(), Movement::count().await.unwrap()), (1, 1));
    })
    .await;
    assert!(place.try_sql("UPDATE items SET fate = 'eaten'").is_err(), "the database itself refuses what is no choice");
}

async fn of_two_changes_of_one_version_one_is_refused(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        let made = Item::create(item("one")).await.unwrap();
        let id = made.id;
        let change = move |number| async move {
            let row = Item::get(id).await?;
            let version = row.version;
            row.update(ItemPatch { number: Some(number), ..ItemPatch::default() })
                .await
                .map(|row| (row.version, version))
        };
        // All at once: whoever comes too late is told so, and comes again.
        let writers = (1..=20_i64).map(|number| {
            appos::prelude::tokio::spawn(async move {
                loop {
                    match change(number).await {
                        Ok((after, before)) => break assert_eq!(after, before + 1),
                        Err(error) => assert!(["stale_version", "write_conflict"].contains(&error.code()), "{error}"),
                    }
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(Item::get(id).await.unwrap().version, 21);
        let error = made.update(ItemPatch { number: Some(0), ..ItemPatch::default() }).await.unwrap_err();
        assert_eq!(error.code(), "stale_version");
    })
    .await;
}

async fn a_rule_of_a_row_writes_with_it_or_not_at_all(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        Item::create(item("one")).await.unwrap();
        assert_eq!(Item::create(item("unwanted")).await.unwrap_err().message(), "it is not wanted here");
        // A rule that writes to the platform's own database would leave it half done.
        assert_eq!(Item::create(item("memo")).await.unwrap_err().code(), "transaction_spans_databases");
        assert_eq!((Item::count().await.unwrap(), Movement::count().await.unwrap()), (1, 1));
        assert_eq!(Memo::count().await.unwrap(), 0);
    })
    .await;
}

async fn a_transaction_is_of_one_database(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        for of_the_warehouse in [true, false] {
            let error = rules::spans(of_the_warehouse).await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (ErrorKind::Execution, "transaction_spans_databases"));
        }
        assert_eq!(rules::two_racks(true).await.unwrap_err().message(), "2 were seen");
        assert_eq!((Rack::count().await.unwrap(), Memo::count().await.unwrap()), (0, 0));
        assert_eq!(rules::two_racks(false).await.unwrap(), 2);
        assert_eq!(Rack::count().await.unwrap(), 2);
    })
    .await;
}

async fn what_goes_with_a_row_goes_and_what_is_kept_comes_back(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        let rack = Rack::create(NewRack { name: "r".to_owned() }).await.unwrap();
        for label in ["a", "b"] {
            Crate::create(NewCrate { rack: rack.id.into(), shelf: None, label: label.to_owned() }).await.unwrap();
        }
        assert_eq!(rack.crates.query().count().await.unwrap(), 2);
        rack.delete().await.unwrap();
        assert_eq!(Crate::count().await.unwrap(), 0);
        let new = || NewShelf { name: "top".to_owned() };
        let shelf = Shelf::create(new()).await.unwrap();
        let id = shelf.id;
        assert_eq!(Shelf::create(new()).await.unwrap_err().code(), "not_unique");
        Item::create(NewItem { shelf: Some(id.into()), ..item("one") }).await.unwrap();
        assert_eq!(shelf.delete().await.unwrap_err().code(), "still_referenced");
        let on_it = Item::query().filter(|c| c.shelf.eq(Some(id.into()))).first().await.unwrap().unwrap();
        on_it.update(ItemPatch { shelf: Some(None), ..ItemPatch::default() }).await.unwrap();
        Shelf::get(id).await.unwrap().delete().await.unwrap();
        assert_eq!(Shelf::count().await.unwrap(), 0);
        // A row that is out of sight gives its values free.
        let other = Shelf::create(new()).await.unwrap();
        assert_eq!(Shelf::restore(id).await.unwrap_err().code(), "not_unique");
        other.update(ShelfPatch { name: Some("low".to_owned()) }).await.unwrap();
        assert_eq!(Shelf::restore(id).await.unwrap().name, "top");
    })
    .await;
}

async fn a_table_that_is_somebody_elses_is_read_and_written_as_it_is(kind: Kind) {
    let place = Place::new(kind);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    let patch = |label: &str| LegacyPartPatch { label: Some(label.to_owned()), ..LegacyPartPatch::default() };
    ann.run(async {
        let one =
            LegacyPart::create(NewLegacyPart { number: 7, label: "one".to_owned(), stocked_at: None }).await.unwrap();
        // Somebody else's columns have the types that they have.
        let moment = if kind == Kind::Sqlite { "2026-11-24T20:30:00.000000Z" } else { "2026-11-24 20:30:00" };
        place.sql(&format!("INSERT INTO legacy_parts (part_no, label, stocked_at) VALUES (8, 'two', '{moment}')"));
        let two = LegacyPart::query().filter(|c| c.number.gt(7)).first().await.unwrap().unwrap();
        assert_eq!((two.label.as_str(), two.stocked_at), ("two", "2026-11-24T20:30:00Z".parse().ok()));
        assert_eq!(LegacyPart::query().order_by(|c| c.number.desc()).all().await.unwrap().len(), 2);
        let (id, before) = (one.id, LegacyPart::get(one.id).await.unwrap());
        assert_eq!(before.version, one.version);
        // Whoever else writes there counts no version, and yet is seen.
        place.sql("UPDATE legacy_parts SET label = 'theirs' WHERE part_no = 7");
        assert_eq!(one.update(patch("mine")).await.unwrap_err().code(), "stale_version");
        assert_eq!(before.delete().await.unwrap_err().code(), "stale_version");
        let changed = LegacyPart::get(id).await.unwrap().update(patch("mine")).await.unwrap();
        assert_eq!(changed.label, "mine");
        let error = LegacyPart::query().order_by(|c| c.created_at.desc()).all().await.unwrap_err();
        assert_eq!(error.code(), "no_such_column");
        changed.delete().await.unwrap();
        assert_eq!(LegacyPart::count().await.unwrap(), 1);
    })
    .await;
    assert_eq!(place.sql("SELECT label FROM legacy_parts"), "two");
}
