//! One connection by IMAP: made, encrypted, authenticated, and made as new.

use async_imap::error::Error;
use async_imap::{Authenticator, Client, Session};
use secrecy::{ExposeSecret, SecretString};
use tokio_rustls::TlsConnector;

use crate::error::{AppOsError, Result};
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::fault::{disconnected, garbled, in_time, one_line, refused, unauthenticated, untrusted};
use crate::outside::pool::Protocol;
use crate::outside::wire::{Metered, connect, connector, encrypt, unsuited};

/// Most bytes of the answer to a command that fetches no message.
pub(super) const SMALL: u64 = 4 << 20;

/// IMAP as [`Protocol`].
pub(super) struct Imap {
    pub(super) endpoint: Endpoint,
    credential: Credential,
    tls: TlsConnector,
}

/// A session, and which mailbox is open in it for writing.
pub(super) struct Mailboxes {
    pub(super) session: Session<Metered>,
    pub(super) open: Option<String>,
}

/// Shows a token (<https://developers.google.com/workspace/gmail/imap/xoauth2-protocol>).
struct Xoauth2<'a> {
    user: &'a str,
    token: &'a SecretString,
    shown: bool,
}

impl Authenticator for Xoauth2<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        // A second question is what is wrong, and is answered with nothing.
        if std::mem::replace(&mut self.shown, true) {
            return String::new();
        }
        format!("user={}\x01auth=Bearer {}\x01\x01", self.user, self.token.expose_secret())
    }
}

impl Imap {
    /// # Errors
    /// The credentials are of a kind that IMAP does not know, or a certificate is none.
    pub(super) fn new(endpoint: Endpoint, credential: Credential) -> Result<Self> {
        match &credential {
            Credential::Basic { user, password } => {
                one_line("user", user)?;
                one_line("password", password.expose_secret())?;
            }
            Credential::Bearer { user: Some(_), .. } => {}
            _ => return Err(unsuited("imap")),
        }
        let tls = connector(&endpoint)?;
        Ok(Self { endpoint, credential, tls })
    }

    /// What an error of the protocol is called here.
    pub(super) fn fault(&self, error: Error) -> AppOsError {
        let endpoint = &self.endpoint;
        match error {
            Error::No(answer) | Error::Bad(answer) => refused(endpoint, answer),
            Error::Parse(_) => garbled(endpoint),
            Error::Io(error) if error.kind() == std::io::ErrorKind::Other => garbled(endpoint).caused_by(error),
            Error::Io(error) => disconnected(endpoint).caused_by(error),
            _ => disconnected(endpoint),
        }
    }

    async fn greeted(&self) -> Result<Client<Metered>> {
        let plain = connect(&self.endpoint).await?;
        if self.endpoint.tls == TlsMode::Implicit {
            let stream = encrypt(&self.endpoint, &self.tls, plain).await?;
            return self.greeting(Metered::new(stream, SMALL)).await;
        }
        let mut client = self.greeting(Metered::new(plain, SMALL)).await?;
        if self.endpoint.tls == TlsMode::Off {
            return Ok(client);
        }
        client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| match self.fault(error) {
            error if error.code() == "remote_refused" => {
                untrusted(&self.endpoint, "the server does not offer STARTTLS")
            }
            error => error,
        })?;
        // What came before the encryption is forgotten with the client.
        let stream = encrypt(&self.endpoint, &self.tls, client.into_inner()).await?;
        Ok(Client::new(Metered::new(stream, SMALL)))
    }

    async fn greeting(&self, stream: Metered) -> Result<Client<Metered>> {
        let mut client = Client::new(stream);
        let greeting = client.read_response().await.map_err(|error| self.fault(error.into()))?;
        if greeting.is_none() {
            return Err(disconnected(&self.endpoint));
        }
        Ok(client)
    }

    async fn authenticated(&self, client: Client<Metered>) -> Result<Session<Metered>> {
        let done = match &self.credential {
            Credential::Basic { user, password } => client.login(user, password.expose_secret()).await,
            Credential::Bearer { user: Some(user), token } => {
                client.authenticate("XOAUTH2", Xoauth2 { user, token, shown: false }).await
            }
            _ => return Err(unsuited("imap")),
        };
        done.map_err(|(error, _)| match error {
            Error::No(_) | Error::Bad(_) => unauthenticated(&self.endpoint),
            error => self.fault(error),
        })
    }
}

impl Protocol for Imap {
    type Connection = Mailboxes;

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    async fn open(&self) -> Result<Mailboxes> {
        let client = self.greeted().await?;
        Ok(Mailboxes { session: self.authenticated(client).await?, open: None })
    }

    async fn reset(&self, mailboxes: &mut Mailboxes) -> Result<()> {
        let session = &mut mailboxes.session;
        session.get_mut().allow(SMALL);
        in_time(&self.endpoint, ("a sign of life", self.endpoint.timeout), async {
            session.noop().await.map_err(|error| self.fault(error))
        })
        .await?;
        // What the server told beside its answers would be kept for ever.
        while session.unsolicited_responses.try_recv().is_ok() {}
        Ok(())
    }

    fn outlives_refusal(_: &Mailboxes) -> bool {
        true
    }
}
