//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by incident on the development data, pairs of documents after grouping:
//! precision 0.731, recall 0.655, F1 0.691.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -1.00;
/// The model's constant.
pub(crate) const BIAS: f64 = -4.5783;
/// The weight of every feature.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.7782),
    ("day_next", -0.4392),
    ("untold_same", 2.1122),
    ("untold_near", -1.1951),
    ("untold_far", -1.5343),
    ("published_apart", -0.7950),
    ("one_spot", 2.2433),
    ("near", 0.0415),
    ("beyond_15_km", 0.0630),
    ("in_area", 1.5769),
    ("in_wide_area", 1.1465),
    ("outside_area", 0.9071),
    ("placeless", 0.7090),
    ("around", 0.2601),
    ("around_apart", -0.2730),
    ("who_same", 0.0366),
    ("who_other", -0.8800),
    ("whom_same", -0.1431),
    ("whom_other", -0.4205),
    ("action_same", -0.1077),
    ("family_same", 1.0192),
    ("means_same", -0.4720),
    ("means_other", -0.5299),
    ("objects_same", 0.6190),
    ("objects_other", -0.8319),
    ("killed_same", 0.6658),
    ("killed_same_many", -0.3546),
    ("killed_close", 0.0928),
    ("killed_other", -0.4039),
    ("injured_same", 0.0547),
    ("injured_same_many", 0.9403),
    ("injured_close", -0.1750),
    ("injured_other", -0.3268),
    ("name_same", 0.3672),
    ("both_lead", 2.5134),
    ("none_leads", -1.2566),
];
