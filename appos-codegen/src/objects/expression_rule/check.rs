//! What a rule may not be. Signature rules are checked where the signature is read.

use super::model::Rule;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::test as catalogue;
use crate::project::Project;

pub(super) fn check(rule: &Rule<'_>, project: &Project, sink: &Sink) {
    rule.common.check(project, sink);
    check_cases(rule, sink);
}

/// Whether the types fit is for rustc to say, at the author's tokens.
fn check_cases(rule: &Rule<'_>, sink: &Sink) {
    let names: Vec<&str> = rule.parameters.iter().map(|parameter| &*parameter.name).collect();
    for case in rule.cases.iter().filter(|case| !rule.fits(case)) {
        sink.push(catalogue::arguments_of_case(&case.parentheses, rule.ident(), case.arguments.len(), &names));
    }
}
