#[cfg(test)]
#[allow(unused_imports)]
use ::appos::prelude::*;
#[cfg(test)]
#[allow(unused_imports)]
use ::appos::testing::prelude::*;
#[cfg(test)]
#[allow(unused_imports)]
use crate::__appos_scope::*;
#[cfg(test)]
#[allow(unused_variables, missing_docs, clippy::all)]
pub async fn adds_up(left: i64) {
    #[allow(dead_code, unused_variables, clippy::all)]
    async fn __appos_body(ctx: __appos_support::Ctx, left: i64) {
        assert_eq!(rules::add(left, 1). await, 2);
    }
    loop {}
}
::core::compile_error! {
    "test `adds_up` has parameters; nobody gives them\nhelp: write `async fn adds_up() { .. }`; `ctx` is in scope in its body"
}
