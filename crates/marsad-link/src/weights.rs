//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.837, recall 0.658, F1 0.737.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -0.50;
/// The model's constant.
pub(crate) const BIAS: f64 = -2.1176;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.2420),
    ("day_next", -0.7794),
    ("untold_same", 1.2614),
    ("untold_near", -1.2047),
    ("untold_far", -2.2262),
    ("published_apart", -0.6124),
    ("one_spot", 1.1943),
    ("near", 0.3533),
    ("beyond_15_km", 0.1449),
    ("in_area", 0.7951),
    ("in_wide_area", 0.3384),
    ("outside_area", 0.3280),
    ("placeless", 0.1540),
    ("two_towns", -1.7709),
    ("many_places", -0.9930),
    ("around", -0.7286),
    ("around_apart", -1.0660),
    ("who_same", 0.8060),
    ("who_other", -0.1085),
    ("whom_same", -0.0824),
    ("whom_other", 0.0908),
    ("action_same", -0.1891),
    ("family_same", 1.0100),
    ("means_same", -0.3005),
    ("means_other", -0.7130),
    ("objects_same", 0.4340),
    ("objects_other", -0.6265),
    ("killed_same", 0.5181),
    ("killed_same_many", 0.0317),
    ("killed_close", 0.0034),
    ("killed_other", -0.5673),
    ("injured_same", 0.4706),
    ("injured_same_many", 1.0343),
    ("injured_close", 0.0724),
    ("injured_other", -0.9451),
    ("name_same", 0.8207),
    ("rare_word", 1.8728),
    ("rare_words", 0.4478),
    ("seldom_words", 2.1739),
    ("both_lead", 0.9861),
    ("none_leads", -0.8424),
    ("one_late", -0.5610),
    ("both_late", -0.6963),
    ("one_old", -2.6760),
    ("incidents", -0.4578),
];
