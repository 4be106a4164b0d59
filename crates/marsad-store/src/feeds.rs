//! Feeds that are watched: what is remembered of them between polls.

use crate::Result;
use crate::connection::Store;
use sqlx::Row;
use std::time::Instant;

/// What is remembered of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// Its address, as it stands among the feeds to watch.
    pub url: String,
    /// When it was polled last (UTC, RFC 3339).
    pub checked: Option<String>,
    /// When it may be polled again (UTC, RFC 3339).
    pub due: Option<String>,
    /// Polls that failed since the last one that did not.
    pub failures: i64,
    /// What the last poll came to, in words.
    pub told: String,
    /// Documents and versions that were stored from it so far.
    pub documents: i64,
    /// When the last of them was stored (UTC, RFC 3339).
    pub arrived: Option<String>,
    /// JSON that the poller reads again; the store does not look into it.
    pub memory: String,
}

impl Store {
    /// What is remembered of all feeds, by address.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn feeds(&mut self) -> Result<Vec<FeedState>> {
        let statement = "SELECT url, checked, due, failures, told, documents, arrived, memory FROM feeds ORDER BY url";
        let rows = self.rows(statement).await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(FeedState {
                url: row.try_get(0)?,
                checked: row.try_get(1)?,
                due: row.try_get(2)?,
                failures: row.try_get(3)?,
                told: row.try_get(4)?,
                documents: row.try_get(5)?,
                arrived: row.try_get(6)?,
                memory: row.try_get(7)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Remembers a feed in the place of what was remembered of it before. A server that goes away is waited for.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn remember_feed(&mut self, feed: &FeedState) -> Result<()> {
        let since = Instant::now();
        for tries in 0.. {
            match self.remember_feed_once(feed).await {
                Err(error) => self.recover(error, since, tries).await?,
                done => return done,
            }
        }
        Ok(())
    }

    async fn remember_feed_once(&mut self, feed: &FeedState) -> Result<()> {
        let mut transaction = self.write().await?;
        let statement = "INSERT INTO feeds (url, checked, due, failures, told, documents, arrived, memory) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (url) DO UPDATE SET checked = excluded.checked, \
                         due = excluded.due, failures = excluded.failures, told = excluded.told, documents = excluded.documents, \
                         arrived = excluded.arrived, memory = excluded.memory";
        let clean = |text: &String| text.replace('\0', "\u{fffd}");
        sqlx::query(statement)
            .bind(feed.url.clone())
            .bind(feed.checked.clone())
            .bind(feed.due.clone())
            .bind(feed.failures)
            .bind(clean(&feed.told))
            .bind(feed.documents)
            .bind(feed.arrived.clone())
            .bind(clean(&feed.memory))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
