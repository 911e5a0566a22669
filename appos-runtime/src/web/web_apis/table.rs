//! The web APIs of a program, found by the path of a request.

use std::collections::HashMap;

use actix_web::HttpRequest;
use actix_web::http::Method;
use percent_encoding::percent_decode_str;

use super::limits::Limiter;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry, WebApiDescriptor};
use crate::web_api::WebApiEntry;

/// A web API that requests can reach.
pub(in crate::web) struct Api {
    pub(in crate::web) object: &'static ObjectDescriptor,
    pub(in crate::web) descriptor: &'static WebApiDescriptor,
    pub(super) entry: &'static WebApiEntry,
    pub(super) limiter: Option<Limiter>,
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    /// Before parameters: what is named fits better.
    Word(&'static str),
    Parameter(&'static str),
}

impl Segment {
    fn of(text: &'static str) -> Self {
        let name = text.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        name.map_or(Self::Word(text), Self::Parameter)
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Self::Word(word) => word == text,
            Self::Parameter(_) => !text.is_empty(),
        }
    }

    /// The same for all parameters, whatever their names.
    const fn place(self) -> &'static str {
        match self {
            Self::Word(word) => word,
            Self::Parameter(_) => "{}",
        }
    }
}

/// What a request means.
pub(in crate::web) struct Found<'a> {
    pub(in crate::web) api: &'a Api,
    /// Methods that the path takes, if not that of the request.
    pub(super) others: Option<String>,
}

/// All web APIs, by app.
pub(in crate::web) struct Table(HashMap<&'static str, Vec<Api>>);

impl Table {
    pub(in crate::web) fn of(registry: &'static Registry) -> Self {
        let mut all: HashMap<&'static str, Vec<Api>> = HashMap::new();
        for object in registry.objects() {
            let ObjectDetail::WebApi(descriptor) = object.detail else { continue };
            let Some(entry) = descriptor.entry.downcast_ref::<WebApiEntry>() else { continue };
            let limiter = descriptor.rate_limit.and_then(|limit| Limiter::new(object, limit));
            let segments = descriptor.segments().map(Segment::of).collect();
            all.entry(object.app).or_default().push(Api { object, descriptor, entry, limiter, segments });
        }
        for apis in all.values_mut() {
            apis.sort_by(|one, other| one.segments.cmp(&other.segments));
        }
        Self(all)
    }

    /// The web API that a request means, if it means one.
    pub(in crate::web) fn find(&self, request: &HttpRequest) -> Option<Found<'_>> {
        if self.0.is_empty() {
            return None;
        }
        let (app, rest) = request.path().strip_prefix("/api/")?.split_once('/')?;
        let apis = self.0.get(app)?;
        let (version, rest) = rest.strip_prefix('v')?.split_once('/')?;
        // As it is written: `v01` is no version.
        let version = version.parse::<u32>().ok().filter(|_| !version.starts_with(['0', '+']))?;
        let method = match *request.method() {
            Method::HEAD => "GET",
            // A browser asks before it lets a page of another origin send this.
            Method::OPTIONS => super::cors::method_asked(request).unwrap_or("OPTIONS"),
            ref method => method.as_str(),
        };
        let mut of_path = apis.iter().filter(|api| {
            let mut parts = rest.split('/');
            api.descriptor.version == version
                && api.segments.iter().all(|segment| parts.next().is_some_and(|part| segment.fits(part)))
                && parts.next().is_none()
        });
        let first = of_path.next()?;
        if first.descriptor.method == method {
            return Some(Found { api: first, others: None });
        }
        let others: Vec<&Api> = of_path.collect();
        if let Some(api) = others.iter().find(|api| api.descriptor.method == method) {
            return Some(Found { api, others: None });
        }
        let methods = std::iter::once(&first).chain(&others).map(|api| match api.descriptor.method {
            "GET" => "GET, HEAD",
            method => method,
        });
        Some(Found { api: first, others: Some(methods.collect::<Vec<_>>().join(", ")) })
    }
}

impl Api {
    /// The parts of a path that are parameters, decoded. What is no text is an empty one.
    pub(super) fn parameters(&self, path: &str) -> Vec<(&'static str, String)> {
        let parts = path.split('/').skip(4);
        let parameters = self.segments.iter().zip(parts).filter_map(|(segment, part)| match segment {
            Segment::Word(_) => None,
            Segment::Parameter(name) => {
                let text = percent_decode_str(part).decode_utf8().unwrap_or_default().into_owned();
                Some((*name, text))
            }
        });
        parameters.collect()
    }
}

/// Web APIs that would hide each other, or routes of records: the object, what is wrong, and the correct form.
pub(crate) fn problems(registry: &Registry) -> Vec<(&'static str, String, String)> {
    let mut problems = Vec::new();
    let mut known: HashMap<(&str, u32, &str, Vec<&str>), &str> = HashMap::new();
    for object in registry.objects() {
        let ObjectDetail::WebApi(api) = object.detail else { continue };
        let places: Vec<&str> = api.segments().map(|segment| Segment::of(segment).place()).collect();
        let hides = |plural: &str| api.version == 1 && places.first() == Some(&plural);
        let record = registry.records().find(|(record, it)| record.app == object.app && hides(it.plural.as_str()));
        if let Some((record, _)) = record {
            let message = format!("the path `{}` begins as those of {}", api.path, record.reference);
            problems.push((object.reference, message, "begin with another word, or write `version = 2`".to_owned()));
        }
        if let Some(other) = known.insert((object.app, api.version, api.method, places), object.reference) {
            let message = format!("{other} has the same path `{} {}`", api.method, api.address(object));
            problems.push((object.reference, message, "give one of them another path or version".to_owned()));
        }
    }
    problems
}
