//! Processes: can what has begun go on, and are the accounts there as which they start by themselves.

use super::Check;
use crate::config::PlatformConfig;
use crate::error::Result;
use crate::platform::{PlatformGuard, account_by_email, why_not};
use crate::process::{Stranded, stranded};
use crate::record::{Store, is_there};
use crate::registry::{ObjectDetail, Registry};

const PROCESSES: &str = "processes";
const ACCOUNTS: &str = "run_as";

/// Nothing, while there is no database, or none with tables; what is wrong with it is told elsewhere.
pub(super) async fn examine(config: &PlatformConfig) -> Vec<Check> {
    if !is_there(&config.database) {
        return Vec::new();
    }
    let Ok(store) = Store::open_to_read(&config.database, PlatformGuard::new(&[])).await else { return Vec::new() };
    let registry = Registry::global();
    let mut checks = match stranded(&store, registry).await {
        Ok(found) => instances(&found, registry),
        Err(_) => Vec::new(),
    };
    checks.extend(accounts(&store, registry).await.unwrap_or_default());
    store.close().await;
    checks
}

fn instances(found: &Stranded, registry: &'static Registry) -> Vec<Check> {
    let has_processes = registry.objects().iter().any(|object| matches!(object.detail, ObjectDetail::Process(_)));
    if found.bodiless.is_empty() && found.misfits.is_empty() {
        let all = format!("{} can go on", counted(found.unfinished, "unfinished instance"));
        return (has_processes || found.unfinished > 0).then(|| Check::ok(PROCESSES, all)).into_iter().collect();
    }
    let bodiless = found.bodiless.iter().map(|((process, version), count)| {
        let found = format!(
            "{} of {process} began with version {version}, which the code does not have",
            counted(*count, "unfinished instance")
        );
        let name = process.rsplit('.').next().unwrap_or_default();
        let help = match registry.find(process).map(|object| &object.detail) {
            Some(ObjectDetail::Process(_)) => format!(
                "write that body again, with `version = {version}, earlier_of = processes::{name}`, and let them go on: \
                 `cargo appos process resume`"
            ),
            _ => "write it again, or end them: `cargo appos process cancel`".to_owned(),
        };
        Check::warning(PROCESSES, found, help)
    });
    let misfits = found.misfits.iter().map(|(process, count)| {
        let found = format!(
            "{} of {process} put aside: what has happened to them does not fit the code",
            counted(*count, "instance")
        );
        let help = "`cargo appos process list --state parked` shows them; put the code back, and let them go on: \
                    `cargo appos process resume`";
        Check::warning(PROCESSES, found, help)
    });
    bodiless.chain(misfits).collect()
}

/// The accounts that processes name.
async fn accounts(store: &Store, registry: &'static Registry) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    let mut good = 0_u64;
    for object in registry.objects() {
        let ObjectDetail::Process(process) = object.detail else { continue };
        let Some(run_as) = process.run_as else { continue };
        match why_not(account_by_email(store, run_as).await?.as_ref()) {
            None => good += 1,
            Some(why) => {
                let found = format!("{} starts by itself as {run_as}, {why}: it does not start", object.reference);
                let help = format!("make a service account with the address {run_as}, or switch it on");
                checks.push(Check::warning(ACCOUNTS, found, help));
            }
        }
    }
    if checks.is_empty() && good > 0 {
        let what = if good == 1 { "process starts" } else { "processes start" };
        checks.push(Check::ok(ACCOUNTS, format!("{good} {what} as an account that is there")));
    }
    Ok(checks)
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
