//! A rule that calls itself, by its bare name and through the namespace.

#[macro_use]
extern crate appos;
app!();

pub mod rules {
    #[expression_rule]
    async fn factorial(n: u64) -> Result<u64> {
        if n < 2 { Ok(1) } else { Ok(n * factorial(n - 1).await?) }
    }

    #[expression_rule]
    async fn sum(n: u64) -> Result<u64> {
        if n == 0 { Ok(0) } else { Ok(n + rules::sum(n - 1).await?) }
    }

    #[expression_rule(recursive)]
    async fn is_even(n: u64) -> Result<bool> {
        if n == 0 { Ok(true) } else { is_odd(n - 1).await }
    }

    #[expression_rule(recursive)]
    async fn is_odd(n: u64) -> Result<bool> {
        if n == 0 { Ok(false) } else { is_even(n - 1).await }
    }
}

fn main() {}
