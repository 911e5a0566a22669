//! `connected_systems`: what an environment says of systems outside, in the place of what their authors have
//! written. The same reader reads both.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::mistake::{Wrong, shown};
use super::value::{Value, choice, duration, list, number, size, text};

/// When connections are encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TlsMode {
    /// Never: for servers on the same machine.
    Off,
    /// After the server has said that it can; without that nothing is sent.
    Starttls,
    /// From the first byte on.
    #[default]
    Implicit,
}

/// Settings of one connected system; `None`: not said.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SystemSettings {
    /// `base_url`: where paths of integrations begin (HTTP), without a final slash.
    pub base_url: Option<String>,
    /// `url`: address of a database, without a password.
    pub url: Option<String>,
    /// `host`: name or address of a server (mail, files).
    pub host: Option<String>,
    /// `port`: its port.
    pub port: Option<u16>,
    /// `tls`: when connections are encrypted (mail, files).
    pub tls: Option<TlsMode>,
    /// `from`: the sender of mails that name none (SMTP).
    pub from: Option<String>,
    /// `pool_size`: most connections at a time.
    pub pool_size: Option<u32>,
    /// `idle_timeout`: a connection that was not used for this long is closed.
    pub idle_timeout: Option<Duration>,
    /// `connect_timeout`: how long a connection may take to be made.
    pub connect_timeout: Option<Duration>,
    /// `timeout`: how long one attempt may take.
    pub timeout: Option<Duration>,
    /// `max_response`: most bytes of an answer, a mail or a file.
    pub max_response: Option<usize>,
    /// `rate_limit`: how often one program may call it, such as 50 times in a second (HTTP).
    pub rate_limit: Option<(u32, Duration)>,
    /// `health`: the path that is asked whether it answers (HTTP).
    pub health: Option<String>,
    /// `breaker`: failures in a row after which it is left alone.
    pub breaker: Option<u32>,
    /// `breaker_wait`: how long it is left alone before one caller may try.
    pub breaker_wait: Option<Duration>,
    /// `allow_networks`: networks beside the public internet in which it may be.
    pub allow_networks: Option<Vec<IpNet>>,
    /// `ca_file`: a file with the certificates that are believed in the place of the public ones, as PEM.
    pub ca_file: Option<PathBuf>,
}

/// Names of the settings, in the order in which they are listed.
pub(super) const NAMES: [&str; 17] = [
    "base_url",
    "url",
    "host",
    "port",
    "tls",
    "from",
    "pool_size",
    "idle_timeout",
    "connect_timeout",
    "timeout",
    "max_response",
    "rate_limit",
    "health",
    "breaker",
    "breaker_wait",
    "allow_networks",
    "ca_file",
];

impl SystemSettings {
    /// Reads what an author has written, which the macro has checked.
    #[cfg(feature = "db")]
    pub(crate) fn written(settings: &[(&'static str, &'static str)]) -> Result<Self, String> {
        let mut read = Self::default();
        for (name, value) in settings {
            if let Some(wrong) = read.set(name, Value::Env(value)).into_iter().next() {
                return Err(format!("`{name}`: {}", wrong.message));
            }
        }
        Ok(read)
    }

    /// What is said here, and what `written` says of the rest.
    #[cfg(feature = "db")]
    pub(crate) fn over(&self, written: Self) -> Self {
        let own = self.clone();
        Self {
            base_url: own.base_url.or(written.base_url),
            url: own.url.or(written.url),
            host: own.host.or(written.host),
            port: own.port.or(written.port),
            tls: own.tls.or(written.tls),
            from: own.from.or(written.from),
            pool_size: own.pool_size.or(written.pool_size),
            idle_timeout: own.idle_timeout.or(written.idle_timeout),
            connect_timeout: own.connect_timeout.or(written.connect_timeout),
            timeout: own.timeout.or(written.timeout),
            max_response: own.max_response.or(written.max_response),
            rate_limit: own.rate_limit.or(written.rate_limit),
            health: own.health.or(written.health),
            breaker: own.breaker.or(written.breaker),
            breaker_wait: own.breaker_wait.or(written.breaker_wait),
            allow_networks: own.allow_networks.or(written.allow_networks),
            ca_file: own.ca_file.or(written.ca_file),
        }
    }

    /// Sets one of them, or answers what is wrong with it.
    pub(super) fn set(&mut self, name: &str, value: Value<'_>) -> Vec<Wrong> {
        fn put<T>(into: &mut Option<T>, value: Result<T, Wrong>) -> Vec<Wrong> {
            value.map(|value| *into = Some(value)).err().into_iter().collect()
        }
        let count = |most: u64, example: &str| {
            number(value, 1, most, example).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        };
        match name {
            "base_url" => put(&mut self.base_url, web_address(value)),
            "url" => put(&mut self.url, database_address(value)),
            "host" => put(&mut self.host, host(value)),
            "port" => {
                let port = number(value, 1, 65_535, "port: 587").map(|port| u16::try_from(port).unwrap_or(u16::MAX));
                put(&mut self.port, port)
            }
            "tls" => {
                let modes = [("implicit", TlsMode::Implicit), ("starttls", TlsMode::Starttls), ("off", TlsMode::Off)];
                put(&mut self.tls, choice(value, &modes))
            }
            "from" => put(&mut self.from, sender(value)),
            "pool_size" => put(&mut self.pool_size, count(1000, "pool_size: 10")),
            "idle_timeout" => put(&mut self.idle_timeout, duration(value, "idle_timeout: 90s")),
            "connect_timeout" => put(&mut self.connect_timeout, duration(value, "connect_timeout: 5s")),
            "timeout" => put(&mut self.timeout, duration(value, "timeout: 10s")),
            "max_response" => put(&mut self.max_response, size(value, 1, 1 << 40, "max_response: 10 MB")),
            "rate_limit" => put(&mut self.rate_limit, rate(value)),
            "health" => put(&mut self.health, path(value)),
            "breaker" => put(&mut self.breaker, count(10_000, "breaker: 10")),
            "breaker_wait" => put(&mut self.breaker_wait, duration(value, "breaker_wait: 30s")),
            "allow_networks" => self.set_networks(value),
            "ca_file" => put(&mut self.ca_file, text(value, "ca_file: /etc/acme/ca.pem").map(PathBuf::from)),
            _ => Vec::new(),
        }
    }

    fn set_networks(&mut self, value: Value<'_>) -> Vec<Wrong> {
        const EXAMPLE: &str = "allow_networks: [10.0.0.0/8]";
        let (mut wrongs, mut networks) = (Vec::new(), Vec::new());
        for (text, place) in list(value, EXAMPLE, &mut wrongs) {
            match text.parse() {
                Ok(network) => networks.push(network),
                Err(_) => {
                    let message = format!("`{}` is no network", shown(&text));
                    wrongs.push(Wrong::new(message, format!("write `{EXAMPLE}`")).at(place));
                }
            }
        }
        self.allow_networks = Some(networks);
        wrongs
    }
}

/// All that the settings say of connected systems, by `app.name`.
pub type SystemsConfig = BTreeMap<String, SystemSettings>;

fn web_address(value: Value<'_>) -> Result<String, Wrong> {
    let written = text(value, "base_url: https://api.example.com/v1")?;
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))) {
        // It may hold a password: no message shows it.
        return Err(Wrong::new(
            "this is no web address, or holds a login, a query or a fragment",
            "write `base_url: https://api.example.com/v1`",
        ));
    }
    Ok(written.trim_end_matches('/').to_owned())
}

fn database_address(value: Value<'_>) -> Result<String, Wrong> {
    const HELP: &str = "write `url: postgres://reports@db.example.com/warehouse`, or `mysql://`, or `sqlite://FILE`";
    let written = text(value, "url: postgres://reports@db.example.com/warehouse")?;
    let schemes = ["postgres://", "postgresql://", "mysql://", "mariadb://", "sqlite://"];
    let Some(rest) = schemes.iter().find_map(|scheme| written.strip_prefix(scheme)) else {
        return Err(Wrong::new("this is no address of a database", HELP));
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if !written.starts_with("sqlite:") && authority.rsplit_once('@').is_some_and(|(login, _)| login.contains(':')) {
        return Err(Wrong::new("the address holds a password, which everybody who has the project would have", HELP));
    }
    Ok(written.to_owned())
}

fn host(value: Value<'_>) -> Result<String, Wrong> {
    let written = text(value, "host: mail.example.com")?;
    if written.is_empty() || written.contains(|c: char| c.is_whitespace() || c.is_control() || "/@:".contains(c)) {
        return Err(Wrong::new(format!("`{}` is no host", shown(written)), "write `host: mail.example.com`"));
    }
    Ok(written.to_owned())
}

fn sender(value: Value<'_>) -> Result<String, Wrong> {
    let written = text(value, "from: Acme <billing@example.com>")?;
    if !written.contains('@') || written.contains(['\r', '\n']) {
        let message = format!("`{}` is no sender of mail", shown(written));
        return Err(Wrong::new(message, "write `from: Acme <billing@example.com>`"));
    }
    Ok(written.to_owned())
}

fn path(value: Value<'_>) -> Result<String, Wrong> {
    let written = text(value, "health: /ping")?;
    if !written.starts_with('/') {
        return Err(Wrong::new(format!("`{}` is no path", shown(written)), "write `health: /ping`"));
    }
    Ok(written.to_owned())
}

/// `50/s`, `100/min`, `1000/h`; and the form of the macros, `100/60s`.
fn rate(value: Value<'_>) -> Result<(u32, Duration), Wrong> {
    let written = text(value, "rate_limit: 50/s")?;
    let read = written.split_once('/').and_then(|(times, unit)| {
        let seconds = match unit.trim() {
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            other => other.strip_suffix('s')?.parse().ok().filter(|seconds| *seconds > 0)?,
        };
        let times = times.trim().parse::<u32>().ok().filter(|times| *times > 0)?;
        Some((times, Duration::from_secs(seconds)))
    });
    read.ok_or_else(|| {
        Wrong::new(format!("`{}` is no rate", shown(written)), "write `rate_limit: 50/s`; units are s, min and h")
    })
}
