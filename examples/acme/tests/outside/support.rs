//! A platform whose systems outside are servers of the test.

use std::path::Path;
use std::sync::Arc;

use appos::prelude::{Json, engine};
use appos::testing::{Journal, JournalSettings, Scope, TestPlatform};
use appos_runtime::config::load_platform;
use serde_json::json;

use super::remote::Remote;

/// A platform, and Bea, who writes invoices.
pub struct Place {
    pub platform: TestPlatform,
    pub bea: Arc<Scope>,
}

/// The key that the payment service knows.
pub const KEY: &str = "pk-canary-4711";

/// Settings by which the payment service is this server.
pub fn payments_at(remote: &Remote) -> Vec<(String, String)> {
    setting("payments", &[("BASE_URL", &format!("{}/v1", remote.url())), ("ALLOW_NETWORKS", "127.0.0.0/8")])
}

/// Settings of one system of billing.
pub fn setting(system: &str, settings: &[(&str, &str)]) -> Vec<(String, String)> {
    let name = |setting: &str| format!("APPOS__CONNECTED_SYSTEMS__BILLING__{}__{setting}", system.to_uppercase());
    settings.iter().map(|(setting, value)| (name(setting), (*value).to_owned())).collect()
}

/// A platform with these settings; it has the key of the payment service.
pub async fn place(settings: Vec<(String, String)>) -> Place {
    place_with(settings, Journal::disabled()).await
}

/// The same with a journal.
pub async fn place_recording(settings: Vec<(String, String)>, folder: &Path) -> Place {
    place_with(settings, Journal::start(folder, &JournalSettings::default()).expect("a journal")).await
}

async fn place_with(settings: Vec<(String, String)>, journal: Journal) -> Place {
    let config = load_platform(Path::new("no/such/folder"), settings.into_iter()).expect("the settings are right");
    let platform = TestPlatform::with(config, journal).await.expect("the platform starts");
    let bea = platform.user("bea", &["billing_users"]).await.expect("Bea");
    let place = Place { platform, bea };
    place.secret("PAYMENTS_KEY", KEY).await;
    place
}

impl Place {
    /// Does something as Bea.
    pub fn run<F: Future>(&self, body: F) -> impl Future<Output = F::Output> {
        Arc::clone(&self.bea).run(body)
    }

    /// Calls a rule of the platform as an administrator.
    pub async fn administer(&self, rule: &str, arguments: Json) -> Json {
        let admin = self.platform.system().await.expect("the platform itself");
        let reference = format!("platform.rules.{rule}");
        admin.run(async { engine::dispatch(reference, arguments).await }).await.expect("it may")
    }

    pub async fn secret(&self, name: &str, value: &str) {
        self.administer("set_secret", json!({ "name": name, "value": value })).await;
    }

    /// How the payment service is, as an administrator sees it.
    pub async fn payments(&self) -> Json {
        let all = self.administer("list_connected_systems", json!({})).await;
        let of = |it: &&Json| it["system"] == "billing.connected_systems.payments";
        all.as_array().expect("a list").iter().find(of).expect("the payment service").clone()
    }
}
