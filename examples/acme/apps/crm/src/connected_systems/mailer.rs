//! Who takes the mail.

/// The company's mail server; in development, nothing is sent to it.
#[connected_system(
    kind = "smtp",
    host = "mail.example.com",
    from = "Acme <sales@acme.example>",
    use = ["crm_users"],
    admin = ["crm_admins"],
)]
fn mailer() -> Auth {
    no_auth()
}
