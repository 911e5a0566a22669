//! Tokens of a provider of OAuth 2 that is not of the test's making: Authlib's server, from PyPI.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use billing::integrations;

use super::pypi;
use super::support::{Place, place, setting};

const PACKAGES: [&str; 2] = ["Authlib==1.9.10", "Flask==3.1.3"];

/// The provider, and the rates that it guards.
struct Provider {
    server: Child,
    port: u16,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

impl Provider {
    /// Its tokens are good for so many seconds.
    fn start(programs: &Path, seconds: u32) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/provider.py");
        let mut command = Command::new(programs.join("python3"));
        command.arg(script).args(["acme", "rates-canary", &seconds.to_string()]);
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the provider starts");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let port = line.trim().parse().expect("its port");
        Self { server, port }
    }

    async fn place(&self) -> Place {
        let url = format!("http://127.0.0.1:{}", self.port);
        let token = format!("{url}/token");
        let settings = [("BASE_URL", url.as_str()), ("ALLOW_NETWORKS", "127.0.0.0/8"), ("TOKEN_URL", &token)];
        place(setting("rates", &settings)).await
    }
}

#[tokio::test]
async fn a_provider_gives_tokens_to_who_knows_the_secret() {
    let Some(programs) = pypi::programs("APPOS_OAUTH", "oauth", &PACKAGES) else { return };
    let provider = Provider::start(&programs, 3600);
    let place = provider.place().await;
    let rate = async || place.run(async { integrations::rate("EUR".into()).await }).await;
    place.secret("RATES_SECRET", "another").await;
    let refused = rate().await.unwrap_err();
    assert_eq!(refused.code(), "token_refused");
    assert!(!format!("{refused:?}").contains("another"), "{refused:?}");
    place.secret("RATES_SECRET", "rates-canary").await;
    let all = futures_util::future::join_all((0..10).map(|_| rate())).await;
    for answer in all {
        let answer = answer.expect("the provider's token opens");
        assert_eq!((&answer["scope"], &answer["tokens"]), (&"rates.read".into(), &1.into()), "one token for all");
    }
}

#[tokio::test]
async fn a_token_is_fetched_again_before_it_ends() {
    let Some(programs) = pypi::programs("APPOS_OAUTH", "oauth", &PACKAGES) else { return };
    let provider = Provider::start(&programs, 4);
    let place = provider.place().await;
    place.secret("RATES_SECRET", "rates-canary").await;
    let tokens = async || {
        let rate = place.run(async { integrations::rate("EUR".into()).await }).await;
        rate.expect("a token that is good")["tokens"].as_u64().expect("a number")
    };
    let first = tokens().await;
    // Half of its time is left when it is used no more.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(tokens().await > first);
}
