//! Where a request comes from.

use std::net::IpAddr;

/// The address of the one who asks; that of the proxy's report where the server was told to believe it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub IpAddr);

impl Peer {
    /// The address of a connection, or the last one that a proxy adds to `x-forwarded-for`.
    pub fn of(connection: IpAddr, forwarded: Option<&str>) -> Self {
        let told = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
        Self(told.unwrap_or(connection))
    }

    /// What it is counted under: of IPv6, the network of the subscriber.
    pub fn key(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => address.to_string(),
                None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
            },
        }
    }
}
