//! Whether a page of ours sends a request that may change something. A browser says so itself: by
//! `Origin`, or by `Sec-Fetch-Site`; whatever else sends a session's cookie shows the session's token.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::ORIGIN;

use super::hosts;
use super::sender::Sender;

/// What a request tells of the page that sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Proof {
    /// It changes nothing, or a page of ours sends it.
    Given,
    /// Nothing: a program, or a browser of long ago.
    Missing,
    /// A page of another site sends it.
    Foreign,
}

/// Scheme, host and port, as browsers write them: in lower case, without the scheme's own port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin(String);

impl Origin {
    fn new(scheme: &str, host: &str) -> Self {
        let usual = if scheme == "https" { ":443" } else { ":80" };
        Self(format!("{scheme}://{}", host.strip_suffix(usual).unwrap_or(host)).to_ascii_lowercase())
    }

    /// The origin of an address, whatever path it has.
    pub(super) fn of_url(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        Some(Self::new(&scheme.to_ascii_lowercase(), rest.split('/').next()?))
    }

    fn host(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, host)| host)
    }
}

/// True if a page of this server has this origin: of the public address, or of another name that it
/// answers under.
fn is_own(origin: &str, sender: &Sender<'_>, public: Option<&Origin>) -> bool {
    if public.is_some_and(|public| public.0 == origin) {
        return true;
    }
    let Some(host) = sender.host else { return false };
    // Of the public name, the scheme is known: another one is not ours.
    let is_public = public.is_some_and(|public| {
        hosts::name(public.host())
            .zip(hosts::name(host))
            .is_some_and(|(public, host)| public.eq_ignore_ascii_case(host))
    });
    !is_public && Origin::new(if sender.secure { "https" } else { "http" }, host).0 == origin
}

/// True if a request names one origin, and it is ours.
pub(super) fn is_told(request: &HttpRequest, sender: &Sender<'_>, public: Option<&Origin>) -> bool {
    let mut origins = request.headers().get_all(ORIGIN);
    let origin = origins.next().and_then(|origin| origin.to_str().ok());
    origin.is_some_and(|origin| is_own(origin, sender, public)) && origins.next().is_none()
}

pub(super) fn proof(request: &HttpRequest, sender: &Sender<'_>, public: Option<&Origin>) -> Proof {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Proof::Given;
    }
    let mut origins = request.headers().get_all(ORIGIN);
    if let Some(origin) = origins.next() {
        let origin = origin.to_str().unwrap_or("null");
        let own = is_own(origin, sender, public) && origins.next().is_none();
        return if own { Proof::Given } else { Proof::Foreign };
    }
    let mut sites = request.headers().get_all("sec-fetch-site").map(|site| site.to_str().unwrap_or_default());
    match (sites.next(), sites.next()) {
        // `none`: a person, by the browser itself.
        (Some("same-origin" | "none"), None) => Proof::Given,
        (None, _) => Proof::Missing,
        _ => Proof::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::super::sender::{Proxies, Sender};
    use super::{Origin, Proof, proof};

    fn asked(public: Option<&str>, host: &str, headers: &[(&'static str, &str)]) -> Proof {
        let mut request = TestRequest::post().peer_addr("10.0.0.1:1".parse().unwrap()).append_header(("host", host));
        for header in headers {
            request = request.append_header(*header);
        }
        let request = request.to_http_request();
        let sender = Sender::of(&request, &Proxies::new(vec!["10.0.0.1/32".parse().unwrap()]));
        proof(&request, &sender, public.and_then(Origin::of_url).as_ref())
    }

    #[test]
    fn the_origin_is_compared_whatever_path_the_public_address_has() {
        for public in ["https://acme.example", "https://ACME.example:443/crm", "https://acme.example/a/b"] {
            let from = |origin| asked(Some(public), "acme.example", &[("origin", origin)]);
            assert_eq!(from("https://acme.example"), Proof::Given, "{public}");
            for foreign in ["http://acme.example", "https://acme.example:444", "https://acme.example/", "null", ""] {
                assert_eq!(from(foreign), Proof::Foreign, "{public} {foreign}");
            }
        }
    }

    #[test]
    fn another_name_of_the_server_has_an_origin_of_its_own() {
        let forwarded = ("x-forwarded-proto", "https");
        for (host, headers, proof) in [
            ("inner:8080", &[("origin", "http://inner:8080")][..], Proof::Given),
            ("inner:443", &[("origin", "https://inner"), forwarded], Proof::Given),
            ("inner", &[("origin", "https://inner")], Proof::Foreign),
            ("inner", &[("origin", "https://acme.example")], Proof::Given),
            ("inner", &[("origin", "http://inner"), ("origin", "http://inner")], Proof::Foreign),
            ("inner", &[], Proof::Missing),
            ("inner", &[("sec-fetch-site", "same-origin")], Proof::Given),
            ("inner", &[("sec-fetch-site", "none")], Proof::Given),
            ("inner", &[("sec-fetch-site", "same-site")], Proof::Foreign),
            ("inner", &[("sec-fetch-site", "cross-site")], Proof::Foreign),
            ("inner", &[("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")], Proof::Foreign),
            ("inner", &[("sec-fetch-site", "cross-site"), ("origin", "http://inner")], Proof::Given),
        ] {
            assert_eq!(asked(Some("https://acme.example"), host, headers), proof, "{host} {headers:?}");
        }
    }
}
