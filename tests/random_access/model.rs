//! The naive model: rows in vectors, permissions by looking, conditions by evaluating them row
//! by row.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use appos::codegen_support::{
    ColumnRef, Comparison, Condition, Direction, FieldType, Object, ObjectDescriptor, Record, Sort, SystemField,
    TextMatch, Value,
};
use probe::records::{Case, Note, Thing};

use super::world::fields;

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) groups: BTreeSet<String>,
    pub(super) admin: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) values: Vec<Value>,
    /// By which deletion it went.
    pub(super) deleted: Option<u64>,
}

/// Why nothing is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Security,
    NotFound,
}

/// One of the three records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Thing,
    Case,
    Note,
}

impl Kind {
    pub(super) fn object(self) -> &'static ObjectDescriptor {
        match self {
            Self::Thing => <Thing as Object>::object(),
            Self::Case => <Case as Object>::object(),
            Self::Note => <Note as Object>::object(),
        }
    }
}

/// A question about rows, in the model's own words.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    All(Vec<Ask>),
    Any(Vec<Ask>),
    Not(Box<Ask>),
    Compare(ColumnRef, Comparison, Value),
    In(ColumnRef, Vec<Value>),
    IsNull(ColumnRef),
    Text(ColumnRef, TextMatch, String),
    /// The reference leads to a row for which this holds: the field's place, the other record.
    Is(usize, Kind, Box<Ask>),
    /// Some row of the other record refers to this one: the place of its reference.
    Has(Kind, usize, Box<Ask>),
}

/// Everything there is.
#[derive(Default)]
pub(super) struct Model {
    pub(super) grants: Vec<(String, &'static str, &'static str)>,
    pub(super) things: Vec<Kept>,
    pub(super) cases: Vec<Kept>,
    pub(super) notes: Vec<Kept>,
    pub(super) deletions: u64,
}

const OF_THE_APP: [&str; 3] = ["probe_users", "probe_admins", "finance"];

impl Model {
    pub(super) fn rows(&self, kind: Kind) -> &[Kept] {
        match kind {
            Kind::Thing => &self.things,
            Kind::Case => &self.cases,
            Kind::Note => &self.notes,
        }
    }

    pub(super) fn rows_mut(&mut self, kind: Kind) -> &mut Vec<Kept> {
        match kind {
            Kind::Thing => &mut self.things,
            Kind::Case => &mut self.cases,
            Kind::Note => &mut self.notes,
        }
    }

    /// May the person do this with the object of this reference?
    pub(super) fn may(&self, person: &Person, permission: &str, reference: &str) -> bool {
        if person.admin {
            return true;
        }
        if !person.groups.iter().any(|group| OF_THE_APP.contains(&group.as_str())) {
            return false;
        }
        let listed = match (reference, permission) {
            ("probe.records.thing", "delete") => "probe_admins",
            _ => "probe_users",
        };
        person.groups.contains(listed)
            || self.grants.iter().any(|(group, pattern, granted)| {
                // `probe.case*`: whatever begins so, of any kind.
                let of_any_kind = pattern.split('.').count() == 2 && *pattern != "probe.*";
                let (_, name) = reference.rsplit_once('.').unwrap_or(("", reference));
                let place = if of_any_kind { format!("probe.{name}") } else { reference.to_owned() };
                let covers = match pattern.strip_suffix('*') {
                    Some(start) => place.starts_with(start),
                    None => *pattern == reference,
                };
                *granted == permission && covers && person.groups.contains(group)
            })
    }

    /// May the person ask about the record at all?
    pub(super) fn may_ask(&self, person: &Person, permission: &str, kind: Kind) -> bool {
        let rule = kind != Kind::Case || self.may(person, "use", "probe.rules.cases_of_mine");
        self.may(person, permission, kind.object().reference) && rule
    }

    /// The rows among which the person may look: those of the record's rule.
    pub(super) fn ruled(person: &Person, kind: Kind, row: &Kept) -> bool {
        kind != Kind::Case || person.admin || row.values[2] == Value::Integer(person.id)
    }

    fn reads(person: &Person, kind: Kind, column: ColumnRef) -> bool {
        let ColumnRef::Field(place) = column else { return true };
        fields(kind.object())[place].view.is_none() || person.admin || person.groups.contains("finance")
    }

    /// May the person ask this?
    pub(super) fn may_see(&self, person: &Person, kind: Kind, ask: &Ask) -> bool {
        match ask {
            Ask::All(parts) | Ask::Any(parts) => parts.iter().all(|part| self.may_see(person, kind, part)),
            Ask::Not(inner) => self.may_see(person, kind, inner),
            Ask::Compare(column, ..) | Ask::In(column, _) | Ask::IsNull(column) | Ask::Text(column, ..) => {
                Self::reads(person, kind, *column)
            }
            Ask::Is(place, other, inner) => {
                Self::reads(person, kind, ColumnRef::Field(*place)) && self.may_look_into(person, *other, inner)
            }
            Ask::Has(other, place, inner) => {
                Self::reads(person, *other, ColumnRef::Field(*place)) && self.may_look_into(person, *other, inner)
            }
        }
    }

    fn may_look_into(&self, person: &Person, other: Kind, inner: &Ask) -> bool {
        self.may_ask(person, "view", other) && self.may_see(person, other, inner)
    }

    /// May the person sort by this?
    pub(super) fn may_sort(person: &Person, kind: Kind, sorts: &[Sort]) -> bool {
        sorts.iter().all(|sort| Self::reads(person, kind, sort.column))
    }

    /// May the person read this column?
    pub(super) fn may_read(person: &Person, kind: Kind, column: ColumnRef) -> bool {
        Self::reads(person, kind, column)
    }

    fn seen(person: &Person, kind: Kind, row: &Kept) -> bool {
        row.deleted.is_none() && Self::ruled(person, kind, row)
    }

    fn holds(&self, person: &Person, row: &Kept, ask: &Ask) -> bool {
        match ask {
            Ask::All(parts) => parts.iter().all(|part| self.holds(person, row, part)),
            Ask::Any(parts) => parts.iter().any(|part| self.holds(person, row, part)),
            Ask::Not(inner) => !self.holds(person, row, inner),
            Ask::IsNull(column) => value(row, *column) == Value::Null,
            Ask::In(column, values) => {
                let own = value(row, *column);
                own != Value::Null && values.contains(&own)
            }
            Ask::Compare(column, comparison, wanted) => {
                let own = value(row, *column);
                match comparison {
                    Comparison::Equal => own == *wanted,
                    Comparison::NotEqual => own != *wanted,
                    _ if own == Value::Null => false,
                    Comparison::Less => order(&own, wanted) == Ordering::Less,
                    Comparison::LessOrEqual => order(&own, wanted) != Ordering::Greater,
                    Comparison::Greater => order(&own, wanted) == Ordering::Greater,
                    Comparison::GreaterOrEqual => order(&own, wanted) != Ordering::Less,
                }
            }
            Ask::Text(column, place, text) => {
                let Value::Text(own) = value(row, *column) else { return false };
                let (own, text) = (own.to_ascii_lowercase(), text.to_ascii_lowercase());
                match place {
                    TextMatch::Contains => own.contains(&text),
                    TextMatch::StartsWith => own.starts_with(&text),
                    TextMatch::EndsWith => own.ends_with(&text),
                }
            }
            Ask::Is(place, other, inner) => {
                let Value::Integer(id) = row.values[*place] else { return false };
                let found = self.rows(*other).iter().find(|row| row.id == id);
                found.is_some_and(|found| Self::seen(person, *other, found) && self.holds(person, found, inner))
            }
            Ask::Has(other, place, inner) => self.rows(*other).iter().any(|found| {
                found.values[*place] == Value::Integer(row.id)
                    && Self::seen(person, *other, found)
                    && self.holds(person, found, inner)
            }),
        }
    }

    /// The rows that the person is answered, in order.
    pub(super) fn answer(
        &self,
        person: &Person,
        kind: Kind,
        ask: &Ask,
        sorts: &[Sort],
        deleted: bool,
    ) -> Result<Vec<&Kept>, Refused> {
        let allowed = self.may_ask(person, "view", kind)
            && self.may_see(person, kind, ask)
            && Self::may_sort(person, kind, sorts)
            && (!deleted || self.may(person, "delete", kind.object().reference));
        if !allowed {
            return Err(Refused::Security);
        }
        let there = |row: &&Kept| row.deleted.is_some() == deleted && Self::ruled(person, kind, row);
        let mut rows: Vec<&Kept> =
            self.rows(kind).iter().filter(there).filter(|row| self.holds(person, row, ask)).collect();
        rows.sort_by(|one, other| {
            for sort in sorts {
                let ordering = order(&value(one, sort.column), &value(other, sort.column));
                let ordering = if sort.direction == Direction::Ascending { ordering } else { ordering.reverse() };
                if ordering != Ordering::Equal {
                    return ordering;
                }
            }
            one.id.cmp(&other.id)
        });
        Ok(rows)
    }

    /// One row.
    pub(super) fn get(&self, person: &Person, kind: Kind, id: i64) -> Result<&Kept, Refused> {
        if !self.may_ask(person, "view", kind) {
            return Err(Refused::Security);
        }
        self.find(person, kind, id)
    }

    /// A row that the person sees.
    pub(super) fn find(&self, person: &Person, kind: Kind, id: i64) -> Result<&Kept, Refused> {
        self.rows(kind).iter().find(|row| row.id == id && Self::seen(person, kind, row)).ok_or(Refused::NotFound)
    }
}

/// The value of a column in a row.
pub(super) fn value(row: &Kept, column: ColumnRef) -> Value {
    match column {
        ColumnRef::Field(place) => row.values[place].clone(),
        ColumnRef::System(SystemField::Version) => Value::Integer(row.version),
        _ => Value::Integer(row.id),
    }
}

/// No value is smaller than any value.
pub(super) fn order(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Float(one), Value::Float(other)) => one.total_cmp(other),
        (Value::Decimal(one), Value::Decimal(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Value::Date(one), Value::Date(other)) => one.cmp(other),
        (one, other) => panic!("{one:?} and {other:?} have no order"),
    }
}

/// The same in the platform's words.
pub(super) fn condition(kind: Kind, ask: &Ask) -> Condition {
    match ask {
        Ask::All(parts) => Condition::All(parts.iter().map(|part| condition(kind, part)).collect()),
        Ask::Any(parts) => Condition::Any(parts.iter().map(|part| condition(kind, part)).collect()),
        Ask::Not(inner) => !condition(kind, inner),
        Ask::Compare(column, comparison, value) => Condition::Compare(*column, *comparison, value.clone()),
        Ask::In(column, values) => Condition::In(*column, values.clone()),
        Ask::IsNull(column) => Condition::IsNull(*column),
        Ask::Text(column, place, text) => Condition::Text(*column, *place, text.clone()),
        Ask::Is(_, other, inner) => {
            let inner = condition(*other, inner);
            match (kind, other) {
                (Kind::Thing, _) => Thing::columns().parent.is(|_| inner),
                (Kind::Case, _) => Case::columns().thing.is(|_| inner),
                (Kind::Note, _) => Note::columns().case_of.is(|_| inner),
            }
        }
        Ask::Has(other, _, inner) => {
            let inner = condition(*other, inner);
            Case::columns().notes.any(|_| inner)
        }
    }
}

/// True if a column's values have an order that both sides know.
pub(super) fn is_ordered(field_type: &FieldType) -> bool {
    !matches!(
        field_type,
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) | FieldType::Uuid | FieldType::DateTime
    )
}
