#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(unused_variables, missing_docs, clippy::all)]
pub async fn add_note(
    order: &str,
    body: __appos_support::http::Json<Note>,
) -> Result<()> {
    #[allow(dead_code, unused_variables, clippy::all)]
    async fn __appos_body(
        ctx: __appos_support::Ctx,
        order: &str,
        body: __appos_support::http::Json<Note>,
    ) -> Result<()> {
        Ok(())
    }
    loop {}
}
::core::compile_error! {
    "parameter `order` borrows; arguments are moved through dispatch\nhelp: write `order: String`"
}
::core::compile_error! {
    "web API `add_note` grants no `use` permission; web APIs are tier 1 and inherit nothing\nhelp: write `use = [\"crm_users\"]`, or `public_access` if everybody may call it"
}
