//! The struct beside a record that holds its fields to be written: `NewCustomer` and
//! `CustomerPatch` are two kinds of it.

use super::field_kind::{New, Patch, WriteKind};
use super::row::filled;
use super::{FieldPass, Record};
use crate::error::Result;
use crate::registry::Object;
use crate::value::Value;

/// The fields of a record as they are written: what `NewCustomer` and `CustomerPatch` share.
pub trait RecordFields: Default {
    /// The record.
    type Record: Record;
    /// What is written: a new row or a change.
    type Kind: WriteKind;

    /// A pass over the fields of the descriptor.
    #[doc(hidden)]
    fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass);

    /// One value for each field of the descriptor, in order; `None`: left as it is.
    fn to_values(&self) -> Vec<Option<Value>> {
        let mut pass = FieldPass::read(Self::Record::object());
        Self::fields(&mut Self::default(), self, &mut pass);
        pass.into_values()
    }
}

/// What a new row needs.
pub trait NewRecord: RecordFields<Kind = New> + Send {}

impl<F: RecordFields<Kind = New> + Send> NewRecord for F {}

/// What a change may name.
pub trait PatchRecord: RecordFields<Kind = Patch> + Send {}

impl<F: RecordFields<Kind = Patch> + Send> PatchRecord for F {}

/// Fields from one value for each field of the descriptor.
pub(super) fn fields_of<F: RecordFields>(values: Vec<Option<Value>>) -> Result<F> {
    let object = F::Record::object();
    let (mut fields, mut pass) = (F::default(), FieldPass::fill(object, values));
    F::fields(&mut fields, &F::default(), &mut pass);
    filled(object, fields, &pass)
}

/// A new row from one value for each field.
pub(crate) fn new_row<N: NewRecord>(values: Vec<Value>) -> Result<N> {
    fields_of(values.into_iter().map(Some).collect())
}

/// `Clone` of a new row or a change.
pub fn clone_fields<F: RecordFields>(fields: &F) -> F {
    let mut copy = F::default();
    F::fields(&mut copy, fields, &mut FieldPass::copy(F::Record::object()));
    copy
}
