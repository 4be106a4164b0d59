//! What answers the operations, one file for each part of the API.

mod code;
mod documents;
mod events;
mod exports;
mod incidents;
mod map;
mod pages;
mod people;
mod reviews;
mod session;
mod sources;
mod timeline;
mod vocabulary;

pub(crate) use incidents::Found;
pub(crate) use people::check_name;

use crate::guard::Role::{Administrator, Anyone, Editor, Reviewer, Viewer};
use crate::operations::Operation;

/// All operations of the API. Each names the least role that may use it.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get(Viewer, "/api/incidents", "Incidents that meet a filter, a page at a time", incidents::list)
            .query::<incidents::ListQuery>()
            .gives::<incidents::Page>()
            .also(&["application/geo+json", "text/csv"]),
        Operation::get(
            Viewer,
            "/api/incidents/{id}",
            "One incident with its reports, their words, and what people said of it",
            incidents::one,
        )
        .gives::<incidents::Detail>(),
        Operation::get(Viewer, "/api/map", "What a map shows: single places, and clusters where there are many", map::features)
            .query::<map::MapQuery>()
            .gives::<map::Features>(),
        Operation::get(Viewer, "/api/timeline", "Incidents and killed per day, week or month", timeline::timeline)
            .query::<timeline::TimelineQuery>()
            .gives::<timeline::Timeline>(),
        Operation::get(
            Viewer,
            "/api/trends",
            "Series by action, actor, province, country or outlet, raw and per 1,000 documents",
            timeline::trends,
        )
        .query::<timeline::TrendQuery>()
        .gives::<timeline::Trends>(),
        Operation::get(Viewer, "/api/stats", "How much there is", timeline::stats)
            .query::<crate::filter::FilterQuery>()
            .gives::<timeline::Stats>(),
        Operation::get(Viewer, "/api/sources", "Outlets: volume, copies, and their tolls beside those of others", sources::list)
            .gives::<sources::Sources>(),
        Operation::get(Viewer, "/api/vocabulary", "Names of the values that filters take", vocabulary::all)
            .gives::<vocabulary::Vocabulary>(),
        Operation::get(Viewer, "/api/documents/{id}", "A document with its text and everything that was coded in it", documents::one)
            .gives::<documents::Document>(),
        Operation::get(
            Viewer,
            "/api/export/{format}",
            "Incidents that meet a filter: acled, ucdp, plover, geojson, hxl or jsonl",
            exports::export,
        )
        .query::<crate::filter::FilterQuery>()
        .also(&["text/csv", "application/geo+json", "application/x-ndjson"]),
        Operation::post(Viewer, "/api/code", "Codes a text that is not stored, and tells the reason of every value", code::code)
            .takes::<code::Text>()
            .gives::<code::Explained>(),
        Operation::post(Reviewer, "/api/fetch", "Fetches a page of the web and gives its article; nothing is stored", pages::fetch)
            .takes::<pages::Address>()
            .gives::<pages::Fetched>(),
        Operation::get(Viewer, "/api/queue", "What to review next: the most uncertain and weightiest first", reviews::queue)
            .query::<reviews::QueueQuery>()
            .gives::<reviews::Queue>(),
        Operation::get(
            Viewer,
            "/api/quality",
            "How often reviewers change what the machine coded, and agree with each other",
            reviews::quality,
        )
        .gives::<reviews::Quality>(),
        Operation::post(Reviewer, "/api/incidents/{id}/state", "Says how far people are with an incident", reviews::set_state)
            .takes::<reviews::NewState>()
            .gives::<reviews::Done>(),
        Operation::post(Reviewer, "/api/incidents/{id}/fields", "Puts a field right", reviews::correct)
            .takes::<reviews::Correction>()
            .gives::<reviews::Done>(),
        Operation::post(Reviewer, "/api/incidents/{id}/comments", "Adds a comment", reviews::comment)
            .takes::<reviews::NewComment>()
            .gives::<reviews::Done>(),
        Operation::post(Reviewer, "/api/incidents/{id}/assignee", "Puts an incident into somebody's hands", reviews::assign)
            .takes::<reviews::NewAssignee>()
            .gives::<reviews::Done>(),
        Operation::post(Reviewer, "/api/reviews/{number}/undo", "Takes a review back; one's own, or anybody's as an editor", reviews::undo)
            .takes::<reviews::Why>()
            .gives::<reviews::Done>(),
        Operation::post(Editor, "/api/incidents/{id}/merge", "Says that incidents are one", reviews::merge)
            .takes::<reviews::Merge>()
            .gives::<reviews::Relinked>(),
        Operation::post(Editor, "/api/incidents/{id}/split", "Says that events belong to another incident", reviews::split)
            .takes::<reviews::Split>()
            .gives::<reviews::Relinked>(),
        Operation::post(Editor, "/api/decisions/{number}/undo", "Takes a merge or split back", reviews::undo_decision)
            .takes::<reviews::Why>()
            .gives::<reviews::Relinked>(),
        Operation::post(Reviewer, "/api/documents/{id}/events", "Adds an event that was not coded in a report", events::add)
            .takes::<events::NewEvent>()
            .gives::<events::Amended>(),
        Operation::delete(Reviewer, "/api/documents/{id}/events/{number}", "Takes an event out that is none", events::drop_one)
            .takes::<reviews::Why>()
            .gives::<events::Amended>(),
        Operation::get(Reviewer, "/api/amendments", "Events that were added and taken out, latest first", events::list)
            .gives::<events::Amendments>(),
        Operation::post(
            Reviewer,
            "/api/amendments/{number}/undo",
            "Takes back that an event was added or taken out; one's own, or anybody's as an editor",
            events::undo,
        )
        .takes::<reviews::Why>()
        .gives::<events::Amended>(),
        Operation::get(Anyone, "/api/openid", "Leads to the provider of OpenID Connect, to log in there", session::go_to_provider),
        Operation::get(Anyone, "/api/openid/back", "Where the provider sends people back to", session::come_back).query::<session::Back>(),
        Operation::get(Anyone, "/api/session", "Who one is, and what requests that change something must bring", session::get)
            .gives::<session::Session>(),
        Operation::post(Anyone, "/api/session", "Logs in", session::log_in).takes::<session::Login>().gives::<session::Session>(),
        Operation::delete(Viewer, "/api/session", "Logs out", session::log_out),
        Operation::get(Viewer, "/api/tokens", "One's tokens for reading", people::tokens).gives::<people::Tokens>(),
        Operation::post(Reviewer, "/api/tokens", "Makes a token for reading; it is shown once", people::new_token)
            .takes::<people::NewToken>()
            .gives::<people::MadeToken>(),
        Operation::delete(Reviewer, "/api/tokens/{number}", "Takes a token back", people::revoke_token),
        Operation::get(Administrator, "/api/users", "All accounts", people::users).gives::<people::Users>(),
        Operation::post(Administrator, "/api/users", "Adds an account, or gives one a new password", people::put_user)
            .takes::<people::NewUser>(),
        Operation::post(Administrator, "/api/users/{name}/role", "Changes a role, or closes an account", people::set_role)
            .takes::<people::NewRole>(),
        Operation::get(Anyone, "/api/openapi.json", "This document", vocabulary::openapi),
    ]
}
