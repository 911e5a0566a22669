//! What is agreed with customers on paper, and what is exchanged with them.

/// A contract with a customer, as it was signed.
#[record(
    document(
        of = Customer,
        accept = ["application/pdf", "image/*"],
        max_size = "2 MB",
        versions = 3,
        scan = rules::refuse_infected,
    ),
    audit_log,
)]
pub struct Contract {
    signed_on: Option<Date>,
}

/// A place for drafts and lists that go back and forth with a customer; nothing stays for long.
#[record(folder(of = Customer, accept = ["text/*", "application/pdf"], max_files = 2, auto_cleanup = "30d"))]
pub struct Exchange {
    files: Many<ExchangeFile>,
}

/// A file that goes back and forth.
#[record(document(of = Exchange))]
pub struct ExchangeFile {
    #[validate(length(max = 200))]
    note: Option<String>,
}
