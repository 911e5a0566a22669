//! A process takes the id of the record that it names, which is a record.

#[macro_use]
extern crate appos;

app!();

pub mod records {
    #[record(view = ["ui_users"])]
    pub struct Note {
        text: String,
    }

    #[record(view = ["ui_users"])]
    pub struct Leaf {
        text: String,
    }
}

pub mod processes {
    #[process(use = ["ui_users"], trigger = created(records::Leaf))]
    async fn of_a_leaf(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(use = ["ui_users"], trigger = created(steps::count))]
    async fn of_a_step(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }

    #[process(use = ["ui_users"], trigger = updated(records::Sheet))]
    async fn of_what_is_not_there(note: Id<records::Note>) -> Result<()> {
        step(steps::count(note)).await
    }
}

pub mod steps {
    #[step]
    fn count(_note: Id<records::Note>) {}
}

fn main() {}
