//! Records with everything that decides which rows are seen, and what nobody writes.

/// A case that its owner sees, and whoever the thing it is about belongs to nobody.
#[record(
    display = "number",
    audit_log,
    soft_delete,
    rows = rules::cases_of_mine,
    view = ["probe_users"],
    create = ["probe_users"],
    update = ["probe_users"],
    delete = ["probe_users"],
)]
pub struct Case {
    #[field(auto_number = "C-{number:4}")]
    number: String,
    #[field(unique, search)]
    title: String,
    owner: Ref<platform::records::User>,
    thing: Option<Ref<Thing>>,
    #[field(scale = 2)]
    net: Decimal,
    #[field(scale = 2, view = ["finance"], update = ["finance"])]
    tax: Decimal,
    #[field(computed = |case| case.tax.get().ok().map(|tax| case.net + tax))]
    gross: Option<Decimal>,
    stage: Stage,
    notes: Many<Note>,
    verdict: One<Verdict>,
}

/// How a case ended.
#[record(view = ["probe_users"], create = ["probe_users"], update = ["probe_users"], delete = ["probe_users"])]
pub struct Verdict {
    #[field(unique)]
    case_of: Ref<Case>,
    text: String,
}

/// What was said about a case.
#[record(
    soft_delete,
    view = ["probe_users"],
    create = ["probe_users"],
    update = ["probe_users"],
    delete = ["probe_users"],
)]
pub struct Note {
    #[field(auto_number)]
    serial: i64,
    #[field(on_delete = cascade)]
    case_of: Ref<Case>,
    text: String,
    #[field(computed = |note| i64::try_from(note.text.len()).unwrap_or(i64::MAX))]
    length: i64,
}

/// A bill, which keeps its case from being deleted.
#[record(view = ["probe_admins"], create = ["probe_users"], update = ["probe_users"], delete = ["probe_users"])]
pub struct Bill {
    case_of: Ref<Case>,
    amount: i32,
}
