//! The database server goes away while clients write, and comes back.

use throwaway_postgres::{Durability, Server};

use super::load::{Load, Outcome, nothing_is_lost};
use super::support::{Platform, acme, ended};
use super::{ADDRESS, administrator};

fn is_refusal(outcome: &Outcome) -> bool {
    match outcome.status {
        Some(201) => false,
        Some(503) => {
            assert_eq!(outcome.code, "database_unavailable");
            assert!(outcome.retry_after, "a client is told when to come again");
            true
        }
        other => panic!("{other:?} {} while the server is away", outcome.code),
    }
}

#[tokio::test]
async fn requests_are_refused_while_the_server_is_away_and_served_when_it_is_back() {
    let server = Server::start(Durability::Full);
    let address = server.database();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut platform = Platform::start_in(folder, &[(ADDRESS, &address)]);
    let admin = administrator(&platform).await;
    let mut load = Load::begin(&admin, 8);
    for away_for in [1, 50] {
        load.await_outcomes(50, |outcome| !is_refusal(outcome)).await;
        server.stop();
        load.await_outcomes(away_for, is_refusal).await;
        server.resume();
    }
    load.await_outcomes(50, |outcome| !is_refusal(outcome)).await;
    let acknowledged = load.end().await;
    assert!(platform.is_running());
    // What is read is asked for again: no reader sees the cut connections.
    server.stop();
    server.resume();
    nothing_is_lost(&admin, &acknowledged).await;
}

#[test]
fn a_server_that_cannot_be_reached_stops_the_start_and_no_message_shows_the_password() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = acme(folder.path());
    command.env(ADDRESS, "postgres://ann:hunter2@127.0.0.1:1/crm");
    let output = ended(command);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("127.0.0.1:1") && text.contains("`ann`") && text.contains("`crm`"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}
