//! The map of a document's events.

use marsad_model::{Coded, Event, Precision, Relation, Where};
use marsad_places::{Mark, Shape, bearing_offset};

/// A map of the document's places as a complete `<svg>` element, or `None` where there is none to draw.
///
/// It is put into the page as it is: its maker escapes all text in it, and refers to nothing outside.
pub(crate) fn map_svg(coded: &Coded) -> Option<String> {
    let marks: Vec<Mark> = coded.events.iter().flat_map(places).filter_map(mark).collect();
    Some(marsad_places::map_svg(&marks)).filter(|svg| !svg.is_empty())
}

fn places(event: &Event) -> &[Where] {
    &event.places
}

fn mark(place: &Where) -> Option<Mark> {
    let (lat, lon, radius_km) = (place.lat?, place.lon?, place.radius_km.unwrap_or(0.0));
    let mark = Mark { lat, lon, radius_km, shape: Shape::Dot, label: place.text.clone() };
    Some(match (place.precision, bearing(place.relation)) {
        (Precision::Exact, _) => mark,
        (Precision::Area, Some(degrees)) => {
            // The point is the middle of the area; the sector opens from the place named.
            let (lat, lon) = bearing_offset((lat, lon), degrees + 180.0, radius_km);
            Mark { lat, lon, radius_km: 2.0 * radius_km, shape: Shape::Sector(degrees), ..mark }
        }
        _ => Mark { shape: Shape::Area, ..mark },
    })
}

/// Degrees from north of a relation that has a direction.
fn bearing(relation: Relation) -> Option<f64> {
    Some(match relation {
        Relation::NorthOf => 0.0,
        Relation::NortheastOf => 45.0,
        Relation::EastOf => 90.0,
        Relation::SoutheastOf => 135.0,
        Relation::SouthOf => 180.0,
        Relation::SouthwestOf => 225.0,
        Relation::WestOf => 270.0,
        Relation::NorthwestOf => 315.0,
        Relation::In | Relation::Near | Relation::Between | Relation::RouteFrom | Relation::RouteTo => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(precision: Precision, relation: Relation) -> Where {
        Where {
            text: "شمال <حلب>".into(),
            name: None,
            country: Some("SY".into()),
            admin1: None,
            lat: Some(36.4),
            lon: Some(37.16),
            radius_km: Some(10.0),
            relation,
            precision,
            place_id: None,
            span: [0, 4],
        }
    }

    #[test]
    fn marks() {
        assert_eq!(mark(&place(Precision::Exact, Relation::In)).unwrap().shape, Shape::Dot);
        assert_eq!(mark(&place(Precision::Near, Relation::NorthOf)).unwrap().shape, Shape::Area);
        let sector = mark(&place(Precision::Area, Relation::NorthOf)).unwrap();
        assert!(sector.shape == Shape::Sector(0.0) && sector.lat < 36.32 && sector.radius_km == 20.0);
        assert_eq!(mark(&Where { lat: None, ..place(Precision::Exact, Relation::In) }), None);
        assert!(!marsad_places::map_svg(&[sector]).contains("<حلب"));
    }
}
