//! Every template, as its author gets it: it builds, serves, passes its own tests, and nothing is
//! wrong with it. One after the other, for they build in one folder.

use crate::project::{Folder, alone, done, out};

/// Makes a project, and asks of it what its CI asks.
fn is_right(template: &str, name: &str, (app, records): (&str, &str)) -> Folder {
    let folder = Folder::new();
    let route = format!("/api/{app}/v1/{records}");
    done(&folder.appos("", &["new", name, "--template", template]));
    folder.has_features_of_tests(name);
    // Not `--all`, which means AppOS itself, too, where it is a folder of this machine.
    done(&folder.cargo(name, &["fmt", "--check", "-p", name, "-p", app]));

    let serving = folder.serve(name);
    assert!(serving.said[0].starts_with(&format!("{name} 0.1.0 (dev)")), "{:?}", serving.said);
    assert!(serving.said.iter().any(|line| line.contains("/setup?token=")), "{:?}", serving.said);
    assert!(serving.get("/setup").contains("<h1>Set up the first administrator</h1>"));
    assert!(serving.get("/").starts_with("HTTP/1.1 303 "), "who is not signed in is led to the set-up");
    assert!(serving.get("/health").starts_with("HTTP/1.1 200 "));
    assert!(serving.get(&route).starts_with("HTTP/1.1 401 "), "{}", serving.get(&route));
    drop(serving);

    assert_eq!(done(&folder.appos(name, &["migrate", "--check"])), "the migrations make what the records need\n");
    let checked = done(&folder.appos(name, &["check", "--deny", "warnings"]));
    assert!(checked.starts_with("nothing is wrong with "), "{checked}");
    let tested = done(&folder.cargo(name, &["test", "--workspace"]));
    assert!(tested.contains(" passed; 0 failed; 0 ignored"), "{tested}");
    done(&folder.cargo(name, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    folder
}

/// Writes the examples of `AGENTS.md` where they say they stand.
fn examples(folder: &Folder, project: &str) -> usize {
    let page = folder.read(&format!("{project}/AGENTS.md"));
    let blocks = page.split("```rust\n").skip(1).filter_map(|after| after.split_once("```")).map(|(code, _)| code);
    let written = blocks.map(|code| {
        let (place, code) = code.split_once('\n').expect("a block with a place");
        let place = place.strip_prefix("// ").expect("the place of the block");
        folder.write(&format!("{project}/{place}"), code);
    });
    written.count()
}

#[test]
fn every_template_is_right() {
    let _alone = alone();
    is_right("crm", "crm-desk", ("crm", "customers"));
    is_right("approval-workflow", "approval-desk", ("approvals", "requests"));
    let folder = is_right("minimal", "task-desk", ("tasks", "tasks"));

    // What the page for assistants shows is what they will write.
    assert_eq!(examples(&folder, "task-desk"), 3);
    done(&folder.cargo("task-desk", &["fmt", "--check", "-p", "tasks"]));
    let objects = done(&folder.appos("task-desk", &["objects"]));
    for object in ["tasks.records.note", "tasks.rules.make_urgent", "tasks.constants.urgent_notes_shown"] {
        assert!(objects.contains(object), "{object}: {objects}");
    }
    // They are new, and that alone is found.
    let checked = out(&folder.appos("task-desk", &["check"]));
    let codes: Vec<&str> = checked.split("error[").skip(1).filter_map(|found| found.split(']').next()).collect();
    assert_eq!(codes, ["A0010", "A0011"], "{checked}");
    assert!(!checked.contains("warning["), "{checked}");
}
