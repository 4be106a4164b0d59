//! A small map of places as SVG: drawn from the embedded outlines, with nothing fetched and nothing executed.

use crate::outline::{self, Outline};
use crate::{bearing_offset, distance_km};
use std::fmt::Write;

/// Size of a map in user units.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 400.0;
/// Least height of the country shown, in kilometres.
const LEAST_KM: f64 = 70.0;
/// Greatest height of the country shown, in kilometres, at which divisions are drawn.
const PARTS_KM: f64 = 1600.0;
/// What is drawn around the picture, so that the cut edges of outlines are not seen.
const SPILL: f64 = 6.0;

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A dot, with a faint circle of the radius around it.
    Dot,
    /// A circle of the radius.
    Area,
    /// A quarter of a circle of the radius with its tip at the point, open towards these degrees from north.
    Sector(f64),
}

/// A place to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// How it is drawn.
    pub shape: Shape,
    /// Its name, as plain text.
    pub label: String,
}

/// From degrees to user units.
struct View {
    west: f64,
    north: f64,
    /// User units in a degree of latitude.
    scale: f64,
    /// How much shorter a degree of longitude is.
    squeeze: f64,
}

impl View {
    /// The view that shows all marks with a margin.
    fn of(marks: &[Mark]) -> Self {
        let (mut south, mut north, mut west, mut east) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for mark in marks {
            let corner = |degrees| bearing_offset((mark.lat, mark.lon), degrees, mark.radius_km.clamp(0.0, 2500.0));
            let half = (corner(90.0).1 - mark.lon).abs().min(60.0);
            (south, north) = (south.min(corner(180.0).0), north.max(corner(0.0).0));
            (west, east) = (west.min(mark.lon - half), east.max(mark.lon + half));
        }
        let (lat, lon) = ((south + north) / 2.0, (west + east) / 2.0);
        let squeeze = lat.to_radians().cos().max(0.2);
        let tall = ((north - south) * 1.3).max(LEAST_KM / 111.2).max((east - west) * 1.3 * squeeze * HEIGHT / WIDTH);
        let scale = HEIGHT / tall;
        View { west: lon - WIDTH / 2.0 / (scale * squeeze), north: lat + tall / 2.0, scale, squeeze }
    }

    fn at(&self, lat: f64, lon: f64) -> (f64, f64) {
        ((lon - self.west) * self.scale * self.squeeze, (self.north - lat) * self.scale)
    }

    fn units(&self, km: f64) -> f64 {
        km / 111.2 * self.scale
    }

    /// The data of a path for what of an outline is in view.
    fn path(&self, outline: &Outline) -> String {
        let south = self.north - HEIGHT / self.scale;
        let east = self.west + WIDTH / (self.scale * self.squeeze);
        let mut path = String::new();
        for line in outline.lines(south, self.west, self.north, east) {
            let points = clip(line.iter().map(|&(lon, lat)| self.at(f64::from(lat), f64::from(lon))).collect());
            let mut last = (f64::MAX, f64::MAX);
            for (n, &(x, y)) in points.iter().enumerate() {
                if n == 0 || (x - last.0).hypot(y - last.1) >= 1.0 {
                    let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" });
                    last = (x, y);
                }
            }
            if !points.is_empty() {
                path.push('Z');
            }
        }
        path
    }
}

/// Cuts a closed line to the picture and a little around it (Sutherland and Hodgman).
fn clip(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    // (which coordinate, its bound, whether the inside is below it)
    let sides = [(0, -SPILL, false), (0, WIDTH + SPILL, true), (1, -SPILL, false), (1, HEIGHT + SPILL, true)];
    for (axis, bound, below) in sides {
        let value = |p: (f64, f64)| if axis == 0 { p.0 } else { p.1 };
        let inside = |p: (f64, f64)| if below { value(p) <= bound } else { value(p) >= bound };
        let mut kept = Vec::with_capacity(points.len());
        for (n, &p) in points.iter().enumerate() {
            let before = points[(n + points.len() - 1) % points.len()];
            if inside(p) != inside(before) {
                let t = (bound - value(before)) / (value(p) - value(before));
                kept.push((before.0 + t * (p.0 - before.0), before.1 + t * (p.1 - before.1)));
            }
            if inside(p) {
                kept.push(p);
            }
        }
        points = kept;
    }
    points
}

/// Text as it may stand in XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The longest round number of kilometres that is not longer than `most`.
fn round_km(most: f64) -> f64 {
    let power = 10f64.powf(most.max(1e-3).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|km| *km <= most).unwrap_or(power)
}

/// Colours follow the reader's light or dark page and may be set by the page through `--map-…`.
const STYLE: &str = "\
.marsad-map{--sea:var(--map-sea,#dfe9f0);--land:var(--map-land,#f7f4ec);--edge:var(--map-edge,#8d8678);--mark:var(--map-mark,#c62828);\
--text:var(--map-text,#1d1f22)}\
@media(prefers-color-scheme:dark){.marsad-map{--sea:var(--map-sea,#16212b);--land:var(--map-land,#262a2e);--edge:var(--map-edge,#7b7f86);\
--mark:var(--map-mark,#ff8a80);--text:var(--map-text,#e7e5e0)}}\
.marsad-map .sea{fill:var(--sea)}.marsad-map .land{fill:var(--land);stroke:var(--edge);stroke-width:1.2}\
.marsad-map .part{fill:none;stroke:var(--edge);stroke-width:.5;stroke-dasharray:3 2}\
.marsad-map .area{fill:var(--mark);fill-opacity:.16;stroke:var(--mark);stroke-opacity:.6}.marsad-map .dot{fill:var(--mark)}\
.marsad-map text{fill:var(--text);font:13px \"Noto Sans Arabic\",\"Segoe UI\",Tahoma,sans-serif;paint-order:stroke;\
stroke:var(--land);stroke-width:3px;stroke-linejoin:round}\
.marsad-map .scale{stroke:var(--text);stroke-width:1.5;fill:none}.marsad-map .km{font-size:11px}";

/// A map of the marks as a complete `<svg>` element; empty where there is no mark with sound coordinates.
///
/// The same marks give the same bytes. All text is escaped; nothing outside is referred to.
pub fn map_svg(marks: &[Mark]) -> String {
    let sound = |m: &&Mark| m.lat.abs() <= 90.0 && m.lon.abs() <= 180.0 && m.radius_km.is_finite() && m.radius_km >= 0.0;
    let mut shown: Vec<Mark> = marks.iter().filter(sound).cloned().collect();
    shown.sort_by(|a, b| b.radius_km.total_cmp(&a.radius_km).then_with(|| a.label.cmp(&b.label)));
    shown.dedup();
    if shown.is_empty() {
        return String::new();
    }
    let view = View::of(&shown);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"marsad-map\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         role=\"img\" aria-label=\"{}\"><style>{STYLE}</style><rect class=\"sea\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>",
        escaped(&shown.iter().map(|m| m.label.as_str()).collect::<Vec<_>>().join("، "))
    );
    // From far away divisions are but clutter.
    let divisions = if view.units(PARTS_KM) >= HEIGHT { outline::divisions() } else { &[] };
    for (class, outlines) in [("land", outline::countries()), ("part", divisions)] {
        for path in outlines.iter().map(|o| view.path(o)).filter(|p| !p.is_empty()) {
            let _ = write!(out, "<path class=\"{class}\" fill-rule=\"evenodd\" d=\"{path}\"/>");
        }
    }
    for mark in &shown {
        shape(&mut out, &view, mark);
    }
    labels(&mut out, &view, &shown);
    scale_bar(&mut out, &view);
    out + "</svg>"
}

fn shape(out: &mut String, view: &View, mark: &Mark) {
    let ((x, y), r) = (view.at(mark.lat, mark.lon), view.units(mark.radius_km));
    let title = format!("<title>{}</title>", escaped(&mark.label));
    match mark.shape {
        Shape::Sector(degrees) if r >= 3.0 => {
            let tip = |turn: f64| {
                let a = (degrees + turn).to_radians();
                (x + r * a.sin(), y - r * a.cos())
            };
            let ((x1, y1), (x2, y2)) = (tip(-45.0), tip(45.0));
            let _ = write!(
                out,
                "<path class=\"area\" d=\"M{x:.1} {y:.1}L{x1:.1} {y1:.1}A{r:.1} {r:.1} 0 0 1 {x2:.1} {y2:.1}Z\">{title}</path>\
                 <circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>"
            );
        }
        Shape::Area if r >= 3.0 => {
            let _ = write!(out, "<circle class=\"area\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\">{title}</circle>");
        }
        _ => {
            if r >= 6.0 {
                let _ = write!(out, "<circle class=\"area\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>");
            }
            let _ = write!(out, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\">{title}</circle>");
        }
    }
}

/// Writes the names, each moved up or down to where no other name stands, or not at all.
fn labels(out: &mut String, view: &View, marks: &[Mark]) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    // The finest places first: they are what a reader looks for.
    for mark in marks.iter().rev().filter(|m| !m.label.is_empty()) {
        let half = mark.label.chars().count() as f64 * 3.6 + 4.0;
        let (x, y) = view.at(mark.lat, mark.lon);
        let x = x.clamp(half.min(WIDTH / 2.0), (WIDTH - half).max(WIDTH / 2.0));
        let free = |y: &f64| {
            (14.0..HEIGHT - 22.0).contains(y) && taken.iter().all(|&(tx, ty, th)| (tx - x).abs() > th + half || (ty - y).abs() > 15.0)
        };
        let Some(y) = [-9.0, 20.0, -25.0, 36.0, -41.0].into_iter().map(|d| y + d).find(free) else { continue };
        taken.push((x, y, half));
        let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" direction=\"rtl\">{}</text>", escaped(&mark.label));
    }
}

fn scale_bar(out: &mut String, view: &View) {
    let middle = view.north - HEIGHT / 2.0 / view.scale;
    let degree = distance_km((middle, 0.0), (middle, 1.0));
    let km = round_km(140.0 / (view.scale * view.squeeze) * degree);
    let long = km / degree * view.scale * view.squeeze;
    let (x, y) = (12.0, HEIGHT - 12.0);
    let _ = write!(
        out,
        "<path class=\"scale\" d=\"M{x} {}V{y}H{:.1}V{}\"/><text class=\"km\" x=\"{:.1}\" y=\"{}\" direction=\"ltr\">{km} km</text>",
        y - 4.0,
        x + long,
        y - 4.0,
        x + long + 6.0,
        y + 1.0
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(lat: f64, lon: f64, radius_km: f64, shape: Shape, label: &str) -> Mark {
        Mark { lat, lon, radius_km, shape, label: label.into() }
    }

    #[test]
    fn one_place() {
        let svg = map_svg(&[mark(36.2, 37.16, 8.0, Shape::Dot, "حلب")]);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        assert!(svg.contains("class=\"land\"") && svg.contains("class=\"part\"") && svg.contains(">حلب</text>") && svg.contains(" km<"));
        assert!(svg.len() < 60_000, "{}", svg.len());
    }

    #[test]
    fn text_is_escaped_and_order_does_not_matter() {
        let marks = [mark(35.0, 38.0, 60.0, Shape::Area, "<script>"), mark(35.3, 40.1, 20.0, Shape::Sector(0.0), "a&\"b'")];
        let svg = map_svg(&marks);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;") && svg.contains("a&amp;&quot;b&#39;"));
        let mut turned = marks.to_vec();
        turned.reverse();
        assert_eq!(svg, map_svg(&turned));
    }

    #[test]
    fn odd_marks() {
        assert_eq!(map_svg(&[]), "");
        assert_eq!(map_svg(&[mark(f64::NAN, 0.0, 1.0, Shape::Dot, "x")]), "");
        for (lat, lon, km) in [(90.0, 180.0, 4000.0), (-90.0, -180.0, 0.0), (0.0, 179.9, 9000.0)] {
            let svg = map_svg(&[mark(lat, lon, km, Shape::Area, "x"), mark(-lat, -lon, km, Shape::Sector(45.0), "y")]);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}
