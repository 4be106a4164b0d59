//! Distances on the sphere.

/// Mean radius of the earth in kilometres (IUGG 1980).
const EARTH_KM: f64 = 6371.0088;

/// Great-circle distance in kilometres between two (latitude, longitude) points in degrees, by the haversine formula.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let dlon = (b.1 - a.1).to_radians();
    let h = ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.min(1.0).sqrt().asin()
}

/// The point `km` away from `from` in the direction `degrees` (clockwise from north).
pub fn bearing_offset(from: (f64, f64), degrees: f64, km: f64) -> (f64, f64) {
    let (lat, lon, b, d) = (from.0.to_radians(), from.1.to_radians(), degrees.to_radians(), km / EARTH_KM);
    let lat2 = (lat.sin() * d.cos() + lat.cos() * d.sin() * b.cos()).asin();
    let lon2 = lon + (b.sin() * d.sin() * lat.cos()).atan2(d.cos() - lat.sin() * lat2.sin());
    (lat2.to_degrees(), (lon2.to_degrees() + 540.0).rem_euclid(360.0) - 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let aleppo = (36.2, 37.16);
        let there = bearing_offset(aleppo, 135.0, 15.0);
        assert!((distance_km(aleppo, there) - 15.0).abs() < 0.01);
        assert!(there.0 < aleppo.0 && there.1 > aleppo.1);
    }
}
