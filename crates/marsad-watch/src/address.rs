//! Which addresses may be connected to.
//!
//! A feed, or a server that redirects, could name an address inside of the network that this program runs in, and
//! have it fetched (server-side request forgery). So only addresses of the public internet are connected to. The ranges are those of the
//! IANA registries of special-purpose addresses (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// What may be connected to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard {
    /// Whether private addresses are as good as others.
    pub private: bool,
    /// Single addresses that are allowed whatever they are.
    pub also: Arc<[IpAddr]>,
}

impl Guard {
    pub fn allows(&self, address: IpAddr) -> bool {
        self.private || is_global(address) || self.also.contains(&address)
    }

    /// Checks what can be seen of a URL before its name is looked up.
    ///
    /// # Errors
    ///
    /// Why it may not be fetched.
    pub fn check(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{}: only http and https are fetched", url.scheme()));
        }
        let address: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err("it names no host".into()),
        };
        if self.allows(address) { Ok(()) } else { Err(refusal(&address.to_string())) }
    }

    /// The addresses of a name that may be connected to.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn keep(&self, name: &str, found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, String> {
        let kept: Vec<SocketAddr> = found.filter(|address| self.allows(address.ip())).collect();
        if kept.is_empty() { Err(refusal(name)) } else { Ok(kept) }
    }
}

/// What whoever watches feeds may do about a refusal.
pub(crate) const HINT: &str = "; give --allow-private if it is meant";

fn refusal(name: &str) -> String {
    format!("{name} is not on the public internet{HINT}")
}

/// Whether an address is one of the public internet, that anybody may reach.
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_global_v4(address),
        IpAddr::V6(address) => is_global_v6(address),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && matches!(c, 0 | 2)) || (b == 88 && c == 99),
        198 => matches!(b, 18 | 19) || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => false,
    };
    !special
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let v4 = |high: u16, low: u16| is_global_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match parts {
        // Written in another way, and translated (RFC 6052), they are addresses of version 4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        // 6to4 holds one as well.
        [0x2002, high, low, ..] => v4(high, low),
        // Protocol assignments (Teredo among them), documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // All global unicast addresses that were given out begin with 001.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_global() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_global(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "2606:4700::1111",
            "2a00::1",
            "64:ff9b::101:101",
        ] {
            assert!(is_global(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn however_an_address_is_written() {
        let guard = Guard::default();
        for url in
            ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:7f00:1]/"]
        {
            assert!(guard.check(&Url::parse(url).unwrap()).unwrap_err().contains("--allow-private"), "{url}");
        }
        for url in ["file:///etc/passwd", "ftp://x.example/", "data:text/plain,x"] {
            assert!(guard.check(&Url::parse(url).unwrap()).unwrap_err().contains("only http and https"), "{url}");
        }
        assert_eq!(guard.check(&Url::parse("https://x.example/").unwrap()), Ok(()));
        assert_eq!(Guard { private: true, ..guard }.check(&Url::parse("http://127.0.0.1/").unwrap()), Ok(()));
    }

    #[test]
    fn names_keep_only_their_public_addresses() {
        let found = ["127.0.0.1:0", "1.1.1.1:0", "[::1]:0"].map(|address| address.parse().unwrap());
        let kept = Guard::default().keep("x.example", found.into_iter()).unwrap();
        assert_eq!(kept, ["1.1.1.1:0".parse().unwrap()]);
        assert!(Guard::default().keep("x.example", found.into_iter().take(1)).is_err());
        let also = Guard { also: ["127.0.0.1".parse().unwrap()].into(), ..Guard::default() };
        assert_eq!(also.keep("x.example", found.into_iter()).unwrap().len(), 2);
    }
}
