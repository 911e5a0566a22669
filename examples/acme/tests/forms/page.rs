//! A page as a browser without script has it.

use crate::support::Client;

/// A page.
pub struct Page {
    pub html: String,
}

impl Page {
    pub async fn get(client: &Client, path: &str) -> Self {
        let answer = client.get(path).await;
        Self { html: answer.body.as_str().unwrap_or_default().to_owned() }
    }
}
