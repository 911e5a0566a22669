//! Rows that depend on others, and are told when these go.

/// A place with shelves.
#[record(view = ["probe_users"], create = ["probe_users"], update = ["probe_users"], delete = ["probe_users"])]
pub struct Depot {
    name: String,
    shelves: Many<Shelf>,
}

/// Goes with its depot, and tells nobody; what lies on it does.
#[record(view = ["probe_users"], create = ["probe_users"])]
pub struct Shelf {
    #[field(on_delete = cascade)]
    depot: Ref<Depot>,
    name: String,
}

/// Goes with its shelf, which is written down and told.
#[record(
    audit_log,
    view = ["probe_users"],
    create = ["probe_users"],
    on_delete = [rules::item_goes, after_commit(rules::item_gone)],
)]
pub struct Item {
    #[field(on_delete = cascade)]
    shelf: Ref<Shelf>,
    label: String,
}

/// Keeps an item where it is.
#[record(view = ["probe_users"], create = ["probe_users"])]
pub struct Seal {
    item: Ref<Item>,
}

/// Goes with its depot for good, although it could be brought back otherwise.
#[record(soft_delete, audit_log, view = ["probe_users"], create = ["probe_users"], delete = ["probe_users"])]
pub struct Loan {
    #[field(on_delete = cascade)]
    depot: Ref<Depot>,
    label: String,
}

/// Stays when its depot goes, without it.
#[record(audit_log, view = ["probe_users"], create = ["probe_users"], on_update = rules::ticket_changed)]
pub struct Ticket {
    #[field(on_delete = set_null)]
    depot: Option<Ref<Depot>>,
    label: String,
}

/// Is put out of sight with its parcel, and told.
#[record(soft_delete, view = ["probe_users"], create = ["probe_users"], on_delete = rules::sticker_goes)]
pub struct Sticker {
    #[field(on_delete = cascade)]
    parcel: Ref<Parcel>,
    label: String,
}
