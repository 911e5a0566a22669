#[expression_rule]
pub(crate) fn touch() {}
