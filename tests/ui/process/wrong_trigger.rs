//! With which rows a process starts is checked while the app is compiled.

#[macro_use]
extern crate appos;

app!();

pub mod records {
    #[record(view = ["ui_users"])]
    pub struct Note {
        text: String,
    }
}

pub mod processes {
    #[process(use = ["ui_users"], trigger = made(records::Note))]
    async fn of_nothing(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(use = ["ui_users"], trigger = [created(records::Note, records::Note), updated("notes"), deleted()])]
    async fn of_something_else(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(use = ["ui_users"], trigger = created(records::Note))]
    async fn without_a_row() -> Result<()> {
        step(steps::count(Id::new(1))).await
    }

    #[process(use = ["ui_users"], trigger = [created(records::Note), updated(records::Note)])]
    async fn with_more(note: Id<records::Note>, colour: String) -> Result<()> {
        let _ = colour;
        step(steps::count(note)).await
    }

    #[process(
        use = ["ui_users"],
        trigger = [schedule("0 8 * * *"), deleted(records::Note)],
        run_as = "nightly@example.com",
    )]
    async fn at_all_times(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(version = 2, use = ["ui_users"])]
    async fn newer(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(version = 1, earlier_of = processes::newer, use = ["ui_users"], trigger = created(records::Note))]
    async fn older(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }
}

pub mod steps {
    #[step]
    fn count(_note: Id<records::Note>) {}
}

fn main() {}
