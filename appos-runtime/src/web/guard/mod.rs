//! What is asked of a request before anything else: whom it is from, which server it means, whether a
//! page of ours sends it, and whether its sender has sent too many. None of it knows an account.

mod csrf;
mod hosts;
mod limits;
mod next;
mod origin;
mod sender;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

pub(super) use csrf::token as csrf_token;
use hosts::Hosts;
use limits::Limits;
pub(super) use limits::{TooMany, network};
pub(super) use next::local_path;
use origin::Origin;
pub(super) use origin::Proof;
use sender::Proxies;
pub(super) use sender::Sender;

use crate::config::ServerConfig;
use crate::error::{AppOsError, Result};

/// Most bytes of path and query.
const LONGEST_TARGET: usize = 16 << 10;
/// Most bytes of all headers.
const LARGEST_HEAD: usize = 32 << 10;

/// The header with the token of a session, and the field of a form that may hold it instead.
pub(super) const TOKEN_HEADER: &str = "x-csrf-token";
/// See [`TOKEN_HEADER`].
pub(super) const TOKEN_FIELD: &str = "csrf_token";

/// The settings that all these questions are answered by.
pub(super) struct Guard {
    proxies: Proxies,
    hosts: Hosts,
    /// The origin of the pages that `public_url` leads to.
    public: Option<Origin>,
    pub(super) limits: Limits,
}

/// True of what load balancers ask, by any name, and often.
pub(super) fn is_of_balancers(path: &str) -> bool {
    matches!(path, "/health" | "/ready")
}

impl Guard {
    pub(super) fn of(config: &ServerConfig) -> Self {
        let public = config.public_url.as_deref().and_then(Origin::of_url);
        Self {
            proxies: Proxies::new(config.trusted_proxies.clone()),
            hosts: Hosts::of(config),
            public,
            limits: Limits::of(&config.rate_limit),
        }
    }

    /// Who sends a request, and to whom, as far as it can be believed.
    pub(super) fn sender<'a>(&self, request: &'a HttpRequest) -> Sender<'a> {
        Sender::of(request, &self.proxies)
    }

    /// Refuses a request that nothing else is to be asked of.
    ///
    /// # Errors
    /// Its head is too large, or it means another server.
    pub(super) fn admit(&self, request: &HttpRequest, sender: &Sender<'_>) -> Result<()> {
        // Load balancers ask by address, and learn nothing.
        if !is_of_balancers(request.path()) && !sender.hosts().all(|host| self.hosts.serves(host)) {
            let message = "this server does not answer under this name; `server.public_url` and \
                           `server.allowed_hosts` tell under which";
            return Err(AppOsError::security(message).code_is("wrong_host"));
        }
        let target = request.path().len() + request.query_string().len();
        if target > LONGEST_TARGET {
            return Err(AppOsError::validation("the address has more than 16 KB").code_is("uri_too_long"));
        }
        if size(request.headers()) > LARGEST_HEAD {
            return Err(AppOsError::validation("the headers have more than 32 KB").code_is("headers_too_large"));
        }
        Ok(())
    }

    /// Whether a request that may change something comes from a page of this server.
    pub(super) fn proof(&self, request: &HttpRequest, sender: &Sender<'_>) -> Proof {
        origin::proof(request, sender, self.public.as_ref())
    }
}

/// True if a page of this server sends a request, whatever its method, and the request says so.
pub(super) fn is_own_page(guard: &Guard, request: &HttpRequest) -> bool {
    origin::is_told(request, &guard.sender(request), guard.public.as_ref())
}

fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

/// True if a request carries the token of its session in a header.
pub(super) fn has_token(request: &HttpRequest, secret: &str) -> bool {
    let header = request.headers().get(TOKEN_HEADER).and_then(|value| value.to_str().ok());
    header.is_some_and(|token| csrf::fits(token, secret))
}

/// True if this is the token of the session.
pub(super) fn is_token(token: &str, secret: &str) -> bool {
    csrf::fits(token, secret)
}
