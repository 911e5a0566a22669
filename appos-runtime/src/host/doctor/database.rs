//! The database: can it be reached, is it new enough, can it be written, and where do its
//! migrations stand.

use super::{Check, clock};
use crate::config::{Migrate, PlatformConfig};
use crate::error::{AppOsError, Result};
use crate::migration::{Migration, State};
use crate::platform::PlatformGuard;
use crate::platform::setup::Setup;
use crate::record::{
    Migrator, OLDEST_POSTGRES, Store, database_file, examine as look, history_leads_to_records, is_there,
};

const NAME: &str = "database";
const MIGRATIONS: &str = "migrations";
const ADMINISTRATOR: &str = "administrator";
/// Most differences that are shown.
const MOST: usize = 3;

pub(super) async fn examine(config: &PlatformConfig, migrations: &[Migration], at_start: Migrate) -> Vec<Check> {
    let contradiction = contradiction(migrations);
    if !is_there(&config.database) {
        let mut checks = vec![not_there(config)];
        checks.extend(contradiction.or_else(|| (!migrations.is_empty()).then(|| pending(migrations.len(), at_start))));
        return checks;
    }
    let found = match look(&config.database).await {
        Ok(found) => found,
        Err(error) => {
            let mut checks = vec![unreachable(config, &error)];
            checks.extend(contradiction);
            return checks;
        }
    };
    let mut checks = Vec::new();
    checks.push(match (found.postgres.filter(|version| *version < OLDEST_POSTGRES), &found.read_only) {
        (Some(_), _) => Check::failed(
            NAME,
            format!("{} is too old", found.version),
            format!("install PostgreSQL {OLDEST_POSTGRES} or newer"),
        ),
        (None, Some(why)) => Check::failed(NAME, format!("{} cannot be written: {why}", found.version), mend(config)),
        (None, None) => Check::ok(NAME, format!("{}, can be written", found.version)),
    });
    checks.extend(found.clock.as_ref().map(clock::of_server));
    match contradiction {
        Some(contradiction) => checks.push(contradiction),
        None => checks.extend(state(config, migrations, at_start).await),
    }
    checks.extend(administrator(config).await);
    checks
}

/// No file yet, which the start makes.
fn not_there(config: &PlatformConfig) -> Check {
    match database_file(&config.database) {
        Some(file) => Check::ok(NAME, format!("{} is made by the first start", file.display())),
        None => Check::warning(
            NAME,
            "is in memory: everything is gone when the platform stops",
            "write `database.url: sqlite://.appos/name.db`, or a postgres:// address",
        ),
    }
}

fn unreachable(config: &PlatformConfig, error: &AppOsError) -> Check {
    Check::failed(NAME, format!("{}{}", error.message(), crate::host::main::causes(error)), mend(config))
}

fn mend(config: &PlatformConfig) -> String {
    match database_file(&config.database) {
        Some(file) => format!("give this user the file and its folder: `chown -R $USER {}`", folder_of(&file)),
        None => "start the server, and look at `database.url`, DATABASE_URL and the rights of its user".to_owned(),
    }
}

fn folder_of(file: &std::path::Path) -> String {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| ".".to_owned(), |folder| folder.display().to_string())
}

/// Migrations that lead elsewhere than to the records, whatever the database has.
fn contradiction(migrations: &[Migration]) -> Option<Check> {
    if migrations.is_empty() {
        return None;
    }
    let error = history_leads_to_records(migrations).err()?;
    Some(Check::failed(MIGRATIONS, error.message(), "run `cargo appos migrate`"))
}

fn pending(number: usize, at_start: Migrate) -> Check {
    let found = format!("{number} pending");
    match at_start {
        Migrate::Auto => Check::ok(MIGRATIONS, format!("{found}; the next start applies them")),
        Migrate::Check => {
            Check::failed(MIGRATIONS, format!("{found}: a start is refused"), "run `cargo appos migrate up`")
        }
    }
}

async fn state(config: &PlatformConfig, migrations: &[Migration], at_start: Migrate) -> Vec<Check> {
    if migrations.is_empty() {
        return vec![Check::ok(MIGRATIONS, "none: a start makes the tables that are missing")];
    }
    let read = async {
        let migrator = Migrator::open(&config.database, migrations).await?;
        let runner = migrator.runner();
        let read = async { Ok::<_, AppOsError>((runner.status().await?, runner.drift().await?)) }.await;
        migrator.close().await;
        read
    };
    let (states, drift) = match read.await {
        Ok(read) => read,
        Err(error) => {
            let found = format!("cannot be read: {}{}", error.message(), crate::host::main::causes(&error));
            return vec![Check::failed(MIGRATIONS, found, "`cargo appos migrate status` shows more")];
        }
    };
    let names = |wanted: fn(&State) -> bool| -> Vec<&str> {
        states.iter().filter(|entry| wanted(&entry.state)).map(|entry| entry.name.as_str()).collect()
    };
    let mut checks = Vec::new();
    let changed = names(|state| *state == State::Changed);
    if !changed.is_empty() {
        let found = format!("{} changed after having been applied: {}", changed.len(), changed.join(", "));
        let help = "undo the change, and write another one: `cargo appos migrate --empty <name>`";
        checks.push(Check::failed(MIGRATIONS, found, help));
    }
    let unknown = names(|state| *state == State::Unknown);
    if !unknown.is_empty() {
        let found = format!("the database has some that this program does not: {}", unknown.join(", "));
        checks.push(Check::warning(MIGRATIONS, found, "build the newer program, or take them back with it"));
    }
    let open = names(|state| matches!(state, State::Pending | State::Unfinished(_))).len();
    if open > 0 {
        checks.push(pending(open, at_start));
    } else if checks.is_empty() {
        checks.push(Check::ok(MIGRATIONS, format!("{} applied", states.len())));
    }
    if !drift.is_empty() {
        let mut shown: Vec<&str> = drift.iter().take(MOST).map(String::as_str).collect();
        let more = format!("and {} more", drift.len().saturating_sub(MOST));
        if drift.len() > MOST {
            shown.push(&more);
        }
        let found = format!("the tables are not as the migrations have made them: {}", shown.join("; "));
        checks.push(Check::warning(MIGRATIONS, found, "`cargo appos migrate drift` shows all"));
    }
    checks
}

/// Whether somebody can administer the platform; nothing, while there are no tables.
async fn administrator(config: &PlatformConfig) -> Option<Check> {
    let found: Result<bool> = async {
        let store = Store::open_to_read(&config.database, PlatformGuard::new(&[])).await?;
        let setup = Setup::open(&store).await;
        store.close().await;
        Ok(setup?.token().is_none())
    }
    .await;
    Some(if found.ok()? {
        Check::ok(ADMINISTRATOR, "there is one")
    } else {
        let help = "`cargo appos user setup-link` makes a link to set one up";
        Check::warning(ADMINISTRATOR, "there is none yet", help)
    })
}
