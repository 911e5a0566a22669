//! Two records of one name in one app.

#[macro_use]
extern crate appos;
app!();

mod first {
    #[record(view = ["ui_users"])]
    pub struct Invoice {
        number: String,
    }
}

mod second {
    #[record(view = ["ui_users"])]
    pub struct Invoice {
        number: String,
    }
}

fn main() {}
