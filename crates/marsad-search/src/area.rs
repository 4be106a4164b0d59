//! Areas on the map.

use marsad_model::{Precision, Where};
use marsad_places::distance_km;
use std::str::FromStr;

/// An area. A place that is told only as a province or a country lies in none: its point is no place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Area {
    /// Between two meridians and two parallels, in degrees; west may be greater than east, across the 180th meridian.
    Box {
        /// Western edge.
        west: f64,
        /// Southern edge.
        south: f64,
        /// Eastern edge.
        east: f64,
        /// Northern edge.
        north: f64,
    },
    /// Within a distance of a point.
    Near {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// Kilometres.
        km: f64,
    },
}

/// Why an area cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AreaError(String);

impl Area {
    /// The box that `WEST,SOUTH,EAST,NORTH` tells, in degrees.
    ///
    /// # Errors
    ///
    /// Where these are not four numbers, or no box.
    pub fn rectangle(text: &str) -> Result<Self, AreaError> {
        let [west, south, east, north] = numbers(text, "WEST,SOUTH,EAST,NORTH in degrees, for example 36.0,35.5,38.5,37.0")?;
        let (fits, turned) = (longitude(west) && longitude(east) && latitude(south) && latitude(north), south > north);
        if !fits || turned {
            return Err(AreaError(format!("{text:?} is no area: give west and east from -180 to 180, south below north from -90 to 90")));
        }
        Ok(Self::Box { west, south, east, north })
    }

    /// Whether a place lies in it.
    pub fn holds(&self, place: &Where) -> bool {
        let coarse = matches!(place.precision, Precision::Admin1 | Precision::Country);
        place.lat.zip(place.lon).is_some_and(|point| !coarse && self.holds_point(point))
    }

    fn holds_point(&self, (lat, lon): (f64, f64)) -> bool {
        match *self {
            Self::Box { west, south, east, north } => {
                let across = if west <= east { (west..=east).contains(&lon) } else { lon >= west || lon <= east };
                across && (south..=north).contains(&lat)
            }
            Self::Near { lat: y, lon: x, km } => distance_km((lat, lon), (y, x)) <= km,
        }
    }
}

impl FromStr for Area {
    type Err = AreaError;

    /// `LAT,LON,KM`: within so many kilometres of a point.
    fn from_str(text: &str) -> Result<Self, AreaError> {
        let [lat, lon, km] = numbers(text, "LAT,LON,KM, for example 36.2,37.16,25")?;
        if !latitude(lat) || !longitude(lon) || !(0.0..=20_100.0).contains(&km) {
            return Err(AreaError(format!(
                "{text:?} is no area: latitude goes from -90 to 90, longitude from -180 to 180, kilometres from 0"
            )));
        }
        Ok(Self::Near { lat, lon, km })
    }
}

fn latitude(degrees: f64) -> bool {
    (-90.0..=90.0).contains(&degrees)
}

fn longitude(degrees: f64) -> bool {
    (-180.0..=180.0).contains(&degrees)
}

fn numbers<const N: usize>(text: &str, form: &str) -> Result<[f64; N], AreaError> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let numbers: Option<[f64; N]> = numbers.and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| AreaError(format!("{text:?} is no area: give {form}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_hold_points() {
        let area = Area::rectangle("36, 35,38,37").unwrap();
        assert!(area.holds_point((36.0, 37.0)) && !area.holds_point((36.0, 38.5)) && !area.holds_point((34.9, 37.0)));
        let pacific = Area::rectangle("170,-10,-170,10").unwrap();
        assert!(pacific.holds_point((0.0, 179.0)) && pacific.holds_point((0.0, -179.0)) && !pacific.holds_point((0.0, 0.0)));
        let near: Area = "36.2,37.16,25".parse().unwrap();
        assert!(near.holds_point((36.37, 37.2)) && !near.holds_point((36.6, 37.2)));
        for wrong in ["", "1,2,3", "1,2,3,x", "0,10,5,-10", "0,0,200,1", "NaN,0,1,1"] {
            assert!(Area::rectangle(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "1,2", "95,0,1", "1,2,-3", "1,2,NaN", "1,2,inf"] {
            assert!(wrong.parse::<Area>().is_err(), "{wrong}");
        }
    }
}
