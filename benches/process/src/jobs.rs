//! No-op jobs of apalis, as it is measured elsewhere: 50 at a time, fetched in batches of 50, every 50 ms.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use apalis::prelude::*;

const TOGETHER: usize = 50;
const EVERY: Duration = Duration::from_millis(50);

static DONE: AtomicUsize = AtomicUsize::new(0);

async fn nothing(_: u32) -> Result<(), BoxDynError> {
    DONE.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// Pushes jobs in hundreds and waits until all have run, as processes are measured.
macro_rules! measure {
    ($backend:expr, $jobs:expr) => {{
        let mut backend = $backend;
        let before = DONE.load(Ordering::Relaxed);
        let polled = backend.clone().poll_with_interval(EVERY);
        let worker = WorkerBuilder::new("bench").backend(polled).concurrency(TOGETHER).build(nothing);
        let worker = tokio::spawn(async move { worker.run().await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let began = Instant::now();
        for part in (0..$jobs).step_by(100) {
            let jobs: Vec<u32> = (part..($jobs.min(part + 100))).map(|job| u32::try_from(job).expect("few")).collect();
            backend.push_bulk(jobs).await.expect("they are pushed");
        }
        while DONE.load(Ordering::Relaxed) < before + $jobs {
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        let took = began.elapsed();
        worker.abort();
        ($jobs, took)
    }};
}

pub async fn on_sqlite(file: &str, jobs: usize) -> (usize, Duration) {
    use apalis_sqlite::{Config, SqlitePool, SqliteStorage};
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    // As durable as the platform's own.
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let pool: SqlitePool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.expect("a database");
    SqliteStorage::setup(&pool).await.expect("its tables");
    let config = Config::default().queue("bench").batch_size(TOGETHER);
    measure!(SqliteStorage::new(&pool).with_config(config), jobs)
}

pub async fn on_postgres(url: &str, jobs: usize) -> (usize, Duration) {
    use apalis_postgres::{Config, PgPool, PostgresStorage};
    let pool = PgPool::connect(url).await.expect("a database");
    PostgresStorage::setup(&pool).await.expect("its tables");
    let config = Config::default().queue("bench").batch_size(TOGETHER);
    measure!(PostgresStorage::new(&pool).with_config(config), jobs)
}

pub async fn on_redis(url: &str, jobs: usize) -> (usize, Duration) {
    use apalis_redis::{Config, RedisStorage};
    let connection = apalis_redis::connect(url).await.expect("Redis");
    let config = Config::default().queue("bench").batch_size(TOGETHER);
    measure!(RedisStorage::new(connection).with_config(config), jobs)
}
