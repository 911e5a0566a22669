//! What stands in a form: of a row that is new or exists, or as somebody has filled it in.

use super::plan::{Input, Plan, Rows};
use super::{names, text};
use crate::model::Row;
use crate::ui::page::Form;
use crate::value::{FieldType, Value};

/// A form as it is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    /// The row itself.
    pub(crate) own: Part,
    /// The rows that belong to it, by the places of their fields in the plan.
    pub(crate) rows: Vec<Vec<Part>>,
}

/// One row in a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// `lines[2]`; "" for the row of the form.
    pub(crate) path: String,
    /// Id and version, if it exists. The form's own row has no id: its address names it.
    pub(crate) id: Option<i64>,
    pub(crate) version: Option<i64>,
    /// It is to be removed.
    pub(crate) removed: bool,
    /// One for each input of the plan.
    pub(crate) cells: Vec<Cell>,
    /// What was sent beside these: names that are no input of the form.
    pub(crate) others: Vec<(String, String)>,
}

/// One field in a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub(crate) typed: String,
    /// What the field holds, as far as the form knows.
    pub(crate) base: String,
    /// False if nothing was sent for it.
    pub(crate) present: bool,
    /// It is to be emptied; only for values that are not shown.
    pub(crate) clear: bool,
    /// Somebody else has changed it, too.
    pub(crate) clash: Option<Clash>,
}

/// A field that two have changed: `typed` is the value of the one, `base` that of the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Clash {
    /// What it held before.
    pub(crate) before: String,
    pub(crate) pick: Option<Pick>,
}

/// Whose value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    Mine,
    Theirs,
}

impl Pick {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
        }
    }
}

impl Cell {
    pub(crate) fn of(text: String) -> Self {
        Self { base: text.clone(), typed: text, present: true, ..Self::default() }
    }

    /// True if somebody has written into it.
    pub(crate) fn is_changed(&self) -> bool {
        self.clear || self.typed != self.base
    }
}

impl Part {
    /// A new row: with its defaults, and with what is known of it.
    pub(crate) fn fresh(path: String, plan: &Plan, preset: impl Fn(&Input) -> Option<String>) -> Self {
        let cells = plan.inputs.iter().map(|input| {
            let default = input.field.default.filter(|_| !input.blind);
            let default = default.map(|default| text::of(&input.field.field_type, &default())).unwrap_or_default();
            // What is preset is the user's: a row of it is not an empty one.
            Cell { typed: preset(input).unwrap_or_else(|| default.clone()), ..Cell::of(default) }
        });
        Self { path, cells: cells.collect(), ..Self::default() }
    }

    /// A row that exists.
    pub(crate) fn of_row(path: String, plan: &Plan, row: &Row) -> Self {
        let cells = plan.inputs.iter().map(|input| Cell::of(input.text(row)));
        let (id, version) = (Some(row.system.id), Some(row.system.version));
        Self { path, id, version, cells: cells.collect(), ..Self::default() }
    }

    /// A row as it was sent.
    fn of_form(path: String, plan: &Plan, form: &Form) -> Self {
        let number = |name| form.get(&names::of(&path, name)).and_then(|text| text.parse().ok());
        let cells = plan.inputs.iter().map(|input| {
            let name = names::of(&path, input.field.name);
            let typed = input.sent(form, &name);
            let before = form.get(&names::before(&name)).map(text::lines);
            Cell {
                present: typed.is_some(),
                base: form.get(&names::base(&name)).map(text::lines).unwrap_or_default(),
                typed: typed.unwrap_or_default(),
                clear: form.get(&names::clear(&name)).is_some(),
                clash: before.map(|before| Clash {
                    before,
                    pick: match form.get(&names::pick(&name)) {
                        Some("mine") => Some(Pick::Mine),
                        Some("theirs") => Some(Pick::Theirs),
                        _ => None,
                    },
                }),
            }
        });
        let cells = cells.collect();
        let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
        let others = form.0.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(&prefix).filter(|name| names::is_field(name))?;
            let known = plan.input(name).is_some() || (matches!(name, "id" | "version"));
            (!known).then(|| (name.to_owned(), value.clone()))
        });
        let others = others.collect();
        let removed = form.get(&names::removed(&path)).is_some();
        Self { id: number("id"), version: number("version"), removed, cells, others, path }
    }

    /// True if it is a new row into which nothing was written.
    pub(crate) fn is_blank(&self) -> bool {
        self.id.is_none() && self.others.is_empty() && self.cells.iter().all(|cell| !cell.is_changed())
    }
}

impl Input {
    /// The text that stands in the input for a row's value.
    pub(crate) fn text(&self, row: &Row) -> String {
        let value = row.values.get(self.place).filter(|_| !self.blind).unwrap_or(&Value::Null);
        text::of(&self.field.field_type, value)
    }

    /// What was sent for it, as one text.
    fn sent(&self, form: &Form, name: &str) -> Option<String> {
        let last = form.all(name).last()?;
        Some(match self.field.field_type {
            FieldType::List(item) if text::list_form(item) == text::ListForm::Boxes => {
                let chosen = form.all(name).filter(|value| !value.is_empty());
                chosen.collect::<Vec<_>>().join("\n")
            }
            _ => text::lines(last),
        })
    }
}

impl Sheet {
    /// A form as it was sent. What it asks of itself (one more row, one row less) is done.
    pub(crate) fn of_form(plan: &Plan, form: &Form) -> Self {
        let own = Part::of_form(String::new(), plan, form);
        let rows = plan.rows.iter().map(|rows| rows.of_form(form)).collect();
        let mut sheet = Self { own, rows };
        // Names that begin with those of rows are read with them.
        sheet.own.others.retain(|(name, _)| name != "csrf_token");
        sheet
    }

    /// All of its rows.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.own).chain(self.rows.iter().flatten())
    }
}

/// True if a form was sent to be changed itself, and not to be done.
pub(super) fn asks_of_itself(form: &Form) -> bool {
    [names::ADD, names::REMOVE, names::KEEP, names::FIND, names::AGAIN].iter().any(|name| form.get(name).is_some())
}

impl Rows {
    /// The path of one of the rows.
    pub(crate) fn path(&self, place: usize) -> String {
        if self.one { self.field.name.to_owned() } else { format!("{}[{place}]", self.field.name) }
    }

    /// A new row.
    pub(crate) fn fresh(&self, place: usize) -> Part {
        Part::fresh(self.path(place), &self.plan, |_| None)
    }

    fn of_form(&self, form: &Form) -> Vec<Part> {
        let own = self.field.name;
        // Places of rows, in order, as the names tell them.
        let mut places: Vec<usize> = Vec::new();
        let named = form.0.iter().filter_map(|(name, _)| name.strip_prefix(own));
        for rest in named {
            let place = match (self.one, rest.strip_prefix('[').and_then(|rest| rest.split_once("]."))) {
                (true, None) if rest.starts_with('.') => Some(0),
                (false, Some((place, _))) => place.parse().ok().filter(|_| place.len() <= 4),
                _ => None,
            };
            if let Some(place) = place.filter(|place| !places.contains(place)) {
                places.push(place);
            }
        }
        // One more than is allowed, so that the refusal has a reason to stand beside.
        places.truncate(super::plan::MOST_ROWS + 1);
        let mut parts: Vec<Part> =
            places.into_iter().map(|place| Part::of_form(self.path(place), &self.plan, form)).collect();
        for part in &mut parts {
            let asked = |name| form.get(name) == Some(part.path.as_str());
            let (remove, keep) = (asked(names::REMOVE), asked(names::KEEP));
            part.removed = (part.removed || remove) && !keep;
        }
        // A row that does not exist is not removed from anything.
        parts.retain(|part| !part.removed || part.id.is_some());
        if asks_of_itself(form) {
            // Nothing is told of the rows now, so that their places may change.
            if form.get(names::ADD) == Some(own) && parts.len() < super::plan::MOST_ROWS && self.may_create {
                parts.push(self.fresh(0));
            }
            for (place, part) in parts.iter_mut().enumerate() {
                part.path = self.path(place);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::super::gather::gather;
    use super::super::plan::{Input, Plan};
    use super::{Sheet, names};
    use crate::registry::{FieldDescriptor, Object};
    use crate::ui::page::Form;
    use crate::value::FieldValue;

    #[test]
    fn a_field_may_be_called_like_what_a_form_tells_of_itself() {
        static PAGE: std::sync::LazyLock<FieldDescriptor> =
            std::sync::LazyLock::new(|| FieldDescriptor::plain("page", "Page", i64::COLUMN));
        let plan = Plan {
            object: crate::platform::records::User::object(),
            inputs: vec![Input { place: 0, field: &PAGE, blind: false }],
            shown: Vec::new(),
            rows: Vec::new(),
        };
        let fields = [
            ("csrf_token", "secret"),
            ("version", "4"),
            (Form::PAGE, "/books/chapters?edit=1.page"),
            (Form::STAYS, "true"),
            ("ao-base:page", "3"),
            ("page", "7"),
        ];
        let form = Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let sheet = Sheet::of_form(&plan, &form);
        let gathered = gather(&plan, &sheet, true);
        let written: Vec<_> = gathered.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        assert_eq!(written, [("page", serde_json::json!(7))]);
        assert_eq!((sheet.own.version, gathered.wrong.len()), (Some(4), 0));
        let own = [Form::PAGE, Form::STAYS, names::THEN, names::BACK, names::WHICH, names::ADD, names::MERGE];
        assert!(own.iter().all(|name| !names::is_field(name)), "no field can have such a name");
    }
}
