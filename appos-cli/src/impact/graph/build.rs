//! From the compiler's reports, the source around them and the registry to a graph.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::model::{Dynamic, Edge, Graph, Kind, Node, Place, Unresolved};
use crate::impact::compiler::{Item, Report};
use crate::impact::source::{Holder, Outline, Position};
use crate::project::dump::Manifest;

/// The files of a project.
#[derive(Default)]
pub(crate) struct Sources {
    /// By name from the workspace's folder: the app a file belongs to, and what it says.
    pub(crate) files: BTreeMap<String, (String, Outline)>,
    /// Apps whose code may call code of an app that is no object; without an entry the app's own alone.
    pub(crate) users: BTreeMap<String, BTreeSet<String>>,
}

impl Sources {
    fn may_call(&self, of: &str, from: &str) -> bool {
        of == from || self.users.get(of).is_some_and(|users| users.contains(from))
    }
}

/// The graph of a project.
pub(crate) fn build(manifest: &Manifest, sources: &Sources, reports: &[Report]) -> Graph {
    let mut builder = Builder {
        sources,
        nodes: BTreeMap::new(),
        edges: BTreeSet::new(),
        dynamic: BTreeSet::new(),
        unresolved: BTreeSet::new(),
        relations: relations(manifest),
    };
    builder.add_objects(manifest);
    builder.add_items();
    for report in reports {
        builder.add_report(report);
    }
    builder.drop_qualifiers();
    builder.add_converted_texts();
    builder.add_calls_of_code();
    builder.finish()
}

/// The record behind a field, by `crm.records.order.customer`, and whether its rows are read with the field.
fn relations(manifest: &Manifest) -> BTreeMap<String, (String, bool)> {
    let mut relations = BTreeMap::new();
    for object in &manifest.objects {
        for field in object.fields() {
            let behind = field.field_type.split_once("reference to ").map(|(_, to)| (to, false));
            let many = field.field_type.split_once("many of ").map(|(_, to)| (to, true));
            if let Some((to, is_many)) = behind.or(many) {
                relations.insert(format!("{}.{}", object.reference, field.name), (to.to_owned(), is_many));
            }
        }
    }
    relations
}

struct Builder<'a> {
    sources: &'a Sources,
    nodes: BTreeMap<String, Node>,
    edges: BTreeSet<Edge>,
    dynamic: BTreeSet<Dynamic>,
    unresolved: BTreeSet<Unresolved>,
    relations: BTreeMap<String, (String, bool)>,
}

impl Builder<'_> {
    fn add_objects(&mut self, manifest: &Manifest) {
        for object in &manifest.objects {
            let lines = (object.line as usize, object.line as usize);
            self.nodes.insert(
                object.reference.clone(),
                Node {
                    kind: object.kind.clone(),
                    app: object.app.clone(),
                    file: object.file.clone(),
                    lines,
                    label: object.reference.clone(),
                    routes: object.routes(),
                    fields: object.fields().map(|field| field.name).collect(),
                },
            );
            // Uses by the platform's own objects are in no source of this project.
            if object.app == "platform" {
                let place = Place { file: object.file.clone(), line: lines.0, column: 1 };
                for field in object.fields() {
                    let Some((to, _)) = self.relations.get(&format!("{}.{}", object.reference, field.name)) else {
                        continue;
                    };
                    let (from, place) = (object.reference.clone(), Some(place.clone()));
                    self.edges.insert(Edge {
                        from,
                        to: to.clone(),
                        field: None,
                        kind: Kind::Reference,
                        place,
                        seen: None,
                    });
                }
            }
        }
    }

    /// Choices and code, which the registry does not know; lines of all.
    fn add_items(&mut self) {
        for (file, (app, outline)) in &self.sources.files {
            for item in outline.items() {
                let name = node_name(file, app, &item.holder);
                let (kind, label) = match &item.holder {
                    Holder::Object { namespace, .. } => (*namespace, name.clone()),
                    Holder::Platform => ("platform", app.clone()),
                    Holder::Code { label, .. } => ("code", label.clone()),
                };
                let node = self.nodes.entry(name).or_default();
                node.lines = item.lines();
                if node.kind.is_empty() {
                    kind.clone_into(&mut node.kind);
                    node.app.clone_from(app);
                    node.file.clone_from(file);
                    node.label = label;
                    node.fields.clone_from(&item.variants);
                }
            }
        }
    }

    fn add_report(&mut self, report: &Report) {
        let Some((app, outline)) = self.sources.files.get(&report.file) else { return };
        let at = match report.item {
            _ if report.is_expanded => report.start,
            Item::Field => match outline.field_name(report.start, report.end, &report.name) {
                Some(name) => name,
                None => report.start,
            },
            _ => report.start,
        };
        if !report.is_expanded && (outline.is_declaration(at) || outline.is_import(at)) {
            return;
        }
        let Some(from) = outline.holder(at).map(|item| node_name(&report.file, app, &item.holder)) else { return };
        let place = Place { file: report.file.clone(), line: at.line, column: at.column };
        if let Some(how) = report.target.strip_prefix("platform.engine.") {
            return self.add_dispatch(how, from, place, outline, at);
        }
        if report.target == "platform.record" {
            // With a type it is a use of that type's record, which the type's name tells.
            if report.is_expanded || !outline.is_qualified(at) {
                self.dynamic.insert(Dynamic { from, place });
            }
            return;
        }
        let (object, marked_field) = split(&report.target);
        let field = match report.item {
            Item::Field | Item::Variant => Some(report.name.trim_start_matches("r#").to_owned()),
            // A query method of a platform record: its mark does not name the field.
            Item::Method if report.role.is_empty() && Kind::of_method(&report.name).is_none() => {
                Some(report.name.clone())
            }
            _ => marked_field.map(str::to_owned),
        };
        let kind = kind(report, &object, outline, at);
        // What is emitted for a screen or a set names its own parts: nobody has written that.
        let has_parts = matches!(object.split('.').nth(1), Some("interfaces" | "pages" | "translations"));
        if from == object && has_parts && kind != Kind::Call {
            return;
        }
        let edge = |to: String, field: Option<String>, kind: Kind| Edge {
            from: from.clone(),
            to,
            field,
            kind,
            place: Some(place.clone()),
            seen: None,
        };
        if let Some((to, is_many)) = field.as_ref().and_then(|field| self.relations.get(&format!("{object}.{field}"))) {
            // There is nothing to do with the other side of a reference but to ask for its rows.
            let is_loaded = !report.is_expanded && outline.load(at) == Some("load_refs");
            if kind == Kind::Read && report.item == Item::Field && (*is_many || is_loaded) {
                self.edges.insert(edge(to.clone(), None, Kind::Read));
            }
        }
        if report.item == Item::Field && !report.is_expanded && outline.load(at) == Some("load_many") {
            self.edges.insert(edge(object.clone(), None, Kind::Read));
        }
        self.edges.insert(edge(object, field, kind));
    }

    /// A call by reference: its target is the text written there.
    fn add_dispatch(&mut self, how: &str, from: String, place: Place, outline: &Outline, at: Position) {
        match outline.text_argument(at) {
            Some((text_at, text)) if self.nodes.contains_key(&text) => {
                let kind = if how == "refer" { Kind::Reference } else { Kind::Call };
                let place = Some(Place { line: text_at.line, column: text_at.column, ..place });
                self.edges.insert(Edge { from, to: text, field: None, kind, place, seen: None });
            }
            Some((text_at, text)) => {
                let place = Place { line: text_at.line, column: text_at.column, ..place };
                self.unresolved.insert(Unresolved { from, text, place });
            }
            // `ObjectRef::of::<..>()` and `ObjectRef::from("..")` tell it themselves.
            None if how != "refer" && outline.is_called(at) && !outline.is_given(at, "ObjectRef") => {
                self.dynamic.insert(Dynamic { from, place });
            }
            _ => {}
        }
    }

    /// `Customer::create` is one use, of what stands after it.
    fn drop_qualifiers(&mut self) {
        let used: HashSet<(String, Place)> =
            self.edges.iter().filter_map(|edge| Some((edge.to.clone(), edge.place.clone()?))).collect();
        let (mut dropped, mut added) = (Vec::new(), Vec::new());
        for edge in self.edges.iter().filter(|edge| edge.kind == Kind::Reference && edge.field.is_none()) {
            let Some(place) = &edge.place else { continue };
            let Some((_, outline)) = self.sources.files.get(&place.file) else { continue };
            let at = Position { line: place.line, column: place.column };
            let Some((next, name)) = outline.associated(at) else { continue };
            let next_place = Place { line: next.line, column: next.column, ..place.clone() };
            if used.contains(&(edge.to.clone(), next_place.clone())) {
                dropped.push(edge.clone());
            } else if let Some(kind) = Kind::of_method(name).filter(|_| outline.is_of_trait(at)) {
                // `<Customer as Record>::create`; a method of its own that only has the name is none of these.
                dropped.push(edge.clone());
                added.push(Edge { kind, place: Some(next_place), ..edge.clone() });
            }
        }
        for edge in &dropped {
            self.edges.remove(edge);
        }
        self.edges.extend(added);
    }

    /// `"crm.rules.x".into()`: what it becomes is not reported; a text that names an object exactly
    /// is taken for a reference to it.
    fn add_converted_texts(&mut self) {
        for (file, (app, outline)) in &self.sources.files {
            for (at, text) in outline.converted_texts() {
                if !self.nodes.get(&text).is_some_and(Node::is_object) {
                    continue;
                }
                let Some(holder) = outline.holder(at) else { continue };
                let place = Some(Place { file: file.clone(), line: at.line, column: at.column });
                let from = node_name(file, app, &holder.holder);
                self.edges.insert(Edge { from, to: text, field: None, kind: Kind::Reference, place, seen: None });
            }
        }
    }

    /// Code that is no object stands between objects: who calls it is told by its name, within its app.
    fn add_calls_of_code(&mut self) {
        let mut edges = Vec::new();
        for (file, (app, outline)) in &self.sources.files {
            for item in outline.items() {
                let Holder::Code { name, of, .. } = &item.holder else { continue };
                if name.is_empty() {
                    continue;
                }
                let to = node_name(file, app, &item.holder);
                for (other, (user, users)) in &self.sources.files {
                    if !self.sources.may_call(app, user) {
                        continue;
                    }
                    for at in users.mentions(name, of.as_deref()) {
                        let Some(holder) = users.holder(at) else { continue };
                        let from = node_name(other, user, &holder.holder);
                        if from == to || users.is_import(at) {
                            continue;
                        }
                        let place = Some(Place { file: other.clone(), line: at.line, column: at.column });
                        edges.push(Edge { from, to: to.clone(), field: None, kind: Kind::Call, place, seen: None });
                    }
                }
            }
        }
        self.edges.extend(edges);
    }

    /// Leaves out code that leads to no object.
    fn finish(mut self) -> Graph {
        let mut useful: HashSet<&str> = HashSet::new();
        loop {
            let before = useful.len();
            for edge in &self.edges {
                let leads = self.nodes.get(&edge.to).is_some_and(Node::is_object) || useful.contains(edge.to.as_str());
                if leads {
                    useful.insert(&edge.from);
                }
            }
            if useful.len() == before {
                break;
            }
        }
        let useful: HashSet<String> = useful.into_iter().map(str::to_owned).collect();
        self.nodes.retain(|name, node| node.is_object() || useful.contains(name));
        let nodes = self.nodes;
        let edges = self
            .edges
            .into_iter()
            .filter(|edge| nodes.contains_key(&edge.from) && nodes.contains_key(&edge.to))
            .collect();
        let (dynamic, unresolved) = (self.dynamic.into_iter().collect(), self.unresolved.into_iter().collect());
        Graph { nodes, edges, dynamic, unresolved }
    }
}

/// What is done, from the mark, the item and the shape around its name.
fn kind(report: &Report, object: &str, outline: &Outline, at: Position) -> Kind {
    let namespace = object.split('.').nth(1);
    match report.item {
        Item::Field if !report.is_expanded && outline.is_written(at) => Kind::Write,
        Item::Field => Kind::Read,
        // A hook is asked for its object too: that is part of being its trigger.
        Item::Type if !report.is_expanded && outline.attribute_key(at).is_some_and(is_trigger) => Kind::Trigger,
        // `system = payments`: the integration calls it.
        Item::Type if !report.is_expanded && outline.attribute_key(at) == Some("system") => Kind::Call,
        // A text is a type of its own, by which `t!` tells it.
        Item::Type if report.role == "read" && namespace == Some("translations") => Kind::Read,
        Item::Variant | Item::Type => Kind::Reference,
        Item::Method => Kind::of_role(&report.role).or_else(|| Kind::of_method(&report.name)).unwrap_or(Kind::Read),
        Item::Function => {
            let key = if report.is_expanded { None } else { outline.attribute_key(at) };
            match key {
                Some(key) if is_trigger(key) => Kind::Trigger,
                // `rows = rules::visible`: each reading asks it.
                Some("rows") => Kind::Call,
                // What a macro does with a rule that it is given, nearly always, is to call it.
                _ if !report.is_expanded && !outline.is_called(at) && !outline.is_in_macro(at) => Kind::Reference,
                _ if matches!(namespace, Some("constants" | "translations")) => Kind::Read,
                _ => Kind::Call,
            }
        }
    }
}

/// True of a key of an attribute whose object is called when something happens.
fn is_trigger(key: &str) -> bool {
    matches!(key, "on_create" | "on_update" | "on_delete" | "first_start" | "trigger" | "compensate")
}

/// `crm.records.customer.email` is the object and its field.
fn split(target: &str) -> (String, Option<&str>) {
    let end = target.match_indices('.').nth(2).map(|(at, _)| at);
    match end {
        Some(end) => (target[..end].to_owned(), target.get(end + 1..)),
        None => (target.to_owned(), None),
    }
}

/// The name of a node in the graph.
pub(crate) fn node_name(file: &str, app: &str, holder: &Holder) -> String {
    match holder {
        Holder::Object { namespace, name } => format!("{app}.{namespace}.{name}"),
        Holder::Platform => app.to_owned(),
        Holder::Code { label, .. } => format!("{file}#{label}"),
    }
}
