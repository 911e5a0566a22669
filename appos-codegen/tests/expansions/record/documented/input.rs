/// An order.
///
/// Not part of the description.
#[record(public_access, table = "orders", plural = "purchases", timeout = "5s", crate = facade::appos)]
#[cfg(feature = "orders")]
#[allow(clippy::struct_excessive_bools)]
struct Order {
    /// Who ordered.
    #[field(on_delete = cascade, column = "buyer")]
    customer: Ref<Customer>,
    #[field(default = "new", sensitive)]
    filter: String,
    r#type: i64,
}
