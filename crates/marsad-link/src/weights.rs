//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = 0.0;
/// The model's constant.
pub(crate) const BIAS: f64 = -3.0;
/// The weight of every feature.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.5),
    ("near", 2.0),
    ("name_same", 1.0),
    ("untold_same", 1.0),
    ("killed_same_many", 1.0),
];
