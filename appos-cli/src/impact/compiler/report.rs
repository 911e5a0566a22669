//! One use of an object, as a message of the compiler tells it.

use serde::Deserialize;

use crate::impact::source::Position;

/// A message of rustc, as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Diagnostic {
    message: String,
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
    macro_decl_name: String,
}

/// Macros that write code of their own. What an author writes for them keeps its place, and so
/// does not seem to come from one.
const OURS: [&str; 8] =
    ["#[record]", "#[choices]", "#[expression_rule]", "#[constant]", "#[process]", "#[step]", "app!", "platform!"];

/// What sort of item was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A function that is no method.
    Function,
    /// A method or associated function.
    Method,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A type.
    Type,
}

/// One use of a marked item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// The object, such as `crm.records.customer`; a field may follow.
    pub(crate) target: String,
    /// What the mark says is done with it; "" if the item alone tells.
    pub(crate) role: String,
    /// The item's own name.
    pub(crate) name: String,
    /// Its sort.
    pub(crate) item: Item,
    /// The file, as the compiler names it.
    pub(crate) file: String,
    /// Where the use begins and ends.
    pub(crate) start: Position,
    pub(crate) end: Position,
    /// True if the words stand in a macro's definition: the place is that of its call.
    pub(crate) is_expanded: bool,
}

impl Diagnostic {
    pub(super) fn is_error(&self) -> bool {
        self.level == "error"
    }

    pub(super) fn rendered(&self) -> &str {
        self.rendered.as_deref().unwrap_or(&self.message)
    }

    /// The use it reports, if it is one: ``use of deprecated field `crm::Customer::name`: appos:..``.
    pub(super) fn report(&self) -> Option<Report> {
        let rest = self.message.strip_prefix("use of deprecated ")?;
        let (sort, rest) = rest.split_once(" `")?;
        let (path, note) = rest.split_once("`: ")?;
        let (target, role) = match note.strip_prefix("appos:") {
            Some(note) => note.rsplit_once(':')?,
            // The platform's own objects are marked by hand, and by object only.
            None if note.starts_with("platform.") && !note.contains(' ') => (note, ""),
            None => return None,
        };
        let item = match sort {
            "function" => Item::Function,
            "method" | "associated function" => Item::Method,
            "field" => Item::Field,
            sort if sort.ends_with("variant") => Item::Variant,
            _ => Item::Type,
        };
        let mut span = self.spans.iter().find(|span| span.is_primary)?;
        let mut is_expanded = false;
        while let Some(expansion) = &span.expansion {
            if OURS.contains(&expansion.macro_decl_name.as_str()) || expansion.macro_decl_name.starts_with("#[derive") {
                return None;
            }
            is_expanded = true;
            span = &expansion.span;
        }
        Some(Report {
            target: target.to_owned(),
            role: role.to_owned(),
            name: path.rsplit("::").next().unwrap_or(path).to_owned(),
            item,
            file: span.file_name.clone(),
            start: Position { line: span.line_start, column: span.column_start },
            end: Position { line: span.line_end, column: span.column_end },
            is_expanded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Item};

    fn diagnostic(message: &str, expansion: &serde_json::Value) -> Diagnostic {
        let span = serde_json::json!({
            "file_name": "apps/crm/src/rules/a.rs", "line_start": 3, "line_end": 3, "column_start": 5,
            "column_end": 9, "is_primary": true, "expansion": expansion,
        });
        let value = serde_json::json!({ "message": message, "level": "warning", "rendered": null, "spans": [span] });
        serde_json::from_value(value).expect("a message")
    }

    #[test]
    fn a_marked_use_is_read() {
        let message =
            "use of deprecated field `crm::records::customer::Customer::name`: appos:crm.records.customer:row";
        let report = diagnostic(message, &serde_json::Value::Null).report().expect("a report");
        assert_eq!((report.target.as_str(), report.role.as_str()), ("crm.records.customer", "row"));
        assert_eq!((report.name.as_str(), report.item), ("name", Item::Field));
    }

    #[test]
    fn other_deprecations_are_none_of_ours() {
        for message in ["use of deprecated function `old`: write `new`", "use of deprecated function `old`", "unused"] {
            assert_eq!(diagnostic(message, &serde_json::Value::Null).report(), None);
        }
    }

    #[test]
    fn the_outermost_call_of_an_authors_macro_is_the_place_and_ours_is_none() {
        let message = "use of deprecated function `crm::x`: appos:crm.rules.x:call";
        let expansion = |name: &str| {
            serde_json::json!({
                "macro_decl_name": name,
                "span": { "file_name": "b.rs", "line_start": 7, "line_end": 7, "column_start": 1, "column_end": 4,
                          "is_primary": false, "expansion": null },
            })
        };
        let report = diagnostic(message, &expansion("mine!")).report().expect("a report");
        assert_eq!((report.file.as_str(), report.start.line, report.is_expanded), ("b.rs", 7, true));
        assert_eq!(diagnostic(message, &expansion("#[record]")).report(), None);
    }
}
