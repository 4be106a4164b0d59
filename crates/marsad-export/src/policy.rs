//! What may be published, and its application.

use crate::row::{Row, Source};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::Precision;
use serde::Deserialize;

/// The policy that comes with Marsad.
const DEFAULT: &str = include_str!("../publication.toml");
/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.32;

/// The finest place that is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Finest {
    Country,
    Admin1,
    Place,
}

/// What may be published; its file (`publication.toml`) says what each field means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    delay_days: u32,
    grid_degrees: f64,
    finest_name: Finest,
    links: bool,
}

impl Policy {
    /// The policy that comes with Marsad.
    pub fn standard() -> Self {
        // A test reads it.
        Self::read(DEFAULT).unwrap_or(Self { delay_days: 365, grid_degrees: 1.0, finest_name: Finest::Country, links: false })
    }

    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let policy: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if !(0.0..=10.0).contains(&policy.grid_degrees) {
            return Err(format!("grid_degrees = {} makes no sense; give a number from 0 to 10", policy.grid_degrees));
        }
        Ok(policy)
    }

    /// The row as it may be published on a day; `None` where it may not be yet.
    pub fn apply(&self, mut row: Row, today: Date) -> Option<Row> {
        let (_, last) = row.days?;
        if last.checked_add(i64::from(self.delay_days).days()).ok()? > today {
            return None;
        }
        let incident = &mut row.incident;
        if let Some(place) = &mut incident.place {
            place.text = String::new();
            if let (Some(lat), Some(lon)) = (place.lat, place.lon)
                && self.grid_degrees > 0.0
            {
                let middle = |degrees: f64| ((degrees / self.grid_degrees).floor() + 0.5) * self.grid_degrees;
                // Half the diagonal of a cell, at the equator's width.
                let reach = self.grid_degrees * DEGREE_KM * std::f64::consts::FRAC_1_SQRT_2;
                let rounded = |degrees: f64| (degrees * 1e5).round() / 1e5;
                (place.lat, place.lon) = (Some(rounded(middle(lat))), Some(rounded(middle(lon))));
                place.radius_km = Some((place.radius_km.unwrap_or(0.0) + reach).ceil());
            }
            let fine = !matches!(place.precision, Precision::Admin1 | Precision::Country);
            if self.finest_name < Finest::Place {
                row.admin2.clear();
            }
            if fine && self.finest_name < Finest::Place {
                place.name = place.admin1.clone();
                place.precision = Precision::Admin1;
                place.place_id = None;
            }
            if self.finest_name == Finest::Country {
                (place.name, place.admin1) = (None, None);
                place.precision = Precision::Country;
                place.place_id = None;
            }
            place.span = [0, 0];
        }
        if let Some(when) = &mut incident.when {
            (when.text, when.span) = (None, None);
        }
        for told in &mut incident.participants {
            told.participant.text = String::new();
            told.participant.according_to = None;
            told.participant.span = [0, 0];
        }
        // Disagreements about places tell the places.
        incident.disagreements.retain(|disagreement| disagreement.field != "where");
        if !self.links {
            row.sources = row.sources.into_iter().map(|source| Source { outlet: source.outlet, ..Source::default() }).collect();
        }
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_that_comes_with_marsad_is_read() {
        assert_eq!(Policy::read(DEFAULT), Ok(Policy::standard()));
        assert!(Policy::read("delay_days = 1").is_err());
        assert!(Policy::read(&DEFAULT.replace("0.1", "-1")).unwrap_err().contains("makes no sense"));
        assert!(Policy::read(&format!("{DEFAULT}\nname = 1")).is_err());
    }
}
