//! A platform with random users, grants and rows, and the model's picture of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use appos::codegen_support::{ObjectDescriptor, Record, Value};
use appos::prelude::platform::records::{Group, NewObjectPermission, ObjectPermission, PermissionChoice, User};
use appos::prelude::{RecordQuery, Ref, dec};
use appos::testing::{Scope, TestPlatform};
use fastrand::Rng;
use probe::records::{Case, NewCase, NewNote, NewThing, Note, Stage, Thing};

use super::model::{Kept, Model, Person};

/// A running platform, and what the model believes of it.
pub(super) struct World {
    pub(super) platform: TestPlatform,
    pub(super) model: Model,
    pub(super) people: Vec<(Person, Arc<Scope>)>,
    pub(super) random: Rng,
}

const GROUPS: [&str; 5] = ["probe_users", "probe_admins", "finance", "extras", "guests"];
const PATTERNS: [&str; 6] = [
    "probe.*",
    "probe.records.*",
    "probe.records.case",
    "probe.records.n*",
    "probe.rules.cases_of_mine",
    "probe.case*",
];
const PERMISSIONS: [&str; 4] = ["view", "update", "delete", "use"];

pub(super) const WORDS: [&str; 8] = ["a", "A", "ab", "b_", "B%", "\u{e9}", "", "zz"];

impl World {
    pub(super) async fn random(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let platform = super::support::platform().await;
        let mut model = Model::default();
        let mut people = Vec::new();
        for number in 0..6 {
            let groups: BTreeSet<&str> = GROUPS.into_iter().filter(|_| random.bool()).collect();
            let groups: Vec<&str> = groups.into_iter().collect();
            let id = platform.user(&format!("user{number}"), &groups).await.expect("a user").user.id;
            people.push(Person { id, groups: groups.iter().map(|group| (*group).to_owned()).collect(), admin: false });
        }
        let system = platform.system().await.expect("the system's scope");
        let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
        let mut grants = Vec::new();
        for _ in 0..random.usize(0..6) {
            let grant = (random.choice(GROUPS), random.choice(PATTERNS), random.choice(PERMISSIONS));
            if let (Some(group), Some(pattern), Some(permission)) = grant
                && !grants.contains(&(group, pattern, permission))
            {
                grants.push((group, pattern, permission));
            }
        }
        model.grants = grants.iter().map(|(group, pattern, word)| ((*group).to_owned(), *pattern, *word)).collect();
        let mut fill = random.fork();
        let rows = system.run(async move {
            for (group, pattern, word) in grants {
                grant(group, pattern, word).await;
            }
            fill_rows(&mut fill, &ids).await
        });
        (model.things, model.cases, model.notes) = rows.await;
        let admin = platform.user("boss", &["system_admin"]).await.expect("an administrator");
        people.push(Person { id: admin.user.id, groups: BTreeSet::new(), admin: true });
        let mut scopes = Vec::new();
        for person in people {
            let scope = platform.scope_of(person.id).await.expect("a scope");
            scopes.push((person, scope));
        }
        Self { platform, model, people: scopes, random }
    }

    /// A scope whose rights are those of now.
    pub(super) async fn renew(&mut self, place: usize) {
        let scope = self.platform.scope_of(self.people[place].0.id).await.expect("a scope");
        self.people[place].1 = scope;
    }
}

async fn grant(group: &str, pattern: &str, word: &str) {
    let Some(group) = Group::query().name(group.to_owned()).first().await.expect("groups") else { return };
    let permission = PermissionChoice::of(word);
    ObjectPermission::create(NewObjectPermission { group: group.id.into(), pattern: pattern.to_owned(), permission })
        .await
        .expect("a grant");
}

type Rows = (Vec<Kept>, Vec<Kept>, Vec<Kept>);

pub(super) fn kept<R: Record>(record: &R) -> Kept {
    let row = record.to_row();
    let mut values = row.values;
    // What is computed is no column; the model has no use for it.
    for (value, field) in values.iter_mut().zip(fields(R::object())) {
        if !field.is_stored() {
            *value = Value::Null;
        }
    }
    Kept { id: row.system.id, version: row.system.version, values, deleted: None }
}

pub(super) fn fields(object: &'static ObjectDescriptor) -> &'static [appos::codegen_support::FieldDescriptor] {
    match object.detail {
        appos::codegen_support::ObjectDetail::Record(record) => record.fields,
        _ => &[],
    }
}

async fn fill_rows(random: &mut Rng, people: &[i64]) -> Rows {
    let word = |random: &mut Rng| random.choice(WORDS).unwrap_or("a").to_owned();
    let stage = |random: &mut Rng| random.choice([Stage::Open, Stage::InProgress, Stage::Done]).unwrap_or(Stage::Open);
    let (mut things, mut cases, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..12 {
        let new = NewThing {
            name: format!("{}{number}", word(random)),
            number: random.i32(-3..4),
            amount: random.i64(0..4).into(),
            price: random.bool().then_some(dec!(0.5)),
            ratio: f64::from(random.i32(-2..3)) / 2.0,
            flag: random.bool(),
            stage: stage(random),
            due: random.bool().then(|| format!("2026-01-0{}", random.u32(1..5)).parse().expect("a date")),
            secret_limit: random.i64(0..4).into(),
            parent: (number > 0 && random.bool()).then(|| Ref::from(random.i64(1..=number))),
            ..NewThing::default()
        };
        things.push(kept(&Thing::create(new).await.expect("a thing")));
    }
    for number in 0..16 {
        let new = NewCase {
            title: format!("{}{number}", word(random)),
            owner: Ref::<User>::from(random.choice(people.iter().copied()).unwrap_or(1)),
            thing: random.bool().then(|| Ref::from(random.i64(1..=12))),
            net: random.i64(0..4).into(),
            tax: random.i64(0..3).into(),
            stage: stage(random),
        };
        cases.push(kept(&Case::create(new).await.expect("a case")));
    }
    for _ in 0..20 {
        let new = NewNote { case_of: Ref::from(random.i64(1..=16)), text: word(random) };
        notes.push(kept(&Note::create(new).await.expect("a note")));
    }
    (things, cases, notes)
}
