//! Cases that are written together with their notes, as a client sends them: each note is allowed and
//! found as if it were written alone, and all are written or none.

use std::collections::BTreeSet;
use std::sync::Arc;

use appos::codegen_support::{ColumnRef, Record, RecordQuery, Value};
use appos::testing::{Scope, write};
use appos::{AppOsError, ErrorKind};
use fastrand::Rng;
use probe::records::{Case, Note};
use serde_json::{Map, Value as Json, json};

use super::model::{Kept, Kind, Model, Person, Refused};
use super::questions::{Shown, expected};
use super::world::{WORDS, World, kept};

/// What is sent of one note.
#[derive(Clone, Debug)]
enum Sent {
    New(String),
    Change(i64, i64, String),
    Delete(i64, Option<i64>),
}

/// Why nothing was written.
#[derive(Debug, PartialEq, Eq)]
enum Failed {
    Whole(Refused),
    Stale,
    /// Places of the notes, and whether one of them was refused.
    Notes(BTreeSet<usize>, bool),
}

/// A change of a case or a new one, with notes.
pub(super) async fn change(world: &mut World, place: usize, what: &str) {
    let (person, scope) = world.people[place].clone();
    let boss = world.people.last().expect("an administrator").1.clone();
    let id = world.random.i64(0..22);
    let known = world.model.cases.iter().find(|row| row.id == id).map(|row| row.version);
    let row = known.filter(|_| world.random.u8(0..4) > 0).map(|version| (id, off(version, &mut world.random)));
    let sent: Vec<Sent> =
        (0..world.random.usize(0..4)).map(|_| random_note(&world.model, row, &mut world.random)).collect();
    let what = format!("{what}: {person:?} sends {row:?} with {sent:?}");
    let notes: Vec<Json> = sent.iter().map(json_of).collect();
    match row {
        Some((id, version)) => {
            let body = object(json!({ "stage": "done", "notes": notes }));
            let answer = write_as(&scope, Some((id, version)), body).await;
            let mut written = world.model.notes.clone();
            let known = changed(&world.model, &person, (id, version), &sent, &mut written);
            if known.is_ok() {
                let row = world.model.cases.iter_mut().find(|row| row.id == id).expect("it was there");
                row.version += 1;
                row.values[7] = Value::Text("done".to_owned());
                world.model.deletions += sent.len() as u64;
                world.model.notes = written;
            }
            let of_case = |row: &&Kept| row.id == id;
            let row = world.model.cases.iter().find(of_case).map(|row| expected(&person, Kind::Case, row));
            assert_eq!(answer.map_err(|error| failure(&error)), known.map(|()| row.expect("it was there")), "{what}");
        }
        None => {
            let owner = world.random.choice(&world.people).map_or(1, |(other, _)| other.id);
            let mut body = object(json!({
                "title": format!("with notes {}", world.random.u64(..)), "owner": owner, "net": "1.00", "stage": "open", "notes": notes,
            }));
            // To others the field is not there; the row has its default.
            if Model::may_read(&person, Kind::Case, ColumnRef::Field(5)) {
                body.insert("tax".to_owned(), json!("0.50"));
            }
            let answer = write_as(&scope, None, body).await;
            let allowed = world.model.may_ask(&person, "create", Kind::Case);
            let known = if !allowed || (owner != person.id && !person.admin) {
                Err(Failed::Whole(Refused::Security))
            } else {
                let mut failed = Failed::Notes(BTreeSet::new(), false);
                for (at, sent) in sent.iter().enumerate() {
                    let wrong = !matches!(sent, Sent::New(_));
                    let refused = !world.model.may_ask(&person, "create", Kind::Note);
                    failed.add(at, wrong, refused);
                }
                failed.finish()
            };
            match answer {
                Ok((id, ..)) => {
                    assert_eq!(Ok(()), known, "{what}");
                    let made = boss.clone().run(async move { kept(&Case::get(id).await.expect("it is there")) }).await;
                    assert_eq!(made.values[2], Value::Integer(owner), "{what}");
                    world.model.cases.push(made);
                }
                Err(error) => assert_eq!(Err(failure(&error)), known, "{what}"),
            }
        }
    }
    take_over(world, &boss, &sent, &what).await;
}

/// The ids of new notes are the database's; all else of what is there is the model's.
async fn take_over(world: &mut World, boss: &Arc<Scope>, sent: &[Sent], what: &str) {
    let there = boss.clone().run(async { Note::query().order_by(|note| note.id.asc()).all().await.expect("notes") });
    let there: Vec<Kept> = there.await.iter().map(kept).collect();
    let count = there.len();
    let model = &mut world.model.notes;
    let unnamed = model.iter().filter(|row| row.id == 0).count();
    let mut new = there.into_iter().filter(|row| model.iter().all(|known| known.id != row.id)).collect::<Vec<_>>();
    let texts = |rows: &[Kept]| rows.iter().map(|row| row.values[1..3].to_vec()).collect::<Vec<_>>();
    if unnamed > 0 {
        let awaited: Vec<Kept> = model.extract_if(.., |row| row.id == 0).collect();
        assert_eq!(texts(&new), texts(&awaited), "{what}: the new notes");
    } else {
        // Those of a new case, or none.
        let case = world.model.cases.last().map_or(Value::Null, |row| Value::Integer(row.id));
        assert!(new.iter().all(|row| row.values[1] == case) && new.len() <= sent.len(), "{what}: {new:?}");
    }
    model.append(&mut new);
    assert_eq!(count, model.iter().filter(|row| row.deleted.is_none()).count(), "{what}: notes that are there");
}

/// What becomes of a case and its notes; a new note has no id yet.
fn changed(
    model: &Model,
    person: &Person,
    (id, version): (i64, i64),
    sent: &[Sent],
    notes: &mut Vec<Kept>,
) -> Result<(), Failed> {
    if !model.may_ask(person, "update", Kind::Case) {
        return Err(Failed::Whole(Refused::Security));
    }
    let row = model.find(person, Kind::Case, id).map_err(Failed::Whole)?;
    if row.version != version {
        return Err(Failed::Stale);
    }
    let mut failed = Failed::Notes(BTreeSet::new(), false);
    for (at, sent) in sent.iter().enumerate() {
        let permission = match sent {
            Sent::New(_) => "create",
            Sent::Change(..) => "update",
            Sent::Delete(..) => "delete",
        };
        let refused = !model.may_ask(person, permission, Kind::Note);
        let (note, version) = match sent {
            Sent::New(text) => {
                if !refused {
                    let values = vec![Value::Null, Value::Integer(id), Value::Text(text.clone()), Value::Null];
                    notes.push(Kept { id: 0, version: 1, values, deleted: None });
                }
                failed.add(at, false, refused);
                continue;
            }
            Sent::Change(note, version, _) => (*note, Some(*version)),
            Sent::Delete(note, version) => (*note, *version),
        };
        let of_case = |row: &&mut Kept| {
            row.id == note && note > 0 && row.deleted.is_none() && row.values[1] == Value::Integer(id)
        };
        let found = notes.iter_mut().find(of_case).filter(|row| version.is_none_or(|version| version == row.version));
        let wrong = found.is_none();
        if let (Some(row), false) = (found, refused) {
            row.version += 1;
            match sent {
                Sent::Change(.., text) => row.values[2] = Value::Text(text.clone()),
                _ => row.deleted = Some(model.deletions + 1 + at as u64),
            }
        }
        failed.add(at, wrong, refused);
    }
    failed.finish()
}

impl Failed {
    fn add(&mut self, at: usize, wrong: bool, refused: bool) {
        if let Self::Notes(places, any) = self
            && (wrong || refused)
        {
            places.insert(at);
            *any |= refused;
        }
    }

    fn finish(self) -> Result<(), Self> {
        match self {
            Self::Notes(places, _) if places.is_empty() => Ok(()),
            failed => Err(failed),
        }
    }
}

fn failure(error: &AppOsError) -> Failed {
    let place = |field: &str| field.strip_prefix("notes[")?.split(']').next()?.parse().ok();
    let places: BTreeSet<usize> = error.fields().iter().filter_map(|wrong| place(&wrong.field)).collect();
    match (error.kind(), error.code()) {
        (kind, _) if !places.is_empty() => Failed::Notes(places, kind == ErrorKind::Security),
        (_, "stale_version") => Failed::Stale,
        (_, "record_not_found") => Failed::Whole(Refused::NotFound),
        (ErrorKind::Security, _) => Failed::Whole(Refused::Security),
        _ => panic!("{error:?}"),
    }
}

async fn write_as(scope: &Arc<Scope>, row: Option<(i64, i64)>, body: Map<String, Json>) -> Result<Shown, AppOsError> {
    let written = scope.clone().run(async move { write(Kind::Case.object(), row, body).await }).await?;
    Ok((written.system.id, written.system.version, written.values))
}

/// A version, now and then a wrong one.
fn off(version: i64, random: &mut Rng) -> i64 {
    if random.u8(0..8) == 0 { version + 1 } else { version }
}

fn random_note(model: &Model, row: Option<(i64, i64)>, random: &mut Rng) -> Sent {
    let text = random.choice(WORDS).unwrap_or("a").to_owned();
    // Mostly notes of the case, else most of them were wrong.
    let of_case = |note: &&Kept| row.is_some_and(|(id, _)| note.values[1] == Value::Integer(id));
    let all: Vec<&Kept> = model.notes.iter().collect();
    let own: Vec<&Kept> = model.notes.iter().filter(of_case).collect();
    let from = if random.u8(0..5) == 0 || own.is_empty() { all } else { own };
    let note = random.choice(from.iter()).map_or((1, 1), |note| (note.id, off(note.version, random)));
    match random.u8(0..if row.is_some() { 4 } else { 1 }) {
        0 | 1 => Sent::New(text),
        2 => Sent::Change(note.0, note.1, text),
        _ => Sent::Delete(note.0, random.bool().then_some(note.1)),
    }
}

fn json_of(sent: &Sent) -> Json {
    match sent {
        Sent::New(text) => json!({ "text": text }),
        Sent::Change(id, version, text) => json!({ "id": id, "version": version, "text": text }),
        Sent::Delete(id, None) => json!({ "id": id, "delete": true }),
        Sent::Delete(id, Some(version)) => json!({ "id": id, "version": version, "delete": true }),
    }
}

fn object(body: Json) -> Map<String, Json> {
    match body {
        Json::Object(body) => body,
        other => panic!("{other} is no object"),
    }
}
