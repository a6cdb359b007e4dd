//! The socket by which another process of the same user reaches the engine of a running openbar.
//!
//! Only processes of the same user are heard: the folder is closed to others, and the system is asked who is
//! at the other end. Only the process that holds the store's lock listens, so a socket file found there by it
//! is always a leftover.

mod client;
mod frame;
mod place;
mod server;

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

pub use client::Client;
pub use frame::MAX_FRAME;
pub use server::{Listeners, Server};

/// The path of the socket that belongs to a data folder.
pub fn path(data: &Path) -> PathBuf {
    place::of(data)
}

/// Whether the process at the other end runs for the same user. Systems that cannot tell rely on the closed
/// folder.
fn same_user(stream: &UnixStream) -> bool {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| peer.uid == rustix::process::getuid())
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    {
        let _ = stream;
        true
    }
}
