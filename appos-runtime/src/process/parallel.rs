//! `parallel((..))`: branches side by side, joined once all have ended.

use std::future::IntoFuture;

use futures_util::future::{join_all, try_join_all};

use super::place::Place;
use super::run::Branch;
use super::step::Waiting;
use crate::error::Result;

/// Runs branches side by side: `let (account, trial) = parallel((step(a()), step(b()))).await?`.
///
/// Takes a tuple of up to eight steps, waits and `async` blocks, whose answers come as a tuple, or a vector of
/// alike ones. A branch that fails does not end the others: they are all waited for, and the error of the first in
/// the program's order is the answer. With [`fail_fast`](Parallel::fail_fast) the others are given up.
pub fn parallel<B: Branches>(branches: B) -> Parallel<B> {
    let at = Branch::current("parallel(..)").map(|branch| (branch.next(), branch));
    Parallel { branches, at, fails_fast: false }
}

/// Branches that are about to run.
#[must_use = "branches run when they are awaited"]
pub struct Parallel<B> {
    branches: B,
    at: Result<(Place, Branch)>,
    fails_fast: bool,
}

impl<B> Parallel<B> {
    /// Gives up the other branches when one has failed.
    pub fn fail_fast(mut self) -> Self {
        self.fails_fast = true;
        self
    }
}

impl<B: Branches> IntoFuture for Parallel<B> {
    type Output = Result<B::Answers>;
    type IntoFuture = Waiting<B::Answers>;

    fn into_future(self) -> Waiting<B::Answers> {
        let Self { branches, at, fails_fast } = self;
        Box::pin(async move {
            let (place, branch) = at?;
            branches.run(&Forks { place, branch }, fails_fast).await
        })
    }
}

/// Makes the branches of one fork.
pub struct Forks {
    place: Place,
    branch: Branch,
}

impl Forks {
    fn branch<T, F>(&self, number: usize, future: F) -> Waiting<T>
    where
        F: IntoFuture<Output = Result<T>> + Send + 'static,
        F::IntoFuture: Send,
        T: Send + 'static,
    {
        let branch = self.branch.fork(&self.place, number);
        Box::pin(branch.run(async move { future.await }))
    }
}

/// What runs side by side. Implemented for tuples and vectors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that runs side by side",
    label = "a tuple of steps, waits or `async` blocks that answer a `Result`",
    note = "write `parallel((step(a()), step(b())))`: up to eight in a tuple, or a vector of alike ones"
)]
pub trait Branches: Send + 'static {
    /// What they answer.
    type Answers: Send + 'static;

    /// Runs them.
    #[doc(hidden)]
    fn run(self, forks: &Forks, fails_fast: bool) -> Waiting<Self::Answers>;
}

impl<T, F> Branches for Vec<F>
where
    F: IntoFuture<Output = Result<T>> + Send + 'static,
    F::IntoFuture: Send,
    T: Send + 'static,
{
    type Answers = Vec<T>;

    fn run(self, forks: &Forks, fails_fast: bool) -> Waiting<Vec<T>> {
        let branches: Vec<_> =
            self.into_iter().enumerate().map(|(place, branch)| forks.branch(place + 1, branch)).collect();
        Box::pin(async move {
            if fails_fast { try_join_all(branches).await } else { join_all(branches).await.into_iter().collect() }
        })
    }
}

macro_rules! of_tuple {
    ($($branch:ident $answer:ident $number:literal),+) => {
        impl<$($branch, $answer),+> Branches for ($($branch,)+)
        where
            $($branch: IntoFuture<Output = Result<$answer>> + Send + 'static, $branch::IntoFuture: Send, $answer: Send + 'static),+
        {
            type Answers = ($($answer,)+);

            #[allow(non_snake_case)]
            fn run(self, forks: &Forks, fails_fast: bool) -> Waiting<Self::Answers> {
                let ($($branch,)+) = self;
                $(let $branch = forks.branch($number, $branch);)+
                Box::pin(async move {
                    if fails_fast {
                        return tokio::try_join!($($branch),+);
                    }
                    let ($($branch,)+) = tokio::join!($($branch),+);
                    Ok(($($branch?,)+))
                })
            }
        }
    };
}

of_tuple!(A TA 1);
of_tuple!(A TA 1, B TB 2);
of_tuple!(A TA 1, B TB 2, C TC 3);
of_tuple!(A TA 1, B TB 2, C TC 3, D TD 4);
of_tuple!(A TA 1, B TB 2, C TC 3, D TD 4, E TE 5);
of_tuple!(A TA 1, B TB 2, C TC 3, D TD 4, E TE 5, F TF 6);
of_tuple!(A TA 1, B TB 2, C TC 3, D TD 4, E TE 5, F TF 6, G TG 7);
of_tuple!(A TA 1, B TB 2, C TC 3, D TD 4, E TE 5, F TF 6, G TG 7, H TH 8);
