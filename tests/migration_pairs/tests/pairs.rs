//! For random pairs of schemas: rows survive the change, and the changed database is like a new
//! one.

use appos_runtime::migration::Trial;
use appos_runtime::record::MigrationTrial;
use migration_pairs::{PAIRS, Pair, Rows};
use throwaway_postgres::{Durability, Server};

#[tokio::test]
async fn sqlite_keeps_rows_and_ends_like_a_new_database() {
    assert!(PAIRS.len() >= 200 || std::env::var_os("APPOS_PAIRS").is_some());
    let mut wrong = Vec::new();
    for pair in PAIRS {
        if let Err(error) = changed(pair, "sqlite::memory:", "sqlite::memory:").await {
            wrong.push(format!("seed {}: {error}", pair.seed));
        }
    }
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), PAIRS.len(), wrong.join("\n"));
}

#[tokio::test]
async fn postgres_keeps_rows_and_ends_like_a_new_database() {
    let server = Server::start(Durability::None);
    let mut wrong = Vec::new();
    let (url, fresh_url) = (server.database(), server.database());
    for pair in PAIRS {
        for url in [&url, &fresh_url] {
            server.query(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public").expect("an empty schema");
        }
        if let Err(error) = changed(pair, &url, &fresh_url).await {
            wrong.push(format!("seed {}: {error}", pair.seed));
        }
    }
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), PAIRS.len(), wrong.join("\n"));
}

/// Makes the first schema with rows, changes it, and compares.
async fn changed(pair: &Pair, url: &str, fresh_url: &str) -> Result<(), String> {
    let shown = |what: &str, error: appos_runtime::AppOsError| {
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        format!("{what}: {error} {cause}")
    };
    let rows: Rows = serde_json::from_str(pair.rows).map_err(|error| error.to_string())?;
    let before = MigrationTrial::open(url, &[pair.before]).await.map_err(|error| shown("opening", error))?;
    before.up().await.map_err(|error| shown("making the first", error))?;
    let first = before.fingerprint().await.map_err(|error| shown("looking at the first", error))?;
    fill(&before, &rows).await.map_err(|error| shown("filling the first", error))?;

    let after = before.with(&[pair.before, pair.change]).map_err(|error| shown("following", error))?;
    after.up().await.map_err(|error| shown("changing", error))?;
    let drift = after.drift().await.map_err(|error| shown("comparing", error))?;
    if !drift.is_empty() {
        return Err(format!("drift: {}", drift.join("; ")));
    }
    let fresh = MigrationTrial::open(fresh_url, &[pair.fresh]).await.map_err(|error| shown("opening", error))?;
    fresh.up().await.map_err(|error| shown("making the second", error))?;
    let (changed, new) = (after.fingerprint().await, fresh.fingerprint().await);
    if changed.as_ref().map_err(ToString::to_string)? != new.as_ref().map_err(ToString::to_string)? {
        return Err(format!("not as a new one:\n{changed:#?}\n{new:#?}"));
    }
    for (table, id, column, kind, value) in &rows.expected {
        let holds = after.holds((table, *id), (column, kind), value.as_ref()).await;
        if !holds.map_err(|error| shown("reading", error))? {
            return Err(format!("row {id} of `{table}` has lost `{column}`, which was to be {value:?}"));
        }
    }
    if rows.back {
        after.down().await.map_err(|error| shown("taking back", error))?;
        if after.fingerprint().await.map_err(|error| shown("looking", error))? != first {
            return Err("taken back, it is not as it was".to_owned());
        }
    }
    Ok(())
}

/// Inserts rows without references, then the references, which may go in circles.
async fn fill(trial: &Trial, rows: &Rows) -> appos_runtime::Result<()> {
    for row in &rows.rows {
        let values = row
            .values
            .iter()
            .map(|(column, kind, value, refers)| (column.as_str(), kind, value.as_ref().filter(|_| !refers)));
        trial.insert(&row.table, row.id, &values.collect::<Vec<_>>()).await?;
    }
    for row in &rows.rows {
        for (column, kind, value, refers) in &row.values {
            if *refers {
                trial.set((&row.table, row.id), (column, kind), value.as_ref()).await?;
            }
        }
    }
    Ok(())
}
