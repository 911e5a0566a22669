//! The other side of a page's socket, without a browser.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value as Json;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::support::{Client, Platform};

/// Longest wait for something that has to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A socket that is open.
pub struct Socket(WebSocketStream<TcpStream>);

/// What is heard.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Text(Json),
    /// It was closed with this code.
    Closed(u16),
    /// The connection is gone.
    Lost,
}

/// Asks for a socket; the status of the answer, if there is none.
pub async fn asked(platform: &Platform, session: Option<&str>, origin: Option<&str>) -> Result<Socket, u16> {
    let address = platform.url.trim_start_matches("http://");
    let mut request = format!("ws://{address}/live").into_client_request().expect("a request");
    let headers = request.headers_mut();
    for (name, value) in [("cookie", session), ("origin", origin)] {
        if let Some(value) = value {
            headers.insert(name, HeaderValue::from_str(value).expect("a header"));
        }
    }
    let stream = TcpStream::connect(address).await.expect("a connection");
    match tokio_tungstenite::client_async(request, stream).await {
        Ok((socket, _)) => Ok(Socket(socket)),
        Err(Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

impl Socket {
    /// The socket of somebody who is signed in.
    pub async fn of(platform: &Platform, client: &Client) -> Self {
        asked(platform, client.session.as_deref(), Some(&platform.url))
            .await
            .unwrap_or_else(|status| panic!("{status}"))
    }

    pub async fn say(&mut self, message: &Json) {
        self.raw(Message::text(message.to_string())).await;
    }

    /// Says something whatever the other side makes of it.
    pub async fn raw(&mut self, message: Message) {
        self.0.send(message).await.ok();
    }

    /// What comes next, beside pings.
    pub async fn next(&mut self) -> Heard {
        loop {
            let heard = timeout(PATIENCE, self.0.next()).await.expect("something comes");
            match heard {
                Some(Ok(Message::Text(text))) => return Heard::Text(serde_json::from_str(&text).expect("JSON")),
                Some(Ok(Message::Close(frame))) => return Heard::Closed(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Lost,
            }
        }
    }

    /// The next message.
    pub async fn text(&mut self) -> Json {
        match self.next().await {
            Heard::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    /// The next message of which this is true.
    pub async fn until(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        let mut heard = Vec::new();
        let found = async {
            loop {
                let text = self.text().await;
                if wanted(&text) {
                    return text;
                }
                heard.push(text);
            }
        };
        let found = timeout(PATIENCE, found).await.ok();
        found.unwrap_or_else(|| panic!("it never came; what did: {heard:?}"))
    }

    /// The code with which it is closed.
    pub async fn closed(&mut self) -> Heard {
        loop {
            match self.next().await {
                Heard::Text(_) => {}
                other => return other,
            }
        }
    }
}
