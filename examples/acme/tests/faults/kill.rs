//! The program is killed, and PostgreSQL with it, while clients write.

use throwaway_postgres::{Durability, Server};

use super::load::{Load, nothing_is_lost};
use super::support::Platform;
use super::{ADDRESS, administrator};

#[tokio::test]
async fn no_acknowledged_write_is_lost_when_the_program_is_killed() {
    let platform = Platform::start();
    let admin = administrator(&platform).await;
    let mut load = Load::begin(&admin, 8);
    load.await_outcomes(150, |outcome| outcome.status == Some(201)).await;
    let folder = platform.killed();
    let acknowledged = load.end().await;
    let platform = Platform::start_in(folder, &[]);
    let again = platform.client().with_session(admin.session.as_deref().expect("a session"));
    nothing_is_lost(&again, &acknowledged).await;
}

#[tokio::test]
async fn no_acknowledged_write_is_lost_when_program_and_server_crash() {
    let server = Server::start(Durability::Full);
    let address = server.database();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let platform = Platform::start_in(folder, &[(ADDRESS, &address)]);
    let admin = administrator(&platform).await;
    let mut load = Load::begin(&admin, 8);
    load.await_outcomes(150, |outcome| outcome.status == Some(201)).await;
    let folder = platform.killed();
    server.stop();
    let acknowledged = load.end().await;
    server.resume();
    let platform = Platform::start_in(folder, &[(ADDRESS, &address)]);
    let again = platform.client().with_session(admin.session.as_deref().expect("a session"));
    nothing_is_lost(&again, &acknowledged).await;
}
