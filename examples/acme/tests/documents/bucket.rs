//! Files in a bucket: of moto (<https://docs.getmoto.org>), a server that speaks like S3, installed from PyPI into the
//! build folder the first time. Where PyPI cannot be reached nothing is tested, and the test says so; with
//! `APPOS_MOTO=1` it fails then.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::support::{Method, prepared, pypi};
use super::{CONTRACTS, CUSTOMERS, HASTY, PDF, customer, files, replace, send};

const VERSION: &str = "5.2.5";
const BUCKET: &str = "acme-files";

/// A running server with an empty bucket.
struct Bucket {
    server: Child,
    url: String,
}

impl Bucket {
    #[expect(clippy::zombie_processes, reason = "without its address there is no test, and no program for long")]
    fn start(programs: &Path) -> Self {
        let mut server = Command::new(programs.join("moto_server"))
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("moto starts");
        let (told, lines) = mpsc::channel();
        let output = BufReader::new(server.stderr.take().expect("what it says"));
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(told.send(line))));
        let begun = Instant::now();
        loop {
            let line =
                lines.recv_timeout(Duration::from_secs(60).saturating_sub(begun.elapsed())).expect("moto listens");
            if let Some((_, url)) = line.split_once("Running on ") {
                return Self { server, url: url.trim().to_owned() };
            }
        }
    }

    /// The keys in the bucket.
    async fn keys(&self) -> Vec<String> {
        let answer = reqwest::get(format!("{}/{BUCKET}?list-type=2", self.url)).await.expect("a list");
        let text = answer.text().await.expect("XML");
        text.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()).map(str::to_owned).collect()
    }

    async fn await_keys(&self, wanted: usize) {
        let begun = Instant::now();
        while self.keys().await.len() != wanted {
            assert!(begun.elapsed() < Duration::from_secs(60), "{:?}, not {wanted}", self.keys().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

#[tokio::test]
async fn files_are_kept_in_a_bucket() {
    let package = format!("moto[s3,server]=={VERSION}");
    let Some(programs) = pypi::programs("APPOS_MOTO", "moto", &[&package]) else { return };
    rustls::crypto::ring::default_provider().install_default().ok();
    let bucket = Bucket::start(&programs);
    reqwest::Client::new().put(format!("{}/{BUCKET}", bucket.url)).send().await.expect("a bucket");
    let mut settings = vec![
        ("APPOS__FILES__S3__BUCKET", BUCKET),
        ("APPOS__FILES__S3__ENDPOINT", &bucket.url),
        ("APPOS__FILES__S3__PREFIX", "acme"),
        ("APPOS__FILES__S3__ACCESS_KEY_ID", "AKIATEST"),
        ("APPOS__FILES__S3__SECRET_ACCESS_KEY", "the-secret-of-the-bucket"),
        ("APPOS__FILES__MAX_SIZE", "100 MB"),
    ];
    settings.extend(HASTY);
    let start = prepared(&settings).await;
    let of = customer(&start.sales).await;
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", PDF).await.is(201).id();
    // Larger than a part that is sent at a time.
    let folder = start.sales.post(super::EXCHANGES, json!({ "customer": of, "name": "Large" })).await.is(201).id();
    let large = "0123456789abcdef".repeat(1 << 20);
    let new = json!({ "exchange": folder });
    let large_id = send(&start.sales, super::EXCHANGE_FILES, &new, "large.txt", large.clone()).await.is(201).id();
    assert_eq!(bucket.keys().await.len(), 2);
    assert!(bucket.keys().await.iter().all(|key| key.starts_with("acme/") && key.ends_with("/content")));
    assert_eq!(files(start.platform.folder()), 0, "nothing lies in the folder");
    let content = start.sales.get(&format!("{CONTRACTS}/{id}/content")).await.is(200);
    assert_eq!(content.body.as_str().map(str::as_bytes), Some(PDF));
    let path = format!("{}/{large_id}/content", super::EXCHANGE_FILES);
    let whole = start.sales.get(&path).await.is(200);
    assert!(whole.body.as_str() == Some(large.as_str()), "what came back is what was sent");
    let part = start.sales.request(Method::GET, &path).header("Range", "bytes=16777200-16777209");
    let part = start.sales.send(part).await.is(206);
    assert_eq!(part.headers["content-range"], "bytes 16777200-16777209/16777216");
    replace(&start.sales, id, "b.pdf", [PDF, b"% 2\n"].concat()).await.is(200);
    start.admin.delete(&format!("{CUSTOMERS}/{of}")).await.is(204);
    bucket.await_keys(0).await;
    let (_, logs) = start.platform.stop();
    assert!(logs.0.iter().all(|line| !line.json.to_string().contains("the-secret-of-the-bucket")));
}
