//! Servers that are away, passwords that change, tables that do not fit.

use std::sync::Arc;
use std::time::Duration;

use appos::prelude::Record;
use appos::testing::TestPlatform;
use appos::{AppOsError, ErrorKind, Result};
use stock::records::{Memo, NewMemo, NewRack, Rack};
use throwaway_mariadb::Server as Mariadb;
use throwaway_postgres::{Durability, Server as Postgres};

use super::place::{Kind, MARIADB, Place, legacy};
use super::{platform, platform_that, set_password};

async fn rack(name: &str) -> Result<Rack> {
    Rack::create(NewRack { name: name.to_owned() }).await
}

/// Until it succeeds: how long that takes is not what is asked here.
async fn in_the_end<T>(attempt: impl AsyncFn() -> Result<T>) -> T {
    let mut tries = 0;
    loop {
        match attempt().await {
            Ok(done) => return done,
            Err(error) => assert!(is_away(&error) && tries < 100, "{error:?}"),
        }
        tries += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn is_away(error: &AppOsError) -> bool {
    (error.kind(), error.code()) == (ErrorKind::Integration, "connected_system_unavailable")
}

/// A server goes, and comes back, while the platform runs.
async fn goes_and_comes_back(platform: &TestPlatform, stop: impl FnOnce(), resume: impl FnOnce()) {
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        rack("before").await.unwrap();
        stop();
        let away: Vec<_> = (0..20).map(|_| appos::prelude::tokio::spawn(async { Rack::count().await.err() })).collect();
        for one in away {
            let error = one.await.unwrap().expect("there is no server");
            assert!(is_away(&error), "{error:?}");
            assert_eq!(error.message(), "the database of stock.connected_systems.warehouse is not available right now");
        }
        assert!(is_away(&rack("lost").await.unwrap_err()));
        // What is elsewhere goes on.
        Memo::create(NewMemo { text: "meanwhile".to_owned() }).await.unwrap();
        resume();
        assert_eq!(in_the_end(async || Rack::count().await).await, 1);
        rack("after").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_mariadb_that_is_away_is_told_as_that_and_used_again_when_it_is_back() {
    let server = Mariadb::start();
    let made = server.database();
    server.query(&format!("USE {}; {}", made.name, legacy(Kind::Mariadb))).unwrap();
    let place = Place::at(Kind::Mariadb, &made.url);
    let platform = platform(&place).await;
    goes_and_comes_back(&platform, || server.stop(), || server.resume()).await;
    let open = format!("SELECT count(*) FROM information_schema.PROCESSLIST WHERE USER = '{}'", made.name);
    let open: u32 = server.query(&open).unwrap().parse().unwrap();
    assert!((1..=3).contains(&open), "{open} connections, and 3 are allowed");
}

#[tokio::test]
async fn a_postgresql_that_is_away_is_told_as_that_and_used_again_when_it_is_back() {
    let server = Postgres::start(Durability::Full);
    let url = server.database();
    server.query(&url, legacy(Kind::Postgres)).unwrap();
    let place = Place::at(Kind::Postgres, &url);
    let platform = platform(&place).await;
    goes_and_comes_back(&platform, || server.stop(), || server.resume()).await;
    let open = server.query(&url, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'appos'").unwrap();
    assert!((1..=3).contains(&open.trim().parse::<u32>().unwrap()), "{open} connections, and 3 are allowed");
}

#[tokio::test]
async fn a_password_is_rotated_without_a_restart() {
    let server = &*MARIADB;
    let made = server.database();
    server.query(&format!("USE {}; {}", made.name, legacy(Kind::Mariadb))).unwrap();
    let place = Place::at(Kind::Mariadb, &made.url);
    let platform = platform(&place).await;
    let ann = platform.user("ann", &["stock_users"]).await.unwrap();
    ann.run(async {
        rack("with the first").await.unwrap();
        let alter = format!("ALTER USER {}@localhost IDENTIFIED BY 'second'; KILL USER {0}@localhost", made.name);
        server.query(&alter).unwrap();
        // Nobody has told the platform yet.
        let refused = loop {
            match Rack::count().await {
                Err(error) => break error,
                Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        assert!(is_away(&refused), "{refused:?}");
        assert!(!format!("{refused:?} {refused}").contains("first"), "{refused:?}");
        set_password(&platform, "second").await;
        assert_eq!(in_the_end(async || Rack::count().await).await, 1);
        rack("with the second").await.unwrap();
        let none = (0..40).map(|_| appos::prelude::tokio::spawn(async { Rack::count().await.unwrap() }));
        for count in none.collect::<Vec<_>>() {
            assert_eq!(count.await.unwrap(), 2);
        }
    })
    .await;
    let open = format!("SELECT count(*) FROM information_schema.PROCESSLIST WHERE USER = '{}'", made.name);
    let open: u32 = server.query(&open).unwrap().parse().unwrap();
    assert!((1..=3).contains(&open), "{open} connections: those with the first password are gone");
}

#[tokio::test]
async fn tables_are_compared_where_nobody_may_make_them() {
    for kind in [Kind::Sqlite, Kind::Postgres, Kind::Mariadb] {
        let place = Place::new(kind);
        let compares = platform_that(&place, appos::testing::Migrate::Check).await;
        let ann = compares.user("ann", &["stock_users"]).await.unwrap();
        let text = "the database of stock.connected_systems.warehouse does not fit its records; the log says how";
        let refused = Arc::clone(&ann).run(async { rack("x").await.unwrap_err() }).await;
        assert!(is_away(&refused) && refused.message() == text, "{kind:?}: {refused:?}");
        let makes = platform(&place).await;
        makes.user("ann", &["stock_users"]).await.unwrap().run(async { rack("x").await.unwrap() }).await;
        assert_eq!(Arc::clone(&ann).run(async { Rack::count().await.unwrap() }).await, 1);
        place.sql("ALTER TABLE racks DROP COLUMN name");
        let again = platform_that(&place, appos::testing::Migrate::Check).await;
        let ann = again.user("ann", &["stock_users"]).await.unwrap();
        let refused = ann.run(async { Rack::count().await.unwrap_err() }).await;
        assert!(is_away(&refused) && refused.message() == text, "{kind:?}: {refused:?}");
    }
}
