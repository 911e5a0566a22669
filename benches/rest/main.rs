//! REST of a real platform beside a hand-written actix-web + sqlx server that runs the same
//! statements with the same checks on the same database, on SQLite and on PostgreSQL. Both are
//! processes of their own; both serve the same load in turns. Figures are ratios of one run.
//!
//! `cargo bench -p acme --bench rest`, and `-- --quick` for a first look; `-- --only get` for what
//! has `get` in its name, `-- --sqlite` and `-- --postgres` for one database.

#![expect(clippy::duplicate_mod, reason = "the hand-written server is compiled once for each database")]

mod client;
mod load;
mod pages;
mod postgres;
mod process;
mod sqlite;
mod transfer;

use throwaway_postgres::{Durability, Server};

use load::{Work, compare};
use process::Pair;

/// How long it is measured.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    round: std::time::Duration,
    /// Rows of the table in which pages lie deep.
    rows: u32,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let after = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    if let Some(url) = after("--hand-written") {
        let system = actix_web::rt::System::new();
        return match url.starts_with("postgres") {
            true => system.block_on(postgres::server::run(url)),
            false => system.block_on(sqlite::server::run(url)),
        };
    }
    let millis = std::time::Duration::from_millis;
    let effort = if has("--quick") {
        Effort { rounds: 5, round: millis(300), rows: 100_000 }
    } else {
        Effort { rounds: 15, round: millis(500), rows: 1_000_000 }
    };
    let only = after("--only").map_or("", String::as_str);
    println!("{} connections, {} rounds in turns; medians", load::CONNECTIONS, effort.rounds);
    if !has("--postgres") {
        println!("SQLite, synchronous = full");
        let pair = Pair::on_sqlite();
        measure(&pair, effort, only);
        if "import".contains(only) {
            transfer::import(&pair, effort.rounds);
        }
        if "export".contains(only) {
            transfer::export(&pair, 1_000_000);
        }
    }
    if !has("--sqlite") {
        println!("PostgreSQL, with fsync");
        let server = Server::start(Durability::Full);
        measure(&Pair::on_postgres(&server), effort, only);
    }
}

fn measure(pair: &Pair<'_>, effort: Effort, only: &str) {
    let works = [
        Work::Read { name: "get by id", path: "/api/crm/v1/customers/7" },
        Work::Read { name: "list 20", path: "/api/crm/v1/customers?limit=20&sort=name" },
        Work::Read {
            name: "list 20 with a filter",
            path: "/api/crm/v1/customers?limit=20&sort=name&filter[tier]=bronze",
        },
        Work::WebApi { name: "web API of 50 rows", path: "/api/crm/v1/address-book" },
        Work::Create,
        Work::Update,
    ];
    for work in works.iter().filter(|work| work.name().contains(only)) {
        compare(pair, work, effort);
    }
    if "pages".contains(only) {
        pages::compare(pair, effort);
    }
}
