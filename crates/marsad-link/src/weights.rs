//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.838, recall 0.658, F1 0.737.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -0.50;
/// The model's constant.
pub(crate) const BIAS: f64 = -2.1100;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.3813),
    ("day_next", -0.7884),
    ("untold_same", 1.2681),
    ("untold_near", -1.2910),
    ("untold_far", -2.2568),
    ("published_apart", -0.6038),
    ("one_spot", 1.4080),
    ("near", 0.2496),
    ("beyond_15_km", 0.2063),
    ("in_area", 0.9714),
    ("in_wide_area", 0.2547),
    ("outside_area", 0.5145),
    ("placeless", 0.2673),
    ("two_towns", -1.7505),
    ("many_places", -0.8592),
    ("around", -0.6101),
    ("around_apart", -1.0770),
    ("who_same", 0.7398),
    ("who_other", -0.2054),
    ("whom_same", -0.1890),
    ("whom_other", -0.2521),
    ("action_same", -0.0662),
    ("family_same", 0.9945),
    ("means_same", -0.3656),
    ("means_other", -0.8179),
    ("objects_same", 0.3170),
    ("objects_other", -0.6325),
    ("killed_same", 0.5200),
    ("killed_same_many", 0.0462),
    ("killed_close", 0.0137),
    ("killed_other", -0.2778),
    ("injured_same", 0.5111),
    ("injured_same_many", 0.9716),
    ("injured_close", -0.0275),
    ("injured_other", -0.8871),
    ("name_same", 0.7372),
    ("rare_word", 1.8617),
    ("rare_words", 0.4337),
    ("seldom_words", 2.1186),
    ("both_lead", 0.9664),
    ("none_leads", -0.6018),
    ("one_late", -0.7060),
    ("both_late", -1.0635),
    ("one_old", -2.1192),
    ("incidents", -0.4311),
];
