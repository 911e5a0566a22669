//! A mail server and a file server; the tests say where they are.

/// Sends mail.
#[connected_system(kind = "smtp", host = "mail.example.com", from = "Shop <shop@example.com>", breaker = 1000, use = ["clerks"])]
fn mailer() -> Auth {
    basic("shop@example.com", secret("MAIL_PASSWORD"))
}

/// Keeps mail.
#[connected_system(kind = "imap", host = "mail.example.com", use = ["clerks"])]
fn mailbox() -> Auth {
    basic("desk@example.com", secret("MAIL_PASSWORD"))
}

/// Keeps files.
#[connected_system(kind = "ftps", host = "files.example.com", breaker = 3, use = ["clerks"])]
fn files() -> Auth {
    basic("ann", secret("FILES_PASSWORD"))
}
