//! One pass over the fields of a struct, in order. A struct has one function that makes the
//! pass; copying, taking apart and filling are kinds of it, decided here and not in generated
//! code, which every app's compiler has to read.

use std::any::Any;
use std::vec::IntoIter;

use super::row::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::value::{Value, ValueError};

/// What happens at each field.
#[derive(Debug)]
enum Kind {
    /// Nothing: every field is as in a new value.
    Blank,
    Copy,
    Read(Vec<Option<Value>>),
    Fill(IntoIter<Option<Value>>),
}

/// A pass over the fields of one struct. What goes wrong is kept to its end.
#[derive(Debug)]
pub struct FieldPass {
    fields: &'static [FieldDescriptor],
    kind: Kind,
    place: usize,
    error: Option<(usize, ValueError)>,
}

impl FieldPass {
    fn new(object: &'static ObjectDescriptor, kind: Kind) -> Self {
        Self { fields: record_of(object).fields, kind, place: 0, error: None }
    }

    pub(crate) fn blank(object: &'static ObjectDescriptor) -> Self {
        Self::new(object, Kind::Blank)
    }

    pub(crate) fn copy(object: &'static ObjectDescriptor) -> Self {
        Self::new(object, Kind::Copy)
    }

    pub(crate) fn read(object: &'static ObjectDescriptor) -> Self {
        Self::new(object, Kind::Read(Vec::with_capacity(record_of(object).fields.len())))
    }

    pub(crate) fn fill(object: &'static ObjectDescriptor, values: Vec<Option<Value>>) -> Self {
        Self::new(object, Kind::Fill(values.into_iter()))
    }

    /// What was read; `None`: what a change leaves as it is.
    pub(crate) fn into_values(self) -> Vec<Option<Value>> {
        match self.kind {
            Kind::Read(values) => values,
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
            Kind::Read(values) => values.push(None),
            Kind::Fill(values) => drop(values.next()),
        }
    }

    fn step(&mut self) -> &'static FieldDescriptor {
        let field = &self.fields[self.place];
        self.place += 1;
        field
    }

    fn failed(&mut self, error: ValueError) {
        let place = self.place - 1;
        self.error.get_or_insert((place, error));
    }

    /// The next field of a pass that makes a struct.
    #[allow(clippy::should_implement_trait)]
    pub fn next<X: 'static>(&mut self) -> X {
        let field = self.step();
        let value = match &mut self.kind {
            Kind::Fill(values) => values.next().flatten(),
            _ => None,
        };
        match (field.computed, value) {
            // Not made yet: this pass is on the way to the closure that makes it.
            (Some(_), Some(Value::Null)) if !field.nullable => field.access.initial(),
            (_, None) => {
                if matches!(self.kind, Kind::Fill(_)) {
                    self.failed(ValueError { expected: "there" });
                }
                field.access.initial()
            }
            (_, value) => field.access.make(value).unwrap_or_else(|error| {
                self.failed(error);
                field.access.initial()
            }),
        }
    }

    /// Does what the pass is for to this field of two values of a struct.
    #[inline]
    pub fn field<X: 'static>(&mut self, into: &mut X, from: &X) {
        self.any_field(into, from);
    }

    fn any_field(&mut self, into: &mut dyn Any, from: &dyn Any) {
        let access = self.step().access;
        match &mut self.kind {
            Kind::Blank => {}
            Kind::Copy => access.copy(into, from),
            Kind::Read(values) => values.push(access.read(from)),
            Kind::Fill(values) => {
                let value = values.next().flatten();
                if let Err(error) = access.write(into, value) {
                    self.failed(error);
                }
            }
        }
    }
}
