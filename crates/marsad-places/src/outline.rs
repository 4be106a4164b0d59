//! Outlines of countries and of the first-order divisions of some, embedded, unpacked at first use.

use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/outlines.bin"));

/// How far from its outline a place still counts as in a country: outlines are simplified, and piers and islets lie outside.
const COAST_KM: f64 = 12.0;
/// Kilometres in a degree of latitude.
const DEGREE_KM: f64 = 111.2;

/// The outline of a country or of a division.
#[derive(Clone, Debug)]
pub struct Outline {
    /// ISO 3166-1 alpha-2 code of a country, or ISO 3166-2 code of a division (`SY-HL`).
    pub iso: &'static str,
    /// English name. A remark in brackets says that the outline is not that of the division of today.
    pub name: &'static str,
    rings: Vec<Ring>,
}

/// One closed line.
#[derive(Clone, Debug)]
struct Ring {
    /// (longitude, latitude).
    points: Vec<(f32, f32)>,
    west: f32,
    east: f32,
    south: f32,
    north: f32,
}

/// Reads the packed block; what is cut short ends the reading.
struct Unpacker(&'static [u8]);

impl Unpacker {
    fn number(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0u64, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
    fn step(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }
    fn text(&mut self) -> Option<&'static str> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
    fn ring(&mut self) -> Option<Ring> {
        let length = self.number()?;
        let (mut lon, mut lat) = (0, 0);
        let mut points = Vec::new();
        for _ in 0..length {
            lon += self.step()?;
            lat += self.step()?;
            points.push((lon as f32 / 1000.0, lat as f32 / 1000.0));
        }
        let over = |f: fn(f32, f32) -> f32, start: f32, at: fn(&(f32, f32)) -> f32| points.iter().map(at).fold(start, f);
        Some(Ring {
            west: over(f32::min, f32::MAX, |p| p.0),
            east: over(f32::max, f32::MIN, |p| p.0),
            south: over(f32::min, f32::MAX, |p| p.1),
            north: over(f32::max, f32::MIN, |p| p.1),
            points,
        })
    }
    fn outline(&mut self) -> Option<Outline> {
        let (iso, name) = (self.text()?, self.text()?);
        let rings = (0..self.number()?).map(|_| self.ring()).collect::<Option<_>>()?;
        Some(Outline { iso, name, rings })
    }
}

/// All outlines: countries first, then divisions.
fn all() -> &'static [Outline] {
    static ALL: OnceLock<Vec<Outline>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut unpacker = Unpacker(PACKED);
        let mut all: Vec<Outline> = std::iter::from_fn(|| unpacker.outline()).collect();
        all.sort_by_key(|o| o.iso.contains('-'));
        all
    })
}

/// The outlines of countries.
pub(crate) fn countries() -> &'static [Outline] {
    &all()[..all().partition_point(|o| !o.iso.contains('-'))]
}

/// The outlines of first-order divisions; not every country has them.
pub(crate) fn divisions() -> &'static [Outline] {
    &all()[countries().len()..]
}

impl Ring {
    fn may_hold(&self, lat: f64, lon: f64, slack: f64) -> bool {
        let wide = slack / lat.to_radians().cos().max(0.05);
        lat >= f64::from(self.south) - slack
            && lat <= f64::from(self.north) + slack
            && lon >= f64::from(self.west) - wide
            && lon <= f64::from(self.east) + wide
    }

    /// The sides, as pairs of (longitude, latitude).
    fn sides(&self) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
        let wide = |p: &(f32, f32)| (f64::from(p.0), f64::from(p.1));
        let next = self.points.iter().skip(1).chain(self.points.first());
        self.points.iter().zip(next).map(move |(a, b)| (wide(a), wide(b)))
    }
}

impl Outline {
    /// Whether the point lies in it: an odd number of its rings hold it.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        let mut inside = false;
        for ring in self.rings.iter().filter(|r| r.may_hold(lat, lon, 0.0)) {
            for ((x1, y1), (x2, y2)) in ring.sides() {
                if (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1 {
                    inside = !inside;
                }
            }
        }
        inside
    }

    /// Kilometres from the point to the nearest border, where that is not more than `most`.
    pub fn border_km(&self, lat: f64, lon: f64, most: f64) -> Option<f64> {
        let scale = lat.to_radians().cos().max(0.05);
        let reach = most / DEGREE_KM;
        let mut best = f64::INFINITY;
        for ring in self.rings.iter().filter(|r| r.may_hold(lat, lon, reach)) {
            for ((x1, y1), (x2, y2)) in ring.sides() {
                let (ax, ay, bx, by) = ((x1 - lon) * scale, y1 - lat, (x2 - lon) * scale, y2 - lat);
                let (dx, dy) = (bx - ax, by - ay);
                let length = dx * dx + dy * dy;
                let t = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
                best = best.min((ax + t * dx).hypot(ay + t * dy));
            }
        }
        let km = best * DEGREE_KM;
        (km <= most).then_some(km)
    }

    /// The lines, as (longitude, latitude), of those rings that reach into the box.
    pub(crate) fn lines(&self, south: f64, west: f64, north: f64, east: f64) -> impl Iterator<Item = &[(f32, f32)]> {
        let reaches = move |r: &&Ring| {
            f64::from(r.south) <= north && f64::from(r.north) >= south && f64::from(r.west) <= east && f64::from(r.east) >= west
        };
        self.rings.iter().filter(reaches).map(|r| r.points.as_slice())
    }
}

/// The country (ISO 3166-1 alpha-2) in which a point lies; off the coast, the nearest one within a few kilometres.
pub fn country_of(lat: f64, lon: f64) -> Option<&'static str> {
    nearest(countries(), lat, lon).map(|o| o.iso)
}

/// The first-order division in which a point lies, where outlines of them are at hand.
pub fn division_of(lat: f64, lon: f64) -> Option<&'static Outline> {
    let country = country_of(lat, lon)?;
    nearest(of_country(country), lat, lon)
}

fn of_country(country: &str) -> &'static [Outline] {
    let from = divisions().partition_point(|o| &o.iso[..2] < country);
    let to = divisions().partition_point(|o| &o.iso[..2] <= country);
    &divisions()[from..to]
}

fn nearest(outlines: &'static [Outline], lat: f64, lon: f64) -> Option<&'static Outline> {
    outlines.iter().find(|o| o.holds(lat, lon)).or_else(|| {
        let near = outlines.iter().filter_map(|o| Some((o.border_km(lat, lon, COAST_KM)?, o)));
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, o)| o)
    })
}

/// Whether the outline of a country is at hand.
pub fn has_outline(country: &str) -> bool {
    countries().iter().any(|o| o.iso == country)
}

/// Whether a point lies in a country or within `tolerance_km` of its border. False for a country without outline.
///
/// The divisions of a country count too: their outlines are finer than those of countries along coasts.
pub fn contains(country: &str, lat: f64, lon: f64, tolerance_km: f64) -> bool {
    let mut parts = countries().iter().filter(|o| o.iso == country).chain(of_country(country));
    parts.any(|o| o.holds(lat, lon) || tolerance_km > 0.0 && o.border_km(lat, lon, tolerance_km).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_and_out() {
        assert_eq!(country_of(33.51, 36.29), Some("SY"));
        assert_eq!(country_of(33.89, 35.49), Some("LB"));
        assert_eq!(country_of(31.5, 34.45), Some("PS"));
        assert_eq!(country_of(15.35, 44.2), Some("YE"));
        assert_eq!(country_of(-10.0, 75.0), None);
        assert!(contains("SY", 36.2, 37.16, 0.0) && !contains("TR", 36.2, 37.16, 3.0));
        // Gaziantep lies some 45 km north of the border.
        assert!(!contains("SY", 37.066, 37.383, 20.0) && contains("SY", 37.066, 37.383, 60.0));
        assert!(!has_outline("XX") && !contains("XX", 36.0, 37.0, 50.0));
    }

    #[test]
    fn divisions_are_found() {
        assert_eq!(division_of(36.2, 37.16).unwrap().name, "Aleppo");
        assert_eq!(division_of(36.34, 43.13).unwrap().iso, "IQ-NI");
        assert!(division_of(48.85, 2.35).is_none());
        assert!(countries().len() > 200 && divisions().len() > 250);
    }
}
