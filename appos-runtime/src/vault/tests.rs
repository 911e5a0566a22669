//! What sealed texts promise.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use super::{BadKey, Key, Place, SecretKeys};

const PLACE: Place<'static> = Place { purpose: "test", row: "7", field: "text" };

fn keys() -> SecretKeys {
    SecretKeys::new(Key::random().unwrap(), [])
}

#[test]
fn a_sealed_text_opens_at_its_place_and_nowhere_else() {
    let keys = keys();
    for text in ["", "a secret", "größer ☃", &"x".repeat(100_000)] {
        let sealed = keys.seal(PLACE, text).unwrap();
        assert_eq!(*keys.open(PLACE, &sealed).unwrap(), text);
        for other in [
            Place { purpose: "tes", ..PLACE },
            Place { row: "8", ..PLACE },
            Place { field: "other", ..PLACE },
            // The parts are told apart.
            Place { purpose: "test", row: "7text", field: "" },
            Place { purpose: "test7", row: "", field: "text" },
        ] {
            assert_eq!(keys.open(other, &sealed).unwrap_err().code(), "unreadable_secret");
        }
    }
}

#[test]
fn no_two_sealed_texts_are_the_same() {
    let keys = keys();
    let sealed: BTreeSet<String> = (0..1000).map(|_| keys.seal(PLACE, "the same").unwrap()).collect();
    assert_eq!(sealed.len(), 1000);
}

#[test]
fn a_changed_or_foreign_text_is_refused_and_never_a_panic() {
    let keys = keys();
    let sealed = keys.seal(PLACE, "a secret").unwrap();
    for place in 0..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(keys.open(PLACE, &changed).is_err(), "{changed}");
        assert!(keys.open(PLACE, &sealed[..place]).is_err());
    }
    for foreign in
        ["", "{}", "sealed:", "sealed:1:", "sealed:1::", "sealed:2:x:y", "a secret", "sealed:1:\u{e4}:\u{e4}"]
    {
        assert_eq!(keys.open(PLACE, foreign).unwrap_err().code(), "unreadable_secret");
    }
    assert!(super::tests::keys().open(PLACE, &sealed).is_err());
}

#[test]
fn an_old_key_opens_and_the_new_one_seals() {
    let (first, second) = (Key::random().unwrap(), Key::random().unwrap());
    let before = SecretKeys::new(first.clone(), []);
    let during = SecretKeys::new(second.clone(), [first, second.clone()]);
    let after = SecretKeys::new(second, []);
    assert_eq!(during.ids().count(), 2);
    let old = before.seal(PLACE, "kept").unwrap();
    assert!(before.is_current(&old) && !during.is_current(&old));
    assert_eq!(*during.open(PLACE, &old).unwrap(), "kept");
    let new = during.seal(PLACE, "kept").unwrap();
    assert!(during.is_current(&new) && new.starts_with(&during.prefix().unwrap()));
    assert_eq!(*after.open(PLACE, &new).unwrap(), "kept");
    let error = after.open(PLACE, &old).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains(before.ids().next().unwrap()), "{cause}");
}

#[test]
fn derived_keys_differ_by_purpose_and_key_and_are_the_same_elsewhere() {
    let key = Key::random().unwrap();
    let (here, there) = (SecretKeys::new(key.clone(), []), SecretKeys::new(key, [Key::random().unwrap()]));
    assert_eq!(here.derive("one").unwrap(), there.derive("one").unwrap());
    assert_ne!(here.derive("one").unwrap(), here.derive("two").unwrap());
    assert_ne!(here.derive("one").unwrap(), keys().derive("one").unwrap());
    assert_eq!(there.derive_all("one").unwrap().len(), 2);
}

#[test]
fn keys_are_read_in_every_customary_form_and_shown_in_none() {
    let key = Key::random().unwrap();
    let text = key.expose();
    let safe = text.replace('+', "-").replace('/', "_");
    for form in [&*text, text.trim_end_matches('='), &safe, safe.trim_end_matches('='), &format!(" {}\n", &*text)] {
        assert_eq!(form.parse::<Key>(), Ok(key.clone()));
    }
    for shown in [format!("{key:?}"), format!("{:?}", SecretKeys::new(key.clone(), []))] {
        assert!(!shown.contains(text.get(..8).unwrap()), "{shown}");
    }
    for wrong in
        ["", "secret", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &text[..40], &format!("{}AAAA", &*text), "ä"]
    {
        assert_eq!(wrong.parse::<Key>(), Err(BadKey), "{wrong}");
    }
}
