//! Numbers of people and things, in digits and in words.

use crate::scan::{Item, Scan};
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_text::Kind;

/// How many, as the words say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub low: Option<u32>,
    pub best: Option<u32>,
    pub high: Option<u32>,
    pub vague: bool,
}

impl Count {
    pub const fn exactly(n: u32) -> Self {
        Count { low: Some(n), best: Some(n), high: Some(n), vague: false }
    }
    pub const fn at_least_vaguely(n: u32) -> Self {
        Count { low: Some(n), best: None, high: None, vague: true }
    }
    pub const fn bare_plural() -> Self {
        Count { low: Some(2), best: None, high: None, vague: false }
    }
    /// The count under a word like "at least", by the word's code.
    fn bounded(self, approx: u32) -> Self {
        let n = self.best.or(self.low);
        match (approx, n) {
            (1, Some(n)) => Count { low: Some(n), best: self.best, high: None, vague: self.vague },
            (2, Some(n)) => Count { low: Some(n.saturating_add(1)), best: None, high: None, vague: false },
            (3, Some(n)) if !self.vague => Count { low: None, best: None, high: Some(n), vague: false },
            (4, Some(n)) => Count { low: None, best: None, high: Some(n.saturating_sub(1)), vague: false },
            _ => self,
        }
    }
    /// How much a reader learns from it: exact numbers beat bounds beat vague words.
    pub const fn rank(self) -> u8 {
        match (self.best.is_some(), self.low.is_some(), self.vague) {
            (true, ..) => 3,
            (false, true, false) => 2,
            _ => 1,
        }
    }
}

/// A number expression of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub count: Count,
    /// One past its last item; a partitive preposition after it is included.
    pub end: usize,
}

/// Reads a number expression at item `i`. Decimal fractions and percentages are none.
pub(crate) fn number_at(scan: &Scan, items: &[Item], i: usize) -> Option<Number> {
    let mut at = i;
    let mut approx = None;
    if let Some(code) = scan.value(items.get(at)?, Class::Approx) {
        approx = Some(code);
        at += 1;
        if at < items.len() && scan.value(&items[at], Class::Prep) == Some(Prep::From.code()) {
            at += 1;
        }
    }
    if let Some(range) = range_at(scan, items, at) {
        return Some(range);
    }
    let item = items.get(at)?;
    let mut end;
    let mut count;
    if let Some(n) = plain_number(item).or_else(|| scan.value(item, Class::Number)) {
        if items.get(at + 1).is_some_and(|m| m.is_mark('%')) {
            return None;
        }
        let (mut total, mut current) = (0u32, n);
        end = at + 1;
        while let Some(next) = items.get(end) {
            if next.kind != Kind::Word {
                break;
            }
            let multiplier = scan.value(next, Class::Multiplier).filter(|_| next.before & !Reading::ARTICLE == 0);
            let number = scan.value(next, Class::Number);
            match (multiplier, number) {
                (Some(m), _) if current < m => current = current.saturating_mul(m),
                (_, Some(m)) if next.before & !Reading::ARTICLE == 0 && m >= 100 && current < m && m % 100 == 0 => {
                    current = current.saturating_mul(m);
                }
                (_, Some(m))
                    if next.has(Reading::AND)
                        && m < current.max(20)
                        && (current >= 100 || (current < 10 && m >= 20) || m < 100 && current % 100 == 0) =>
                {
                    total = total.saturating_add(current);
                    current = m;
                }
                (_, Some(m)) if next.has(Reading::AND) && current < 10 && (20..100).contains(&m) => current += m,
                _ => break,
            }
            end += 1;
        }
        count = Count::exactly(total.saturating_add(current));
        // "5 to 7"
        if let (Some(to), Some(other)) = (items.get(end), items.get(end + 1))
            && (scan.value(to, Class::Prep) == Some(Prep::Toward.code()) || to.is_mark('-'))
            && let Some(high) = plain_number(other).or_else(|| scan.value(other, Class::Number))
            && count.best.is_some_and(|low| low < high && high < 10_000)
        {
            count = Count { low: count.best, best: None, high: Some(high), vague: false };
            end += 2;
        }
    } else if let Some(n) = scan.value(item, Class::NumberPair) {
        count = Count::exactly(n);
        end = at + 1;
    } else if let Some(n) = scan.value(item, Class::Vague).or_else(|| scan.value(item, Class::Multiplier).map(|m| m * 2)) {
        count = Count::at_least_vaguely(n);
        end = at + 1;
    } else {
        return None;
    }
    if items.get(end).is_some_and(|n| scan.value(n, Class::Prep) == Some(Prep::From.code()) && n.before == 0 && !n.pronoun) {
        end += 1;
    }
    if let Some(code) = approx {
        count = count.bounded(code);
    }
    Some(Number { count, end })
}

/// «بين خمسة وسبعة»: two numbers after "between".
fn range_at(scan: &Scan, items: &[Item], at: usize) -> Option<Number> {
    let between = items.get(at.checked_sub(1)?)?;
    let (first, second) = (items.get(at)?, items.get(at + 1)?);
    if between.pronoun || scan.value(between, Class::Prep) != Some(Prep::Between.code()) || second.before != Reading::AND {
        return None;
    }
    let number = |item: &Item| plain_number(item).or_else(|| scan.value(item, Class::Number));
    let (low, high) = (number(first)?, number(second)?);
    // «خمسة وعشرين» is one number.
    if low >= high || low < 10 && (20..100).contains(&high) && high % 10 == 0 {
        return None;
    }
    let times = items.get(at + 2).and_then(|m| scan.value(m, Class::Multiplier)).filter(|m| high < *m);
    let scale = times.unwrap_or(1);
    let count = Count { low: Some(low.saturating_mul(scale)), best: None, high: Some(high.saturating_mul(scale)), vague: false };
    Some(Number { count, end: at + 2 + usize::from(times.is_some()) })
}

fn plain_number(item: &Item) -> Option<u32> {
    (item.kind == Kind::Number && item.value < 10_000_000).then_some(item.value)
}

/// A bound that stands after the counted noun ("at least"), within the next three items.
pub(crate) fn bound_after(scan: &Scan, items: &[Item], from: usize, count: Count) -> Count {
    for item in items.iter().skip(from).take(3) {
        if matches!(item.kind, Kind::Mark(',' | '.')) || item.has(Reading::AND) {
            break;
        }
        if let Some(code) = scan.value(item, Class::Approx)
            && code == 1
        {
            return count.bounded(code);
        }
    }
    count
}

/// The count that a noun's form tells without a number.
pub(crate) fn by_form(inflection: Inflection, dual_or_plural: bool) -> Count {
    if inflection.has(Inflection::PLURAL) || dual_or_plural {
        Count::bare_plural()
    } else if inflection.has(Inflection::DUAL) {
        Count::exactly(2)
    } else {
        Count::exactly(1)
    }
}
