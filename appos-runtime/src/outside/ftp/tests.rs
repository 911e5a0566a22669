//! Against a real server, and servers that do wrong.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use throwaway_ftp::ThrowawayFtp;
use throwaway_mail::Authority;

use super::FtpClient;
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::testing::{SECRET, basic, endpoint, is_fault, plays, says};

static SERVER: LazyLock<ThrowawayFtp> = LazyLock::new(ThrowawayFtp::start);

fn at(port: u16, tls: TlsMode) -> Endpoint {
    endpoint(SERVER.host(), port, tls, Some(SERVER.ca_pem()))
}

fn client(port: u16, tls: TlsMode) -> FtpClient {
    FtpClient::new(at(port, tls), basic(SERVER.user(), SERVER.password())).unwrap()
}

async fn carries(client: &FtpClient, folder: &str) {
    client.mkdir(folder).await.unwrap();
    let large: Vec<u8> = (0..3_000_000_u32).map(|number| u8::try_from(number % 251).unwrap()).collect();
    let path = format!("{folder}/Größe 7.bin");
    assert_eq!(client.upload(&path, &mut large.as_slice(), 4 << 20).await.unwrap(), 3_000_000);
    assert_eq!(std::fs::read(SERVER.folder().join(&path)).unwrap(), large);

    let listed = client.list(folder).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].name.as_str(), listed[0].size, listed[0].is_directory), ("Größe 7.bin", 3_000_000, false));
    assert!(client.list("").await.unwrap().iter().any(|file| file.name == folder && file.is_directory));

    let mut back = Vec::new();
    assert_eq!(client.download(&path, &mut back, 3_000_000).await.unwrap(), 3_000_000);
    assert_eq!(back, large);

    let new = format!("{folder}/b.bin");
    client.rename(&path, &new).await.unwrap();
    client.delete(&new).await.unwrap();
    assert!(client.list(folder).await.unwrap().is_empty());
    is_fault(client.download(&new, &mut back, 1).await, "remote_refused");
}

#[tokio::test]
async fn files_come_and_go_plain_and_by_each_kind_of_encryption() {
    carries(&client(SERVER.plain_port(), TlsMode::Off), "plain").await;
    carries(&client(SERVER.explicit_port(), TlsMode::Starttls), "explicit").await;
    carries(&client(SERVER.implicit_port(), TlsMode::Implicit), "implicit").await;
}

#[tokio::test]
async fn a_large_file_is_carried_neither_way() {
    let client = client(SERVER.plain_port(), TlsMode::Off);
    let mut source: &[u8] = &vec![7; 300_000];
    is_fault(client.upload("large", &mut source, 200_000).await, "too_large");
    std::fs::write(SERVER.folder().join("large2"), vec![7; 300_000]).unwrap();
    let mut got = Vec::new();
    is_fault(client.download("large2", &mut got, 200_000).await, "too_large");
    assert!(got.len() <= 200_000);
    client.check().await.unwrap();
}

#[tokio::test]
async fn only_the_server_that_was_meant_is_believed() {
    for (port, tls) in [(SERVER.explicit_port(), TlsMode::Starttls), (SERVER.implicit_port(), TlsMode::Implicit)] {
        let mut by_address = at(port, tls);
        by_address.host = "127.0.0.1".to_owned();
        let credential = || basic(SERVER.user(), SERVER.password());
        is_fault(FtpClient::new(by_address, credential()).unwrap().check().await, "tls_failed");
        let mut stranger = at(port, tls);
        stranger.trust.ca = Some(Authority::new().pem().to_owned());
        is_fault(FtpClient::new(stranger, credential()).unwrap().check().await, "tls_failed");
    }
    is_fault(client(SERVER.plain_port(), TlsMode::Starttls).check().await, "tls_failed");
    // It signs nobody in who does not encrypt.
    is_fault(client(SERVER.explicit_port(), TlsMode::Off).check().await, "authentication_failed");
}

#[tokio::test]
async fn who_may_not_sign_in_is_told_and_what_he_knows_is_not() {
    let wrong = FtpClient::new(at(SERVER.plain_port(), TlsMode::Off), basic(SERVER.user(), SECRET)).unwrap();
    assert!(!format!("{wrong:?}").contains(SECRET));
    is_fault(wrong.check().await, "authentication_failed");
    let anonymous = FtpClient::new(at(SERVER.plain_port(), TlsMode::Off), Credential::None).unwrap();
    is_fault(anonymous.check().await, "authentication_failed");
    let token = Credential::Bearer { user: None, token: SECRET.into() };
    is_fault(FtpClient::new(at(1, TlsMode::Off), token), "unsuited_credentials");
}

#[tokio::test]
async fn nothing_is_sent_that_holds_a_command() {
    let (port, heard) = plays(&["220 hi\r\n"]);
    let client = FtpClient::new(at(port, TlsMode::Off), basic("ann", SECRET)).unwrap();
    for evil in ["a\r\nDELE x", "a\nb", "a\0b"] {
        is_fault(client.list(evil).await, "invalid_argument");
        is_fault(client.download(evil, &mut Vec::new(), 1).await, "invalid_argument");
        is_fault(client.upload(evil, &mut &b"x"[..], 1).await, "invalid_argument");
        is_fault(client.rename(evil, "b").await, "invalid_argument");
        is_fault(client.rename("a", evil).await, "invalid_argument");
        is_fault(client.delete(evil).await, "invalid_argument");
        is_fault(client.mkdir(evil).await, "invalid_argument");
        is_fault(FtpClient::new(at(port, TlsMode::Off), basic(evil, SECRET)), "invalid_argument");
    }
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn data_comes_from_the_server_alone_whatever_address_it_names() {
    // What listens at the named port of this machine gets the connection, not the machine that is named.
    let data = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = data.local_addr().unwrap().port();
    let passive = format!("227 Entering Passive Mode (10,1,2,3,{},{})\r\n", port / 256, port % 256);
    let lines: [&'static str; 7] = [
        "220 hi\r\n",
        "331 password\r\n",
        "230 in\r\n",
        "200 binary\r\n",
        String::leak(passive),
        "150 comes\r\n",
        "226 done\r\n",
    ];
    let (control, _heard) = plays(Vec::leak(lines.to_vec()));
    std::thread::spawn(move || {
        use std::io::Write as _;
        let (mut connection, _) = data.accept().unwrap();
        connection.write_all(b"secret").unwrap();
    });
    let client = FtpClient::new(at(control, TlsMode::Off), basic("ann", "b")).unwrap();
    let mut got = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), client.download("x", &mut got, 100)).await.ok();
    assert_eq!(got, b"secret");
}

#[tokio::test]
async fn servers_that_do_wrong_harm_one_call_and_leave_nothing() {
    let cases: [(&'static [u8], &str); 4] = [
        (b"", "timeout"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "invalid_answer"),
        (b"220 hello\r\n", "timeout"),
        (b"421 too many\r\n", "connection_failed"),
    ];
    for (says_this, code) in cases {
        let mut endpoint = at(says(says_this), TlsMode::Off);
        endpoint.connect_timeout = Duration::from_millis(200);
        let client = FtpClient::new(endpoint, basic("ann", SECRET)).unwrap();
        is_fault(client.check().await, code);
        assert_eq!(client.connections(), 0);
    }
}

#[tokio::test]
async fn a_hundred_failures_leave_no_connection() {
    let server = ThrowawayFtp::start();
    let endpoint = endpoint(server.host(), server.plain_port(), TlsMode::Off, None);
    let client = Arc::new(FtpClient::new(endpoint, basic(server.user(), server.password())).unwrap());
    std::fs::write(server.folder().join("some"), vec![7; 300_000]).unwrap();
    let failing = (0..100).map(|number| {
        let client = Arc::clone(&client);
        tokio::spawn(async move {
            match number % 3 {
                0 => drop(is_fault(client.delete("none").await, "remote_refused")),
                1 => drop(is_fault(client.download("some", &mut Vec::new(), 1000).await, "too_large")),
                _ => {
                    let mut got = Vec::new();
                    let download = client.download("some", &mut got, 1 << 20);
                    tokio::time::timeout(Duration::from_micros(500), download).await.ok();
                }
            }
        })
    });
    for failed in failing.collect::<Vec<_>>() {
        failed.await.unwrap();
    }
    client.check().await.unwrap();
    assert!(client.connections() <= 2, "{}", client.connections());
    while server.connections() > 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
