//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by incident on the development data, pairs of documents after grouping:
//! precision 0.750, recall 0.697, F1 0.723.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -1.00;
/// The model's constant.
pub(crate) const BIAS: f64 = -3.9295;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.4266),
    ("day_next", -0.8972),
    ("untold_same", 1.3199),
    ("untold_near", -1.2869),
    ("untold_far", -2.0457),
    ("published_apart", -0.6885),
    ("one_spot", 1.4442),
    ("near", 0.6686),
    ("beyond_15_km", -0.0799),
    ("in_area", 1.6756),
    ("in_wide_area", 0.7477),
    ("outside_area", 0.9301),
    ("placeless", 0.7746),
    ("around", -0.0989),
    ("around_apart", -0.9521),
    ("who_same", 0.4915),
    ("who_other", -0.5886),
    ("whom_same", -0.2072),
    ("whom_other", -0.6707),
    ("action_same", -0.1869),
    ("family_same", 1.2107),
    ("means_same", -0.5809),
    ("means_other", -0.8048),
    ("objects_same", 0.3739),
    ("objects_other", -0.9279),
    ("killed_same", 0.6498),
    ("killed_same_many", 0.1659),
    ("killed_close", 0.2558),
    ("killed_other", -0.3130),
    ("injured_same", 0.4393),
    ("injured_same_many", 0.7746),
    ("injured_close", 0.0447),
    ("injured_other", -0.6642),
    ("name_same", 0.9006),
    ("both_lead", 2.1240),
    ("none_leads", -1.6075),
];
