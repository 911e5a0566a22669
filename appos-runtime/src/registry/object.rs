//! Types that stand for an object.

use super::ObjectDescriptor;

/// A name of a connected system; made by the macros.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a connected system",
    note = "name one, such as `system = connected_systems::payments`"
)]
pub trait SystemObject: Object {}

/// A name of an object that the compiler knows; made by the macros.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an AppOS object",
    note = "name an object, such as `ObjectRef::of::<rules::customer_ltv>()`"
)]
pub trait Object {
    /// The object's descriptor.
    fn object() -> &'static ObjectDescriptor;
}
