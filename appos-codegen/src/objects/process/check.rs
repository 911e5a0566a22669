//! What a process may not be, one function per rule. Signature rules are checked where the signature is read.

use std::collections::BTreeSet;

use super::model::Process;
use super::steps::has_steps;
use crate::attributes::{NameList, ObjectPath, RowTrigger};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{object, process as catalogue};
use crate::project::Project;
use crate::syntax::plain_name;
use crate::template::{Part, parts};

pub(super) fn check(process: &Process<'_>, project: &Project, sink: &Sink) {
    process.common.check(project, sink);
    check_tier(process, project, sink);
    check_body(process, sink);
    check_display_name(process, sink);
    check_search(process, sink);
    check_version(process, sink);
    check_trigger(process, sink);
}

/// Processes are tier 1: they inherit nothing, so somebody must be told who may start them.
fn check_tier(process: &Process<'_>, project: &Project, sink: &Sink) {
    if process.common.permissions.use_.is_none() && !process.use_attempted {
        let group = project.groups.iter().flatten().next().cloned().unwrap_or_else(|| format!("{}_users", project.app));
        sink.push(catalogue::no_use(process.ident(), &group));
    }
}

/// Without a step there is nothing to go on from, and it would be a rule.
fn check_body(process: &Process<'_>, sink: &Sink) {
    let signature = &process.function.signature;
    if signature.asyncness.is_none() {
        sink.push(catalogue::not_asynchronous(&signature.fn_token, process.ident()));
    } else if !has_steps(&process.function.body.stream()) {
        sink.push(catalogue::no_step(process.ident()));
    }
}

/// What an instance is called is read by whoever may see the process.
fn check_display_name(process: &Process<'_>, sink: &Sink) {
    let Some(written) = &process.display_name else { return };
    let (literal, text) = (written.literal(), written.value());
    if text.trim().is_empty() {
        sink.push(catalogue::empty_display_name(literal));
    }
    for part in parts(&text) {
        match part {
            Part::Lone(brace) => sink.push(object::lone_brace(literal, brace)),
            Part::Parameter(name) => match process.parameters.iter().find(|parameter| parameter.name == name) {
                Some(parameter) if parameter.sensitive => sink.push(catalogue::sensitive_in_name(literal, &name)),
                Some(_) => {}
                None if process.broken => {}
                None => {
                    let known: Vec<&str> = process.parameters.iter().map(|it| &*it.name).collect();
                    sink.push(catalogue::unknown_in_name(literal, &name, process.ident(), &known));
                }
            },
        }
    }
}

/// By what instances are found is shown to whoever may see the process.
fn check_search(process: &Process<'_>, sink: &Sink) {
    let mut known = BTreeSet::new();
    for name in process.search.iter().flat_map(NameList::idents) {
        match process.parameter(name) {
            Some(parameter) if parameter.sensitive => sink.push(catalogue::search_of_sensitive(name)),
            Some(_) if !known.insert(plain_name(name)) => sink.push(catalogue::searched_twice(name)),
            Some(_) => {}
            None if process.broken => {}
            None => {
                let known: Vec<&str> = process.parameters.iter().map(|it| &*it.name).collect();
                sink.push(catalogue::unknown_in_search(name, process.ident(), &known));
            }
        }
    }
}

fn check_version(process: &Process<'_>, sink: &Sink) {
    if let Some(version) = &process.written_version
        && !(1..=u64::from(u32::MAX)).contains(&version.value())
    {
        sink.push(catalogue::no_version(version.written()));
    }
    let Some(newer) = process.earlier_of.as_ref().map(ObjectPath::written) else { return };
    let last = newer.path.segments.last().map(|last| plain_name(&last.ident));
    let names_itself = last.is_some_and(|last| last == plain_name(process.ident()));
    if names_itself {
        sink.push(catalogue::earlier_of_itself(newer, process.ident()));
    }
    if process.written_version.is_none() && !process.version_attempted {
        sink.push(catalogue::earlier_without_version(newer, process.ident()));
    }
}

/// True for the address of an account.
pub(in crate::objects) fn names_account(text: &str) -> bool {
    text.contains('@') && text.trim().len() == text.len()
}

/// What starts by itself needs somebody who answers for it, and nothing that only a caller knows.
fn check_trigger(process: &Process<'_>, sink: &Sink) {
    if let Some(run_as) = &process.run_as {
        if !names_account(&run_as.value()) {
            sink.push(catalogue::no_account(run_as.literal()));
        }
        if process.trigger.is_none() && !process.trigger_attempted {
            sink.push(catalogue::run_as_without_trigger(run_as.literal()));
        }
    }
    let Some(trigger) = &process.trigger else { return };
    if let Some(first) = trigger.all().first()
        && process.earlier_of.is_some()
    {
        sink.push(catalogue::trigger_of_earlier(first.span(), process.ident()));
    }
    let row = trigger.rows().next();
    if let Some(first) = trigger.schedules().next() {
        if process.run_as.is_none() && !process.run_as_attempted {
            sink.push(catalogue::schedule_without_account(&first.cron, process.ident()));
        }
        if let Some(row) = row {
            sink.push(catalogue::schedule_and_row(&row.event, process.ident()));
        } else if let Some(parameter) = process.parameters.first() {
            sink.push(catalogue::schedule_with_parameters(&parameter.ident, process.ident()));
        }
    } else if let Some(row) = row
        && !process.broken
    {
        check_row(process, row, sink);
    }
}

/// What happens to a row is told by its id, which is all that the process is given.
fn check_row(process: &Process<'_>, row: &RowTrigger, sink: &Sink) {
    match &process.parameters[..] {
        [_] => {}
        [] => sink.push(catalogue::row_without_parameter(&row.event, process.ident(), &row.record)),
        [_, second, ..] => sink.push(catalogue::row_with_parameters(&second.ident, process.ident())),
    }
}
