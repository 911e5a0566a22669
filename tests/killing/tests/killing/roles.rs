//! What programs do by their roles, and how a worker ends that is told to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use super::database::Database;
use super::nodes::Nodes;

const PATIENCE: Duration = Duration::from_mins(1);

/// The lines of effects, each with the number of its process at its end.
fn lines(nodes: &Nodes) -> Vec<String> {
    let text = std::fs::read_to_string(nodes.effects()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn await_line(nodes: &Nodes, beginning: &str) -> String {
    let begun = std::time::Instant::now();
    loop {
        if let Some(line) = lines(nodes).into_iter().find(|line| line.starts_with(beginning)) {
            return line;
        }
        assert!(begun.elapsed() < PATIENCE, "no {beginning}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn begin(nodes: &Nodes, shape: &str, name: &str) {
    nodes.door().call("begin", &json!({ "shape": shape, "name": name, "key": null })).expect("it is started");
}

#[test]
fn a_web_server_runs_nothing_and_a_worker_runs_what_it_has_started() {
    let database = Database::start();
    let mut nodes = Nodes::start(&database);
    begin(&nodes, "chain", "chain-0");
    nodes.add_worker(&[]);
    begin(&nodes, "chain", "chain-1");
    database.until_at_rest(PATIENCE);
    let own = format!(" {}", nodes.web_pid());
    let lines = lines(&nodes);
    assert_eq!(lines.len(), 2 * 4 * 2, "{lines:?}");
    assert!(!lines.iter().any(|line| line.ends_with(&own)), "{lines:?}");
    nodes.end();
}

#[test]
fn a_worker_opens_no_port_but_one_that_says_that_it_is_well() {
    let database = Database::start();
    let mut nodes = Nodes::start(&database);
    // With the port of the web server among its settings.
    assert!(!nodes.add_worker(&[]).iter().any(|line| line.contains("http")), "it tells of no address");
    let said = nodes.add_worker(&[("APPOS__PROCESS__HEALTH_PORT", "0")]);
    let address = said.iter().find_map(|line| line.strip_prefix("Health: http://")?.strip_suffix("/health"));
    let get = |path: &str| {
        let mut stream = TcpStream::connect(address.expect("an address")).expect("it listens");
        write!(stream, "GET {path} HTTP/1.0\r\n\r\n").expect("a question");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    // Until it hears the others it says so.
    let begun = std::time::Instant::now();
    let mut well = get("/health");
    while !well.ends_with("ok") && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(100));
        well = get("/health");
    }
    assert!(well.contains(" 200 ") && well.ends_with("ok"), "{well}");
    for path in ["/", "/login", "/api/killing/v1/rules/begin"] {
        let answer = get(path);
        assert!(answer.contains(" 404 "), "{path}: {answer}");
    }
    nodes.end();
}

#[test]
fn a_worker_that_is_told_to_end_lets_a_step_come_to_its_end_and_begins_no_other() {
    let database = Database::start();
    let mut nodes = Nodes::start(&database);
    nodes.add_worker(&[]);
    begin(&nodes, "slow", "slow-800");
    await_line(&nodes, "begin slow-800 1 ");
    nodes.workers.remove(0).end();
    let seen: Vec<_> = lines(&nodes).iter().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(seen, ["begin slow-800 1", "done slow-800 1"]);
    nodes.add_worker(&[]);
    database.until_at_rest(PATIENCE);
    let begun = lines(&nodes).iter().filter(|line| line.starts_with("begin slow-800 ")).count();
    assert_eq!(begun, 2, "the second step, and not the first one again");
    nodes.end();
}

#[test]
fn what_takes_too_long_when_a_worker_ends_is_taken_up_by_another_before_the_lease_is_over() {
    let database = Database::start();
    let mut nodes = Nodes::start(&database);
    let settings = [("APPOS__ENGINE__TIMEOUT", "1s"), ("APPOS__PROCESS__LEASE", "10m")];
    nodes.add_worker(&settings);
    // The step may take longer than the program has patience.
    begin(&nodes, "slow", "slow-3000");
    await_line(&nodes, "begin slow-3000 1 ");
    nodes.workers.remove(0).end();
    assert!(!lines(&nodes).iter().any(|line| line.starts_with("done")), "it was given up");
    nodes.add_worker(&settings);
    database.until_at_rest(PATIENCE);
    let rows = database.rows("SELECT attempts FROM platform_process_entry ORDER BY place");
    assert_eq!(rows, [["2"], ["1"]], "the interrupted step counts as tried");
    nodes.end();
}
