//! Counts as a picture.

use crate::{Count, Stats};
use jiff::civil::Date;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use std::collections::BTreeMap;

/// Colours that people with any colour vision tell apart (Okabe and Ito, 2008); the last one is that of the rest.
const COLORS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(213, 94, 0),
    RGBColor(86, 180, 233),
    RGBColor(204, 121, 167),
    RGBColor(160, 140, 20),
    RGBColor(140, 140, 140),
];
/// Groups without a colour of their own are drawn together under this name.
const REST: &str = "others";
/// Bars of a picture without periods.
const BARS: usize = 30;
const INK: RGBColor = RGBColor(60, 60, 60);
const FAINT: RGBColor = RGBColor(225, 225, 225);

/// A series of the picture: its name, colour, and number of incidents by period.
struct Series {
    name: String,
    color: RGBColor,
    counts: Vec<u64>,
}

/// The counts as SVG: over time, bars of incidents above lines of incidents for 1,000 documents read; without periods, a bar for
/// every group.
///
/// # Errors
///
/// Where there is nothing to draw.
pub fn picture(stats: &Stats) -> Result<String, String> {
    let mut out = String::new();
    let drawn = match stats.period {
        Some(_) if stats.rows.iter().any(|row| row.start.is_some()) => over_time(stats, &mut out),
        None if stats.axis.is_some() && !stats.rows.is_empty() => groups(stats, &mut out),
        _ => return Err("there is nothing to draw: no incident with a day, or neither periods nor groups".into()),
    };
    drawn.map_err(|error| error.to_string())?;
    Ok(out)
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

fn over_time(stats: &Stats, out: &mut String) -> Drawn {
    let Some(period) = stats.period else { return Ok(()) };
    let mut starts: Vec<Date> = stats.rows.iter().filter_map(|row| row.start).collect();
    starts.dedup();
    if let (Some(&first), Some(&last)) = (starts.first(), starts.last()) {
        let all: Vec<Date> =
            std::iter::successors(Some(first), |start| period.next(*start)).take_while(|start| *start <= last).take(4000).collect();
        if all.last() == Some(&last) {
            starts = all;
        }
    }
    let at: BTreeMap<Date, usize> = starts.iter().enumerate().map(|(n, start)| (*start, n)).collect();
    let mut documents = vec![0u64; starts.len()];
    for row in &stats.rows {
        if let Some(n) = row.start.and_then(|start| at.get(&start)) {
            documents[*n] = row.documents.unwrap_or(0);
        }
    }
    let series = series(stats, &at);
    let labels: Vec<String> = starts.iter().map(|start| period.label(*start)).collect();
    let root = SVGBackend::with_string(out, (1000, 640)).into_drawing_area();
    root.fill(&WHITE)?;
    let by = stats.axis.map(|axis| format!(" by {}", axis.name())).unwrap_or_default();
    let root = root.titled(&format!("Incidents per {}{by}", period.name()), ("sans-serif", 20).into_font().color(&INK))?;
    let (upper, lower) = root.split_vertically(340);
    let most = (0..starts.len()).map(|n| series.iter().map(|one| one.counts[n]).sum::<u64>()).max().unwrap_or(0);
    bars(&upper, &series, &labels, most)?;
    lines(&lower, &series, &labels, &documents)?;
    root.present()?;
    Ok(())
}

/// The groups with most incidents, and the rest.
fn series(stats: &Stats, at: &BTreeMap<Date, usize>) -> Vec<Series> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for row in stats.rows.iter().filter(|row| row.start.is_some()) {
        *sums.entry(row.group.as_deref().unwrap_or("incidents")).or_default() += row.incidents;
    }
    let mut names: Vec<(&str, u64)> = sums.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let own = if names.len() > COLORS.len() { COLORS.len() - 1 } else { names.len() };
    let mut out: Vec<Series> = (names.iter().take(own).map(|one| one.0))
        .chain((names.len() > own).then_some(REST))
        .zip(COLORS)
        .map(|(name, color)| Series { name: name.to_owned(), color, counts: vec![0; at.len()] })
        .collect();
    for row in &stats.rows {
        let Some(n) = row.start.and_then(|start| at.get(&start)) else { continue };
        let name = row.group.as_deref().unwrap_or("incidents");
        let last = out.len().saturating_sub(1);
        let which = out.iter().position(|one| one.name == name).unwrap_or(last);
        if let Some(one) = out.get_mut(which) {
            one.counts[*n] += row.incidents;
        }
    }
    out
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Axes: periods from left to right, numbers from 0 upwards.
fn axes<'a, 'b>(area: &'a Area<'b>, labels: &[String], top: f64, what: &str) -> Result<Chart<'a, 'b>, Box<dyn std::error::Error>> {
    let mut chart = ChartBuilder::on(area)
        .margin(12)
        .margin_right(24)
        .x_label_area_size(34)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..labels.len() as f64, 0.0..top)?;
    let period = |x: &f64| {
        let whole = (x.fract() == 0.0 && *x >= 0.0).then(|| labels.get(*x as usize).cloned()).flatten();
        whole.unwrap_or_default()
    };
    let number = |y: &f64| if y.fract() == 0.0 || top < 8.0 { format!("{}", (y * 100.0).round() / 100.0) } else { String::new() };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(WHITE.mix(0.0))
        .bold_line_style(FAINT)
        .axis_style(INK)
        .x_labels(labels.len().clamp(2, 10))
        .x_label_formatter(&period)
        .y_labels(6)
        .y_label_formatter(&number)
        .y_desc(what)
        .axis_desc_style(("sans-serif", 14).into_font().color(&INK))
        .label_style(("sans-serif", 13).into_font().color(&INK))
        .draw()?;
    Ok(chart)
}

fn bars(area: &Area, series: &[Series], labels: &[String], most: u64) -> Drawn {
    // Room for the legend above the bars.
    let mut chart = axes(area, labels, most.max(1) as f64 * (1.1 + 0.06 * series.len() as f64), "incidents")?;
    let mut below = vec![0u64; labels.len()];
    for one in series {
        let mut pieces = Vec::new();
        for (n, count) in one.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (low, high) = (below[n] as f64, (below[n] + count) as f64);
            pieces.push(Rectangle::new([(n as f64 + 0.08, low), (n as f64 + 0.92, high)], one.color.filled()));
            below[n] += count;
        }
        let color = one.color;
        chart.draw_series(pieces)?.label(&one.name).legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 12, y + 5)], color.filled()));
    }
    legend(&mut chart)
}

fn lines(area: &Area, series: &[Series], labels: &[String], documents: &[u64]) -> Drawn {
    let rate = |count: u64, n: usize| (documents[n] > 0).then(|| count as f64 * 1000.0 / documents[n] as f64);
    let rates: Vec<Vec<Option<f64>>> =
        series.iter().map(|one| one.counts.iter().enumerate().map(|(n, count)| rate(*count, n)).collect()).collect();
    let top = rates.iter().flatten().flatten().copied().fold(0.0, f64::max);
    let mut chart = axes(area, labels, if top > 0.0 { top * 1.08 } else { 1.0 }, "per 1,000 documents read")?;
    for (one, rates) in series.iter().zip(rates) {
        // A period in which nothing was read says nothing, so the line has a gap.
        let points: Vec<(f64, Option<f64>)> = rates.into_iter().enumerate().map(|(n, rate)| (n as f64 + 0.5, rate)).collect();
        for piece in points.split(|point| point.1.is_none()) {
            let piece: Vec<(f64, f64)> = piece.iter().filter_map(|(x, y)| y.map(|y| (*x, y))).collect();
            if let [alone] = piece[..] {
                chart.draw_series([Circle::new(alone, 3, one.color.filled())])?;
            }
            chart.draw_series(LineSeries::new(piece, one.color.stroke_width(2)))?;
        }
    }
    Ok(())
}

fn legend<'a, 'b: 'a>(chart: &mut Chart<'a, 'b>) -> Drawn {
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .margin(10)
        .legend_area_size(20)
        .background_style(WHITE.mix(0.85))
        .border_style(FAINT)
        .label_font(("sans-serif", 13).into_font().color(&INK))
        .draw()?;
    Ok(())
}

/// A bar for every group, the longest first.
fn groups(stats: &Stats, out: &mut String) -> Drawn {
    let rows: Vec<&Count> = stats.rows.iter().take(BARS).collect();
    let most = rows.iter().map(|row| row.incidents).max().unwrap_or(1).max(1) as f64;
    let root = SVGBackend::with_string(out, (1000, 110 + 26 * rows.len() as u32)).into_drawing_area();
    root.fill(&WHITE)?;
    let by = stats.axis.map(crate::Axis::name).unwrap_or_default();
    let root = root.titled(&format!("Incidents by {by}"), ("sans-serif", 20).into_font().color(&INK))?;
    let height = rows.len() as f64;
    let mut chart = ChartBuilder::on(&root)
        .margin(12)
        .margin_right(40)
        .x_label_area_size(44)
        .y_label_area_size(240)
        .build_cartesian_2d(0.0..most * 1.25, 0.0..height)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(WHITE.mix(0.0))
        .bold_line_style(FAINT)
        .axis_style(INK)
        .x_labels(8)
        .x_label_formatter(&|x| if x.fract() == 0.0 { format!("{x}") } else { String::new() })
        .x_desc("incidents (and for 1,000 documents read)")
        .axis_desc_style(("sans-serif", 14).into_font().color(&INK))
        .label_style(("sans-serif", 13).into_font().color(&INK))
        .draw()?;
    let font = || ("sans-serif", 13).into_font().color(&INK);
    use plotters::style::text_anchor::{HPos, Pos, VPos};
    let (right, left) = (Pos::new(HPos::Right, VPos::Center), Pos::new(HPos::Left, VPos::Center));
    let (plane, pixels) = (chart.plotting_area(), &root);
    for (n, row) in rows.iter().enumerate() {
        let y = height - n as f64 - 0.5;
        plane.draw(&Rectangle::new([(0.0, y - 0.38), (row.incidents as f64, y + 0.38)], COLORS[0].filled()))?;
        let rate = row.per_1000.map(|rate| format!(" ({rate:.1})")).unwrap_or_default();
        let offset = root.get_base_pixel();
        let place = |x: f64| {
            let (x, y) = plane.map_coordinate(&(x, y));
            (x - offset.0, y - offset.1)
        };
        let (end, begin) = (place(row.incidents as f64), place(0.0));
        pixels.draw(&Text::new(format!("{}{rate}", row.incidents), (end.0 + 6, end.1), font().pos(left)))?;
        let name: String = row.group.as_deref().unwrap_or_default().chars().take(34).collect();
        pixels.draw(&Text::new(name, (begin.0 - 8, begin.1), font().pos(right)))?;
    }
    root.present()?;
    Ok(())
}
