//! Time and identifiers, injected so that tests live in a world that stands still.

use std::fmt;
use std::sync::Arc;

use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::domain::time::{Date, Timestamp};

/// Where time and identifiers come from.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    zone: TimeZone,
    mint: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

impl Clock {
    /// The system's time and time zone, and fresh UUIDv7.
    pub fn system() -> Self {
        Self::new(Timestamp::now, TimeZone::system(), Uuid::now_v7)
    }

    /// A clock made of its parts.
    pub fn new(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        zone: TimeZone,
        mint: impl Fn() -> Uuid + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), zone, mint: Arc::new(mint) }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Today, where the user is.
    pub fn today(&self) -> Date {
        self.day_of(self.now())
    }

    /// The day that a moment belongs to, where the user is.
    pub fn day_of(&self, moment: Timestamp) -> Date {
        moment.to_zoned(self.zone.clone()).date()
    }

    /// An identifier that sorts after those minted before.
    pub fn mint(&self) -> Uuid {
        (self.mint)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
