//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.851, recall 0.645, F1 0.734.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -0.50;
/// The model's constant.
pub(crate) const BIAS: f64 = -2.5549;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.3632),
    ("day_next", -0.8733),
    ("untold_same", 1.3178),
    ("untold_near", -1.2680),
    ("untold_far", -2.1899),
    ("published_apart", -0.5945),
    ("one_spot", 1.4140),
    ("near", 0.1502),
    ("beyond_15_km", 0.2537),
    ("in_area", 0.6312),
    ("in_wide_area", 0.5855),
    ("outside_area", 0.2799),
    ("placeless", 0.1517),
    ("two_towns", -1.6968),
    ("many_places", -1.0090),
    ("around", -0.3440),
    ("around_apart", -1.1071),
    ("who_same", 0.6550),
    ("who_other", 0.0770),
    ("whom_same", 0.2473),
    ("whom_other", 0.1787),
    ("action_same", -0.1515),
    ("family_same", 0.9546),
    ("means_same", -0.1797),
    ("means_other", -0.7886),
    ("objects_same", 0.5500),
    ("objects_other", -0.7228),
    ("killed_same", 0.6612),
    ("killed_same_many", 0.1147),
    ("killed_close", 0.5950),
    ("killed_other", -0.2885),
    ("injured_same", 0.2925),
    ("injured_same_many", 1.0409),
    ("injured_close", -0.0942),
    ("injured_other", -1.0567),
    ("name_same", 0.7549),
    ("rare_word", 1.8409),
    ("rare_words", 0.5367),
    ("seldom_words", 1.7739),
    ("both_lead", 1.3725),
    ("none_leads", -0.7173),
    ("one_late", -0.5698),
    ("both_late", -1.2435),
    ("one_old", -1.1273),
    ("incidents", -0.2834),
];
