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
use appos::testing::{Journal, JournalSettings, Scope, TestPlatform};
use billing::integrations;
use billing::integrations::Charge;
use serde_json::json;

/// Requests at a time.
const AT_A_TIME: usize = 16;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (rounds, round) = if quick { (5, Duration::from_millis(500)) } else { (15, Duration::from_secs(1)) };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!("{AT_A_TIME} at a time, {rounds} rounds in turns; medians");
    for (name, delay, is_logged) in [
        ("a server that answers at once", Duration::ZERO, true),
        ("the same, nothing is logged", Duration::ZERO, false),
        ("a server that takes a millisecond", Duration::from_millis(1), true),
    ] {
        let base = format!("http://127.0.0.1:{}", server(delay));
        let case = Case { name, base, is_logged, rounds, round };
        runtime.block_on(case.measure());
    }
}

/// A server, on threads of its own.
fn server(delay: Duration) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let charge = move || async move {
                if !delay.is_zero() {
                    actix_web::rt::time::sleep(delay).await;
                }
                HttpResponse::Ok().json(json!({ "id": "ch_1", "status": "paid", "amount": 5 }))
            };
            let app = move || App::new().route("/charges/{id}", web::get().to(charge));
            HttpServer::new(app).workers(1).listen(listener).expect("a server").run().await
        })
    });
    port
}

/// What is measured.
struct Case {
    name: &'static str,
    base: String,
    is_logged: bool,
    rounds: usize,
    round: Duration,
}

impl Case {
    async fn measure(&self) {
        let Self { base, rounds, round, .. } = self;
        let (rounds, round) = (*rounds, *round);
        let setting = |name: &str, value: &str| {
            (format!("APPOS__CONNECTED_SYSTEMS__BILLING__PAYMENTS__{name}"), value.to_owned())
        };
        let settings =
            [setting("BASE_URL", base), setting("ALLOW_NETWORKS", "127.0.0.0/8"), setting("POOL_SIZE", "16")];
        let config =
            appos_runtime::config::load_platform(Path::new("no/such"), settings.into_iter()).expect("settings");
        let folder = tempfile::tempdir().expect("a folder");
        let journal = match self.is_logged {
            true => Journal::start(folder.path(), &JournalSettings::default()).expect("a journal"),
            false => Journal::disabled(),
        };
        let platform = TestPlatform::with(config, journal).await.expect("a platform");
        let secret = json!({ "name": "PAYMENTS_KEY", "value": "pk" });
        let admin = platform.system().await.expect("the platform");
        admin.run(async { engine::dispatch("platform.rules.set_secret", secret).await }).await.expect("a secret");
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
        let mut rounds_of = Vec::new();
        throughput(&bare_call, round).await;
        // Each in a scope of its own, as a request has one: all that is done in it has to end within its time.
        let integrations = async |time| {
            let bea = platform.user("bea", &["billing_users"]).await.expect("a user");
            throughput(&move || find(Arc::clone(&bea)), time).await
        };
        integrations(round).await;
        for _ in 0..rounds {
            rounds_of.push((integrations(round).await, throughput(&bare_call, round).await));
        }
        let of = |side: fn(&(Side, Side)) -> f64| median(rounds_of.iter().map(side).collect());
        println!(
            "  {:34} {:.3}   integration {:6.0}/s {:5.1} µs   bare reqwest {:6.0}/s {:5.1} µs",
            self.name,
            of(|(ours, bare)| ours.rate / bare.rate),
            of(|(ours, _)| ours.rate),
            of(|(ours, _)| ours.work),
            of(|(_, bare)| bare.rate),
            of(|(_, bare)| bare.work),
        );
    }
}

/// A call of an integration.
async fn find(caller: Arc<Scope>) {
    let found = caller.run(async { integrations::find_charge("ch_1".to_owned()).await });
    assert_eq!(found.await.expect("an answer").expect("a charge").amount, 5);
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
