//! Joins what was seen to happen with what the source says.

use std::collections::{BTreeSet, HashMap};

use crate::impact::graph::{Edge, Graph, Kind, Node, Seen};

/// Notes on each use how often it was seen; adds those that the source does not show.
pub(crate) fn join(graph: &mut Graph, seen: Vec<Edge>) {
    let mut code: HashMap<String, BTreeSet<String>> = HashMap::new();
    for edge in seen {
        // An object that is gone, or one of the platform's own doing.
        if !graph.nodes.contains_key(&edge.from) || !graph.nodes.contains_key(&edge.to) {
            continue;
        }
        let users = code.entry(edge.from.clone()).or_insert_with(|| with_code(graph, &edge.from));
        let Some(times) = &edge.seen else { continue };
        let mut is_known = false;
        for known in &mut graph.edges {
            if users.contains(&known.from)
                && known.to == edge.to
                && known.field.is_none()
                && fits(known.kind, edge.kind)
            {
                is_known = true;
                note(known, times);
            }
        }
        if !is_known {
            graph.edges.push(edge);
        }
    }
}

/// A hook is seen as a call.
fn fits(known: Kind, seen: Kind) -> bool {
    known == seen || (known == Kind::Trigger && seen == Kind::Call)
}

fn note(edge: &mut Edge, times: &Seen) {
    let seen = edge.seen.get_or_insert_with(|| Seen { count: 0, last: String::new() });
    seen.count += times.count;
    if times.last > seen.last {
        seen.last.clone_from(&times.last);
    }
}

/// An object and the code that is none which it calls.
fn with_code(graph: &Graph, object: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([object.to_owned()]);
    let mut open = vec![object.to_owned()];
    while let Some(at) = open.pop() {
        for edge in graph.edges.iter().filter(|edge| edge.from == at) {
            let is_code = graph.nodes.get(&edge.to).is_some_and(|node: &Node| !node.is_object());
            if is_code && found.insert(edge.to.clone()) {
                open.push(edge.to.clone());
            }
        }
    }
    found
}
