//! Instances are found by plain values only.

#[macro_use]
extern crate appos;

app!();

pub mod processes {
    #[process(use = ["ui_users"], search = [number, tags, note])]
    async fn parcel(number: i64, tags: Vec<String>, note: Option<String>) -> Result<()> {
        let _ = (number, tags, note);
        step(steps::count()).await
    }
}

pub mod steps {
    #[step]
    fn count() {}
}

fn main() {}
