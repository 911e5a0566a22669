//! A payment service: it fails half the time, in three ways, and tells by a webhook what has been paid.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use super::remote::{Asked, Remote, Reply};

/// It is asked for charges, and remembers the key of each.
pub struct Bank {
    remote: Remote,
    books: Arc<Mutex<Books>>,
}

#[derive(Default)]
struct Books {
    asked: usize,
    failed: usize,
    dice: u64,
    /// How often each invoice was charged, by its key.
    charged: BTreeMap<String, usize>,
    /// Where it tells of payments, and by which secret.
    tells: Option<(String, String)>,
}

impl Bank {
    pub async fn open() -> Self {
        let books = Arc::new(Mutex::new(Books { dice: 0x5eed, ..Books::default() }));
        let kept = Arc::clone(&books);
        let remote = Remote::start(move |_, asked| kept.lock().expect("the books").answer(asked)).await;
        Self { remote, books }
    }

    pub fn url(&self) -> String {
        self.remote.url()
    }

    pub fn tells(&self, address: &str, secret: &str) {
        self.books.lock().expect("the books").tells = Some((address.to_owned(), secret.to_owned()));
    }

    /// How often it was asked, how often it has failed, and which invoices were charged: each as often as it is named.
    pub fn counted(&self) -> (usize, usize, Vec<String>) {
        let books = self.books.lock().expect("the books");
        let charged = books.charged.iter().flat_map(|(key, times)| std::iter::repeat_n(key.clone(), *times));
        (books.asked, books.failed, charged.collect())
    }
}

impl Books {
    fn answer(&mut self, asked: &Asked) -> Reply {
        if asked.path != "/charges" {
            return Reply::status(200);
        }
        self.asked += 1;
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Half of them fail: before or after the money has moved.
        let fails = (self.dice >> 60).is_multiple_of(2);
        self.failed += usize::from(fails);
        let way = (self.dice >> 40) % 3;
        if fails && way == 0 {
            return Reply::status(503);
        }
        let charge = asked.json();
        let (invoice, amount) = (charge["invoice"].as_str().expect("a number").to_owned(), charge["amount"].clone());
        let id = format!("ch_{invoice}");
        // A key is charged once; who asks again is told the same.
        let key = asked.header("idempotency-key").to_owned();
        if key.is_empty() || !self.charged.contains_key(&key) {
            *self.charged.entry(key).or_default() += 1;
            if let Some((address, secret)) = self.tells.clone() {
                let body = json!({ "charge": id, "invoice": invoice }).to_string();
                tokio::spawn(tell(address, secret, body));
            }
        }
        match (fails, way) {
            (true, 1) => Reply::status(500),
            (true, _) => Reply::Hangup,
            _ => Reply::json(201, json!({ "id": id, "status": "paid", "amount": amount })),
        }
    }
}

/// Tells of a payment until it is heard; and then once more, as such services do.
async fn tell(address: String, secret: String, body: String) {
    let client = reqwest::Client::new();
    let mut heard = 0;
    while heard < 2 {
        let request = client.post(&address).header("content-type", "application/json");
        let sent = request.header("stripe-signature", signed(&secret, &body)).body(body.clone()).send().await;
        match sent.map(|answer| answer.status().as_u16()) {
            Ok(202 | 409) => heard += 1,
            _ => tokio::time::sleep(std::time::Duration::from_millis(200)).await,
        }
    }
}

/// The signature of a body, as of now.
pub fn signed(secret: &str, body: &str) -> String {
    let at = chrono::Utc::now().timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{at}.{body}").as_bytes());
    let digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={digits}")
}
