//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by incident on the development data, pairs of documents after grouping:
//! precision 0.815, recall 0.576, F1 0.675.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = 0.25;
/// The model's constant.
pub(crate) const BIAS: f64 = -4.7668;
/// The weight of every feature.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.8365),
    ("day_next", -0.4599),
    ("untold_same", 2.1582),
    ("untold_near", -1.1003),
    ("untold_far", -1.5844),
    ("published_apart", -0.8306),
    ("one_spot", 2.0370),
    ("near", 0.0453),
    ("beyond_15_km", 0.0431),
    ("in_area", 1.4435),
    ("in_wide_area", 1.3591),
    ("outside_area", 0.9324),
    ("placeless", 0.3755),
    ("around", 0.3261),
    ("around_apart", 0.0758),
    ("who_same", 0.2370),
    ("who_other", -0.3500),
    ("whom_same", -0.0644),
    ("whom_other", 0.0715),
    ("action_same", -0.0342),
    ("family_same", 0.8359),
    ("means_same", -0.4457),
    ("means_other", -0.5199),
    ("objects_same", 0.7634),
    ("objects_other", -0.7773),
    ("killed_same", 0.9420),
    ("killed_same_many", -0.4976),
    ("killed_close", 0.3052),
    ("killed_other", -0.5167),
    ("injured_same", 0.2154),
    ("injured_same_many", 1.0345),
    ("injured_close", -0.3456),
    ("injured_other", -0.6471),
    ("name_same", 0.5717),
    ("both_lead", 2.5431),
    ("none_leads", -1.3471),
];
