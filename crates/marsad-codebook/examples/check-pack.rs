//! Checks a language pack as it lies in a folder, `languages/ar` where none is given: what `marsad language check` does, without the
//! crates that the command line needs.

use marsad_codebook::check_pack;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let home = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar");
    let folder = std::env::args_os().nth(1).map_or_else(home, PathBuf::from);
    println!("{}", check_pack(&folder)?);
    Ok(())
}
