#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(unused_variables, missing_docs, clippy::all)]
pub async fn greet(name: &str) -> Result<String> {
    #[allow(dead_code, unused_variables, clippy::all)]
    async fn __appos_body(ctx: __appos_support::Ctx, name: &str) -> Result<String> {
        Ok(format!("{name} {}", ctx.user.name))
    }
    loop {}
}
::core::compile_error! {
    "#[expression_rule] has no key `us`\nhelp: did you mean `use`? write `use = [\"crm_users\"]`"
}
::core::compile_error! {
    "parameter `name` borrows; arguments are moved through dispatch\nhelp: write `name: String`"
}
::core::compile_error! {
    "rule `greet` declares `ctx`; it is in scope in every body\nhelp: leave it out and use it: `fn greet() { ctx.user }`"
}
