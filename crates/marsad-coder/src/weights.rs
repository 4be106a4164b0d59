//! Weights of the confidence model, fitted by `tools/fit_confidence.py`; do not edit by hand.

/// Drafts below this confidence are not written down.
pub(crate) const KEEP: f64 = 0.0;
/// Whether drafts are kept for fitting that are otherwise never written down.
pub(crate) const TRAINING: bool = false;
pub(crate) const BIAS: f64 = 1.0;
pub(crate) const WEIGHTS: &[(&str, f64)] = &[];
