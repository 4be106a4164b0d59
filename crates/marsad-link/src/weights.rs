//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by incident on the development data, pairs of documents after grouping:
//! precision 0.752, recall 0.682, F1 0.715.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -1.00;
/// The model's constant.
pub(crate) const BIAS: f64 = -3.3312;
/// The weight of every feature.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 0.7512),
    ("day_next", -0.7472),
    ("untold_same", 1.0234),
    ("untold_near", -1.0812),
    ("untold_far", -1.2330),
    ("published_apart", -7.9195),
    ("near", 2.7169),
    ("beyond_15_km", -0.2518),
    ("in_area", 2.2419),
    ("in_wide_area", 1.2311),
    ("outside_area", 1.9109),
    ("placeless", 1.2370),
    ("around", -0.7670),
    ("around_apart", -0.4286),
    ("who_same", 0.6402),
    ("who_other", -0.4578),
    ("whom_same", -0.2690),
    ("whom_other", -0.3783),
    ("action_same", 0.7609),
    ("family_same", 0.5612),
    ("means_same", -0.4718),
    ("means_other", -0.6863),
    ("objects_same", 1.1824),
    ("objects_other", -0.6384),
    ("killed_same", 1.1411),
    ("killed_same_many", -0.1735),
    ("killed_close", 0.5471),
    ("killed_other", -0.2766),
    ("injured_same", 0.4943),
    ("injured_same_many", 0.8747),
    ("injured_close", -0.2193),
    ("injured_other", -0.6960),
    ("name_same", 0.4680),
];
