//! What can be typed.

use crate::{
    backup, batch, check, code, decide, explain, export, ingest, init, language, link, places, query, schema, serve, stats, user, watch,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  marsad explain report.txt --published 2023-08-14
      every event of one report, and the words and rules behind every value
  marsad explain report.html --html report-explained.html
      the same as one page that can be mailed
  marsad code reports/*.txt articles.jsonl -o events.jsonl
      one JSON object per document, for counting
  curl -s https://example.org/feed.jsonl | marsad code - --pretty
      readable cards, straight from a stream
  marsad link events.jsonl -o incidents.jsonl
      which reports tell one incident, and what they say of it together
  marsad batch crawl-*.warc.gz -o coded --by-month
      archives of millions of reports, as Parquet
  marsad init observatory && marsad ingest reports/ crawl.warc.gz --store observatory
      an observatory that remembers what was read and coded
  marsad serve --store observatory
      its map, timeline, incidents and reviewing, in a browser

Exit codes: 0 all is well; 1 nothing could be done; 2 some inputs need a look (each is named on
standard error and, where it could not be read, has a line with \"error\" in the output).";

/// Reads Arabic news reports of armed conflict and codes every event: who did what to whom, where,
/// when, with what, how many were harmed, and who says so.
#[derive(Debug, Parser)]
#[command(name = "marsad", version, after_long_help = EXAMPLES, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,

    /// Your own gazetteer, made by `marsad places import` [default: $MARSAD_PLACES, or marsad/places.gaz in your data folder].
    #[arg(long, global = true, value_name = "FILE")]
    pub places: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code reports: one JSON object per document.
    Code(code::Arguments),
    /// Show the events of reports with the rule and the words behind every value.
    Explain(explain::Arguments),
    /// Code archives: partitioned Parquet, resumable.
    Batch(batch::Arguments),
    /// Link coded reports: one JSON object per incident.
    Link(link::Arguments),
    /// Make a folder an observatory.
    Init(init::Arguments),
    /// Read, code and store documents.
    Ingest(ingest::Arguments),
    /// Watch feeds of the web and store what is new in them.
    Watch(watch::Arguments),
    /// Merge or split incidents of an observatory.
    Decide(decide::Arguments),
    /// Find documents, events and incidents.
    Query(query::Arguments),
    /// Count incidents.
    Stats(stats::Arguments),
    /// Export an observatory's incidents.
    Export(export::Arguments),
    /// Save all of an observatory in one file.
    Backup(backup::BackupArguments),
    /// Make an observatory from such a file.
    Restore(backup::RestoreArguments),
    /// Serve an observatory to browsers and programs.
    Serve(serve::Arguments),
    /// Add, list and close accounts for `marsad serve`.
    User(user::Arguments),
    /// Check that the store is whole.
    Check(check::Arguments),
    /// Print the JSON Schema of what `marsad code` or `marsad link` prints.
    Schema(schema::Arguments),
    /// Look places up, import more, count them.
    Places(places::Arguments),
    /// Work on a language pack.
    Language(language::Arguments),
}
