//! Open pages under load, with real sockets: memory of each, how long a click takes, whether typing keeps up, and
//! the first byte of a list of 50 rows beside the same rows as JSON, in turns; each beside its target.
//!
//! `cargo bench -p acme --bench live`, and `-- --sessions 200` for a first look.

mod platform;
mod visitor;

use std::time::Duration;

use platform::Platform;
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval, sleep};
use visitor::{Socket, Visitor};

/// Requests of each sort whose first byte is waited for.
const FIRST_BYTES: usize = 400;
/// Clicks that are measured.
const CLICKS: usize = 400;
/// Who types at the same time, how fast, and how much.
const TYPISTS: usize = 10;
const BETWEEN_KEYS: Duration = Duration::from_nanos(1_000_000_000 / 12);
const TYPED: &str = "customer forty-two of the bench, and what he ordered";
/// The list, the same rows as JSON, a form, and a page of an app's author, whose nodes the server keeps.
const LIST: &str = "/crm/customers";
const ROWS: &str = "/api/crm/v1/customers?limit=50&sort=id";
const FORM: &str = "/crm/customers/new";
const OWN_PAGE: &str = "/crm/home";
/// Pages before those that are counted: what the first of a kind costs is no part of each.
const FIRST_PAGES: u32 = 100;
/// Pages that nobody touches have gone to sleep by then.
const ASLEEP: Duration = Duration::from_secs(6);
/// Pages that nobody has claimed are gone by then.
const GONE: Duration = Duration::from_secs(17);

/// What is promised: times of the same data as JSON, KiB of an open page, milliseconds of a click.
const MOST_TIMES: f64 = 1.3;
const MOST_KIB: f64 = 150.0;
const MOST_CLICK: f64 = 15.0;

/// The value below which this part of all lies.
fn part(values: &[f64], part: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few values"
    )]
    let place = (values.len() as f64 * part) as usize;
    values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn verdict(value: f64, most: f64) -> &'static str {
    if value <= most { "met" } else { "missed" }
}

/// KiB of each page more.
async fn memory(platform: &Platform, visitor: &Visitor, path: &str, pages: u32) -> (f64, Vec<Socket>) {
    sleep(GONE).await;
    let before = platform.resident();
    let mut sockets = Vec::new();
    for _ in 0..pages {
        sockets.push(visitor.open(path).await);
    }
    sleep(ASLEEP).await;
    ((platform.resident() - before) / f64::from(pages), sockets)
}

/// Milliseconds of clicks that sort the list, one after the other, each on another page.
async fn clicks(sockets: &mut [Socket]) -> Vec<f64> {
    let mut took = Vec::new();
    for click in 0..CLICKS {
        let place = click % sockets.len();
        let Some(socket) = sockets.get_mut(place) else { continue };
        let address = if click % 2 == 0 { format!("{LIST}?sort=-id") } else { format!("{LIST}?sort=name") };
        took.push(socket.does("go", &[json!(address)]).await);
    }
    took
}

/// Milliseconds from each key to what it finds, of several who type into the palette at the same time.
async fn typing(sockets: Vec<Socket>) -> Vec<f64> {
    let typists = sockets.into_iter().map(|mut socket| {
        tokio::spawn(async move {
            let (before, _) = socket.html.split_once(" data-on=\"input\"").expect("the palette");
            let node: u64 = before.rsplit('"').nth(1).and_then(|node| node.parse().ok()).expect("its number");
            let (mut took, mut text) = (Vec::new(), String::new());
            let mut keys = interval(BETWEEN_KEYS);
            keys.set_missed_tick_behavior(MissedTickBehavior::Burst);
            for key in TYPED.chars() {
                keys.tick().await;
                text.push(key);
                let said = [json!(node), json!("input"), json!(true), json!({ "value": text })];
                // One that is dropped is never done, and this would wait for ever.
                took.push(socket.does("e", &said).await);
            }
            took
        })
    });
    let mut all = Vec::new();
    for typist in typists.collect::<Vec<_>>() {
        all.extend(typist.await.expect("nobody is cut off"));
    }
    all
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sessions = arguments.iter().skip_while(|argument| *argument != "--sessions").nth(1);
    let sessions: u32 = sessions.map_or(2000, |sessions| sessions.parse().expect("a number"));
    let platform = Platform::start();
    let visitor = Visitor::of(&platform).await;
    visitor.fill().await;
    for _ in 0..50 {
        visitor.asks(LIST).await;
        visitor.asks(ROWS).await;
    }

    let (each, mut sockets) = memory(&platform, &visitor, LIST, sessions).await;
    println!("{sessions} open lists of 50 rows: {:.0} KiB resident in all", platform.resident());
    println!("    {each:.0} KiB each; target {MOST_KIB} {}", verdict(each, MOST_KIB));

    let took = clicks(&mut sockets).await;
    let (median, last) = (part(&took, 0.5), part(&took, 0.99));
    println!(
        "a click that sorts a list, beside {sessions} open pages: median {median:.2} ms, 99th percentile {last:.2} ms"
    );
    println!("    target {MOST_CLICK} ms {}", verdict(median, MOST_CLICK));

    let typists: Vec<Socket> = sockets.drain(..TYPISTS.min(sockets.len())).collect();
    let (number, keys) = (typists.len(), TYPED.chars().count());
    let took = typing(typists).await;
    let (median, last) = (part(&took, 0.5), part(&took, 0.99));
    println!("{number} type 12 keys a second into the palette: median {median:.2} ms, 99th percentile {last:.2} ms");
    let (done, all) = (took.len(), number * keys);
    let lag = BETWEEN_KEYS.as_secs_f64() * 1000.0;
    println!("    {done} of {all} keys done, before the next one {}", verdict(last, lag));
    drop(sockets);

    let (mut html, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..FIRST_BYTES {
        html.push(visitor.asks(LIST).await);
        rows.push(visitor.asks(ROWS).await);
    }
    let (first, whole): (Vec<_>, Vec<_>) = html.into_iter().unzip();
    let (first_rows, whole_rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let (html, rows) = (part(&first, 0.5), part(&first_rows, 0.5));
    println!("first byte of 50 rows: {html:.2} ms as a page, {rows:.2} ms as JSON");
    println!("    {:.2} times; target {MOST_TIMES} {}", html / rows, verdict(html / rows, MOST_TIMES));
    let (html, rows) = (part(&whole, 0.5), part(&whole_rows, 0.5));
    println!("    the whole of it: {html:.2} ms and {rows:.2} ms, {:.2} times", html / rows);

    drop(platform);
    for (what, path) in
        [("forms that nobody has touched", FORM), ("pages of the app's own, which do not sleep", OWN_PAGE)]
    {
        // A program of its own: in the other one pages that are gone have left room.
        let platform = Platform::start();
        let visitor = Visitor::of(&platform).await;
        visitor.fill().await;
        let (_, first) = memory(&platform, &visitor, path, FIRST_PAGES).await;
        let pages = (sessions / 5).max(1);
        let (each, sockets) = memory(&platform, &visitor, path, pages).await;
        println!("{pages} more {what}: {each:.0} KiB each; target {MOST_KIB} {}", verdict(each, MOST_KIB));
        drop((first, sockets));
    }
}
