//! The database of the programs, and what a trigger has noted of everything that was written of processes.

use std::time::{Duration, Instant};

use throwaway_postgres::{Durability, Server, is_meant_by};

pub enum Database {
    Sqlite { url: String, _folder: tempfile::TempDir, runtime: tokio::runtime::Runtime },
    Postgres { url: String, server: Server, redis: Option<throwaway_redis::Server> },
}

const NOTES: &str = "CREATE TABLE noted (number {counter}, instance text NOT NULL, place text NOT NULL, kind text NOT NULL,
    state text NOT NULL, attempts bigint NOT NULL, execution text, writer text NOT NULL, fence bigint NOT NULL, owner text)";

impl Database {
    pub fn start() -> Self {
        let program = module_path!().split("::").next().unwrap_or_default();
        if is_meant_by(program) {
            // What is acknowledged has to survive.
            let server = Server::start(Durability::Full);
            let redis = program.ends_with("_on_redis").then(throwaway_redis::Server::start);
            return Self::Postgres { url: server.database(), server, redis };
        }
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("killing.db").display());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self::Sqlite { url, _folder: folder, runtime }
    }

    pub fn url(&self) -> &str {
        let (Self::Sqlite { url, .. } | Self::Postgres { url, .. }) = self;
        url
    }

    /// What lies between the programs, if they have it.
    pub fn redis(&self) -> Option<&throwaway_redis::Server> {
        match self {
            Self::Sqlite { .. } => None,
            Self::Postgres { redis, .. } => redis.as_ref(),
        }
    }

    /// Kills the database's server and starts it again; false: it has none.
    pub fn kill(&self) -> bool {
        match self {
            Self::Sqlite { .. } => false,
            Self::Postgres { server, .. } => {
                server.kill();
                server.resume();
                true
            }
        }
    }

    /// Has the database's server answer nothing for a while; false: it has none.
    pub fn hang(&self, length: Duration) -> bool {
        match self {
            Self::Sqlite { .. } => false,
            Self::Postgres { server, .. } => {
                server.hang();
                std::thread::sleep(length);
                server.go_on();
                true
            }
        }
    }

    /// The rows that a statement answers, their values as text.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match self {
            Self::Sqlite { url, runtime, .. } => runtime.block_on(async {
                use sqlx::{Connection as _, Row as _};
                let mut connection = sqlx::SqliteConnection::connect(url).await.expect("a connection");
                sqlx::query("PRAGMA busy_timeout = 20000").execute(&mut connection).await.expect("a setting");
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
                let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
                let text = |row: &sqlx::sqlite::SqliteRow| {
                    (0..row.len()).map(|at| row.get_unchecked::<Option<String>, _>(at).unwrap_or_default()).collect()
                };
                rows.iter().map(text).collect()
            }),
            Self::Postgres { url, server, .. } => {
                let answer = server.query(url, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
                answer.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
            }
        }
    }

    /// Notes everything that is written of an entry from now on, with the lease under which it is.
    pub fn watch(&self) {
        let columns = "(instance, place, kind, state, attempts, execution, writer, fence, owner)";
        let values = "NEW.instance, NEW.place, NEW.kind, NEW.state, NEW.attempts, NEW.execution_id, NEW.worker,
            i.fence, i.worker FROM platform_process_instance i WHERE i.id = NEW.instance";
        let note = format!("INSERT INTO noted {columns} SELECT {values};");
        match self {
            Self::Sqlite { .. } => {
                self.rows(&NOTES.replace("{counter}", "INTEGER PRIMARY KEY AUTOINCREMENT"));
                for event in ["INSERT", "UPDATE"] {
                    self.rows(&format!(
                        "CREATE TRIGGER notes_{event} AFTER {event} ON platform_process_entry BEGIN {note} END"
                    ));
                }
            }
            Self::Postgres { .. } => {
                self.rows(&NOTES.replace("{counter}", "bigint GENERATED ALWAYS AS IDENTITY"));
                self.rows(&format!(
                    "CREATE FUNCTION notes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {note} RETURN NEW; END $$"
                ));
                self.rows(
                    "CREATE TRIGGER notes AFTER INSERT OR UPDATE ON platform_process_entry FOR EACH ROW EXECUTE FUNCTION notes()",
                );
            }
        }
    }

    /// What the database knows of instances: each with its history, and what it was told.
    fn told_of(&self, instances: &[Vec<String>]) -> Vec<Vec<String>> {
        let of = |id: &str| {
            let rows = [
                format!("SELECT wakes, fence, claims, due_at FROM platform_process_instance WHERE id = '{id}'"),
                format!(
                    "SELECT place, kind, name, state, attempts, due_at FROM platform_process_entry WHERE instance = '{id}' ORDER BY place"
                ),
                format!(
                    "SELECT id, name, sent_at, taken_at_place FROM platform_process_signal WHERE instance = '{id}' ORDER BY id"
                ),
            ];
            rows.map(|sql| self.rows(&sql)).concat()
        };
        instances.iter().filter_map(|row| row.first()).flat_map(|id| of(id)).collect()
    }

    /// Waits until no instance is on its way.
    pub fn until_at_rest(&self, patience: Duration) {
        let begun = Instant::now();
        let on_their_way = "SELECT id, name, worker, due_at FROM platform_process_instance WHERE state = 'running'";
        loop {
            let left = self.rows(on_their_way);
            if left.is_empty() {
                return;
            }
            assert!(begun.elapsed() < patience, "these do not end: {left:?}: {:#?}", self.told_of(&left));
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
