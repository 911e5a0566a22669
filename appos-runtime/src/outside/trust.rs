//! Whose certificates a connection believes, and which certificate it shows.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use secrecy::{ExposeSecret, SecretString};

use crate::error::{AppOsError, Result};

/// A certificate that is shown to servers which ask for one.
#[derive(Clone, Debug)]
pub(crate) struct ClientCertificate {
    /// The certificate and those that lead to its root, as PEM.
    pub(crate) certificate: String,
    /// Its key, as PEM.
    pub(crate) key: SecretString,
}

/// What TLS needs to know beside the server's name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust {
    /// Roots that are believed in the place of the public ones, as PEM.
    pub(crate) ca: Option<String>,
    /// The certificate to be shown.
    pub(crate) client: Option<ClientCertificate>,
}

impl Trust {
    /// The settings of a TLS connection.
    ///
    /// # Errors
    /// A certificate or key is none (code `invalid_certificate`).
    pub(crate) fn client_config(&self) -> Result<ClientConfig> {
        let mut roots = RootCertStore::empty();
        match &self.ca {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(pem) => {
                for certificate in certificates(pem, "the certificate of its authority")? {
                    roots
                        .add(certificate)
                        .map_err(|error| invalid("the certificate of its authority").caused_by(error))?;
                }
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| AppOsError::execution("TLS cannot be set up").caused_by(error))?
            .with_root_certificates(roots);
        let Some(client) = &self.client else { return Ok(config.with_no_client_auth()) };
        let chain = certificates(&client.certificate, "the client certificate")?;
        // What is wrong with a key is not said: the text of the error could hold a part of it.
        let key = PrivateKeyDer::from_pem_slice(client.key.expose_secret().as_bytes())
            .map_err(|_| invalid("the key of the client certificate"))?;
        config.with_client_auth_cert(chain, key).map_err(|_| invalid("the key of the client certificate"))
    }
}

fn certificates(pem: &str, which: &str) -> Result<Vec<CertificateDer<'static>>> {
    let read: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match read {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(invalid(which)),
        Err(error) => Err(invalid(which).caused_by(error.to_string())),
    }
}

fn invalid(which: &str) -> AppOsError {
    AppOsError::integration(format!("{which} of a connected system is no PEM")).code_is("invalid_certificate")
}
