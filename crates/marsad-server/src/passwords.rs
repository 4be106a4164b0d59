//! Passwords: Argon2id, with the parameters that its authors recommend by default (19 MiB, two passes).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Shorter passwords are not taken.
pub const SHORTEST: usize = 10;
/// Longer ones neither, since they cost.
const LONGEST: usize = 1024;

/// The hash of a password as it is stored.
///
/// # Errors
///
/// What is wrong with the password, for people.
pub fn hash(password: &str) -> Result<String, String> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(format!("a password has at least {SHORTEST} characters, and at most {LONGEST} bytes"));
    }
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| format!("the password could not be hashed ({error})"))
}

/// Whether a password is the one of a stored hash. Takes as long where there is no hash.
pub(crate) fn verify(password: &str, known: Option<&str>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    match known.and_then(|known| PasswordHash::new(known).ok()) {
        Some(known) => Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
        None => {
            let _ = Argon2::default().hash_password(password.as_bytes());
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let stored = hash("eight grey cranes").unwrap();
        assert!(stored.starts_with("$argon2id$"), "{stored}");
        assert_ne!(hash("eight grey cranes").unwrap(), stored, "salted");
        assert!(verify("eight grey cranes", Some(&stored)));
        assert!(!verify("eight grey crane", Some(&stored)) && !verify("", Some(&stored)) && !verify("eight grey cranes", None));
        assert!(!verify("eight grey cranes", Some("no hash")));
        assert!(hash("short").is_err() && hash(&"x".repeat(2000)).is_err());
    }
}
