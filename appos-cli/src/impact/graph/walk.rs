//! The ways through a graph: who is reached from an object, and along which uses.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::model::{Edge, Graph, Node};

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To those who use it.
    Dependents,
    /// To what it uses.
    Dependencies,
}

/// An object that was reached.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The object.
    pub(crate) node: &'a Node,
    /// Number of objects on the shortest way to it: 1 is direct.
    pub(crate) distance: usize,
    /// The object before it on that way; itself for a direct one.
    pub(crate) before: &'a str,
    /// The uses by which it is reached from there, each with the code it goes through.
    pub(crate) uses: Vec<(&'a Edge, Vec<&'a str>)>,
}

/// What is reached from some objects, each perhaps asked for one field only; nearest first, then by
/// name. They themselves are not among it, but a record may use its own field.
pub(crate) fn find<'a>(graph: &'a Graph, starts: &'a [(&str, Option<&str>)], direction: Direction) -> Vec<Found<'a>> {
    let mut by_end: HashMap<&str, Vec<&Edge>> = HashMap::new();
    for edge in &graph.edges {
        by_end.entry(far(edge, opposite(direction))).or_default().push(edge);
    }
    let mut found: BTreeMap<&str, Found<'a>> = BTreeMap::new();
    let mut waiting: VecDeque<(&str, Option<&str>, usize)> =
        starts.iter().map(|(object, field)| (*object, *field, 0)).collect();
    while let Some((at, field, distance)) = waiting.pop_front() {
        for (name, uses) in neighbours(graph, &by_end, at, field, direction) {
            let is_start = starts.iter().any(|(start, _)| *start == name);
            if (is_start && field.is_none()) || found.contains_key(name) {
                continue;
            }
            let Some(node) = graph.nodes.get(name) else { continue };
            found.insert(name, Found { name, node, distance: distance + 1, before: at, uses });
            if !is_start {
                waiting.push_back((name, None, distance + 1));
            }
        }
    }
    let mut found: Vec<Found<'a>> = found.into_values().collect();
    found.sort_by(|one, other| (one.distance, one.name).cmp(&(other.distance, other.name)));
    found
}

/// Uses by which an object is reached, each with the code it goes through.
type Uses<'a> = Vec<(&'a Edge, Vec<&'a str>)>;

/// The nearest objects, seen through code that is none. Code that nobody calls stands for itself.
fn neighbours<'a>(
    graph: &'a Graph,
    by_end: &HashMap<&str, Vec<&'a Edge>>,
    at: &'a str,
    field: Option<&str>,
    direction: Direction,
) -> BTreeMap<&'a str, Uses<'a>> {
    let mut near: BTreeMap<&'a str, Uses<'a>> = BTreeMap::new();
    let first = by_end.get(at).into_iter().flatten().copied();
    let first =
        first.filter(|edge| field.is_none() || (edge.field.as_deref() == field && direction == Direction::Dependents));
    for edge in first {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<(&'a Edge, Vec<&'a str>)> = vec![(edge, Vec::new())];
        while let Some((last, through)) = open.pop() {
            let name = far(last, direction);
            let is_object = graph.nodes.get(name).is_some_and(Node::is_object);
            let onward: Vec<&'a Edge> =
                if is_object { Vec::new() } else { by_end.get(name).into_iter().flatten().copied().collect() };
            if is_object || (onward.is_empty() && direction == Direction::Dependents) {
                // The place of a use is where the object is named, also if code stands between.
                let shown = if direction == Direction::Dependents { edge } else { last };
                near.entry(name).or_default().push((shown, through));
                continue;
            }
            if seen.insert(name) {
                for edge in onward {
                    let through = through.iter().copied().chain([name]).collect();
                    open.push((edge, through));
                }
            }
        }
    }
    for uses in near.values_mut() {
        uses.sort();
        uses.dedup_by(|one, other| one.0 == other.0);
    }
    near
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Dependents => Direction::Dependencies,
        Direction::Dependencies => Direction::Dependents,
    }
}

/// The end of a use to which this way leads.
fn far(edge: &Edge, direction: Direction) -> &str {
    match direction {
        Direction::Dependents => &edge.from,
        Direction::Dependencies => &edge.to,
    }
}
