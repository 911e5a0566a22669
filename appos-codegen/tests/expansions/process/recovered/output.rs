#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(unused_variables, missing_docs, clippy::all)]
pub fn onboard_customer(name: &str) -> __appos_support::ProcessCall<u8> {
    #[allow(dead_code, unused_variables, clippy::all)]
    async fn __appos_body(ctx: __appos_support::Ctx, name: &str) -> Result<u8> {
        step(steps::create_account(name)).await
    }
    loop {}
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct onboard_customer {}
const _: () = {
    impl __appos_support::Object for onboard_customer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
    impl __appos_support::ProcessObject for onboard_customer {
        const APP: &'static str = "crm";
        const VERSION: u32 = u32::MAX;
        const IS_EARLIER: bool = false;
    }
};
::core::compile_error! {
    "parameter `name` borrows; arguments are moved through dispatch\nhelp: write `name: String`"
}
