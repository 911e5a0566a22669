//! A system that lets in who shows its certificate (mutual TLS).

use std::sync::Arc;

use appos::prelude::Json;
use billing::integrations;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde_json::json;
use throwaway_mail::Authority;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::support::{Place, place, setting};

/// A bank that knows customers by certificates of this authority; and its port.
async fn bank(authority: &Authority) -> u16 {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.pem().as_bytes()).expect("PEM")).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let known = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let (certificate, key) = authority.certify("localhost");
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).expect("PEM")];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("PEM");
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(known.build().expect("a verifier"))
        .with_single_cert(chain, key)
        .expect("a certificate");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(acceptor.clone(), stream));
        }
    });
    port
}

/// Answers one request of who is known.
async fn serve(acceptor: TlsAcceptor, stream: TcpStream) -> Option<()> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        (stream.read_buf(&mut asked).await.ok()? > 0).then_some(())?;
    }
    let body = json!({ "asked": String::from_utf8_lossy(&asked).lines().next() }).to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()
}

impl Place {
    async fn certificate(&self, (certificate, key): &(String, String)) {
        self.secret("BANK_CERTIFICATE", certificate).await;
        self.secret("BANK_CERTIFICATE_KEY", key).await;
    }

    async fn transfer(&self) -> appos::Result<Json> {
        self.run(async { integrations::transfer("T-1".to_owned()).await }).await
    }
}

#[tokio::test]
async fn a_system_lets_in_who_shows_its_certificate() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let port = bank(&authority).await;
    let folder = tempfile::tempdir().expect("a folder");
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, authority.pem()).expect("a file");
    let url = format!("https://localhost:{port}/v2");
    let ca = ca.to_str().expect("a path");
    let place = place(setting("bank", &[("BASE_URL", &url), ("ALLOW_NETWORKS", "127.0.0.0/8"), ("CA_FILE", ca)])).await;
    assert_eq!(place.transfer().await.unwrap_err().code(), "missing_secret");

    let ours = authority.certify("acme.example");
    place.certificate(&ours).await;
    assert_eq!(place.transfer().await.expect("it is let in")["asked"], "GET /v2/transfers/T-1 HTTP/1.1");
    let trial = async || place.administer("test_connected_system", json!({ "system": "billing.bank" })).await;
    assert_eq!(trial().await["answers"], true);

    // One of an authority that the bank does not know; without waiting for a restart.
    place.certificate(&stranger.certify("acme.example")).await;
    assert_eq!(place.transfer().await.unwrap_err().code(), "connection_broken");
    let refused = trial().await;
    assert_eq!(refused["answers"], false, "{refused}");

    // A key of another certificate, and what is no key at all: said without a part of it.
    let key_of_another = (ours.0.clone(), authority.certify("acme.example").1);
    for wrong in [key_of_another, (ours.0.clone(), "canary-of-a-key".to_owned())] {
        place.certificate(&wrong).await;
        let error = place.transfer().await.unwrap_err();
        assert_eq!(error.code(), "invalid_certificate", "{error}");
        assert!(!format!("{error:?}").contains("canary") && !trial().await.to_string().contains("canary"));
    }
    place.certificate(&ours).await;
    assert!(place.transfer().await.is_ok());
}
