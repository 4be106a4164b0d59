//! Colours for people, where they are wanted.

use anstyle::{AnsiColor, Effects, Style};
use clap::ValueEnum;
use std::fmt::Write;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Paints text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    colors: bool,
}

impl Paint {
    /// Decides for standard output, or for a file.
    pub fn new(choice: ColorChoice, to_file: bool) -> Self {
        let colors = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !to_file && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
        };
        Self { colors }
    }

    /// Text in a colour.
    pub fn color(self, out: &mut String, color: AnsiColor, text: &str) {
        self.style(out, color.on_default(), text);
    }

    /// Text in bold and a colour.
    pub fn strong(self, out: &mut String, color: AnsiColor, text: &str) {
        self.style(out, color.on_default().effects(Effects::BOLD), text);
    }

    /// Text that may be skipped.
    pub fn dim(self, out: &mut String, text: &str) {
        self.style(out, Style::new().effects(Effects::DIMMED), text);
    }

    /// What stands before and after words that were looked for.
    pub fn found(self) -> (String, String) {
        let style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
        if self.colors { (format!("{style}"), format!("{style:#}")) } else { ("[".into(), "]".into()) }
    }

    fn style(self, out: &mut String, style: Style, text: &str) {
        if self.colors {
            let _ = write!(out, "{style}{text}{style:#}");
        } else {
            out.push_str(text);
        }
    }
}

/// Text that cannot command a terminal: control characters become visible, overrides of direction go.
pub(crate) fn harmless(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2067}'))
        .map(|c| match c {
            '\n' | '\t' => c,
            '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
            '\u{7f}'..='\u{9f}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

/// Words of a report within a line of another direction.
pub(crate) fn isolated(words: &str) -> String {
    format!("«\u{2068}{}\u{2069}»", harmless(words).replace(['\n', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\r\u{202e}c\n"), "a␛[31mb␍c\n");
    }
}
