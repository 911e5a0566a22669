//! A process of a hook takes the id of the row, and is started with the write.

#[macro_use]
extern crate appos;

app!();

#[record(view = ["ui_users"], on_create = after_commit(processes::greet))]
pub struct Customer {
    name: String,
}

#[record(view = ["ui_users"], on_create = processes::greet)]
pub struct Company {
    name: String,
}

pub mod processes {
    #[process(use = ["ui_users"])]
    async fn greet(customer: Id<Customer>) -> Result<()> {
        step(steps::send(customer)).await
    }
}

pub mod steps {
    #[step]
    async fn send(customer: Id<Customer>) -> Result<()> {
        let _ = customer;
        Ok(())
    }
}

fn main() {}
