//! A record whose rules run in its transaction and after it.

/// A parcel, which is weighed with its write and sent after it.
#[record(
    soft_delete,
    view = ["probe_users", "finance"],
    create = ["probe_users"],
    update = ["probe_users", "finance"],
    delete = ["probe_users"],
    on_create = [rules::parcel_weighed, after_commit(rules::parcel_sent), rules::parcel_sealed],
    on_update = after_commit(rules::parcel_sent),
    on_delete = [after_commit(rules::parcel_called_back), rules::parcel_opened],
)]
pub struct Parcel {
    #[validate(length(min = 1))]
    label: String,
}

/// An order, with which a process begins.
#[record(
    view = ["probe_users", "finance"],
    create = ["probe_users", "finance"],
    update = ["probe_users"],
    delete = ["probe_users"],
    on_create = processes::prepare_order,
    on_update = [processes::prepare_order, rules::order_checked],
    on_delete = processes::forget_order,
)]
pub struct Order {
    label: String,
}

/// A visit, which processes look out for.
#[record(
    view = ["probe_users", "finance"],
    create = ["probe_users", "finance"],
    update = ["probe_users"],
    delete = ["probe_users"],
)]
pub struct Visit {
    label: String,
}
