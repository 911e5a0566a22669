//! What an integration costs beside the HTTP client that it uses: the same requests, as many at a time, to the same
//! server on this machine, in turns. The figure is the throughput of integrations as a part of that of bare reqwest.
//!
//! `cargo bench -p acme --bench outside`, and `-- --quick` for a first look.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use appos::prelude::engine;
use appos::testing::{Journal, JournalSettings, TestPlatform};
use billing::integrations;
use billing::integrations::Charge;
use serde_json::json;

/// Requests at a time.
const AT_A_TIME: usize = 16;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (rounds, round) = if quick { (5, Duration::from_millis(500)) } else { (15, Duration::from_secs(1)) };
    let port = server();
    let base = format!("http://127.0.0.1:{port}");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(measure(&base, rounds, round));
}

/// A server that answers at once, on threads of its own.
fn server() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let charge = || async { HttpResponse::Ok().json(json!({ "id": "ch_1", "status": "paid", "amount": 5 })) };
            let app = move || App::new().route("/charges/{id}", web::get().to(charge));
            HttpServer::new(app).workers(1).listen(listener).expect("a server").run().await
        })
    });
    port
}

async fn measure(base: &str, rounds: usize, round: Duration) {
    let setting =
        |name: &str, value: &str| (format!("APPOS__CONNECTED_SYSTEMS__BILLING__PAYMENTS__{name}"), value.to_owned());
    let settings = [setting("BASE_URL", base), setting("ALLOW_NETWORKS", "127.0.0.0/8"), setting("POOL_SIZE", "16")];
    let config = appos_runtime::config::load_platform(Path::new("no/such"), settings.into_iter()).expect("settings");
    let folder = tempfile::tempdir().expect("a folder");
    let journal = Journal::start(folder.path(), &JournalSettings::default()).expect("a journal");
    let platform = TestPlatform::with(config, journal).await.expect("a platform");
    let secret = json!({ "name": "PAYMENTS_KEY", "value": "pk" });
    let admin = platform.system().await.expect("the platform");
    admin.run(async { engine::dispatch("platform.rules.set_secret", secret).await }).await.expect("a secret");
    let bea = platform.user("bea", &["billing_users"]).await.expect("a user");
    // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
    rustls::crypto::ring::default_provider().install_default().ok();
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{base}/charges/ch_1");
    let bare_call = move || {
        let (bare, url) = (bare.clone(), url.clone());
        async move {
            let answer = bare.get(url).header("authorization", "Bearer pk").send().await.expect("an answer");
            let charge: Charge = answer.json().await.expect("a charge");
            assert_eq!(charge.amount, 5);
        }
    };
    let integration = move || {
        Arc::clone(&bea).run(async {
            let found = integrations::find_charge("ch_1".to_owned()).await.expect("an answer");
            assert_eq!(found.expect("a charge").amount, 5);
        })
    };
    let mut rounds_of = Vec::new();
    throughput(&bare_call, round).await;
    throughput(&integration, round).await;
    for _ in 0..rounds {
        rounds_of.push((throughput(&integration, round).await, throughput(&bare_call, round).await));
    }
    let of = |side: fn(&(Side, Side)) -> f64| median(rounds_of.iter().map(side).collect());
    println!("{AT_A_TIME} at a time, {rounds} rounds in turns; medians");
    println!(
        "  integration beside bare reqwest {:.3}   integration {:6.0}/s {:5.1} µs   bare {:6.0}/s {:5.1} µs",
        of(|(ours, bare)| ours.rate / bare.rate),
        of(|(ours, _)| ours.rate),
        of(|(ours, _)| ours.work),
        of(|(_, bare)| bare.rate),
        of(|(_, bare)| bare.work),
    );
}

/// What one side did in a round.
struct Side {
    /// Calls in a second.
    rate: f64,
    /// Microseconds of processor time for a call, with those of the server, which is part of this program.
    work: f64,
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Callers that are tasks of their own, as those of a server are.
async fn throughput<F>(call: &(impl Fn() -> F + Clone + Send + 'static), round: Duration) -> Side
where
    F: Future<Output = ()> + Send,
{
    let (begun, before) = (Instant::now(), processor_time());
    let callers = (0..AT_A_TIME).map(|_| {
        let call = call.clone();
        tokio::spawn(async move {
            let mut calls = 0_u32;
            while begun.elapsed() < round {
                call().await;
                calls += 1;
            }
            calls
        })
    });
    let ended = futures_util::future::join_all(callers).await;
    let calls: u32 = ended.into_iter().map(|calls| calls.expect("the caller ends well")).sum();
    let calls = f64::from(calls);
    Side { rate: calls / begun.elapsed().as_secs_f64(), work: (processor_time() - before) / calls }
}

/// Microseconds of processor time that this program has used, as far as Linux tells.
fn processor_time() -> f64 {
    // In ticks, of which Linux shows a hundred in a second on every machine.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok());
    ticks.map(|ticks| f64::from(ticks) * 10_000.0).sum()
}
