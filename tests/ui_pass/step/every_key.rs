//! Every key of a step.

#[macro_use]
extern crate appos;
app!();

pub mod steps {
    #[step(
        description = "Opens", retries = 3, backoff = "1s", timeout = "30s", compensate = steps::close, crate = ::appos
    )]
    async fn open(name: String, #[sensitive] mut note: Option<String>) -> Result<Vec<String>> {
        note.take();
        Ok(vec![name, format!("{}", ctx.execution_id)])
    }

    /// Steps may be undone by one that answers something else, and fails or not.
    #[step(retries = 0)]
    fn close(title: String, _note: Option<String>) -> usize {
        title.len()
    }

    #[step]
    #[cfg(any())]
    fn never(a: Missing) -> Missing {}

    #[cfg(all())]
    #[step]
    fn never() {}

    #[step]
    fn r#match(r#type: i64, r#match: i64, __appos_in: i64, __appos_0: i64, _pass: i64) -> i64 {
        r#type + r#match + __appos_in + __appos_0 + _pass
    }
}

fn main() {
    let shown = format!("{:?}", steps::open("a".to_owned(), Some("hidden".to_owned())));
    assert!(shown.contains(".steps.open") && !shown.contains("hidden"), "{shown}");
    let _ = (steps::never(), steps::r#match(1, 2, 3, 4, 5));
    let appos::codegen_support::ObjectDetail::Step(open) =
        <steps::open as appos::codegen_support::Object>::object().detail
    else {
        panic!("a step")
    };
    assert_eq!((open.retries, open.backoff), (Some(3), Some(std::time::Duration::from_secs(1))));
    assert!((open.compensate.expect("a step"))().reference.ends_with(".steps.close"));
}
