//! All mistakes of an item are reported at once.

#[macro_use]
extern crate appos;
app!();

#[record(display = "nam", update = ["ui_user"], timeout = "soon", colour = "red")]
pub struct Invoice {
    #[field(lable = "No.", search = "yes")]
    #[validate(length(min = 9, max = 1))]
    number: String,
    #[field(on_delete = forget)]
    customer: Option<Option<String>>,
    version: i64,
}

fn main() {}
