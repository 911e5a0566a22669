//! The whole document, put together from its parts.

use std::collections::BTreeSet;

use utoipa::openapi::path::PathsBuilder;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::server::ServerBuilder;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

use super::operation::{API_KEY, PLATFORM_TAG, SESSION};
use super::{auth, parameters, processes, records, responses, rules, sessions};
use crate::registry::{ObjectDescriptor, ObjectDetail};
use crate::security::Rights;

/// What a document is made of: objects, and who looks at them.
pub(in crate::web) struct View<'a> {
    /// The objects there are.
    pub(in crate::web) objects: &'a [&'static ObjectDescriptor],
    /// What the reader of the document may do.
    pub(in crate::web) rights: &'a Rights,
    /// What everyone may do without signing in.
    pub(in crate::web) public: &'a Rights,
    /// Name of the platform.
    pub(in crate::web) name: &'a str,
    /// Version of the platform.
    pub(in crate::web) version: &'a str,
    /// Where browsers reach the server, if that is known.
    pub(in crate::web) public_url: Option<&'a str>,
    /// Name of the session cookie.
    pub(in crate::web) cookie: &'a str,
}

/// Paths and the schemas they refer to, as they are gathered.
pub(super) struct Parts {
    pub(super) paths: PathsBuilder,
    pub(super) components: ComponentsBuilder,
}

/// The document as one principal may see it.
pub(in crate::web) fn document(view: &View<'_>) -> OpenApi {
    let mut parts = Parts { paths: PathsBuilder::new(), components: shared(view) };
    parts = sessions::add(auth::add(parts));
    let mut apps = BTreeSet::new();
    for object in view.objects {
        let added = match object.detail {
            ObjectDetail::Record(record) => records::add(&mut parts, view, object, record),
            ObjectDetail::Rule(rule) => rules::add(&mut parts, view, object, rule),
            ObjectDetail::Process(process) => processes::add(&mut parts, view, object, process),
            ObjectDetail::Constant(_)
            | ObjectDetail::Step(_)
            | ObjectDetail::Interface(_)
            | ObjectDetail::Page(_)
            | ObjectDetail::Site(_)
            | ObjectDetail::TranslationSet(_)
            | ObjectDetail::ConnectedSystem(_)
            | ObjectDetail::Integration(_) => false,
        };
        if added {
            apps.insert(object.app);
        }
    }
    let own = TagBuilder::new().name(PLATFORM_TAG).description(Some("Signing in, and the server itself."));
    let tags = apps.into_iter().map(|app| TagBuilder::new().name(app).description(Some(format!("The app `{app}`."))));
    let servers = view.public_url.map(|url| [ServerBuilder::new().url(url).build()]);
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title(view.name).version(view.version).description(Some(ABOUT)))
        .servers(servers)
        .paths(parts.paths.build())
        .components(Some(parts.components.build()))
        .tags(Some(std::iter::once(own).chain(tags).map(TagBuilder::build)))
        .build()
}

const ABOUT: &str = "Objects and fields that the reader of this document may use. Every answer names its execution in \
     the header `x-execution-id`; every error is a problem document (RFC 9457) whose `code` is stable.";

/// How a session is shown.
const COOKIE: &str = "The cookie of a session, as `POST /auth/login` sets it. With it, a request that changes something \
                      also has the `Origin` of the server, as browsers send it, or the session's `csrf_token` in the \
                      header `X-CSRF-Token`.";

/// What operations of all objects refer to.
fn shared(view: &View<'_>) -> ComponentsBuilder {
    let cookie = ApiKeyValue::with_description(view.cookie, COOKIE);
    let bearer =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API key of a service account.")).build();
    let components = ComponentsBuilder::new()
        .security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)))
        .security_scheme(API_KEY, SecurityScheme::Http(bearer));
    parameters::shared(responses::shared(components))
}
