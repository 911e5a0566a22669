//! The rules that a record calls with its writes.

use syn::{Expr, ExprPath};

use super::error::{written_as_expression, wrong};

/// One rule of `on_create = ..`.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    /// The path of the rule, as written.
    pub(crate) rule: ExprPath,
    /// True if it goes through the outbox: `after_commit(rules::greet)`.
    pub(crate) after_commit: bool,
}

/// `rules::greet`, `after_commit(rules::greet)`, or a list of these. Whether there is such a rule
/// is for rustc to say, at the author's path.
#[derive(Clone, Debug, Default)]
pub(crate) struct HookList(Vec<Hook>);

impl HookList {
    const TAKES: &'static str = "takes the path of a rule, `after_commit(..)` around one, or a list of these";

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
        Expr::Path(path) if path.qself.is_none() => Ok(Hook { rule: path.clone(), after_commit }),
        _ => Err(wrong(inner, HookList::TAKES)),
    }
}

written_as_expression!(HookList);
