//! What starts a process by itself is checked while the app is compiled.

#[macro_use]
extern crate appos;

app!();

pub mod processes {
    #[process(use = ["ui_users"], trigger = schedule("0 25 * * *"), run_as = "nightly@example.com")]
    async fn hour_twenty_five() -> Result<()> {
        step(steps::count()).await
    }

    #[process(use = ["ui_users"], trigger = [schedule("0 8 * *"), schedule("0 8 * * *", zone = "UTC")], run_as = "me")]
    async fn no_times() -> Result<()> {
        step(steps::count()).await
    }

    #[process(use = ["ui_users"], trigger = schedule("0 8 * * *", catch_up = some))]
    async fn nobody() -> Result<()> {
        step(steps::count()).await
    }

    #[process(use = ["ui_users"], trigger = schedule("0 8 * * *"))]
    async fn nobody_and_nothing(day: Date) -> Result<()> {
        let _ = day;
        step(steps::count()).await
    }

    #[process(use = ["ui_users"], run_as = "nightly@example.com")]
    async fn never() -> Result<()> {
        step(steps::count()).await
    }
}

pub mod steps {
    #[step]
    fn count() {}
}

fn main() {}
