//! Which addresses a system may have: what a name means is looked up once, judged, and is what is connected to, so
//! that no answer of a name server and no redirect leads into a network the system was not given.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::error::{AppOsError, Result};

/// Networks that are no part of the public internet, by the registries of special addresses of IANA (RFC 6890).
const INNER_V4: [Ipv4Net; 16] = [
    v4([0, 0, 0, 0], 8),
    v4([10, 0, 0, 0], 8),
    v4([100, 64, 0, 0], 10),
    v4([127, 0, 0, 0], 8),
    v4([169, 254, 0, 0], 16),
    v4([172, 16, 0, 0], 12),
    v4([192, 0, 0, 0], 24),
    v4([192, 0, 2, 0], 24),
    v4([192, 31, 196, 0], 24),
    v4([192, 52, 193, 0], 24),
    v4([192, 88, 99, 0], 24),
    v4([192, 168, 0, 0], 16),
    v4([198, 18, 0, 0], 15),
    v4([198, 51, 100, 0], 24),
    v4([203, 0, 113, 0], 24),
    // Multicast, reserved, broadcast.
    v4([224, 0, 0, 0], 3),
];

/// Of IPv6 only this is given out; unique local, link-local, multicast and all else lies beside it.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0], 3);

/// Inside of it: protocol assignments with Teredo, documentation, 6to4 (whose addresses hold one of IPv4).
const INNER_V6: [Ipv6Net; 4] =
    [v6([0x2001, 0, 0], 23), v6([0x2001, 0x0db8, 0], 32), v6([0x2002, 0, 0], 16), v6([0x3fff, 0, 0], 20)];

const fn v4(octets: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(octets[0], octets[1], octets[2], octets[3]), length)
}

const fn v6(start: [u16; 3], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(start[0], start[1], start[2], 0, 0, 0, 0, 0), length)
}

/// True if an address is part of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !INNER_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => match embedded(address) {
            Some(inside) => is_public(IpAddr::V4(inside)),
            None => GLOBAL_V6.contains(&address) && !INNER_V6.iter().any(|net| net.contains(&address)),
        },
    }
}

/// The address of IPv4 that one of IPv6 stands for: mapped (`::ffff:0:0/96`) or translated (`64:ff9b::/96`).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let translated = segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    let [.., a, b, c, d] = address.octets();
    address.to_ipv4_mapped().or_else(|| translated.then(|| Ipv4Addr::new(a, b, c, d)))
}

/// True if a system that may lie in these networks may have this address.
pub(super) fn allows(networks: &[IpNet], address: IpAddr) -> bool {
    let plain = match address {
        IpAddr::V6(v6) => embedded(v6).map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    is_public(plain) || networks.iter().any(|net| net.contains(&plain) || net.contains(&address))
}

/// The addresses of a host that may be connected to.
///
/// # Errors
/// The name means nothing (code `unknown_host`), or lies in a network the system was not given
/// (code `address_refused`). One address that is refused refuses the host: a name that means both is an attack.
pub(crate) async fn reachable(host: &str, port: u16, networks: &[IpNet]) -> Result<Vec<SocketAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_) => {
            tokio::net::lookup_host((bare, port)).await.map_err(|error| unknown(host).caused_by(error))?.collect()
        }
    };
    if found.is_empty() {
        return Err(unknown(host));
    }
    match found.iter().find(|address| !allows(networks, address.ip())) {
        Some(refused) => Err(refuse(host, refused.ip())),
        None => Ok(found),
    }
}

fn unknown(host: &str) -> AppOsError {
    AppOsError::integration(format!("the host `{host}` has no address")).code_is("unknown_host")
}

pub(super) fn refuse(host: &str, address: IpAddr) -> AppOsError {
    AppOsError::integration(format!(
        "`{host}` is {address}, which is no public address; name its network in `allow_networks` of the connected system"
    ))
    .code_is("address_refused")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(networks: &[&str], address: &str) -> bool {
        let networks: Vec<IpNet> = networks.iter().map(|net| net.parse().unwrap()).collect();
        allows(&networks, address.parse().unwrap())
    }

    #[test]
    fn inner_networks_are_refused_in_each_spelling() {
        for address in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "::127.0.0.1",
            "100::1",
        ] {
            assert!(!allowed(&[], address), "{address}");
        }
    }

    #[test]
    fn the_public_internet_is_allowed() {
        for address in ["1.1.1.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"] {
            assert!(allowed(&[], address), "{address}");
        }
    }

    #[test]
    fn a_network_that_is_named_is_allowed_and_no_other() {
        assert!(allowed(&["127.0.0.0/8"], "127.0.0.1"));
        assert!(allowed(&["127.0.0.0/8"], "::ffff:127.0.0.1"));
        assert!(!allowed(&["127.0.0.0/8"], "::1"));
        assert!(!allowed(&["127.0.0.0/8"], "10.0.0.1"));
        assert!(allowed(&["fd00::/8"], "fd00::1"));
    }

    #[tokio::test]
    async fn a_name_for_this_machine_is_refused_before_anything_is_connected() {
        for host in ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"] {
            let error = reachable(host, 80, &[]).await.unwrap_err();
            assert!(["address_refused", "unknown_host"].contains(&error.code()), "{host}: {error}");
        }
        let error = reachable("127.0.0.1", 80, &[]).await.unwrap_err();
        assert_eq!(error.code(), "address_refused");
        assert!(reachable("127.0.0.1", 80, &["127.0.0.0/8".parse().unwrap()]).await.is_ok());
    }
}
