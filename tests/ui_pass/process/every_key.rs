//! Every key of a process.

#[macro_use]
extern crate appos;
app!();

pub mod processes {
    #[process(
        description = "Sets up", display_name = "{{Setting}} {name} up", view = ["ui_users"], use = ["ui_users"],
        admin = ["ui_admins"], deadline = "2w", version = 3, crate = ::appos
    )]
    async fn set_up(mut name: String, #[sensitive] note: String, api_key: String) -> Result<i64> {
        name.push('!');
        let _ = (note, api_key, ctx.execution_id);
        step(steps::count(name)).await
    }

    #[process(version = 1, earlier_of = processes::set_up, use = [])]
    async fn set_up_1() {
        let _ = step(steps::count(String::new())).await;
    }

    #[process(version = 2, earlier_of = set_up, use = ["system_admin"])]
    async fn set_up_2(r#type: i64, set_up_2: i64, __appos_in: i64, __appos_0: i64, pass: i64) -> i64 {
        let _ = step(steps::count(String::new())).await;
        r#type + set_up_2 + __appos_in + __appos_0 + pass
    }
}

pub mod steps {
    #[step]
    fn count(name: String) -> Result<i64> {
        Ok(name.len().try_into()?)
    }
}

fn main() {
    let call = processes::set_up("a".to_owned(), "b".to_owned(), "c".to_owned());
    let shown = format!("{call:?}");
    assert!(shown.contains("processes.set_up") && shown.contains("\"a\""), "{shown}");
    assert!(!shown.contains("\"b\"") && !shown.contains("\"c\""), "{shown}");
    let appos::codegen_support::ObjectDetail::Process(earlier) =
        <processes::set_up_1 as appos::codegen_support::Object>::object().detail
    else {
        panic!("a process")
    };
    assert_eq!(earlier.version, 1);
    assert!((earlier.earlier_of.expect("a newer one"))().reference.ends_with(".processes.set_up"));
}
