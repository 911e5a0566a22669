//! What the engine knows of a process and of a step: how they are run, and what becomes of them when they fail.

use std::marker::PhantomData;
use std::time::Duration;

use chrono_tz::Tz;

use super::descriptor::{BoxedCall, ObjectDescriptor, Parameter};
use super::record::Hook;
use crate::value::{FieldType, FieldValue};

/// What is particular to a process.
#[derive(Debug)]
pub struct ProcessDescriptor {
    /// Parameters in order.
    pub parameters: &'static [Parameter],
    /// What a form asks for as each of them.
    pub inputs: &'static [Input],
    /// The Rust type it answers with, as written, without `Result`.
    pub returns: &'static str,
    /// What an instance is called for people; `{parameter}` stands for an argument. `None`: the process's name.
    pub display_name: Option<&'static str>,
    /// Names of the parameters by whose values instances can be found.
    pub search: &'static [&'static str],
    /// Number of this body: an instance ends with the one with which it began.
    pub version: u32,
    /// Of an earlier body, the process whose older instances it brings to their end; nobody starts it.
    pub earlier_of: Option<fn() -> &'static ObjectDescriptor>,
    /// How long an instance may take in all; `None`: as long as it likes.
    pub deadline: Option<Duration>,
    /// Reads arguments from a JSON object and starts an instance, once for a key if there is one; answers its `id`.
    pub start: fn(serde_json::Value, Option<String>) -> BoxedCall,
    /// When it starts by itself, without arguments.
    pub schedules: &'static [Schedule],
    /// With whose rows it starts, each time with the id of the row.
    pub triggers: &'static [RecordTrigger],
    /// E-mail address of the service account as which it starts by itself: the one elevation there is.
    pub run_as: Option<&'static str>,
    /// What the body comes by on its way, in order, two spaces further in for each branch: what an instance that goes
    /// on finds again.
    pub shape: &'static [&'static str],
    /// Reads arguments from a JSON object and runs the body, which is dispatch. Called by a worker alone.
    pub run: fn(serde_json::Value) -> BoxedCall,
}

/// What a form asks for as one argument.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// What kind of value it is; `None`: one that forms know nothing of, given as JSON.
    pub field_type: Option<FieldType>,
    /// It may be left out.
    pub optional: bool,
    /// What is given is shown to nobody.
    pub sensitive: bool,
}

impl Input {
    /// The same for an argument that is shown to nobody.
    #[must_use]
    pub const fn hidden(self) -> Self {
        Self { sensitive: true, ..self }
    }
}

/// What a form asks for as an argument of type `T`. Generated code asks `InputOf::<T>::INPUT`: that is the constant
/// of the type itself where forms know `T`, and else that of [`UnknownInput`].
///
/// ```
/// use appos_runtime::codegen_support::{InputOf, UnknownInput as _};
/// struct Own;
/// assert!(InputOf::<Option<String>>::INPUT.optional);
/// assert!(InputOf::<Own>::INPUT.field_type.is_none());
/// ```
pub struct InputOf<T>(PhantomData<T>);

impl<T: FieldValue> InputOf<T> {
    /// As the type says.
    pub const INPUT: Input = Input { field_type: Some(T::TYPE), optional: T::NULLABLE, sensitive: false };
}

/// What a form asks for as an argument of any type.
pub trait UnknownInput {
    /// JSON.
    const INPUT: Input = Input { field_type: None, optional: false, sensitive: false };
}

impl<T> UnknownInput for InputOf<T> {}

/// A record with whose rows a process starts by itself.
#[derive(Debug)]
pub struct RecordTrigger {
    /// The record. A function, since records and processes may name each other.
    pub record: fn() -> &'static ObjectDescriptor,
    /// What happens to a row.
    pub on: RowEvent,
    /// What is called with the write.
    pub hook: Hook,
}

/// What happens to a row of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowEvent {
    /// It is new.
    Created,
    /// It was changed.
    Updated,
    /// It is about to be deleted.
    Deleted,
}

impl RowEvent {
    /// As an author writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }
}

/// Times at which a process starts by itself.
#[derive(Debug)]
pub struct Schedule {
    /// Five fields: minute, hour, day of the month, month, day of the week.
    pub cron: &'static str,
    /// Whose clock it is.
    pub time_zone: Tz,
    /// What becomes of times at which nobody ran.
    pub catch_up: CatchUp,
}

/// What becomes of times at which no worker ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatchUp {
    /// They are passed over.
    None,
    /// The process starts once for all of them.
    Latest,
    /// It starts for each of them, the last hundred at most.
    All,
}

/// What is particular to a step.
#[derive(Debug)]
pub struct StepDescriptor {
    /// Parameters in order.
    pub parameters: &'static [Parameter],
    /// The Rust type it answers with, as written, without `Result`.
    pub returns: &'static str,
    /// How often it is tried again after a failure; `None`: as the platform's settings say.
    pub retries: Option<u32>,
    /// Wait before the first of these tries, doubled before each further one; `None`: as the settings say.
    pub backoff: Option<Duration>,
    /// The step that undoes this one, with the same arguments, when the process fails later on.
    pub compensate: Option<fn() -> &'static ObjectDescriptor>,
    /// Reads arguments from a JSON object and runs the body, which is dispatch. Called by a process alone.
    pub run: fn(serde_json::Value) -> BoxedCall,
}
