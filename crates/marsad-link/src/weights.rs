//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by incident on the development data, pairs of documents after grouping:
//! precision 0.772, recall 0.664, F1 0.714.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -0.50;
/// The model's constant.
pub(crate) const BIAS: f64 = -3.0337;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.4639),
    ("day_next", -0.9587),
    ("untold_same", 1.3706),
    ("untold_near", -1.2864),
    ("untold_far", -2.0761),
    ("published_apart", -0.6764),
    ("one_spot", 1.5685),
    ("near", 0.6500),
    ("beyond_15_km", -0.1306),
    ("in_area", 1.7216),
    ("in_wide_area", 0.6947),
    ("outside_area", 0.8089),
    ("placeless", 0.9741),
    ("around", -0.1150),
    ("around_apart", -0.8394),
    ("who_same", 0.4294),
    ("who_other", -0.6242),
    ("whom_same", -0.1003),
    ("whom_other", -0.6307),
    ("action_same", -0.1315),
    ("family_same", 1.2697),
    ("means_same", -0.5796),
    ("means_other", -0.7474),
    ("objects_same", 0.3902),
    ("objects_other", -0.8780),
    ("killed_same", 0.6710),
    ("killed_same_many", 0.4010),
    ("killed_close", 0.1776),
    ("killed_other", -0.3338),
    ("injured_same", 0.4886),
    ("injured_same_many", 0.6218),
    ("injured_close", -0.0244),
    ("injured_other", -0.7741),
    ("name_same", 1.0237),
    ("both_lead", 1.1497),
    ("none_leads", -1.4627),
    ("one_late", -1.5243),
    ("both_late", -1.1931),
];
