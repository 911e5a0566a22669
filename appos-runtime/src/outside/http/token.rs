//! Tokens that the platform fetches for itself (OAuth 2 client credentials): fetched once for all callers, and again
//! before they end.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use oauth2::basic::BasicClient;
use oauth2::{
    AsyncHttpClient, ClientId, ClientSecret, HttpRequest, HttpResponse, RequestTokenError, Scope, TokenResponse,
    TokenUrl,
};
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::super::settings::Secrets;
use super::client::{HttpClient, bearer, fault};
use super::download::too_large;
use crate::error::{AppOsError, Result};
use crate::registry::{Auth, AuthMethod};

/// How long a token is believed that does not say how long it is good.
const UNTOLD: Duration = Duration::from_mins(5);
/// How long before its end it is not used any more.
const MARGIN: Duration = Duration::from_secs(30);
/// Most bytes of an answer of the provider.
const LARGEST: usize = 64 * 1024;

/// The tokens of one system.
pub(super) struct Tokens {
    url: Url,
    client_id: String,
    client_secret: SecretString,
    scopes: Vec<&'static str>,
    kept: ArcSwapOption<Token>,
    fetching: Mutex<()>,
}

struct Token {
    header: HeaderValue,
    good_until: Instant,
}

impl Tokens {
    /// `None`: the system wants none.
    ///
    /// # Errors
    /// A secret is missing, or the provider's address is none.
    pub(super) async fn of(auth: &Auth, secrets: Secrets<'_>) -> Result<Option<Self>> {
        let AuthMethod::ClientCredentials { token_url, client_id, client_secret, scopes } = &auth.method else {
            return Ok(None);
        };
        let url = token_url.parse().map_err(|error| {
            AppOsError::integration("the address of the provider of tokens is none")
                .code_is("invalid_address")
                .caused_by(error)
        })?;
        Ok(Some(Self {
            url,
            client_id: secrets.login(client_id).await?,
            client_secret: secrets.value(*client_secret).await?,
            scopes: scopes.clone(),
            kept: ArcSwapOption::empty(),
            fetching: Mutex::default(),
        }))
    }

    /// The header with a token that is good now.
    ///
    /// # Errors
    /// The provider does not answer, or gives none (code `token_refused`).
    pub(super) async fn header(&self, client: &HttpClient) -> Result<HeaderValue> {
        if let Some(header) = self.good() {
            return Ok(header);
        }
        // Who comes while one is fetched waits for that one.
        let _one = self.fetching.lock().await;
        if let Some(header) = self.good() {
            return Ok(header);
        }
        let token = self.fetch(client).await?;
        let header = token.header.clone();
        self.kept.store(Some(Arc::new(token)));
        Ok(header)
    }

    /// The system did not accept this token: it is used no more.
    pub(super) fn refuse(&self, header: &HeaderValue) {
        if self.kept.load().as_ref().is_some_and(|kept| kept.header == *header) {
            self.kept.store(None);
        }
    }

    fn good(&self) -> Option<HeaderValue> {
        let kept = self.kept.load();
        kept.as_ref().filter(|token| Instant::now() < token.good_until).map(|token| token.header.clone())
    }

    async fn fetch(&self, client: &HttpClient) -> Result<Token> {
        client.judge(&self.url)?;
        let provider = BasicClient::new(ClientId::new(self.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose_secret().to_owned()))
            .set_token_uri(TokenUrl::from_url(self.url.clone()));
        let scopes: Vec<Scope> = self.scopes.iter().map(|scope| Scope::new((*scope).to_owned())).collect();
        let sender = Sender { client: client.client.clone(), timeout: client.limits.timeout };
        let answer = provider.exchange_client_credentials().add_scopes(scopes).request_async(&sender).await;
        let answer = answer.map_err(refused)?;
        let header = bearer(&SecretString::from(answer.access_token().secret().clone()))?;
        let lasts = answer.expires_in().unwrap_or(UNTOLD);
        // One that lasts shorter than the margin is used at least for the call it was fetched for.
        Ok(Token { header, good_until: Instant::now() + lasts.saturating_sub(MARGIN.min(lasts / 2)) })
    }
}

/// Over the same guarded connections as all else.
struct Sender {
    client: reqwest::Client,
    timeout: Duration,
}

impl<'c> AsyncHttpClient<'c> for Sender {
    type Error = AppOsError;
    // Said in full: what the library's future borrows is more than rustc can follow.
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, AppOsError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(send(self, request))
    }
}

async fn send(sender: &Sender, request: HttpRequest) -> Result<HttpResponse> {
    let (head, body) = request.into_parts();
    let url: Url = head.uri.to_string().parse().map_err(|_| AppOsError::integration("the provider has no address"))?;
    let request = sender.client.request(head.method, url).headers(head.headers).body(body);
    let mut answer = request.timeout(sender.timeout).send().await.map_err(|error| fault(&error))?;
    let (status, mut bytes) = (answer.status(), Vec::new());
    let headers = answer.headers().clone();
    while let Some(piece) = answer.chunk().await.map_err(|error| fault(&error))? {
        if bytes.len() + piece.len() > LARGEST {
            return Err(too_large(LARGEST));
        }
        bytes.extend_from_slice(&piece);
    }
    let mut response = HttpResponse::new(bytes);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What the provider says may hold what it was sent: only its error code, which has a form, is told.
fn refused<T: oauth2::ErrorResponse>(error: RequestTokenError<AppOsError, T>) -> AppOsError {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(_) => {
            AppOsError::integration("the provider of tokens refused the platform's credentials")
                .code_is("token_refused")
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            AppOsError::integration("the provider of tokens gave no token").code_is("token_refused")
        }
    }
}
