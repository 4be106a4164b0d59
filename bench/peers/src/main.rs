//! Measures Marsad's coder.
//!
//! `peers coder [MB]` codes real texts on one thread and lets two peers read the same bytes in
//! the same rounds: charabia, which only tokenises, and a bare daachorse pass with the words of
//! the language pack, the least that any dictionary-driven reader must do.
//!
//! `peers hostile [MB]` codes generated texts that are built to hurt, at growing sizes, and
//! prints the time per byte: it must stay level.
//!
//! Both end with one line of `name=value` pairs. All have the allocator of the product.

mod corpus;
mod hostile;
mod race;

use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let megabytes = match arguments.next().map(|text| text.parse::<f64>()) {
        None => None,
        Some(Ok(number)) if number.is_finite() && number > 0.0 => Some(number),
        Some(_) => {
            eprintln!("peers: the size must be a positive number of megabytes");
            return ExitCode::from(2);
        }
    };
    let done = match command.as_str() {
        "coder" => race::run(megabytes.unwrap_or(100.0)),
        "hostile" => {
            hostile::run(megabytes.unwrap_or(1.0));
            Ok(())
        }
        _ => Err("usage: peers coder [MB] | peers hostile [MB]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("peers: {reason}");
            ExitCode::from(2)
        }
    }
}
