//! Prints the problems of a pack and its sizes.
fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "languages/ar".into());
    match marsad_language::compile(folder.as_ref()) {
        Ok(c) => {
            for p in c.problems.iter().filter(|p| p.fatal) {
                println!("{p}");
            }
            println!(
                "{} forms, {} phrase nodes, {} frames, {} actors",
                c.pack.forms.len(),
                c.pack.ends.len(),
                c.pack.frames.len(),
                c.pack.actors.len()
            );
        }
        Err(e) => println!("{folder}: {e}"),
    }
}
