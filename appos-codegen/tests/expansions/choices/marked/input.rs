/// How much we care.
#[choices]
pub enum Tier {
    Bronze,
    #[default]
    Silver,
    /// The best.
    #[choice(value = "au", label = "Gold!")]
    PureGold,
}
