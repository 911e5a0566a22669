//! What a process starts with by itself: certain times, or what happens to rows.

use proc_macro2::Span;
use syn::{Expr, ExprPath, Ident};

use super::error::{ungrouped, written_as_expression, wrong};
use super::schedule::{Schedule, schedule};

pub(super) const TAKES: &str = "takes `schedule(\"0 8 * * *\", time_zone = \"Europe/Berlin\")`, \
    `created(records::Customer)`, `updated(..)`, `deleted(..)`, or a list of these";

/// `created(records::Customer)`. Whether there is such a record is for rustc to say, at the author's path.
#[derive(Clone, Debug)]
pub(crate) struct RowTrigger {
    /// `created`, `updated` or `deleted`.
    pub(crate) event: Ident,
    pub(crate) record: ExprPath,
}

/// One of what a process starts with.
#[derive(Clone, Debug)]
pub(crate) enum Trigger {
    Schedule(Schedule),
    Row(RowTrigger),
}

impl Trigger {
    /// The smallest tokens that say what it is.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Schedule(schedule) => schedule.cron.span(),
            Self::Row(row) => row.event.span(),
        }
    }
}

/// One trigger, or a list of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct TriggerList(Vec<Trigger>);

impl TriggerList {
    const TAKES: &'static str = TAKES;

    /// In the order in which they are written.
    pub(crate) fn all(&self) -> &[Trigger] {
        &self.0
    }

    /// The times among them.
    pub(crate) fn schedules(&self) -> impl Iterator<Item = &Schedule> {
        self.0.iter().filter_map(|trigger| match trigger {
            Trigger::Schedule(schedule) => Some(schedule),
            Trigger::Row(_) => None,
        })
    }

    /// The records among them.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &RowTrigger> {
        self.0.iter().filter_map(|trigger| match trigger {
            Trigger::Row(row) => Some(row),
            Trigger::Schedule(_) => None,
        })
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(list) = expression else { return Ok(Self(vec![trigger(expression)?])) };
        if list.elems.is_empty() {
            return Err(wrong(expression, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let all = list.elems.iter().filter_map(|element| errors.handle(trigger(ungrouped(element)))).collect();
        errors.finish_with(Self(all))
    }
}

written_as_expression!(TriggerList);

fn trigger(expression: &Expr) -> darling::Result<Trigger> {
    const RECORD: &str = "takes the path of one record: `created(records::Customer)`";
    let Expr::Call(call) = expression else { return Err(wrong(expression, TAKES)) };
    let word = match &*call.func {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let word = word.ok_or_else(|| wrong(&call.func, TAKES))?;
    if word == "schedule" {
        return schedule(call).map(Trigger::Schedule);
    }
    if !["created", "updated", "deleted"].iter().any(|event| word == event) {
        return Err(wrong(word, TAKES));
    }
    let mut records = call.args.iter().map(ungrouped);
    match (records.next(), records.next()) {
        (Some(Expr::Path(record)), None) if record.qself.is_none() => {
            Ok(Trigger::Row(RowTrigger { event: word.clone(), record: record.clone() }))
        }
        (Some(other), None) => Err(wrong(other, RECORD)),
        _ => Err(wrong(call, RECORD)),
    }
}
