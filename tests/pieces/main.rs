//! Pieces of a record's generated screens for which the app has written an interface: they stand in the place of
//! what would be drawn, everywhere, and for those only who may view them.

#[macro_use]
extern crate appos;

app!();

/// Records.
pub mod records {
    /// How good it is.
    #[choices]
    pub enum Grade {
        Poor,
        Fair,
        Fine,
    }

    /// Whatever is judged.
    #[record(
        display = "name", audit_log,
        view = ["piece_users", "piece_guests"], create = ["piece_users"], update = ["piece_users"],
    )]
    pub struct Thing {
        #[field(search)]
        #[validate(length(min = 1, max = 40))]
        name: String,
        #[field(default = Grade::Fair)]
        grade: Grade,
        rating: Option<i32>,
        #[field(default = 1)]
        fragile: i32,
        #[field(view = ["piece_owners"], update = ["piece_owners"])]
        price: Option<i32>,
        street: Option<String>,
        town: Option<String>,
        parent: Option<Ref<Thing>>,
        #[field(default = 0)]
        secret_handle: i32,
        parts: Many<Part>,
        notes: Many<Note>,
    }

    /// A part of a thing.
    #[record(display = "name", view = ["piece_users", "piece_guests"], create = ["piece_users"], update = ["piece_users"])]
    pub struct Part {
        #[field(on_delete = cascade)]
        thing: Ref<Thing>,
        #[validate(length(min = 1))]
        name: String,
        #[field(default = Grade::Fair)]
        quality: Grade,
    }

    /// What is said of a thing.
    #[record(display = "text", view = ["piece_users", "piece_guests"], create = ["piece_users"], update = ["piece_users"])]
    pub struct Note {
        thing: Ref<Thing>,
        text: String,
    }

    /// Every screen of it is the app's.
    #[record(display = "name", view = ["piece_users"], create = ["piece_users"], update = ["piece_users"])]
    pub struct Poster {
        #[validate(length(min = 1))]
        name: String,
        subtitle: Option<String>,
    }
}

/// Pieces.
pub mod interfaces {
    /// Stars.
    #[interface(displays = records::Thing.grade)]
    fn thing_grade(value: Grade) -> Element {
        let stars = match value {
            Grade::Poor => 1,
            Grade::Fair => 2,
            Grade::Fine => 3,
        };
        rsx! { span { class: "stars", "{ctx.user.name} sees {stars} of 3 stars, {ui::choice_label(value)}" } }
    }

    /// Of another record, also in tables of relations.
    #[interface(displays = records::Part.quality)]
    fn part_quality(value: Grade) -> Element {
        rsx! { em { class: "quality", onclick: move |_| {}, "a<b {value}" } }
    }

    /// Different in the list.
    #[interface(displays = records::Thing.rating)]
    fn thing_rating(value: Option<i32>) -> Element {
        rsx! { b { class: "rating", "rated {value:?}" } }
    }

    /// In the list.
    #[interface(cell_of = records::Thing.rating)]
    fn thing_rating_cell(value: Option<i32>) -> Element {
        let twice = use_data(move || async move { Ok(value.unwrap_or_default() * 2) });
        rsx! { i { class: "cell", {twice.show(|twice| rsx! { "twice {twice}" })} } }
    }

    /// Breaks for some values.
    #[interface(displays = records::Thing.fragile)]
    fn thing_fragile(value: i32) -> Element {
        assert!(value != 13, "an unlucky number");
        rsx! { "whole {value}" }
    }

    /// Of a field that few may read.
    #[interface(displays = records::Thing.price)]
    fn thing_price(value: Option<i32>) -> Element {
        rsx! { "costs {value:?}" }
    }

    /// For owners.
    #[interface(inputs = records::Thing.secret_handle, view = ["piece_owners"])]
    fn thing_handle(input: ui::FieldInput<i32>) -> Element {
        rsx! { input { class: "handle", id: "{input.id}", name: "{input.name}", "value": "{input.text}" } }
    }

    /// A slider.
    #[interface(inputs = records::Thing.rating)]
    fn thing_slider(input: ui::FieldInput<Option<i32>>) -> Element {
        let onchange = input.onchange;
        rsx! {
            input {
                class: "slider", r#type: "range", id: "{input.id}", name: "{input.name}", "value": "{input.text}",
                "data-value": "{input.value:?}", "data-five": "{input.text_of(Some(5))}",
                aria_invalid: if input.invalid { "true" }, aria_describedby: input.described_by.clone(),
                onchange: move |event| onchange.call(event.value()),
            }
        }
    }

    /// Below the parts.
    #[interface(section_of = records::Thing, after = parts)]
    fn thing_summary(id: Id<Thing>) -> Element {
        let thing = use_data(move || Thing::get(id));
        rsx! { section { class: "summary", {thing.show(|thing| rsx! { "summary of {thing.name}" })} } }
    }

    /// In the place of the notes.
    #[interface(section_of = records::Thing, replaces = notes, view = ["piece_users"])]
    fn thing_notes(id: Id<Thing>) -> Element {
        rsx! { section { class: "own-notes", "notes of {id}" } }
    }

    /// Of a row to which nothing belongs.
    #[interface(section_of = records::Part)]
    fn part_hint(id: Id<Part>) -> Element {
        rsx! { p { class: "hint", "part {id}" } }
    }

    /// Somewhere.
    #[interface(section_of = records::Thing)]
    fn thing_broken(id: Id<Thing>) -> Element {
        Err(AppOsError::execution(format!("a secret of {id}")))?
    }

    /// Two fields beside each other.
    #[interface(form_section_of = records::Thing, replaces = [street, town])]
    fn thing_address(form: ui::FormFields<Thing>) -> Element {
        rsx! {
            div { class: "address",
                {form.field(|thing| thing.town)}
                {form.field(|thing| thing.street)}
                {form.field(|thing| thing.price)}
                if form.has(|thing| thing.price) { p { class: "may-price" } }
            }
        }
    }

    /// A word of advice.
    #[interface(form_section_of = records::Thing, after = name)]
    fn thing_advice(form: ui::FormFields<Thing>) -> Element {
        rsx! {
            if form.has(|thing| thing.name) {
                p { class: "advice", "Short names are good names" }
            }
        }
    }

    /// A list.
    #[interface(list_of = records::Poster)]
    fn page_list() -> Element {
        let pages = use_query(|| Poster::query().order_by(|page| page.name.asc()));
        rsx! { {pages.show(|pages| rsx! { for page in pages { p { class: "in-list", "{page.name}" } } })} }
    }

    /// A detail.
    #[interface(detail_of = records::Poster)]
    fn page_detail(id: Id<Poster>) -> Element {
        rsx! { p { class: "in-detail", "page {id}" } }
    }

    /// A form.
    #[interface(form_of = records::Poster)]
    fn page_form(form: ui::FormFields<Poster>) -> Element {
        rsx! { div { class: "in-form", {form.field(|page| page.name)} } }
    }
}

use std::collections::HashMap;
use std::sync::Mutex;

use appos::prelude::Record;
use appos::testing::prelude::open_page;
use appos::testing::{OpenedPage, TestPlatform};
use records::{Grade, NewNote, NewPart, NewPoster, NewThing};

struct Start {
    platform: TestPlatform,
    people: Mutex<HashMap<String, i64>>,
    thing: i64,
}

async fn start() -> Start {
    let platform = TestPlatform::start().await.expect("the platform starts");
    let ann = platform.user("ann", &["piece_users"]).await.expect("it works");
    let id = ann.user.id;
    let thing = ann
        .run(async {
            let new = NewThing {
                name: "Lamp".into(),
                grade: Grade::Fine,
                rating: Some(4),
                fragile: 1,
                ..NewThing::default()
            };
            let thing = records::Thing::create(new).await.expect("it works");
            let other = NewThing { name: "Vase".into(), grade: Grade::Fine, fragile: 13, ..NewThing::default() };
            records::Thing::create(other).await.expect("it works");
            let part = NewPart { thing: thing.id.into(), name: "Foot".into(), quality: Grade::Poor };
            records::Part::create(part).await.expect("it works");
            records::Note::create(NewNote { thing: thing.id.into(), text: "a note".into() }).await.expect("it works");
            for name in ["Second", "First"] {
                let page = NewPoster { name: name.into(), subtitle: Some("below".into()) };
                records::Poster::create(page).await.expect("it works");
            }
            thing.id.get()
        })
        .await;
    let people = Mutex::new(HashMap::from([("ann".to_owned(), id)]));
    Start { platform, people, thing }
}

impl Start {
    async fn open(&self, name: &str, groups: &[&str], address: &str) -> OpenedPage {
        let known = self.people.lock().expect("nobody panicked").get(name).copied();
        let somebody = match known {
            Some(id) => self.platform.scope_of(id).await.expect("it works"),
            None => self.platform.user(name, groups).await.expect("it works"),
        };
        self.people.lock().expect("nobody panicked").insert(name.to_owned(), somebody.user.id);
        let address = address.to_owned();
        let page = somebody.run(async move { open_page(&address).await.expect("an answer") }).await;
        OpenedPage { html: plain(&page.html), ..page }
    }

    async fn ann(&self, address: &str) -> OpenedPage {
        self.open("ann", &["piece_users"], address).await
    }
}

/// HTML without the marks by which a script finds what changes.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, mark)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = mark.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    for mark in [" data-ao=\"", " data-on=\""] {
        while let Some(from) = text.find(mark) {
            let length = text[from + mark.len()..].find('"').expect("the end of an attribute");
            text.replace_range(from..=from + mark.len() + length, "");
        }
    }
    text
}

/// In this order.
#[track_caller]
fn in_order(html: &str, parts: &[&str]) {
    let mut rest = html;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("`{part}` is not where it should be in {html}")).1;
    }
}

#[tokio::test]
async fn a_display_shows_the_values_of_its_field_on_every_screen() {
    let start = start().await;
    let list = start.ann("/pieces/things?columns=name,grade,rating,fragile&sort=id").await.html;
    assert!(list.contains("<span class=\"stars\">ann sees 3 of 3 stars, Fine</span></td>"), "{list}");
    // In the list a cell comes before a display, and what it loads is in it.
    assert!(list.contains("<i class=\"cell\">twice 8</i>") && !list.contains("rated"), "{list}");
    // The first column is the link to the row, whatever is drawn in it.
    let first = start.ann("/pieces/things?columns=grade&sort=id").await.html;
    in_order(&first, &["<a class=\"ao-row-to\" href=\"/pieces/things/1\">", "ann sees 3 of 3 stars", "</a></th>"]);
    let detail = start.ann(&format!("/pieces/things/{}", start.thing)).await.html;
    assert!(detail.contains("ann sees 3 of 3 stars, Fine"), "{detail}");
    assert!(detail.contains("<b class=\"rating\">rated Some(4)</b>"), "{detail}");
    // In tables of relations, and escaped as everything is.
    let parts = start.ann(&format!("/pieces/things/{}?tab=parts", start.thing)).await.html;
    assert!(parts.contains("<em class=\"quality\">a&lt;b poor</em>"), "{parts}");
    // A control is no display.
    let edit = start.ann(&format!("/pieces/things/{}/edit", start.thing)).await.html;
    assert!(!edit.contains("class=\"stars\""), "{edit}");
}

#[tokio::test]
async fn a_piece_that_fails_says_so_in_its_place_only() {
    let start = start().await;
    let list = start.ann("/pieces/things?columns=name,fragile&sort=id").await.html;
    in_order(&list, &["whole 1", "Vase", "This part could not be shown.", "Execution"]);
    assert!(!list.contains("unlucky"), "{list}");
    let detail = start.ann("/pieces/things/1").await;
    assert_eq!(detail.status, 200);
    in_order(&detail.html, &["whole 1", "This part could not be shown.", "About this"]);
    assert!(!detail.html.contains("a secret of"), "{}", detail.html);
}

#[tokio::test]
async fn to_whoever_may_not_view_a_piece_it_is_absent_and_nothing_is_in_its_place() {
    let start = start().await;
    let ann = start.ann("/pieces/things/1?tab=notes").await.html;
    assert!(ann.contains("own-notes") && !ann.contains("a note"), "{ann}");
    let guest = start.open("gus", &["piece_guests"], "/pieces/things/1?tab=notes").await.html;
    assert!(!guest.contains("own-notes") && !guest.contains("a note"), "{guest}");
    let guest = start.open("gus", &["piece_guests"], "/pieces/things/1?tab=parts").await.html;
    assert!(guest.contains("summary of Lamp"), "{guest}");
    // A field whose input he may not view is not in his form, and his form is one all the same.
    let form = start.ann("/pieces/things/1/edit").await.html;
    assert!(!form.contains("secret_handle") && form.contains("name=\"name\""), "{form}");
    let owner = start.open("oda", &["piece_users", "piece_owners"], "/pieces/things/1/edit").await.html;
    assert!(owner.contains("class=\"handle\"") && owner.contains("name=\"secret_handle\""), "{owner}");
    // A value that may not be read is given to no display.
    let detail = start.ann("/pieces/things/1").await.html;
    assert!(!detail.contains("costs"), "{detail}");
    let owner = start.open("oda", &["piece_users", "piece_owners"], "/pieces/things/1").await.html;
    assert!(owner.contains("costs None"), "{owner}");
    // The record comes first: who may not view it learns nothing by way of a piece.
    let outsider = start.open("otto", &["piece_owners"], "/pieces/posters").await;
    assert!(outsider.status >= 400 && !outsider.html.contains("First"), "{outsider:?}");
}

#[tokio::test]
async fn an_input_is_part_of_the_form_around_it() {
    let start = start().await;
    let form = start.ann("/pieces/things/1/edit").await.html;
    in_order(
        &form,
        &[
            "aria-labelledby=\"field-rating-label\"",
            "name=\"ao-base:rating\" value=\"4\"",
            "id=\"field-rating-label\" for=\"field-rating\"",
            "id=\"field-rating\" name=\"rating\" value=\"4\" data-value=\"Some(Some(4))\" data-five=\"5\"",
        ],
    );
    let new = start.ann("/pieces/things/new").await.html;
    assert!(new.contains("data-value=\"Some(None)\""), "{new}");
}

#[tokio::test]
async fn sections_stand_where_they_say() {
    let start = start().await;
    // Where a row has parts of a screen, each section stands in the part that it names, or in the first.
    let overview = start.ann("/pieces/things/1").await.html;
    in_order(&overview, &["whole 1", "ao-failure", "About this"]);
    assert!(!overview.contains("class=\"summary\"") && !overview.contains("own-notes"), "{overview}");
    let parts = start.ann("/pieces/things/1?tab=parts").await.html;
    in_order(&parts, &["Foot", "class=\"summary\""]);
    let notes = start.ann("/pieces/things/1?tab=notes").await.html;
    assert!(notes.contains("class=\"own-notes\"") && !notes.contains("a note"), "{notes}");
    // All on one screen.
    let part = start.ann("/pieces/parts/1").await.html;
    in_order(&part, &["Foot", "class=\"hint\"", "About this"]);
    let form = start.ann("/pieces/things/1/edit").await.html;
    in_order(
        &form,
        &[
            "name=\"name\"",
            "class=\"advice\"",
            "name=\"grade\"",
            "class=\"address\"",
            "name=\"town\"",
            "name=\"street\"",
        ],
    );
    assert_eq!(form.matches("name=\"town\"").count(), 1, "{form}");
    // What he may not write is not drawn, also where a section asks for it.
    assert!(!form.contains("may-price") && !form.contains("name=\"price\""), "{form}");
    let owner = start.open("oda", &["piece_users", "piece_owners"], "/pieces/things/1/edit").await.html;
    assert!(owner.contains("may-price"), "{owner}");
}

#[tokio::test]
async fn lists_details_and_forms_can_be_the_apps_own_as_a_whole() {
    let start = start().await;
    let list = start.ann("/pieces/posters").await;
    assert_eq!((list.status, list.title.as_str()), (200, "Posters"));
    in_order(&list.html, &["<h1", "Posters", "/pieces/posters/new", "in-list\">First", "in-list\">Second"]);
    assert!(!list.html.contains("<table"), "{}", list.html);
    let detail = start.ann("/pieces/posters/1").await;
    assert_eq!((detail.status, detail.title.as_str()), (200, "Second"));
    in_order(&detail.html, &["/pieces/posters/1/edit", "in-detail\">page 1"]);
    assert!(!detail.html.contains("About this") && !detail.html.contains("below"), "{}", detail.html);
    assert_eq!(start.ann("/pieces/posters/99").await.status, 404);
    let form = start.ann("/pieces/posters/1/edit").await.html;
    in_order(&form, &["<form", "name=\"csrf_token\"", "in-form", "name=\"name\"", "Save"]);
    assert!(!form.contains("subtitle"), "{form}");
}

#[tokio::test]
async fn the_list_of_objects_says_what_an_interface_stands_for() {
    let start = start().await;
    drop(start);
    let manifest =
        serde_json::to_value(appos::registry::Manifest::of(appos::registry::Registry::global())).expect("JSON");
    let objects = manifest["objects"].as_array().expect("objects");
    let grade =
        objects.iter().find(|object| object["reference"] == "pieces.interfaces.thing_grade").expect("it is there");
    assert_eq!(grade["stands_for"], "displays pieces.records.thing.grade");
}
