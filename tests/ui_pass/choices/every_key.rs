//! Every key of a choice, documented and not.

#[macro_use]
extern crate appos;
app!();

/// How much we care.
#[choices(crate = ::appos)]
#[derive(Debug, Clone)]
pub enum Tier {
    Bronze,
    /// The middle.
    #[default]
    Silver,
    #[choice(value = "au", label = "Gold!")]
    PureGold,
}

fn main() {
    assert_eq!(Tier::default(), Tier::Silver);
    assert_eq!(Tier::PureGold.to_string(), "au");
    assert_eq!(format!("{:>8}", Tier::Bronze), "  bronze");
    let text = json!(Tier::PureGold);
    assert_eq!(text, "au");
}
