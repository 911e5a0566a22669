//! Settings of mail.

/// `mail`: what becomes of mail, and the platform's own.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct MailConfig {
    /// `catch`: keeps all mail and shows it on the page `/caught-mail` instead of sending it. `None`: where `environment`
    /// is `dev`.
    pub catch: Option<bool>,
    /// `system`: the connected system of kind `smtp` by which the platform itself sends invitations and links to new
    /// passwords, such as `crm.connected_systems.mailer`. `None`: administrators hand links over.
    pub system: Option<String>,
}

impl MailConfig {
    /// True if nothing is sent in this environment.
    pub fn catches(&self, environment: &str) -> bool {
        self.catch.unwrap_or(environment == "dev")
    }
}
