//! Accounts and their entries.

/// Which side of the ledger.
#[choices]
pub enum Side {
    Debit,
    Credit,
}

/// An account. Its entries are of the record Entry, its holder is a User.
#[record(
    display = "number",
    audit_log,
    soft_delete,
    view = ["ledger_users"],
    create = ["ledger_users"],
    update = ["ledger_users"],
    delete = ["ledger_users"]
)]
pub struct Account {
    #[field(unique)]
    number: String,
    #[field(label = "Account holder")]
    holder: Option<Ref<platform::records::User>>, //~ platform.records.user reference
    #[field(scale = 2)]
    balance: Decimal,
    #[field(default = Side::Credit)] //~ ledger.choices.side.Credit reference
    side: Side, //~ ledger.choices.side reference
    parent: Option<Ref<Account>>, //~ ledger.records.account reference
    entries: Many<Entry>, //~ ledger.records.entry reference
}

/// A line of an account.
#[record(
    view = ["ledger_users"],
    create = ["ledger_users"],
    update = ["ledger_users"],
    delete = ["ledger_users"],
    on_create = rules::entry_made, //~ ledger.rules.entry_made trigger
    on_delete = crate::rules::entry_gone, //~ ledger.rules.entry_gone trigger
)]
pub struct Entry {
    account: Ref<Account>, //~ ledger.records.account reference
    #[field(scale = 2)]
    amount: Decimal,
    #[field(scale = 2)]
    tax: Decimal,
    #[field(computed = |entry| entry.amount + entry.tax)] //~ ledger.records.entry.amount read; ledger.records.entry.tax read
    gross: Decimal,
    note: Option<String>,
}

//~v ledger.records.account reference
impl Account {
    /// Not an object, but it uses one.
    pub fn is_empty(&self) -> bool {
        self.balance.is_zero() //~ ledger.records.account.balance read
    }

    /// The number, which is not read from `Entry`.
    pub fn title(&self) -> String {
        let Self { number, .. } = self; //~ ledger.records.account.number read
        number.clone()
    }
}
