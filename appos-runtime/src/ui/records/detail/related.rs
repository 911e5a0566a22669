//! Rows of other records that refer to a row: the first of them, and a form for one more.

use std::rc::Rc;

use dioxus::prelude::*;

use super::super::cell::cell;
use super::super::form::{Place, Purpose, RecordForm, Shared, WHICH, fill};
use super::super::relation::{Names, names};
use super::super::value::is_number;
use super::super::{address, words};
use super::fields::shown;
use super::tabs::TAB;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Direction, Row, Selection, Sort, record_of, referring_field};
use crate::record::{self, Readable};
use crate::registry::{FieldDescriptor, ObjectDescriptor, SystemField};
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{Card, DataTable, Skeleton, TableCell, TableColumn, TableRow};
use crate::ui::page::{Posted, use_changes, use_load, use_location, use_posted};
use crate::ui::pieces;
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::details;
use crate::ui::text::own::documents;
use crate::ui::text::own::lists;
use crate::value::{FieldType, Value};

type Object = &'static ObjectDescriptor;

/// The parameter that names the field to which a row is to be added.
pub(super) const ADD: &str = "add";
/// Rows that are shown of many.
const FIRST: u64 = 10;
/// Most columns.
const COLUMNS: usize = 6;

/// Rows that belong to a row.
struct Found {
    target: Object,
    /// Place of the reference to the row.
    back: usize,
    /// The columns, by place.
    columns: Vec<usize>,
    rows: Vec<Row>,
    count: u64,
    names: Names,
    may_add: bool,
    /// The form of one more, if it was asked for.
    form: Option<Shared>,
}

/// Rows of another record that refer to this one, by the field at this place.
#[component]
pub(super) fn Related(object: ByReference, id: i64, place: usize, tabbed: bool) -> Element {
    let Some(field) = record_of(object.0).fields.get(place) else { return rsx! {} };
    let FieldType::Many(target) = field.field_type else { return rsx! {} };
    let action = address::new(target());
    let posted = use_posted(&action).filter(|posted| posted.form.get(WHICH) == Some(field.name));
    let location = use_location();
    // The form of one more is asked for by the address: most who look at a row add nothing.
    let asked = location.read().parameter(ADD).as_deref() == Some(field.name) || posted.is_some();
    let changes = use_changes(target());
    let load = use_load((id, asked, posted.clone(), changes), move |(id, asked, posted, _)| {
        find((object.0, id), field, (asked, posted))
    });
    load.with(|answer| match answer {
        None => rsx! {
            Card { title: words::label(field),
                Skeleton { lines: 3 }
            }
        },
        Some(Err(error)) => rsx! {
            Card { title: words::label(field), {refusal(error)} }
        },
        Some(Ok(found)) => {
            let row = address::row(object.0, id);
            let here = if tabbed { format!("{row}?{TAB}={}", field.name) } else { row };
            card(&here, field, (found, id), posted)
        }
    })
}

/// Reads the rows; `asked`: a form for one more, too, as it was sent and refused.
async fn find(
    (object, id): (Object, i64),
    field: &'static FieldDescriptor,
    (asked, posted): (bool, Option<Rc<Posted>>),
) -> Result<Found> {
    let gone = || AppOsError::execution("the field has no other side");
    let FieldType::Many(target) = field.field_type else { return Err(gone()) };
    let target = target();
    let back = referring_field(target, object.reference, field.unique).ok_or_else(gone)?;
    let ctx = Ctx::current().ok_or_else(gone)?;
    let rights = ctx.scope().fresh_rights().await?;
    let owner = Condition::Compare(ColumnRef::Field(back), Comparison::Equal, Value::Integer(id));
    let sort = Sort { column: ColumnRef::System(SystemField::Id), direction: Direction::Descending };
    let selection =
        Selection { conditions: vec![owner], sorts: vec![sort], limit: Some(FIRST), ..Selection::default() };
    let counted = Selection { sorts: Vec::new(), limit: None, ..selection.clone() };
    let logged = || LoggedArguments::begin().argument("of", &id).finish();
    let rows = record::list(target, logged(), move |_| Ok(selection)).await?.rows;
    let all = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let count = if all < FIRST { all } else { record::count(target, logged(), move |_| Ok(counted)).await? };
    let readable = Readable::of(target, &rights);
    let columns = columns(target, &readable, back);
    let mut references = Vec::new();
    for place in &columns {
        if let Some(FieldType::Reference(to)) = record_of(target).fields.get(*place).map(|field| field.field_type) {
            references.extend(rows.iter().filter_map(|row| match row.values.get(*place) {
                Some(Value::Integer(id)) => Some((to(), *id)),
                _ => None,
            }));
        }
    }
    let names = names(&rights, references).await?;
    let may_add = rights.allows(target, Permission::Create) && readable.can_write(back) && !(field.unique && count > 0);
    let form = if asked && may_add {
        Some(Shared(Rc::new(Box::pin(fill(target, Purpose::Within(back, id), posted)).await?)))
    } else {
        None
    };
    Ok(Found { target, back, columns, rows, count, names, may_add, form })
}

/// What is shown of each row: what it is called, and some of its other fields.
fn columns(target: Object, readable: &Readable, back: usize) -> Vec<usize> {
    let record = record_of(target);
    let fits = |(place, field): &(usize, &FieldDescriptor)| {
        let short = !matches!(field.field_type, FieldType::Many(_) | FieldType::Json | FieldType::List(_));
        short && *place != back && readable.can_read(*place) && !field.sensitive
    };
    let mut all: Vec<usize> = record.fields.iter().enumerate().filter(fits).map(|(place, _)| place).collect();
    if let Some(at) = all.iter().position(|place| Some(*place) == record.display) {
        let display = all.remove(at);
        all.insert(0, display);
    }
    all.truncate(COLUMNS);
    all
}

/// The rows; `here`: the address of the screen that shows them.
fn card(
    here: &str,
    field: &'static FieldDescriptor,
    (found, id): (&Found, i64),
    posted: Option<Rc<Posted>>,
) -> Element {
    let record = record_of(found.target);
    let back = record.fields.get(found.back).map_or("", |field| field.name);
    let all = format!("{}?filter[{back}]={id}", address::list(found.target));
    let title = if field.unique {
        words::label(field).to_owned()
    } else {
        format!("{} ({})", words::label(field), found.count)
    };
    let actions = rsx! {
        if found.count > 0 && !field.unique {
            a { class: "ao-button ao-button-quiet ao-small", href: "{all}", {details::show_all(found.count)} }
        }
    };
    let mark = if here.contains('?') { '&' } else { '?' };
    let footer = match &found.form {
        Some(form) => Some(add(here, field, found.target, form, posted)),
        None if found.may_add => Some(rsx! {
            a {
                class: "ao-button ao-small",
                href: "{here}{mark}{ADD}={field.name}#{field.name}",
                {add_one(found.target)}
            }
        }),
        None => None,
    };
    rsx! {
        Card { title, actions, flush: !found.rows.is_empty(), footer,
            if found.rows.is_empty() {
                p { class: "ao-dim", {details::none_yet()} }
            } else {
                {table(field, found)}
            }
        }
    }
}

/// What the link to the form of one more says.
fn add_one(target: Object) -> String {
    let what = words::singular_within(target);
    if record_of(target).document().is_some() { documents::upload_one(&what) } else { details::add(&what) }
}

fn table(field: &'static FieldDescriptor, found: &Found) -> Element {
    let record = record_of(found.target);
    let fields: Vec<(usize, &'static FieldDescriptor)> =
        found.columns.iter().filter_map(|place| Some((*place, record.fields.get(*place)?))).collect();
    let mut columns: Vec<TableColumn> = fields
        .iter()
        .map(|(_, field)| {
            if is_number(&field.field_type) {
                TableColumn::number(words::label(field))
            } else {
                TableColumn::new(words::label(field))
            }
        })
        .collect();
    if columns.is_empty() {
        columns.push(TableColumn::new(lists::id()));
    }
    let rows = found.rows.iter().map(|row| {
        let mut cells: Vec<TableCell> = fields
            .iter()
            .map(|(place, field)| {
                let own = |value: &Value| pieces::display(found.target, field)?.value(value).map(TableCell::Element);
                let generated = |value: &Value| cell(&shown(field, value, &found.names));
                row.values.get(*place).map_or(TableCell::Empty, |value| own(value).unwrap_or_else(|| generated(value)))
            })
            .collect();
        // The first cell is the link to the row, which is a text.
        if let (Some(first), Some((place, field))) = (cells.first_mut(), fields.first())
            && let (TableCell::Element(_), Some(value)) = (&*first, row.values.get(*place))
        {
            *first = cell(&shown(field, value, &found.names));
        }
        if cells.is_empty() {
            cells.push(TableCell::text(row.system.id.to_string()));
        }
        let name = words::name_of(found.target, row);
        TableRow::new(row.system.id, name, cells).to(address::row(found.target, row.system.id))
    });
    rsx! {
        DataTable { label: words::label(field), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// A form for one more row, under the others.
fn add(
    here: &str,
    field: &'static FieldDescriptor,
    target: Object,
    form: &Shared,
    posted: Option<Rc<Posted>>,
) -> Element {
    let place = Place {
        action: address::new(target),
        page: Some(here.to_owned()),
        back: Some(here.to_owned()),
        which: Some(field.name.to_owned()),
        cancel: Some(here.to_owned()),
    };
    rsx! {
        div { class: "ao-add", id: "{field.name}",
            RecordForm { filled: form.clone(), place, posted }
        }
    }
}
