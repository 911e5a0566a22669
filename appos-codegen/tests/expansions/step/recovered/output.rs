#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(unused_variables, missing_docs, clippy::all)]
pub fn create_account(name: &str) -> __appos_support::StepCall<()> {
    loop {}
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub struct create_account {}
const _: () = {
    impl __appos_support::Object for create_account {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
    impl __appos_support::StepObject for create_account {
        const APP: &'static str = "crm";
    }
};
::core::compile_error! {
    "step `create_account` takes `self`; an object is not a method\nhelp: write it outside of `impl`, with a plain parameter: `fn create_account(customer: Customer)`"
}
::core::compile_error! {
    "parameter `name` borrows; arguments are moved through dispatch\nhelp: write `name: String`"
}
::core::compile_error! {
    "step `create_account` answers an `impl Trait` type; callers need one concrete type\nhelp: write `async fn create_account(..) -> Result<Decimal>`, or whichever type it is"
}
