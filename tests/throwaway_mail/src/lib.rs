//! A mail server for a test: started from the installed programs (installed first, if they are missing and the test
//! runs as root), on ports of its own, gone with the test's program. What is sent to it by SMTP, is read from it by
//! IMAP. [`Authority`] and [`Program`] are for other servers of tests as well.

mod authority;
mod mail;
mod program;

pub use authority::Authority;
pub use mail::ThrowawayMail;
pub use program::{Program, free_port};
