//! Files: an import beside one that is written by hand, and what an export takes of memory.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use chrono::Utc;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::process::Pair;

/// Rows of the file that is imported.
const ROWS: u32 = 200_000;
/// Rows that the platform writes together, and so does the hand-written import.
const TOGETHER: usize = 500;

const COLUMNS: &str = "name,email,phone,website,address,city,country,tier,credit_limit,customer_since";

fn file() -> String {
    let mut file = format!("{COLUMNS}\n");
    for row in 0..ROWS {
        let tier = ["bronze", "silver", "gold"][row as usize % 3];
        file.push_str(&format!(
            "Company {row},i{row}@example.com,+32 9 {row},https://example.com/{row},Street {row},City {},Belgium,{tier},\
             {}.50,2024-02-{:02}\n",
            row % 500,
            row % 1000,
            row % 28 + 1
        ));
    }
    file
}

/// Both imports in turns, into the same table.
pub(super) fn import(pair: &Pair<'_>, rounds: usize) {
    let file = file();
    let mut best = [f64::MAX; 2];
    for _ in 0..rounds.min(3) {
        for (side, best) in best.iter_mut().enumerate() {
            let begun = Instant::now();
            if side == 0 {
                ours(pair, &file)
            } else {
                by_hand(pair, &file)
            }
            *best = best.min(begun.elapsed().as_secs_f64());
            pair.execute("DELETE FROM crm_customer WHERE email LIKE 'i%@example.com'");
        }
    }
    let [ours, theirs] = best.map(|seconds| f64::from(ROWS) / seconds);
    println!(
        "  import of {ROWS} rows      {:5.2}   appos {ours:6.0} rows/s   hand-written {theirs:6.0} rows/s",
        ours / theirs
    );
}

fn ours(pair: &Pair<'_>, file: &str) {
    let mut stream = TcpStream::connect(&pair.platform.address).expect("the server listens");
    write!(
        stream,
        "POST /api/crm/v1/customers/import HTTP/1.0\r\nhost: localhost\r\norigin: http://localhost\r\ncookie: {}\r\ncontent-type: text/csv\r\n\
         content-length: {}\r\n\r\n{file}",
        pair.cookie,
        file.len()
    )
    .expect("the file is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains(&format!("\"created\":{ROWS}")), "{answer}");
}

/// What a careful developer would write: the file as it comes, checked, in statements of many rows
/// and one transaction.
fn by_hand(pair: &Pair<'_>, file: &str) {
    let options: SqliteConnectOptions = pair.url().parse().expect("an address");
    let options = options.foreign_keys(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    actix_web::rt::System::new().block_on(async {
        let mut connection = options.connect().await.expect("the database opens");
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.expect("a transaction");
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let mut records = reader.records();
        loop {
            let rows: Vec<csv::StringRecord> = records.by_ref().take(TOGETHER).map(|row| row.expect("a row")).collect();
            if rows.is_empty() {
                break;
            }
            let marks = vec!["(?,1,?,1,1,?,?,?,?,?,?,?,?,?,?)"; rows.len()].join(",");
            let sql = format!(
                "INSERT INTO crm_customer (created_at, created_by, updated_at, updated_by, version, {COLUMNS}) VALUES {marks}"
            );
            let now = Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
            let mut insert = sqlx::query(AssertSqlSafe(sql));
            for row in rows {
                insert = insert.bind(now.clone()).bind(now.clone());
                for (place, cell) in row.iter().enumerate() {
                    insert = match place {
                        0 => insert.bind(Some(cell.to_owned()).filter(|name| (1..=120).contains(&name.len()))),
                        1 => insert.bind(Some(cell.to_owned()).filter(|email| email.contains('@'))),
                        7 => insert.bind(Some(cell.to_owned()).filter(|t| ["bronze", "silver", "gold"].contains(&t.as_str()))),
                        8 => insert.bind(cell.replace('.', "").parse::<i64>().ok()),
                        9 => insert.bind(cell.parse::<chrono::NaiveDate>().ok().map(|day| day.to_string())),
                        _ => insert.bind(cell.to_owned()),
                    };
                }
            }
            insert.execute(&mut *transaction).await.expect("rows");
        }
        transaction.commit().await.expect("a commit");
        connection.close().await.expect("it closes");
    });
}

/// All rows of a large table, and how much the server grows meanwhile.
pub(super) fn export(pair: &Pair<'_>, rows: u32) {
    pair.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
         INSERT INTO crm_customer (created_at, updated_at, version, name, email, tier, credit_limit) \
         SELECT created_at, updated_at, 1, 'Company ' || i, 'x' || i || '@example.com', 'bronze', 0 \
         FROM n, (SELECT created_at, updated_at FROM crm_customer WHERE id = 1) AS first"
    ));
    let before = pair.platform.resident();
    let mut stream = TcpStream::connect(&pair.platform.address).expect("the server listens");
    let begun = Instant::now();
    // A client of HTTP/1.0 is sent the file without marks in between.
    write!(stream, "GET /api/crm/v1/customers/export HTTP/1.0\r\nhost: localhost\r\ncookie: {}\r\n\r\n", pair.cookie)
        .expect("a request");
    let (mut lines, mut bytes, mut most) = (0_usize, 0_usize, before);
    let mut part = vec![0; 1 << 20];
    loop {
        let read = stream.read(&mut part).expect("the file arrives");
        if read == 0 {
            break;
        }
        bytes += read;
        lines += part[..read].iter().filter(|byte| **byte == b'\n').count();
        most = most.max(pair.platform.resident());
    }
    let seconds = begun.elapsed().as_secs_f64();
    assert!(lines > rows as usize, "only {lines} lines");
    println!(
        "  export of {rows} rows     {:6.0} rows/s   {} MB   the server grew by {:.1} MiB to {:.1} MiB",
        f64::from(rows) / seconds,
        bytes / 1_000_000,
        (most - before) / 1024.0,
        most / 1024.0
    );
    pair.execute("DELETE FROM crm_customer WHERE email LIKE 'x%@example.com'");
}
