//! What the engine knows of a web API: its route, who may come by it, and what is asked of a request first. How a
//! request is read, only the room of web APIs knows; here it is carried, not looked at.

use std::any::Any;
use std::time::Duration;

use super::descriptor::{BoxedCall, ObjectDescriptor, Parameter};
use crate::error::AppOsError;

/// What is particular to a web API.
#[derive(Debug)]
pub struct WebApiDescriptor {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Where it is, below the app and its version: `/orders/{order}/notes`.
    pub path: &'static str,
    /// The `n` of `/api/{app}/v{n}`.
    pub version: u32,
    /// As whom it is called.
    pub auth: WebApiAuth,
    /// The service account with whose rights it runs, whoever may call it; `None`: with the caller's.
    pub run_as: Option<&'static str>,
    /// Parameters in order.
    pub parameters: &'static [Parameter],
    /// The Rust type it answers with, as written, without `Result`.
    pub returns: &'static str,
    /// How many calls of one caller are answered; `None`: as many as the platform answers.
    pub rate_limit: Option<RateLimit>,
    /// Origins whose pages may call it; `*`: any.
    pub cors: &'static [&'static str],
    /// Most bytes of a body, or of a file; `None`: as `server.max_body` says.
    pub max_body: Option<usize>,
    /// Content types of files that it takes; none: any.
    pub accept: &'static [&'static str],
    /// How its sender signs what he sends, if he does.
    pub signature: Option<WebhookSignature>,
    /// A body that it takes, as JSON, for the documentation; "": none.
    pub example: &'static str,
    /// Reads arguments from a JSON object and makes the typed call, which is dispatch.
    pub invoke: fn(serde_json::Value) -> BoxedCall,
    /// How a request is read and answered.
    pub entry: &'static (dyn Any + Send + Sync),
}

impl WebApiDescriptor {
    /// What web APIs about which nothing is said have in common.
    pub const NONE: Self = Self {
        method: "GET",
        path: "/",
        version: 1,
        auth: WebApiAuth::Session,
        run_as: None,
        parameters: &[],
        returns: "()",
        rate_limit: None,
        cors: &[],
        max_body: None,
        accept: &[],
        signature: None,
        example: "",
        invoke: |_| Box::pin(async { Err(AppOsError::dispatch("there is no such web API").code_is("not_callable")) }),
        entry: &(),
    };

    /// Its whole path: `/api/shop/v1/orders/{order}/notes`.
    pub fn address(&self, object: &ObjectDescriptor) -> String {
        format!("/api/{}/v{}{}", object.app, self.version, self.path)
    }

    /// The parts of its path.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }
}

/// As whom a web API is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebApiAuth {
    /// As somebody who is signed in, from a page of this platform.
    Session,
    /// As a service account, by its API key.
    ServiceAccount,
    /// As the public account, whoever calls.
    Public,
}

impl WebApiAuth {
    /// As an author writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::ServiceAccount => "service_account",
            Self::Public => "public",
        }
    }
}

/// So many calls in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The calls; at least one.
    pub calls: u32,
    /// The time in which they come back.
    pub per: Duration,
}

/// How the sender of a webhook signs it: HMAC-SHA256 over the body as it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookSignature {
    /// Name of the secret that the sender knows, too.
    pub secret: &'static str,
    /// How the signature is written.
    pub style: SignatureStyle,
    /// The header with the signature.
    pub header: &'static str,
    /// The header with the moment of signing, in seconds since 1970, which is signed before the body with a point
    /// between. `None`: none is signed.
    pub timestamp: Option<&'static str>,
    /// How far the moment of signing may be from now, and for how long a signature is known that was seen.
    pub tolerance: Duration,
}

/// How a signature is written in its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureStyle {
    /// In hexadecimal digits.
    Plain,
    /// `sha256=` and hexadecimal digits.
    Github,
    /// `t=` and the moment, `v1=` and hexadecimal digits, with commas between.
    Stripe,
}
