//! One pass over the fields of a struct, in order. A struct has one function that makes the
//! pass; copying, taking apart and filling are kinds of it, decided here and not in generated
//! code, which every app's compiler has to read.

use std::vec::IntoIter;

use super::{FieldValue, Value, ValueError};

/// What happens at each field.
#[derive(Debug)]
enum Kind {
    /// Nothing: every field is as in a new value.
    Blank,
    Copy,
    Read(Vec<Value>),
    ReadChanges(Vec<Option<Value>>),
    Fill(IntoIter<Value>),
    FillChanges(IntoIter<Option<Value>>),
}

/// A pass over the fields of one struct. What goes wrong is kept to its end.
#[derive(Debug)]
pub struct FieldPass {
    kind: Kind,
    place: usize,
    error: Option<(usize, ValueError)>,
}

impl FieldPass {
    fn new(kind: Kind) -> Self {
        Self { kind, place: 0, error: None }
    }

    pub(crate) fn blank() -> Self {
        Self::new(Kind::Blank)
    }

    pub(crate) fn copy() -> Self {
        Self::new(Kind::Copy)
    }

    pub(crate) fn read(fields: usize) -> Self {
        Self::new(Kind::Read(Vec::with_capacity(fields)))
    }

    pub(crate) fn read_changes(fields: usize) -> Self {
        Self::new(Kind::ReadChanges(Vec::with_capacity(fields)))
    }

    pub(crate) fn fill(values: Vec<Value>) -> Self {
        Self::new(Kind::Fill(values.into_iter()))
    }

    pub(crate) fn fill_changes(values: Vec<Option<Value>>) -> Self {
        Self::new(Kind::FillChanges(values.into_iter()))
    }

    /// What was read.
    pub(crate) fn into_values(self) -> Vec<Value> {
        match self.kind {
            Kind::Read(values) => values,
            _ => Vec::new(),
        }
    }

    /// What was read of a change.
    pub(crate) fn into_changes(self) -> Vec<Option<Value>> {
        match self.kind {
            Kind::ReadChanges(values) => values,
            _ => Vec::new(),
        }
    }

    /// The place of the first field whose value did not fit, and why.
    pub(crate) fn error(&self) -> Option<(usize, ValueError)> {
        self.error
    }

    /// Passes a field without a column.
    pub fn skip(&mut self) {
        self.place += 1;
        match &mut self.kind {
            Kind::Blank | Kind::Copy => {}
            Kind::Read(values) => values.push(Value::Null),
            Kind::ReadChanges(values) => values.push(None),
            Kind::Fill(values) => drop(values.next()),
            Kind::FillChanges(values) => drop(values.next()),
        }
    }

    fn failed(&mut self, error: ValueError) {
        let place = self.place - 1;
        self.error.get_or_insert((place, error));
    }

    fn given<T: FieldValue>(&mut self, value: Option<Value>) -> Option<T> {
        match value.ok_or(ValueError { expected: "there" }).and_then(T::from_value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.failed(error);
                None
            }
        }
    }

    pub(super) fn next<T: FieldValue>(&mut self) -> T {
        self.place += 1;
        let given = match &mut self.kind {
            Kind::Fill(values) => {
                let value = values.next();
                self.given(value)
            }
            _ => None,
        };
        given.unwrap_or_else(T::initial)
    }

    pub(super) fn computed<T: FieldValue>(&mut self) -> T {
        match &mut self.kind {
            // Not made yet: this pass is on the way to the closure that makes it.
            Kind::Fill(values) if values.as_slice().first() == Some(&Value::Null) && !T::NULLABLE => {
                values.next();
                self.place += 1;
                T::initial()
            }
            _ => self.next(),
        }
    }

    pub(super) fn field<T: FieldValue>(&mut self, into: &mut T, from: &T) {
        self.place += 1;
        match &mut self.kind {
            Kind::Copy => *into = from.clone(),
            Kind::Read(values) => values.push(from.to_value()),
            Kind::Fill(values) => {
                let value = values.next();
                if let Some(value) = self.given(value) {
                    *into = value;
                }
            }
            _ => {}
        }
    }

    pub(super) fn change<T: FieldValue>(&mut self, into: &mut Option<T>, from: Option<&T>) {
        self.place += 1;
        match &mut self.kind {
            Kind::Copy => *into = from.cloned(),
            Kind::ReadChanges(values) => values.push(from.map(T::to_value)),
            Kind::FillChanges(values) => {
                *into = match values.next().flatten() {
                    Some(value) => self.given(Some(value)),
                    None => None,
                }
            }
            _ => {}
        }
    }
}
