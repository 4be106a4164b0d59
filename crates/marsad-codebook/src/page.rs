//! Reading the pages of the codebook.

use crate::case::{Amount, Case, Expectation, Expected, Party, Toll};
use jiff::civil::Date;
use marsad_model::{Action, Certainty, Group, ObjectClass, Outcome, Realis, Role, Scope, WeaponClass};
use std::fmt;
use std::path::Path;

/// Something in a page that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPage {
    /// The page.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is the matter.
    pub message: String,
}

impl fmt::Display for BadPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Reads every page of a folder, in the order of their names; `README.md` describes the notation and holds no cases.
///
/// # Errors
/// When the folder or a page cannot be read.
pub fn read_pages(folder: &Path) -> std::io::Result<(Vec<Case>, Vec<BadPage>)> {
    let mut paths = std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "md") && p.file_name().is_some_and(|n| n != "README.md"));
    paths.sort();
    let top = folder.file_name().map_or_else(String::new, |n| format!("{}/", n.to_string_lossy()));
    let (mut cases, mut bad) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let (more, wrong) = parse_page(&format!("{top}{name}"), &std::fs::read_to_string(&path)?);
        cases.extend(more);
        bad.extend(wrong);
    }
    Ok((cases, bad))
}

/// The cases of one page, and what in it cannot be read. A case with a fault is left out.
pub fn parse_page(file: &str, page: &str) -> (Vec<Case>, Vec<BadPage>) {
    let (mut cases, mut bad) = (Vec::new(), Vec::new());
    let mut lines = page.lines().enumerate().map(|(n, l)| (n + 1, l));
    while let Some((fence, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut block = Vec::new();
        let mut closed = false;
        for (n, line) in lines.by_ref() {
            if line.trim_end() == "```" {
                closed = true;
                break;
            }
            block.push((n, line));
        }
        let Some(options) = info.strip_prefix("marsad") else { continue };
        let result = if closed { case(file, fence, options, &block) } else { Err((fence, "the block is never closed".to_owned())) };
        match result {
            Ok(case) => cases.push(case),
            Err((line, message)) => bad.push(BadPage { file: file.to_owned(), line, message }),
        }
    }
    (cases, bad)
}

type Fault = (usize, String);

fn case(file: &str, fence: usize, options: &str, block: &[(usize, &str)]) -> Result<Case, Fault> {
    let published = options
        .trim()
        .strip_prefix("published=")
        .and_then(|d| d.parse::<Date>().ok())
        .ok_or_else(|| (fence, "the block needs a day of publication: ```marsad published=YYYY-MM-DD".to_owned()))?;
    let rule = block.iter().position(|(_, l)| l.trim() == "---").ok_or_else(|| (fence, "no line `---` in the block".to_owned()))?;
    let text = block[..rule].iter().map(|(_, l)| *l).collect::<Vec<_>>().join("\n").trim().to_owned();
    if text.is_empty() {
        return Err((fence, "no sentence before `---`".to_owned()));
    }
    Ok(Case { file: file.to_owned(), line: fence, published, text, expect: expectation(fence, &block[rule + 1..])? })
}

fn expectation(fence: usize, lines: &[(usize, &str)]) -> Result<Expectation, Fault> {
    let filled: Vec<&str> = lines.iter().map(|(_, l)| l.trim()).filter(|l| !l.is_empty()).collect();
    match filled.as_slice() {
        [] => return Err((fence, "nothing after `---`: write the events, or `nothing`".to_owned())),
        ["nothing"] => return Ok(Expectation::Nothing),
        ["noincident"] => return Ok(Expectation::NoIncident),
        _ => {}
    }
    let mut events: Vec<Expected> = Vec::new();
    let mut open = false;
    for &(n, line) in lines {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if open && let Some(event) = events.last_mut() {
            slot(event, line).map_err(|m| (n, m))?;
        } else {
            events.push(head(n, line).map_err(|m| (n, m))?);
            open = true;
        }
    }
    Ok(Expectation::Events(events))
}

fn head(n: usize, line: &str) -> Result<Expected, String> {
    let mut words = line.split_whitespace();
    let action = words.next().unwrap_or_default();
    let mut event = Expected::new(n, Action::from_name(action).ok_or_else(|| format!("unknown action «{action}»"))?);
    for word in words {
        match (Scope::from_name(word), Realis::from_name(word)) {
            (Some(scope), _) => event.scope = scope,
            (_, Some(realis)) => event.realis = realis,
            _ => return Err(format!("«{word}» is neither a scope nor a realis")),
        }
    }
    Ok(event)
}

fn list(text: &str) -> Vec<String> {
    text.split('|').map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

fn slot(event: &mut Expected, line: &str) -> Result<(), String> {
    let (name, value) = line.split_once(':').ok_or_else(|| format!("«{line}» is not `slot: value`"))?;
    let (name, value) = (name.trim(), value.trim());
    let unknown = |what: &str| format!("unknown {what} «{value}»");
    if let Some(role) = Role::from_name(name) {
        let mut words = value.split_whitespace();
        let actor = words.next().ok_or_else(|| unknown("actor"))?.to_owned();
        let certainty = match words.next() {
            None => None,
            Some(word) => Some(Certainty::from_name(word).ok_or_else(|| unknown("certainty"))?),
        };
        event.parties.push(Party { role, actor, certainty });
        return Ok(());
    }
    if let Some(outcome) = Outcome::from_name(name) {
        let (group, amount) = value.split_once(' ').ok_or_else(|| format!("«{value}» is not `group number`"))?;
        let group = Group::from_name(group).ok_or_else(|| unknown("group"))?;
        let amount = Amount::parse(amount.trim()).ok_or_else(|| unknown("number"))?;
        event.tolls.push(Toll { outcome, group, amount });
        return Ok(());
    }
    match name {
        "when" => {
            let (first, last) = value.split_once("..").unwrap_or((value, value));
            let day = |d: &str| d.parse::<Date>().map_err(|_| format!("«{d}» is not a day"));
            event.when = Some((day(first)?, day(last)?));
        }
        "where" => event.places = Some(list(value)),
        "weapon" => event.weapons.push(WeaponClass::from_name(value).ok_or_else(|| unknown("weapon"))?),
        "object" => event.objects.push(ObjectClass::from_name(value).ok_or_else(|| unknown("object"))?),
        "attribution" => event.attribution = Some(list(value)),
        "response_to" => event.response_to = Some(Action::from_name(value).ok_or_else(|| unknown("action"))?),
        _ => return Err(format!("unknown slot «{name}»")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# page\n\n```marsad published=2023-03-15\nجملة أولى.\n---\narmed_attack background negated\nwhen: 2023-03-14\nwhere: أ | ب\nperpetrator: is suspected\nkilled: combatants 3..\n\nshelling\nobject: house\n```\n\n```marsad published=2023-03-15\nجملة.\n---\nnothing\n```\n";

    #[test]
    fn reads_blocks() {
        let (cases, bad) = parse_page("p.md", PAGE);
        assert!(bad.is_empty(), "{bad:?}");
        assert_eq!(cases.iter().map(|c| c.line).collect::<Vec<_>>(), [3, 16]);
        let Expectation::Events(events) = &cases[0].expect else { panic!() };
        assert_eq!(events.len(), 2);
        assert_eq!((events[0].scope, events[0].realis), (Scope::Background, Realis::Negated));
        assert_eq!(events[0].places.as_deref(), Some(&["أ".to_owned(), "ب".to_owned()][..]));
        assert_eq!(events[0].tolls[0].amount, Amount::AtLeast(3));
        assert_eq!(events[1].objects, [ObjectClass::House]);
        assert_eq!(cases[1].expect, Expectation::Nothing);
    }

    #[test]
    fn faults_have_lines() {
        let faults = [
            ("```marsad\nx\n---\nnothing\n```", 1),
            ("```marsad published=2020-01-01\nx\n---\nairstrike\nweapon: sword\n```", 5),
            ("```marsad published=2020-01-01\nx\n---\nfight\n```", 4),
            ("```marsad published=2020-01-01\nx\n---\n", 1),
            ("```marsad published=2020-01-01\nx\nnothing\n```", 1),
            ("```marsad published=2020-01-01\nx\n---\nairstrike\nkilled: all many\n```", 5),
        ];
        for (page, line) in faults {
            let (cases, bad) = parse_page("p.md", page);
            assert!(cases.is_empty());
            assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [line], "{page}: {bad:?}");
        }
    }
}
