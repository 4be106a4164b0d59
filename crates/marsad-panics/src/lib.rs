//! A panic costs one document, not the run.
//!
//! A panic would be a bug. Whoever works on many documents [`guard`]s each, and tells the panic in the document's place.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps guarded panics from printing; all others print as usual.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                MESSAGE.set(Some(describe(info)));
            } else if std::thread::current().name() != Some("marsad-html") {
                usual(info);
            }
        }));
    });
}

/// Runs a piece of work; gives the panic's message and place if it panics.
pub fn guard<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    // A panic that comes from another thread was told there.
    result.map_err(|payload| MESSAGE.take().unwrap_or_else(|| said(&*payload)))
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let message = said(info.payload());
    let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    format!("{message}{place}")
}

fn said(payload: &(dyn Any + Send)) -> String {
    let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| payload.downcast_ref::<String>().cloned());
    message.unwrap_or_else(|| "no message".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        install();
        assert_eq!(guard(|| 7), Ok(7));
        let told = guard(|| panic!("unlucky {}", 3)).unwrap_err();
        assert!(told.starts_with("unlucky 3 at ") && told.contains("lib.rs:"), "{told}");
    }
}
