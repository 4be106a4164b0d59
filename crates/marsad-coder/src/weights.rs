//! Weights of the confidence model, fitted by `tools/fit_confidence.py`; do not edit by hand.
//!
//! Five-fold cross-validated on the development data: confidence bin, examples, share right.
//! 0.0-0.1    365  0.05
//! 0.1-0.2    257  0.16
//! 0.2-0.3    171  0.26
//! 0.3-0.4    118  0.29
//! 0.4-0.5    108  0.46
//! 0.5-0.6     73  0.56
//! 0.6-0.7     73  0.71
//! 0.7-0.8     80  0.79
//! 0.8-0.9     80  0.81
//! 0.9-1.0     68  0.91

/// Drafts below this confidence are not written down.
pub(crate) const KEEP: f64 = 0.35;
/// Whether drafts are kept for fitting that are otherwise never written down.
pub(crate) const TRAINING: bool = false;
/// The model's constant.
pub(crate) const BIAS: f64 = -1.9047;
/// The weight of every feature.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("aggregate", 0.6866),
    ("assassination", -0.0356),
    ("background", 0.7790),
    ("bare", 0.0162),
    ("blast", 0.4319),
    ("carried", 0.2962),
    ("clash", -0.0508),
    ("condemn", 0.0050),
    ("conditional", -1.1259),
    ("control", 0.6891),
    ("court", -0.1463),
    ("crowd", 0.0622),
    ("cruelty", -0.8761),
    ("dated", -0.2140),
    ("deal", 0.4865),
    ("deed", 0.9402),
    ("definite", -0.1195),
    ("early", -0.7732),
    ("exact_place", 0.0576),
    ("exact_toll", 0.5978),
    ("filled", 0.3479),
    ("fire", 0.4886),
    ("force", 0.6092),
    ("future", -0.2538),
    ("generic", -0.0732),
    ("guard", -0.9887),
    ("hypothetical", -0.1914),
    ("irrealis", 0.0996),
    ("killing", -0.2027),
    ("memory", -0.7031),
    ("mentions", 0.2401),
    ("movement", 0.2756),
    ("near_force", 0.1191),
    ("not_actual", -0.1513),
    ("object", -0.2626),
    ("one_slot", 0.0668),
    ("perpetrator", 0.5419),
    ("place", 0.6241),
    ("pronoun", -1.0782),
    ("raid", -0.4278),
    ("seizure", -0.3699),
    ("sentences", 0.7332),
    ("source", 0.1176),
    ("speech", -0.8719),
    ("talk", -0.1301),
    ("target", 0.1048),
    ("toll", 0.3094),
    ("toll_only", -1.0352),
    ("verb", 0.0990),
    ("weak_guard", -0.3939),
    ("weapon", 1.3314),
];
