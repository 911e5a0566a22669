#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(missing_docs)]
pub async fn labels() -> __appos_support::Result<__appos_support::Translations> {
    loop {}
}
#[doc(hidden)]
#[allow(non_camel_case_types, missing_docs)]
pub struct __appos_text_customers {}
impl __appos_text_customers {
    #[allow(missing_docs)]
    pub fn told(self) -> ::std::string::String {
        loop {}
    }
}
::core::compile_error! {
    "`xx` is no language\nhelp: write a tag such as `en`, `fr-CA` or `zh-Hant`"
}
::core::compile_error! {
    "the text `customers` is in this set already\nhelp: give each text of an app its own key"
}
