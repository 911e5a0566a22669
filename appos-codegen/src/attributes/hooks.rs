//! The rules and processes that a record calls with its writes.

use syn::{Expr, ExprPath};

use super::error::{written_as_expression, wrong};

/// One rule or process of `on_create = ..`.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    /// The path, as written.
    pub(crate) rule: ExprPath,
    /// True if it goes through the outbox: `after_commit(rules::greet)`.
    pub(crate) after_commit: bool,
}

impl Hook {
    /// True if a process is started. Its namespace tells: what a name stands for is not known here.
    pub(crate) fn is_process(&self) -> bool {
        self.rule.path.segments.iter().rev().nth(1).is_some_and(|namespace| namespace.ident == "processes")
    }
}

/// `rules::greet`, `after_commit(rules::greet)`, `processes::onboard`, or a list of these. Whether there is such a
/// rule or process is for rustc to say, at the author's path.
#[derive(Clone, Debug, Default)]
pub(crate) struct HookList(Vec<Hook>);

impl HookList {
    const TAKES: &'static str =
        "takes the path of a rule or process, `after_commit(..)` around a rule, or a list of these";

    const PROCESS: &'static str =
        "starts a process if and only if the write is committed: name it without `after_commit(..)`";

    /// In the order in which they are called.
    pub(crate) fn hooks(&self) -> &[Hook] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(list) = expression else { return Ok(Self(vec![hook(expression)?])) };
        if list.elems.is_empty() {
            return Err(wrong(expression, Self::TAKES));
        }
        let mut errors = darling::Error::accumulator();
        let hooks = list.elems.iter().filter_map(|element| errors.handle(hook(element))).collect();
        errors.finish_with(Self(hooks))
    }
}

fn hook(expression: &Expr) -> darling::Result<Hook> {
    let (inner, after_commit) = match expression {
        Expr::Call(call) => {
            let is_ours = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("after_commit"));
            if !is_ours {
                return Err(wrong(&call.func, HookList::TAKES));
            }
            match call.args.first() {
                Some(rule) if call.args.len() == 1 => (rule, true),
                _ => return Err(wrong(call, HookList::TAKES)),
            }
        }
        other => (other, false),
    };
    match inner {
        Expr::Path(path) if path.qself.is_none() => {
            let hook = Hook { rule: path.clone(), after_commit };
            if after_commit && hook.is_process() { Err(wrong(expression, HookList::PROCESS)) } else { Ok(hook) }
        }
        _ => Err(wrong(inner, HookList::TAKES)),
    }
}

written_as_expression!(HookList);
