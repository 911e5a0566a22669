//! A time zone that there is not is found out by the compiler.

#[macro_use]
extern crate appos;

app!();

pub mod processes {
    #[process(
        use = ["ui_users"],
        trigger = schedule("0 8 * * *", time_zone = "Europe/Berln"),
        run_as = "nightly@example.com",
    )]
    async fn nowhere() -> Result<()> {
        step(steps::count()).await
    }
}

pub mod steps {
    #[step]
    fn count() {}
}

fn main() {}
