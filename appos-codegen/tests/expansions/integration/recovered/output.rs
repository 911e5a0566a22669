#[allow(unused_imports)]
use crate::__appos_scope::*;
#[allow(unused_variables, missing_docs, clippy::all)]
pub async fn create_charge(charge: NewCharge) -> __appos_support::Result<Charge> {
    loop {}
}
::core::compile_error! {
    "integration `create_charge` does not say which connected system it calls\nhelp: write `system = connected_systems::payments`"
}
