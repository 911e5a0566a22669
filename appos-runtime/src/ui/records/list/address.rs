//! The address of a list: what is the API's language in it, and what only says how it is shown.

use chrono::SecondsFormat;

use crate::model::record_of;
use crate::platform::saved_views::SavedView;
use crate::question::{Parameters, bad_query, wrong};
use crate::registry::ObjectDescriptor;
use crate::state::Density;
use crate::ui::page::{Location, Note, address};
use crate::ui::text::Format;
use crate::value::Date;

/// The cell that is edited in its place: `5.status`.
pub(super) const EDIT: &str = "edit";

/// How high the rows are: `normal` or `compact`; without it, as in the reader's settings.
pub(super) const DENSITY: &str = "density";

/// Parameters that the API does not know: they say how the list is shown, and are gone from exports.
const OWN: [&str; 11] = ["columns", "before", "by", "find", "selected", "view", "did", "number", "rows", EDIT, DENSITY];

/// What passes with the page that is shown: the next one is asked for without it.
const PASSING: [&str; 11] =
    ["cursor", "before", "by", "find", "selected", "note", "note_id", "did", "number", "rows", EDIT];

/// Parameters of forms, which become others before anything is asked.
const OF_FORMS: [&str; 9] = ["of", "op", "value", "from", "to", "during", "empty", "as", "column"];

/// What the address of a list asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) location: Location,
}

impl Asked {
    pub(super) fn of(location: &Location) -> Self {
        let canonical = canonical(location);
        Self { location: canonical.unwrap_or_else(|| location.clone()) }
    }

    /// The same, or the visitor's own beginning if nothing is asked for.
    pub(super) fn or_default(self, views: &[SavedView]) -> Self {
        let parameters = self.location.parameters();
        let asks = parameters.iter().any(|(name, _)| !PASSING.contains(&name));
        match views.iter().find(|view| view.is_default) {
            Some(view) if !asks => {
                let kept = address_of(&self.location.path, view).parameters();
                let made = address(&self.location.path, kept.iter().chain(parameters.iter()));
                Self { location: Location::read(&made).unwrap_or(self.location) }
            }
            _ => self,
        }
    }

    /// What the API is asked.
    ///
    /// # Errors
    /// A parameter of the list's own stands twice, or the query is not UTF-8.
    pub(super) fn question(&self) -> crate::error::Result<Parameters> {
        let all = Parameters::read(&self.location.query)?;
        let mut seen: Vec<&str> = Vec::new();
        let mut errors = Vec::new();
        for (name, _) in all.iter().filter(|(name, _)| OWN.contains(name)) {
            if seen.contains(&name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
            }
            seen.push(name);
        }
        if all.get(DENSITY).is_some_and(|density| Density::named(density).is_none()) {
            errors.push(wrong(DENSITY, "unknown_choice", "must be normal or compact"));
        }
        if all.get("before").is_some() && all.get("cursor").is_some() {
            errors.push(wrong("before", "repeated", "says where the page is, as `cursor` does"));
        }
        if errors.is_empty() { Ok(all.except(&OWN).except(&Note::PARAMETERS)) } else { Err(bad_query(errors)) }
    }

    /// How high the rows of this list are, if that was chosen for it.
    pub(super) fn density(&self) -> Option<Density> {
        self.parameter(DENSITY).as_deref().and_then(Density::named)
    }

    /// One parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.location.parameter(name)
    }

    /// The address with some parameters changed, from its first page.
    pub(super) fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let passing = PASSING.into_iter().filter(|name| changes.iter().all(|(changed, _)| changed != name));
        let all: Vec<(&str, Option<&str>)> = passing.map(|name| (name, None)).chain(changes.iter().copied()).collect();
        self.location.with(&all)
    }

    /// The address of the same rows, with this cell edited in its place, or none.
    pub(super) fn editing(&self, cell: Option<&str>) -> String {
        let passing = PASSING.into_iter().filter(|name| !matches!(*name, "cursor" | "before" | EDIT));
        let changes: Vec<_> = passing.map(|name| (name, None)).chain([(EDIT, cell)]).collect();
        self.location.with(&changes)
    }

    /// The address without the filters of a field, whatever they ask.
    pub(super) fn without_filters_of(&self, field: &str) -> String {
        let parameters = self.location.parameters();
        let names: Vec<&str> =
            parameters.iter().map(|(name, _)| name).filter(|name| is_filter_of(name, field)).collect();
        self.with(&names.into_iter().map(|name| (name, None)).collect::<Vec<_>>())
    }

    /// The address without any filter, and without a search.
    pub(super) fn without_filters(&self) -> String {
        let parameters = self.location.parameters();
        let names = parameters.iter().map(|(name, _)| name).filter(|name| name.starts_with("filter["));
        self.with(&names.chain(["q"]).map(|name| (name, None)).collect::<Vec<_>>())
    }

    /// True if not all rows are asked for.
    pub(super) fn is_filtered(&self) -> bool {
        let parameters = self.location.parameters();
        parameters.iter().any(|(name, value)| name.starts_with("filter[") || (name == "q" && !value.is_empty()))
    }

    /// What a form keeps of the address in fields that are not seen: everything but these.
    pub(super) fn kept(&self, but: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let parameters = self.location.parameters();
        let kept = parameters.iter().filter(|(name, _)| !PASSING.contains(name) && !but(name));
        kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// What is worth keeping of the query: which rows, in which order, which columns.
    pub(super) fn view(&self) -> String {
        let kept = self.kept(|name| name == "view");
        let made = address("", kept.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        made.trim_start_matches('?').to_owned()
    }

    /// Where the rows that fit are exported.
    pub(super) fn export(&self, object: &'static ObjectDescriptor, format: &str) -> String {
        let columns = self.parameter("columns");
        let mut kept = self.kept(|name| OWN.contains(&name) || matches!(name, "limit" | "count" | "expand" | "fields"));
        kept.extend(columns.map(|columns| ("fields".to_owned(), columns)));
        kept.push(("format".to_owned(), format.to_owned()));
        let path = format!("/api/{}/v1/{}/export", object.app, record_of(object).plural.as_str());
        address(&path, kept.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// The address of a view.
pub(super) fn address_of(path: &str, view: &SavedView) -> Location {
    let kept = Parameters::read(&view.query).unwrap_or_default().except(&["view"]).except(&PASSING);
    let id = view.id.to_string();
    let made = address(path, kept.iter().chain([("view", id.as_str())]));
    Location::read(&made).unwrap_or_default()
}

/// True if a parameter is a filter by this field, and not by one of the row that it leads to.
pub(super) fn is_filter_of(name: &str, field: &str) -> bool {
    let rest = name.strip_prefix("filter[").and_then(|rest| rest.strip_prefix(field));
    rest.is_some_and(|rest| rest.starts_with(']') || rest.starts_with('.'))
}

/// What a form without script sends, as the address that means the same: filters from the fields of
/// their editor, columns with commas, and nothing that is empty. `None`: it is one already.
pub(crate) fn canonical(location: &Location) -> Option<Location> {
    let parameters = location.parameters();
    let is_of_form = |(name, value): (&str, &str)| OF_FORMS.contains(&name) || (name == "q" && value.is_empty());
    if !parameters.iter().any(is_of_form) {
        return None;
    }
    let field = parameters.get("of").map(str::to_owned);
    let mut kept: Vec<(String, String)> = Vec::new();
    let mut columns: Vec<&str> = Vec::new();
    for (name, value) in parameters.iter() {
        let replaced = field.as_ref().is_some_and(|field| is_filter_of(name, field));
        match name {
            "column" => columns.push(value),
            "columns" if parameters.get("column").is_some() => {}
            // The search of a picker belongs to the form that is open.
            "find" if parameters.get("by").is_none() => {}
            _ if replaced || is_of_form((name, value)) => {}
            _ => kept.push((name.to_owned(), value.to_owned())),
        }
    }
    if !columns.is_empty() {
        kept.push(("columns".to_owned(), columns.join(",")));
    }
    if let Some(field) = field {
        let mut add = |operator: &str, value: String| kept.push((format!("filter[{field}][{operator}]"), value));
        let given = |name: &str| parameters.get(name).map(str::trim).filter(|value| !value.is_empty());
        let operator = given("op").unwrap_or("in");
        let values: Vec<&str> =
            parameters.iter().filter(|(name, _)| *name == "value").map(|(_, value)| value).collect();
        let values: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
        match given("empty") {
            Some(empty @ ("true" | "false")) => add("null", empty.to_owned()),
            _ if !values.is_empty() => add(operator, values.join(",")),
            _ => {}
        }
        match given("during") {
            Some(period) => add("during", period.to_owned()),
            None => {
                let moments = given("as") == Some("moment");
                if let Some(from) = given("from") {
                    add("gte", if moments { begins(from) } else { from.to_owned() });
                }
                match given("to") {
                    Some(to) if moments => add("lt", ends(to)),
                    Some(to) => add("lte", to.to_owned()),
                    None => {}
                }
            }
        }
    }
    let made = address(&location.path, kept.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    Location::read(&made)
}

/// The moment at which a day begins for the reader. What is no day is left to be refused.
fn begins(day: &str) -> String {
    let first = Format::current().moment_from_input(&format!("{day}T00:00"), None);
    first.map_or_else(|_| day.to_owned(), |first| first.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// The moment at which it is over.
fn ends(day: &str) -> String {
    let next = day.parse::<Date>().ok().and_then(|day| day.succ_opt());
    next.map_or_else(|| day.to_owned(), |next| begins(&next.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Asked, canonical};
    use crate::ui::page::Location;

    fn made(address: &str) -> String {
        let location = Location::read(address).expect("an address");
        canonical(&location).map_or_else(|| "as it is".to_owned(), |made| made.address())
    }

    #[test]
    fn what_forms_send_becomes_the_address_that_means_the_same() {
        for (sent, meant) in [
            ("/crm/orders?sort=-total", "as it is"),
            ("/crm/orders?sort=-total&q=", "/crm/orders?sort=-total"),
            (
                "/crm/orders?of=note&op=contains&value=a%26b&sort=total",
                "/crm/orders?sort=total&filter[note][contains]=a%26b",
            ),
            (
                "/crm/orders?filter[status]=draft&of=status&value=sent&value=done",
                "/crm/orders?filter[status][in]=sent,done",
            ),
            ("/crm/orders?filter[total][gte]=3&of=total&from=&to=5", "/crm/orders?filter[total][lte]=5"),
            (
                "/crm/orders?of=ordered_on&during=last_month&from=2020-01-01&to=",
                "/crm/orders?filter[ordered_on][during]=last_month",
            ),
            ("/crm/orders?of=note&op=contains&value=x&empty=true", "/crm/orders?filter[note][null]=true"),
            ("/crm/orders?filter[note]=x&of=note&op=contains&value=&empty=", "/crm/orders"),
            (
                "/crm/orders?of=created_at&as=moment&from=2026-11-01&to=2026-11-30",
                "/crm/orders?filter[created_at][gte]=2026-11-01T00:00:00Z&filter[created_at][lt]=2026-12-01T00:00:00Z",
            ),
            ("/crm/orders?columns=a&column=number&column=total", "/crm/orders?columns=number,total"),
        ] {
            assert_eq!(made(sent), meant, "{sent}");
        }
    }

    #[test]
    fn a_page_that_passes_is_no_part_of_what_is_kept() {
        let asked =
            Asked::of(&Location::read("/crm/orders?cursor=x&sort=total&by=note&note=saved&view=3").expect("one"));
        assert_eq!(asked.view(), "sort=total");
        assert_eq!(asked.with(&[("limit", Some("20"))]), "/crm/orders?sort=total&view=3&limit=20");
    }
}
