//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.834, recall 0.665, F1 0.740.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = -0.75;
/// The model's constant.
pub(crate) const BIAS: f64 = -1.8458;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.4126),
    ("day_next", -0.8710),
    ("untold_same", 1.2304),
    ("untold_near", -1.2061),
    ("untold_far", -2.2426),
    ("published_apart", -0.5909),
    ("one_spot", 1.5367),
    ("near", 0.0761),
    ("beyond_15_km", 0.2624),
    ("in_area", 0.6328),
    ("in_wide_area", 0.5780),
    ("outside_area", 0.4128),
    ("placeless", 0.5312),
    ("two_towns", -1.8494),
    ("many_places", -0.9825),
    ("around", -0.3386),
    ("around_apart", -1.0914),
    ("who_same", 0.6994),
    ("who_other", -0.7761),
    ("whom_same", 0.1261),
    ("whom_other", -0.5993),
    ("action_same", -0.1894),
    ("family_same", 0.9805),
    ("means_same", -0.0984),
    ("means_other", -0.7126),
    ("objects_same", 0.2696),
    ("objects_other", -0.5505),
    ("killed_same", 0.4252),
    ("killed_same_many", 0.5463),
    ("killed_close", -0.0870),
    ("killed_other", -0.7194),
    ("injured_same", 0.5159),
    ("injured_same_many", 1.1595),
    ("injured_close", -0.0051),
    ("injured_other", -1.0950),
    ("name_same", 0.9135),
    ("rare_word", 1.6091),
    ("rare_words", 0.6388),
    ("seldom_words", 2.2922),
    ("both_lead", 0.7955),
    ("none_leads", -1.1104),
    ("one_late", -0.8859),
    ("both_late", -1.1774),
    ("one_old", -2.5685),
    ("incidents", -0.5979),
];
