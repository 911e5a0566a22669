//! Who brings mail, and keeps what is answered.

/// Sends invoices.
#[connected_system(
    kind = "smtp",
    host = "mail.example.com",
    from = "Acme Billing <billing@acme.example>",
    use = ["billing_users"],
    admin = ["billing_admins"],
)]
fn mail() -> Auth {
    basic("billing@acme.example", secret("BILLING_MAIL_PASSWORD"))
}

/// Where answers to invoices arrive.
#[connected_system(
    kind = "imap",
    host = "mail.example.com",
    use = ["billing_users"],
    admin = ["billing_admins"],
)]
fn mailbox() -> Auth {
    basic("billing@acme.example", secret("BILLING_MAIL_PASSWORD"))
}
