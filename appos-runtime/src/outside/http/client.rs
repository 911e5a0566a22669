//! The client of one HTTP system: its connections, its credentials, and the guard of where they lead.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use governor::clock::DefaultClock;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::super::address::{self, reachable};
use super::super::credential::Credential;
use super::super::settings::{Limits, Secrets};
use super::super::systems::System;
use super::token::Tokens;
use crate::error::{AppOsError, Result};
use crate::registry::Auth;
use crate::state::Ctx;

/// How often something may be done by this program.
pub(crate) type Pace = RateLimiter<NotKeyed, InMemoryState, DefaultClock>;

/// A client of one system.
pub(crate) struct HttpClient {
    pub(super) client: Client,
    pub(super) base: Url,
    /// Its host, and port if that is not the usual one: what the log says of a request.
    pub(super) host: Arc<str>,
    /// The header that shows who the platform is.
    pub(super) shown: Option<(HeaderName, HeaderValue)>,
    pub(super) tokens: Option<Tokens>,
    pub(super) limits: Limits,
    pub(super) permits: Arc<Semaphore>,
    pub(crate) pace: Option<Pace>,
    health: Option<String>,
}

impl HttpClient {
    /// Makes the client; nothing is connected yet.
    ///
    /// # Errors
    /// The settings do not fit together, or a secret is missing.
    pub(crate) async fn new(system: &System, limits: Limits, auth: &Auth, secrets: Secrets<'_>) -> Result<Self> {
        let settings = &system.settings;
        let written = settings.base_url.as_deref().unwrap_or_default();
        let base: Url = written.parse().map_err(|error| {
            let message = format!("`base_url` of {} is no address", system.object.reference);
            AppOsError::integration(message).code_is("invalid_address").caused_by(error)
        })?;
        let tls = secrets.trust(auth, settings).await?.client_config()?;
        let resolver = Guard(Arc::from(limits.networks.as_slice()));
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(resolver)
            // A proxy would look names up in our place, and a redirect is followed by us, who judge it.
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(limits.connect_timeout)
            .pool_idle_timeout(limits.idle_timeout)
            .pool_max_idle_per_host(usize::try_from(limits.pool_size).unwrap_or(usize::MAX))
            .user_agent(concat!("AppOS/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| {
                AppOsError::integration("the HTTP client cannot be made").caused_by(error.without_url())
            })?;
        let permits = Arc::new(Semaphore::new(usize::try_from(limits.pool_size).unwrap_or(1)));
        let shown = shown(&secrets.credential(auth).await?)?;
        let tokens = Tokens::of(auth, settings, secrets).await?;
        let (pace, health) = (settings.rate_limit.map(pace), settings.health.clone());
        let host = base.host_str().unwrap_or_default();
        let host = base.port().map_or_else(|| host.into(), |port| format!("{host}:{port}").into());
        Ok(Self { client, base, host, shown, tokens, limits, permits, pace, health })
    }

    /// Asks the system whether it answers: what it says is of no matter, unless it does not know who we are.
    ///
    /// # Errors
    /// It does not answer, or not to us.
    pub(crate) async fn check(&self, ctx: &Ctx) -> Result<()> {
        let path = self.health.as_deref().unwrap_or("");
        let mut url = self.base.clone();
        if !path.is_empty() {
            url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        }
        self.judge(&url)?;
        let mut request = self.client.get(url).timeout(self.limits.timeout.min(ctx.time_left()));
        if let Some((name, value)) = self.credential().await? {
            request = request.header(name, value);
        }
        let status = request.send().await.map_err(|error| fault(&error))?.status();
        match status.as_u16() {
            401 | 403 => Err(AppOsError::integration("the system does not accept the platform's credentials")
                .code_is("remote_unauthorized")),
            500.. => Err(AppOsError::integration(format!("the system answered {status}")).code_is("remote_failed")),
            _ => Ok(()),
        }
    }

    /// The header that shows who we are, with a token that is good now.
    pub(super) async fn credential(&self) -> Result<Option<(HeaderName, HeaderValue)>> {
        match &self.tokens {
            Some(tokens) => Ok(Some((reqwest::header::AUTHORIZATION, tokens.header(self).await?))),
            None => Ok(self.shown.clone()),
        }
    }

    /// An address that is written as a number is looked up by nobody, so it is judged here.
    pub(super) fn judge(&self, url: &Url) -> Result<()> {
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            Ok(address) if !address::allows(&self.limits.networks, address) => Err(address::refuse(host, address)),
            _ => Ok(()),
        }
    }
}

/// Looks names up, and answers only addresses that the system may have.
struct Guard(Arc<[IpNet]>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = Arc::clone(&self.0);
        Box::pin(async move {
            let found = reachable(name.as_str(), 0, &networks).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// So many in so long a time, in the long run; as many at once.
pub(crate) fn pace((times, time): (u32, Duration)) -> Pace {
    let times = std::num::NonZeroU32::new(times).unwrap_or(std::num::NonZeroU32::MIN);
    let each = (time / times.get()).max(Duration::from_nanos(1));
    let quota = Quota::with_period(each).map_or_else(|| Quota::per_second(times), |quota| quota.allow_burst(times));
    RateLimiter::direct(quota)
}

fn shown(credential: &Credential) -> Result<Option<(HeaderName, HeaderValue)>> {
    let authorization = reqwest::header::AUTHORIZATION;
    Ok(match credential {
        Credential::None => None,
        Credential::Basic { user, password } => {
            let login = format!("{user}:{}", password.expose_secret());
            Some((authorization, secret_header(&format!("Basic {}", STANDARD.encode(login)))?))
        }
        Credential::Bearer { token, .. } => Some((authorization, bearer(token)?)),
        Credential::ApiKey { header, key } => {
            let name = header.parse().map_err(|_| AppOsError::integration("the header of the API key is none"))?;
            Some((name, secret_header(key.expose_secret())?))
        }
    })
}

pub(super) fn bearer(token: &SecretString) -> Result<HeaderValue> {
    secret_header(&format!("Bearer {}", token.expose_secret()))
}

/// A header that no log and no `Debug` shows.
fn secret_header(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        AppOsError::integration("a secret has a character that no header can have").code_is("bad_secret")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// What went wrong with a request, without its address, which may hold what is nobody's business.
pub(super) fn fault(error: &reqwest::Error) -> AppOsError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    let mut texts: Vec<String> = Vec::new();
    while let Some(inner) = cause {
        if let Some(ours) = inner.downcast_ref::<AppOsError>() {
            return AppOsError::integration(ours.message().to_owned()).code_is(ours.code().to_owned());
        }
        if inner.downcast_ref::<reqwest::Error>().is_none() {
            let text = inner.to_string();
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        }
        cause = inner.source();
    }
    let reason = texts.join(": ");
    if error.is_timeout() {
        return AppOsError::timeout("the system did not answer in time").caused_by(reason);
    }
    let (message, code) = if error.is_connect() {
        ("the system cannot be connected to", "connection_failed")
    } else if error.is_decode() {
        ("the system's answer cannot be unpacked", "unreadable_answer")
    } else {
        ("the connection to the system broke", "connection_broken")
    };
    AppOsError::integration(message).code_is(code).caused_by(reason)
}
