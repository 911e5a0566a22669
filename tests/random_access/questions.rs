//! One random question or change, put to the platform and to the model.

use appos::codegen_support::{
    ColumnRef, Comparison, Direction, FieldType, ObjectDescriptor, Record, RecordQuery, Sort, SystemField, TextMatch,
    Value,
};
use appos::{AppOsError, ErrorKind};
use fastrand::Rng;
use probe::records::{Case, CasePatch, Note, NotePatch, Stage, Thing, ThingPatch};

use super::model::{Ask, Kept, Kind, Model, Person, Refused, condition, is_ordered, order};
use super::nested;
use super::world::{WORDS, World, fields};

/// A row as somebody was shown it.
pub(super) type Shown = (i64, i64, Vec<Value>);

pub(super) async fn ask(world: &mut World, what: &str) {
    let place = world.random.usize(0..world.people.len());
    let kind = world.random.choice([Kind::Thing, Kind::Case, Kind::Note]).unwrap_or(Kind::Thing);
    if world.random.u8(0..20) == 0 {
        // Rows change; rights may have been read long ago.
        world.renew(place).await;
        if kind == Kind::Case && world.random.bool() {
            nested::change(world, place, what).await;
        } else {
            change(world, place, kind, what).await;
        }
        return;
    }
    let scope = world.people[place].1.clone();
    let (person, model, random) = (&world.people[place].0, &world.model, &mut world.random);
    let what = format!("{what}: {person:?} asks for {kind:?}");
    match kind {
        Kind::Thing => scope.run(question::<Thing>(model, person, kind, random, what)).await,
        Kind::Case => scope.run(question::<Case>(model, person, kind, random, what)).await,
        Kind::Note => scope.run(question::<Note>(model, person, kind, random, what)).await,
    }
}

fn refusal(error: &AppOsError, what: &str) -> Refused {
    match (error.kind(), error.code()) {
        (_, "record_not_found") => Refused::NotFound,
        (ErrorKind::Security, _) => Refused::Security,
        _ => panic!("{what}: {error:?}"),
    }
}

fn shown<R: Record>(record: &R) -> Shown {
    let row = record.to_row();
    (row.system.id, row.system.version, row.values)
}

/// What the model shows of a row.
pub(super) fn expected(person: &Person, kind: Kind, row: &Kept) -> Shown {
    let mut values = row.values.clone();
    let secret = |place| !Model::may_read(person, kind, ColumnRef::Field(place));
    for (place, value) in values.iter_mut().enumerate() {
        if secret(place) {
            *value = Value::Hidden;
        }
    }
    match (kind, &row.values[4..]) {
        // Net and tax make gross, for those who may read the tax.
        (Kind::Case, [Value::Decimal(net), Value::Decimal(tax), ..]) if !secret(5) => {
            values[6] = Value::Decimal(*net + *tax);
        }
        (Kind::Note, _) => {
            if let Value::Text(text) = &row.values[2] {
                values[3] = Value::Integer(i64::try_from(text.len()).expect("a short text"));
            }
        }
        _ => {}
    }
    (row.id, row.version, values)
}

async fn question<R: Record>(model: &Model, person: &Person, kind: Kind, random: &mut Rng, what: String) {
    let wanted = random_ask(model, kind, random, 3);
    let sorts = random_sorts(kind, random);
    let deleted = kind != Kind::Thing && random.u8(0..8) == 0;
    let what = format!("{what} where {wanted:?} by {sorts:?}, deleted: {deleted}");
    let query = || {
        let query = R::query().filter(|_| condition(kind, &wanted));
        let query = sorts.iter().fold(query, |query, sort| query.order_by(|_| *sort));
        if deleted { query.deleted() } else { query }
    };
    let answer = model.answer(person, kind, &wanted, &sorts, deleted);
    let rows = answer.map(|rows| rows.into_iter().map(|row| expected(person, kind, row)).collect::<Vec<_>>());
    let failed = |error: AppOsError| refusal(&error, &what);
    match random.u8(0..7) {
        0 => {
            let id = random.i64(0..22);
            let got = R::get(id).await.map(|row| shown(&row)).map_err(failed);
            let known = model.get(person, kind, id).map(|row| expected(person, kind, row));
            assert_eq!(got, known, "{what}: get {id}");
        }
        1 => {
            let count = query().count().await.map_err(failed);
            assert_eq!(count, rows.map(|rows| rows.len() as u64), "{what}: count");
        }
        2 => {
            let size = random.u64(1..6);
            let mut all = Vec::new();
            let mut next: Option<String> = None;
            let got = loop {
                let page = query().limit(size);
                let page = match next.take() {
                    Some(next) => page.after(next),
                    None => page,
                };
                match page.page().await {
                    Ok(page) => {
                        all.extend(page.rows.iter().map(shown));
                        next = page.next;
                        if next.is_none() {
                            break Ok(all);
                        }
                    }
                    Err(error) => break Err(failed(error)),
                }
            };
            assert_eq!(got, rows, "{what}: pages of {size}");
        }
        3 => aggregate::<R>(person, kind, random, query(), rows, &what).await,
        _ => {
            let got = query().all().await.map(|rows| rows.iter().map(shown).collect::<Vec<_>>()).map_err(failed);
            assert_eq!(got, rows, "{what}: all");
        }
    }
}

async fn aggregate<R: Record>(
    person: &Person,
    kind: Kind,
    random: &mut Rng,
    query: impl RecordQuery<Record = R>,
    rows: Result<Vec<Shown>, Refused>,
    what: &str,
) {
    use appos::codegen_support::{Column, Decimal};
    // Of each record, a number and something to group by; of two, a number that not all may read.
    let (number, group) = match kind {
        Kind::Thing => (if random.bool() { 3 } else { 13 }, 7),
        Kind::Case => (if random.bool() { 4 } else { 5 }, 7),
        Kind::Note => (0, 1),
    };
    let rows = if Model::may_read(person, kind, ColumnRef::Field(number)) { rows } else { Err(Refused::Security) };
    let failed = |error: AppOsError| refusal(&error, what);
    let numbers = |rows: &[Shown]| rows.iter().map(|row| row.2[number].clone()).collect::<Vec<_>>();
    if kind == Kind::Note {
        let largest = query.max(|_| Column::<i64>::field(number)).await.map_err(failed);
        let known = rows.map(|rows| numbers(&rows).into_iter().max_by(order));
        assert_eq!(largest.map(|value| value.map(Value::Integer)), known, "{what}: largest of {number}");
        return;
    }
    let decimal = |value: &Value| match value {
        Value::Decimal(value) => *value,
        other => panic!("{other:?} is no decimal"),
    };
    if random.bool() {
        let sum = query.sum(|_| Column::<Decimal>::field(number)).await.map_err(failed);
        let known = rows.map(|rows| numbers(&rows).iter().map(decimal).sum::<Decimal>());
        assert_eq!(sum, known, "{what}: sum of {number}");
    } else {
        let groups = query.group_by(|_| Column::<Stage>::field(group)).sum(|_| Column::<Decimal>::field(number));
        let mut groups = groups.await.map_err(failed);
        if let Ok(groups) = &mut groups {
            groups.sort_by_key(|(stage, _)| *stage);
        }
        let known = rows.map(|rows| {
            let of = |stage: Stage| {
                let name = Value::Text(appos::codegen_support::ChoiceValue::as_str(stage).to_owned());
                let of: Vec<_> = rows.iter().filter(|row| row.2[group] == name).collect();
                (!of.is_empty()).then(|| (stage, of.iter().map(|row| decimal(&row.2[number])).sum::<Decimal>()))
            };
            [Stage::Open, Stage::InProgress, Stage::Done].into_iter().filter_map(of).collect::<Vec<_>>()
        });
        assert_eq!(groups, known, "{what}: sums of {number} by stage");
    }
}

fn random_ask(model: &Model, kind: Kind, random: &mut Rng, depth: u8) -> Ask {
    let object = kind.object();
    let parts =
        |random: &mut Rng| (0..random.usize(0..3)).map(|_| random_ask(model, kind, random, depth - 1)).collect();
    match random.u8(0..if depth == 0 { 6 } else { 10 }) {
        6 => Ask::All(parts(random)),
        7 => Ask::Any(parts(random)),
        8 => Ask::Not(Box::new(random_ask(model, kind, random, depth - 1))),
        9 => match kind {
            Kind::Thing => Ask::Is(14, Kind::Thing, Box::new(random_ask(model, Kind::Thing, random, depth - 1))),
            Kind::Case if random.bool() => {
                Ask::Has(Kind::Note, 1, Box::new(random_ask(model, Kind::Note, random, depth - 1)))
            }
            Kind::Case => Ask::Is(3, Kind::Thing, Box::new(random_ask(model, Kind::Thing, random, depth - 1))),
            Kind::Note => Ask::Is(1, Kind::Case, Box::new(random_ask(model, Kind::Case, random, depth - 1))),
        },
        simple => {
            let Some((column, field_type)) = random_column(object, random) else { return Ask::All(Vec::new()) };
            match (simple, field_type) {
                (0, Some(FieldType::Text)) => {
                    let place = [TextMatch::Contains, TextMatch::StartsWith, TextMatch::EndsWith];
                    let text = random.choice(WORDS).unwrap_or("a").to_owned();
                    Ask::Text(column, random.choice(place).unwrap_or(TextMatch::Contains), text)
                }
                (1, _) => Ask::IsNull(column),
                (2, _) => {
                    let values = (0..random.usize(0..3)).map(|_| random_value(model, kind, column, random));
                    Ask::In(column, values.filter(|value| *value != Value::Null).collect())
                }
                (_, field_type) => {
                    let comparisons = [
                        Comparison::Equal,
                        Comparison::NotEqual,
                        Comparison::Less,
                        Comparison::LessOrEqual,
                        Comparison::Greater,
                        Comparison::GreaterOrEqual,
                    ];
                    let equality = matches!(field_type, Some(FieldType::Bool | FieldType::Choice(_)));
                    let value = random_value(model, kind, column, random);
                    let known = if equality || value == Value::Null { 2 } else { comparisons.len() };
                    Ask::Compare(column, comparisons[random.usize(0..known)], value)
                }
            }
        }
    }
}

/// A column whose values can be compared, and its type, if it is a field.
fn random_column(object: &'static ObjectDescriptor, random: &mut Rng) -> Option<(ColumnRef, Option<FieldType>)> {
    if random.u8(0..6) == 0 {
        return Some((ColumnRef::System(SystemField::Id), None));
    }
    let fields =
        fields(object).iter().enumerate().filter(|(_, field)| field.is_stored() && is_ordered(&field.field_type));
    random.choice(fields.collect::<Vec<_>>()).map(|(place, field)| (ColumnRef::Field(place), Some(field.field_type)))
}

/// A value that some row has there, so that questions find something.
fn random_value(model: &Model, kind: Kind, column: ColumnRef, random: &mut Rng) -> Value {
    let rows = model.rows(kind);
    random.choice(rows.iter()).map_or(Value::Null, |row| super::model::value(row, column))
}

fn random_sorts(kind: Kind, random: &mut Rng) -> Vec<Sort> {
    let mut sorts: Vec<Sort> = Vec::new();
    for _ in 0..random.usize(0..3) {
        let direction = if random.bool() { Direction::Ascending } else { Direction::Descending };
        if let Some((column, _)) = random_column(kind.object(), random)
            && !sorts.iter().any(|sort| sort.column == column)
        {
            sorts.push(Sort { column, direction });
        }
    }
    sorts
}

/// A change by somebody who may be refused.
async fn change(world: &mut World, place: usize, kind: Kind, what: &str) {
    let (person, scope) = world.people[place].clone();
    let id = world.random.i64(0..22);
    let what = format!("{what}: {person:?} changes {kind:?} {id}");
    // As the administrator sees it, so that a person without `view` can try.
    let boss = world.people.last().expect("an administrator").1.clone();
    let stage = world.random.choice([Stage::Open, Stage::Done]).unwrap_or(Stage::Open);
    let text = format!("{}{}", world.random.choice(WORDS).unwrap_or("a"), world.random.u32(0..90));
    let model = &mut world.model;
    let failed = |error: AppOsError| refusal(&error, &what);
    let permitted = |model: &Model, permission| {
        if model.may_ask(&person, permission, kind) { Ok(()) } else { Err(Refused::Security) }
    };
    match (kind, world.random.u8(0..3)) {
        (Kind::Thing, _) => {
            let Ok(row) = boss.run(async move { Thing::get(id).await }).await else { return };
            let patch = ThingPatch { stage: Some(stage), ..ThingPatch::default() };
            let done = scope.run(async move { row.update(patch).await }).await.map(|row| shown(&row)).map_err(failed);
            let known = permitted(model, "update").map(|()| {
                let row = model.rows_mut(kind).iter_mut().find(|row| row.id == id).expect("it was there");
                row.version += 1;
                row.values[7] = stage_value(stage);
                row.clone()
            });
            assert_eq!(done, known.map(|row| expected(&person, kind, &row)), "{what}");
        }
        (Kind::Case | Kind::Note, 0) => {
            let found = permitted(model, "update").and_then(|()| model.find(&person, kind, id).map(|_| ()));
            let done = if kind == Kind::Case {
                let Ok(row) = boss.run(async move { Case::get(id).await }).await else { return };
                let patch = CasePatch { stage: Some(stage), ..CasePatch::default() };
                scope.run(async move { row.update(patch).await }).await.map(|row| shown(&row))
            } else {
                let Ok(row) = boss.run(async move { Note::get(id).await }).await else { return };
                let patch = NotePatch { text: Some(text.clone()), ..NotePatch::default() };
                scope.run(async move { row.update(patch).await }).await.map(|row| shown(&row))
            };
            let known = found.map(|()| {
                let row = model.rows_mut(kind).iter_mut().find(|row| row.id == id).expect("it was there");
                row.version += 1;
                match kind {
                    Kind::Case => row.values[7] = stage_value(stage),
                    _ => row.values[2] = Value::Text(text),
                }
                row.clone()
            });
            assert_eq!(done.map_err(failed), known.map(|row| expected(&person, kind, &row)), "{what}");
        }
        (Kind::Case | Kind::Note, 1) => {
            let found = permitted(model, "delete").and_then(|()| model.find(&person, kind, id).map(|_| ()));
            let done = if kind == Kind::Case {
                let Ok(row) = boss.run(async move { Case::get(id).await }).await else { return };
                scope.run(async move { row.delete().await }).await
            } else {
                let Ok(row) = boss.run(async move { Note::get(id).await }).await else { return };
                scope.run(async move { row.delete().await }).await
            };
            assert_eq!(done.map_err(failed), found, "{what}: delete");
            if found.is_ok() {
                model.deletions += 1;
                let mark = Some(model.deletions);
                remove(model.rows_mut(kind), |row| row.id == id, mark);
                if kind == Kind::Case {
                    remove(&mut model.notes, |row| row.values[1] == Value::Integer(id), mark);
                }
            }
        }
        (Kind::Case | Kind::Note, _) => restore(world, &person, scope, kind, id, &what).await,
    }
}

async fn restore(
    world: &mut World,
    person: &Person,
    scope: std::sync::Arc<appos::testing::Scope>,
    kind: Kind,
    id: i64,
    what: &str,
) {
    let model = &mut world.model;
    let row = model.rows(kind).iter().find(|row| row.id == id && row.deleted.is_some()).cloned();
    let row = row.filter(|row| Model::ruled(person, kind, row));
    let allowed =
        if model.may_ask(person, "delete", kind) { row.ok_or(Refused::NotFound) } else { Err(Refused::Security) };
    let done = if kind == Kind::Case {
        scope.run(async move { Case::restore(id).await }).await.map(|row| shown(&row))
    } else {
        scope.run(async move { Note::restore(id).await }).await.map(|row| shown(&row))
    };
    if let (Kind::Note, Ok(row)) = (kind, &allowed) {
        // Its case has to be there for the person, else the note would refer to nothing.
        let Value::Integer(case) = row.values[1] else { panic!("a note without a case") };
        let there = model.cases.iter().any(|row| row.id == case && row.deleted.is_none());
        if !there {
            let error = done.expect_err("the case of the note is gone");
            assert_eq!(error.fields().first().map(|field| &*field.code), Some("broken_reference"), "{what}: {error:?}");
            return;
        }
    }
    let failed = |error: AppOsError| refusal(&error, what);
    let known = allowed.map(|row| {
        let mark = row.deleted;
        back(model.rows_mut(kind), |row| row.id == id);
        if kind == Kind::Case {
            back(&mut model.notes, |row| row.values[1] == Value::Integer(id) && row.deleted == mark);
        }
        let row = model.rows(kind).iter().find(|row| row.id == id).expect("it is back").clone();
        expected(person, kind, &row)
    });
    assert_eq!(done.map_err(failed), known, "{what}: restore");
}

fn stage_value(stage: Stage) -> Value {
    Value::Text(appos::codegen_support::ChoiceValue::as_str(stage).to_owned())
}

fn remove(rows: &mut [Kept], which: impl Fn(&Kept) -> bool, mark: Option<u64>) {
    for row in rows.iter_mut().filter(|row| row.deleted.is_none() && which(row)) {
        row.deleted = mark;
        row.version += 1;
    }
}

fn back(rows: &mut [Kept], which: impl Fn(&Kept) -> bool) {
    for row in rows.iter_mut().filter(|row| row.deleted.is_some() && which(row)) {
        row.deleted = None;
        row.version += 1;
    }
}
