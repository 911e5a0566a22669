//! Routes of pages beside each other and beside the screens that records have: which address could
//! mean two things.

use super::link::descriptor;
use crate::registry::{ObjectDescriptor, ObjectDetail, PageDescriptor, Registry};

/// First parts of addresses that are the platform's own; no app can have such a name.
const RESERVED: [&str; 17] = [
    "admin",
    "api",
    "assets",
    "auth",
    "health",
    "invitation",
    "invitations",
    "live",
    "login",
    "logout",
    "password",
    "ready",
    "reset",
    "search",
    "session",
    "settings",
    "setup",
];

/// A part of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// A fixed word.
    Word(&'static str),
    /// Any text, for the parameter of this name.
    Parameter(&'static str),
}

impl Segment {
    fn read(text: &'static str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Self::Parameter(name),
            None => Self::Word(text),
        }
    }

    /// True if some text fits both.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Word(one), Self::Word(other)) => one == other,
            _ => true,
        }
    }
}

/// The parts of a page's route.
pub(super) fn segments_of(page: &'static PageDescriptor) -> Vec<Segment> {
    page.segments().map(Segment::read).collect()
}

/// Orders routes that fit the same address: fixed words first, from the left.
pub(super) fn specificity(segments: &[Segment]) -> Vec<bool> {
    segments.iter().map(|segment| matches!(segment, Segment::Word(_))).collect()
}

/// True if some address fits both.
fn overlap(one: &[Segment], other: &[Segment]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.meets(*other))
}

/// True if whatever fits `one` fits `other`, and not the other way round.
fn is_within(one: &[Segment], other: &[Segment]) -> bool {
    let same_or_fixed =
        |(one, other): (&Segment, &Segment)| matches!(other, Segment::Parameter(_)) || matches!(one, Segment::Word(_));
    overlap(one, other) && one.iter().zip(other).all(same_or_fixed) && specificity(one) != specificity(other)
}

/// What is wrong with the routes of pages: whose, what, and the correct form.
pub(crate) fn problems(registry: &'static Registry) -> Vec<(&'static str, String, String)> {
    let mut problems = Vec::new();
    for app in registry.apps() {
        if RESERVED.contains(&app.name) {
            let message = format!("`/{}` is an address of the platform, so an app cannot have this name", app.name);
            problems.push((app.name, message, "rename the app and its crate".to_owned()));
        }
    }
    problems.extend(registry.objects().iter().filter_map(|object| beginning(object)));
    let pages: Vec<Routed> = registry.objects().iter().filter_map(|object| Routed::of(object)).collect();
    for (place, page) in pages.iter().enumerate() {
        problems.extend(beside_pages(page, &pages[..place]));
        problems.extend(beside_records(page, registry));
    }
    problems
}

/// A site begins with a page that can be opened as it stands.
fn beginning(object: &'static ObjectDescriptor) -> Option<(&'static str, String, String)> {
    let ObjectDetail::Site(site) = object.detail else { return None };
    let page = site.default?();
    let required = descriptor(page)?.parameters.iter().find(|parameter| parameter.required)?;
    let message =
        format!("it begins with {}, whose parameter `{}` nobody gives", page.reference, required.parameter.name);
    Some((object.reference, message, "begin with a page that needs no parameter".to_owned()))
}

struct Routed {
    object: &'static ObjectDescriptor,
    page: &'static PageDescriptor,
    segments: Vec<Segment>,
}

impl Routed {
    fn of(object: &'static ObjectDescriptor) -> Option<Self> {
        let ObjectDetail::Page(page) = object.detail else { return None };
        Some(Self { object, page, segments: segments_of(page) })
    }
}

fn beside_pages(page: &Routed, earlier: &[Routed]) -> Option<(&'static str, String, String)> {
    let meets = |other: &&Routed| {
        let (one, two) = (&page.segments, &other.segments);
        other.object.app == page.object.app && overlap(one, two) && !is_within(one, two) && !is_within(two, one)
    };
    let other = earlier.iter().find(meets)?;
    let message = format!(
        "the route `{}` and `{}` of {} fit the same address",
        page.page.route, other.page.route, other.object.reference
    );
    Some((page.object.reference, message, "give one of them another word: `route = \"/..\"`".to_owned()))
}

/// A page may take the place of a record's screen if it says so, and must if it does.
fn beside_records(page: &Routed, registry: &'static Registry) -> Option<(&'static str, String, String)> {
    let records = registry.records().filter(|(object, _)| object.app == page.object.app);
    let screens = records.flat_map(|(object, record)| {
        screens_of(record.plural.as_str()).into_iter().map(move |screen| (object, screen))
    });
    let hidden =
        screens.into_iter().find(|(_, screen)| overlap(&page.segments, screen) && !is_within(&page.segments, screen));
    let (route, reference) = (page.page.route, page.object.reference);
    match (hidden, page.page.overrides) {
        (Some((record, _)), false) => {
            let message = format!("the route `{route}` is that of a screen of {}", record.reference);
            Some((
                reference,
                message,
                "write `overrides` beside it to take its place, or choose another route".to_owned(),
            ))
        }
        (None, true) => {
            let message = format!("nothing stands at `{route}` whose place it could take");
            Some((reference, message, "leave out `overrides`".to_owned()))
        }
        _ => None,
    }
}

/// The screens that a record has: list, new, import, detail, edit.
fn screens_of(plural: &'static str) -> [Vec<Segment>; 5] {
    let (rows, id) = (Segment::Word(plural), Segment::Parameter("id"));
    [
        vec![rows],
        vec![rows, Segment::Word("new")],
        vec![rows, Segment::Word("import")],
        vec![rows, id],
        vec![rows, id, Segment::Word("edit")],
    ]
}

#[cfg(test)]
mod tests {
    use super::{Segment, is_within, overlap};

    fn read(route: &'static str) -> Vec<Segment> {
        route.split('/').skip(1).map(Segment::read).collect()
    }

    #[test]
    fn routes_overlap_where_an_address_fits_both() {
        let cases = [
            ("/a/{x}", "/a/{y}", true, false),
            ("/a/new", "/a/{y}", true, true),
            ("/a/{x}", "/a/new", true, false),
            ("/a/b", "/a/c", false, false),
            ("/a/{x}/c", "/a/b/{y}", true, false),
            ("/a/{x}", "/a/{x}/edit", false, false),
            ("/a/b", "/a/b", true, false),
        ];
        for (one, other, overlaps, within) in cases {
            let (one, other) = (read(one), read(other));
            assert_eq!(overlap(&one, &other), overlaps, "{one:?} {other:?}");
            assert_eq!(is_within(&one, &other), within, "{one:?} {other:?}");
        }
    }
}
