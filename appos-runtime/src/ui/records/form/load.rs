//! What a form is filled with before anybody types: the row, what may be chosen, what things are called.

use std::collections::HashMap;
use std::rc::Rc;

use dioxus::prelude::*;

use super::super::documents::FileField;
use super::super::relation::{Names, Offer, names, offer};
use super::super::words;
use super::merge::rebase;
use super::plan::{Input, MOST_ROWS, Plan, Rows};
use super::sheet::{Part, Sheet};
use super::submit::STALE;
use super::{names as form_names, text};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Direction, Row, Selection, Sort, record_of};
use crate::record;
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::ui::page::{Location, Posted};
use crate::ui::pieces;
use crate::ui::text::Format;
use crate::value::{FieldType, Value};

type Object = &'static ObjectDescriptor;

/// What a form is for.
#[derive(Clone, PartialEq)]
pub(crate) enum Purpose {
    /// A new row; some fields may be given by the address.
    New(Location),
    /// A new row that belongs to one that is shown: the reference to it, and its id.
    Within(usize, i64),
    /// A change of a row.
    Edit(i64),
    /// A change of one field of a row, by its name.
    Cell(i64, &'static str),
}

/// All that a form shows.
pub(crate) struct Filled {
    pub(crate) plan: Plan,
    pub(crate) sheet: Sheet,
    /// The permission that the write needs.
    pub(crate) permission: Permission,
    /// The row that is changed: id, and name.
    pub(crate) row: Option<(i64, String)>,
    /// A reference that is known: its name, and the row it leads to.
    pub(crate) within: Option<(&'static str, i64)>,
    pub(crate) offers: HashMap<&'static str, Offer>,
    /// What was searched without script, and found, by the name of the reference.
    pub(crate) searched: HashMap<String, (String, Offer)>,
    pub(crate) names: Names,
    /// What may only be read: label and value.
    pub(crate) shown: Vec<(&'static str, Element)>,
    /// Fields whose rows are too many for a form.
    pub(crate) crowded: Vec<&'static str>,
    pub(crate) stale: Option<Stale>,
    /// The file of a new document.
    pub(crate) file: Option<FileField>,
    /// Tells it from the same form as it was before it was sent.
    pub(crate) number: u64,
}

/// Somebody else has changed the row since the form was made.
pub(crate) struct Stale {
    pub(crate) who: Option<String>,
    pub(crate) when: String,
    /// Rows that were written into, and are gone.
    pub(crate) lost: usize,
}

/// True if a form was refused because its row is another by now.
fn is_stale(posted: &Posted) -> bool {
    posted.wrong.code == STALE || posted.wrong.fields.iter().any(|(_, own, _)| own == STALE)
}

/// Collects what a form shows; `posted`: the form as it was sent and refused.
pub(crate) async fn fill(object: Object, purpose: Purpose, posted: Option<Rc<Posted>>) -> Result<Filled> {
    let exists = matches!(purpose, Purpose::Edit(_) | Purpose::Cell(..));
    let permission = if exists { Permission::Update } else { Permission::Create };
    record::authorize(object, permission).await?;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a form outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let mut filled = Filled {
        plan: match purpose {
            Purpose::Within(back, _) => Plan::alone(object, &rights, Some(back)),
            Purpose::Cell(_, name) => Plan::cell(object, &rights, name),
            _ => Plan::of(object, &rights),
        },
        sheet: Sheet::default(),
        permission,
        row: None,
        within: None,
        offers: HashMap::new(),
        searched: HashMap::new(),
        names: Names::default(),
        shown: Vec::new(),
        crowded: Vec::new(),
        stale: None,
        file: match permission {
            Permission::Create if record_of(object).document().is_some() => Some(FileField::of(&ctx, object)?),
            _ => None,
        },
        number: fastrand::u64(..),
    };
    let sent = posted.as_ref().map(|posted| Sheet::of_form(&filled.plan, &posted.form));
    match &purpose {
        Purpose::Edit(id) | Purpose::Cell(id, _) => {
            let row = record::get(object, *id).await?;
            filled.edit(&rights, &row, sent, posted.as_deref().is_some_and(is_stale)).await?;
        }
        Purpose::New(location) => {
            filled.sheet = match sent {
                Some(sheet) => sheet,
                None => filled.fresh(location).await?,
            };
        }
        Purpose::Within(back, id) => {
            filled.within = record_of(object).fields.get(*back).map(|field| (field.name, *id));
            filled.sheet = sent
                .unwrap_or_else(|| Sheet { own: Part::fresh(String::new(), &filled.plan, |_| None), rows: Vec::new() });
        }
    }
    filled.hide_what_is_blind();
    filled.offer(&rights, posted.as_deref()).await?;
    Ok(filled)
}

impl Filled {
    /// A new row, with what its address gives, or as a copy of another.
    async fn fresh(&self, location: &Location) -> Result<Sheet> {
        let copied = match location.parameter(form_names::COPY_OF).and_then(|id| id.parse().ok()) {
            Some(id) => Some(record::get(self.plan.object, id).await?),
            None => None,
        };
        let parameters = location.parameters();
        let preset = |input: &Input| {
            let given = parameters.get(input.field.name).map(text::lines);
            let copied = copied.as_ref().filter(|_| !input.field.unique).map(|row| input.text(row));
            given.or(copied).filter(|_| !input.blind)
        };
        let own = Part::fresh(String::new(), &self.plan, preset);
        let first = |rows: &Rows| if rows.one || !rows.may_create { Vec::new() } else { vec![rows.fresh(0)] };
        Ok(Sheet { own, rows: self.plan.rows.iter().map(first).collect() })
    }

    async fn edit(&mut self, rights: &Rights, row: &Row, sent: Option<Sheet>, stale: bool) -> Result<()> {
        let (object, id) = (self.plan.object, row.system.id);
        let mut current =
            Sheet { own: Part::of_row(String::new(), &self.plan, row), rows: Vec::with_capacity(self.plan.rows.len()) };
        for rows in &self.plan.rows {
            let found = if rows.may_update { related(rows, id).await? } else { Vec::new() };
            if found.len() > MOST_ROWS {
                self.crowded.push(rows.field.name);
                current.rows.push(Vec::new());
                continue;
            }
            let parts = found.iter().enumerate();
            current.rows.push(parts.map(|(place, row)| Part::of_row(rows.path(place), &rows.plan, row)).collect());
        }
        self.sheet = match sent {
            None => current,
            Some(mut sheet) => {
                if stale {
                    let lost = rebase(&self.plan, &mut sheet, &current);
                    let user = words::users();
                    let by = row.system.updated_by;
                    let named = names(rights, by.map(|id| (user, id))).await?;
                    let who = by.and_then(|id| named.of(user, id)).map(str::to_owned);
                    let when = Format::current().date_time(row.system.updated_at);
                    self.stale = Some(Stale { who, when, lost });
                }
                sheet
            }
        };
        self.row = Some((id, words::name_of(object, row).into_owned()));
        let references = self.plan.shown.iter().filter_map(|place| reference(object, *place, row));
        let named = names(rights, references).await?;
        let shown = self.plan.shown.iter().filter_map(|place| {
            let (field, value) = record_of(object).fields.get(*place).zip(row.values.get(*place))?;
            let name = reference(object, *place, row).and_then(|(target, id)| named.of(target, id));
            let own = pieces::display(object, field).and_then(|piece| piece.value(value));
            let text = || name.map_or_else(|| words::shown(field, value), str::to_owned);
            Some((words::label(field), own.unwrap_or_else(|| as_text(&text()))))
        });
        self.shown = shown.collect();
        Ok(())
    }

    /// Nothing that a form may not show stands in it, also not what was just typed.
    fn hide_what_is_blind(&mut self) {
        let Self { plan, sheet, .. } = self;
        let hide = |part: &mut Part, plan: &Plan| {
            for (input, cell) in plan.inputs.iter().zip(&mut part.cells) {
                if input.blind {
                    cell.typed.clear();
                    cell.base.clear();
                }
            }
        };
        hide(&mut sheet.own, plan);
        for (rows, parts) in plan.rows.iter().zip(&mut sheet.rows) {
            for part in parts {
                hide(part, &rows.plan);
            }
        }
    }

    /// Asks what references can lead to, and what those that are chosen are called.
    async fn offer(&mut self, rights: &Rights, posted: Option<&Posted>) -> Result<()> {
        let mut chosen: Vec<(Object, i64)> = Vec::new();
        let mut wanted: Vec<(Object, String)> = Vec::new();
        let plans = std::iter::once((&self.plan, std::slice::from_ref(&self.sheet.own)));
        let rows = self.plan.rows.iter().zip(&self.sheet.rows).map(|(rows, parts)| (&rows.plan, parts.as_slice()));
        for (plan, parts) in plans.chain(rows) {
            for (at, input) in plan.inputs.iter().enumerate() {
                let FieldType::Reference(target) = input.field.field_type else { continue };
                self.offers.entry(target().reference).or_default();
                for part in parts {
                    let Some(cell) = part.cells.get(at) else { continue };
                    let before = cell.clash.as_ref().map(|clash| &clash.before);
                    let texts = [Some(&cell.typed), Some(&cell.base), before].into_iter().flatten();
                    chosen.extend(texts.filter_map(|text| Some((target(), text.parse::<i64>().ok()?))));
                    wanted.push((target(), form_names::of(&part.path, input.field.name)));
                }
                if parts.is_empty() {
                    wanted.push((target(), String::new()));
                }
            }
        }
        for (target, name) in wanted {
            if let Some(known) = self.offers.get_mut(target.reference).filter(|known| **known == Offer::default()) {
                *known = offer(target, "").await?;
            }
            let search = posted.and_then(|posted| posted.form.get(&form_names::search(&name)));
            if let Some(search) = search.filter(|search| !search.trim().is_empty()) {
                let found = offer(target, search).await?;
                self.searched.insert(name, (search.to_owned(), found));
            }
        }
        self.names = names(rights, chosen).await?;
        Ok(())
    }
}

fn as_text(text: &str) -> Element {
    rsx! { if text.is_empty() { "\u{2013}" } else { "{text}" } }
}

/// The record and id that a reference leads to.
fn reference(object: Object, place: usize, row: &Row) -> Option<(Object, i64)> {
    match (record_of(object).fields.get(place)?.field_type, row.values.get(place)?) {
        (FieldType::Reference(target), Value::Integer(id)) => Some((target(), *id)),
        _ => None,
    }
}

/// The rows that belong to a row, oldest first.
async fn related(rows: &Rows, id: i64) -> Result<Vec<Row>> {
    let owner = Condition::Compare(ColumnRef::Field(rows.back), Comparison::Equal, Value::Integer(id));
    let sort = Sort { column: ColumnRef::System(SystemField::Id), direction: Direction::Ascending };
    let limit = u64::try_from(MOST_ROWS + 1).ok();
    let selection = Selection { conditions: vec![owner], sorts: vec![sort], limit, ..Selection::default() };
    let logged = LoggedArguments::begin().argument("of", &id).finish();
    Ok(record::list(rows.plan.object, logged, move |_| Ok(selection)).await?.rows)
}
