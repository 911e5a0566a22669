//! Tests in every place and form; a build without tests has none of them.
#![deny(missing_docs, dead_code, unused)]

#[macro_use]
extern crate appos;
app!();

/// A rule with cases.
#[expression_rule(case(1, "a") = "a", case(0, "a".to_owned()) = err("none"))]
pub fn repeated(times: usize, text: String) -> Result<String> {
    if times == 0 { Err("none".into()) } else { Ok(text.repeat(times)) }
}

#[appos::test(crate = ::appos)]
async fn everywhere() {}

#[test]
async fn by_its_short_name() -> Result<()> {
    Ok(())
}

#[test]
fn plain() {}

mod inner {
    #[appos::test]
    #[should_panic(expected = "no")]
    async fn deeper() {
        does_not_exist_outside_of_tests();
    }
}

fn main() {}
