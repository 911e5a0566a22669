//! The components as HTML: what they promise to those who cannot see them, and what no text of theirs can do.

use dioxus::prelude::*;

use super::Gallery;
use super::samples::SAMPLES;
use crate::ui::components::*;

/// A text that would be a script, and the end of an attribute.
const EVIL: &str = "\"'><script>alert(1)</script>&amp;";

fn html(component: fn() -> Element) -> String {
    let mut dom = VirtualDom::new(component);
    dom.rebuild_in_place();
    dioxus_ssr::render(&dom)
}

#[test]
fn the_code_beside_a_sample_is_what_was_compiled() {
    for sample in SAMPLES {
        let code = super::code(sample.source);
        assert!(code.starts_with("fn show() -> Element {") && code.ends_with('}'), "{}: {code}", sample.id);
    }
    let page = html(|| rsx! { Gallery {} });
    for sample in SAMPLES {
        assert!(page.contains(&format!("id=\"{}\"", sample.id)), "{}", sample.id);
    }
}

#[test]
fn no_text_of_a_component_becomes_html() {
    let shown: [fn() -> Element; 12] = [
        || rsx! { Button { name: EVIL, value: EVIL, icon: EVIL, {EVIL} } IconButton { icon: "x", label: EVIL, to: EVIL } },
        || rsx! { Card { title: EVIL, description: EVIL, footer: rsx! { {EVIL} }, {EVIL} } PageHeader { title: EVIL, description: EVIL } },
        || rsx! { Badge { label: EVIL } Tag { label: EVIL, to: EVIL, remove: EVIL } Avatar { name: EVIL } Tooltip { text: EVIL, "x" } },
        || rsx! { Metric { label: EVIL, value: EVIL, unit: EVIL, trend: Trend::up(EVIL), to: EVIL, history: vec![1.0, 2.0] } Progress { label: EVIL, note: EVIL } },
        || rsx! { EmptyState { title: EVIL, description: EVIL } ErrorState { title: EVIL, description: EVIL, execution: EVIL } Banner { title: EVIL, {EVIL} } },
        || rsx! { LineChart { title: EVIL, unit: EVIL, labels: vec![EVIL.to_owned()], series: vec![Series::new(EVIL, [1.0]), Series::new(EVIL, [2.0])] } DonutChart { title: EVIL, unit: EVIL, slices: vec![Slice::new(EVIL, 1.0)] } },
        || {
            rsx! { DataTable { label: EVIL, select: EVIL, form: EVIL, columns: vec![TableColumn::new(EVIL).sort(EVIL), TableColumn::new("x"), TableColumn::new("y"), TableColumn::new("z")],
            rows: vec![TableRow::new(EVIL, EVIL, vec![EVIL.into(), TableCell::link(EVIL, EVIL), TableCell::badge(EVIL, Tone::Good), TableCell::Element(rsx! { {EVIL} })]).to(EVIL)] } }
        },
        || {
            rsx! { Form { action: EVIL, token: EVIL, problems: vec![FormProblem { field: Some(EVIL.to_owned()), text: EVIL.to_owned() }],
            TextField { name: EVIL, label: EVIL, value: EVIL, help: EVIL, error: EVIL, placeholder: EVIL, prefix: EVIL, suffix: EVIL }
            TextArea { name: "t", label: EVIL, value: EVIL } ListField { name: "l", label: EVIL, values: vec![EVIL.to_owned()] } FileDrop { name: "f", label: EVIL, note: EVIL, current: EVIL } } }
        },
        || rsx! { SelectField { name: EVIL, label: EVIL, value: EVIL, empty: EVIL, choices: vec![Choice::new(EVIL, EVIL)] } RadioGroup { name: EVIL, label: EVIL, choices: vec![Choice::new(EVIL, EVIL).hint(EVIL)] } MultiSelect { name: EVIL, label: EVIL, choices: vec![Choice::new(EVIL, EVIL)] } },
        || rsx! { RelationPicker { name: EVIL, label: EVIL, chosen: Choice::new(EVIL, EVIL), create: EVIL, choices: vec![Choice::new("1", EVIL).hint(EVIL)] } CheckboxField { name: EVIL, label: EVIL, value: EVIL } },
        || {
            rsx! { Menu { id: EVIL, label: EVIL, sections: vec![MenuSection::named(EVIL, vec![MenuLink::to(EVIL, EVIL), MenuLink::submit(EVIL, EVIL, EVIL, EVIL), MenuLink::opens(EVIL, EVIL)])] } Modal { id: EVIL, title: EVIL, open: true, back: EVIL }
            CommandPalette { query: EVIL, groups: vec![PaletteGroup { label: EVIL.to_owned(), entries: vec![PaletteEntry { label: EVIL.to_owned(), to: EVIL.to_owned(), hint: Some(EVIL.to_owned()), ..PaletteEntry::default() }] }] } }
        },
        || {
            rsx! { Breadcrumbs { crumbs: vec![Crumb::link(EVIL, EVIL), Crumb::here(EVIL)] } Pagination { summary: EVIL, next: EVIL } Tabs { label: EVIL, tabs: vec![Tab::link(EVIL, EVIL, EVIL)] } JsonView { label: EVIL, value: serde_json::json!({ EVIL: [EVIL] }) }
            Timeline { label: EVIL, entries: vec![TimelineEntry { title: EVIL.to_owned(), at_full: EVIL.to_owned(), changes: vec![Change { field: EVIL.to_owned(), before: Some(EVIL.to_owned()), after: None }], ..TimelineEntry::default() }] } }
        },
    ];
    for component in shown {
        let html = html(component);
        assert!(!html.contains("<script") && !html.contains("\"'>"), "{html}");
        assert!(html.contains("&lt;script&gt;") || html.contains("&#60;script&#62;"), "the text is there: {html}");
    }
}

#[test]
fn a_field_that_was_refused_says_so_to_everybody() {
    let html = html(|| {
        rsx! {
            TextField { name: "email", label: "E-mail", help: "Where invoices go.", error: "This is no e-mail address.", required: true, value: "ada@" }
            TextField { name: "plain", label: "Plain" }
        }
    });
    assert!(html.contains("for=\"field-email\"") && html.contains("id=\"field-email\""), "{html}");
    assert!(html.contains("aria-describedby=\"field-email-help field-email-error\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("value=\"ada@\""), "{html}");
    // Nothing is announced where nothing is to be said.
    let plain = &html[html.find("id=\"field-plain\"").expect("the other field")..];
    assert!(!plain.contains("aria-describedby") && !plain.contains("aria-invalid"), "{plain}");
}

#[test]
fn a_table_tells_its_order_its_rows_and_that_there_are_none() {
    let full = html(|| {
        rsx! {
            DataTable { label: "Customers", select: "ids", form: "bulk",
                columns: vec![TableColumn::new("Name").sort("?sort=-name").sorted(SortDirection::Ascending), TableColumn::number("Limit")],
                rows: vec![TableRow::new(7, "Ada", vec!["Ada".into(), "5.00".into()]).to("/crm/customers/7")] }
        }
    });
    for part in [
        "aria-sort=\"ascending\"",
        "href=\"?sort=-name\"",
        "aria-label=\"Select Ada\"",
        "aria-label=\"Select all rows\"",
        "href=\"/crm/customers/7\"",
        "scope=\"row\"",
        "<caption class=\"ao-hidden\">Customers</caption>",
    ] {
        assert!(full.contains(part), "{part}: {full}");
    }
    let empty =
        html(|| rsx! { DataTable { label: "Customers", columns: vec![TableColumn::new("Name")], rows: vec![] } });
    assert!(empty.contains("Nothing here yet"), "{empty}");
    let loading = html(
        || rsx! { DataTable { label: "Customers", columns: vec![TableColumn::new("Name")], rows: vec![], state: TableState::Loading(3) } },
    );
    assert!(loading.contains("aria-busy=\"true\"") && loading.matches("ao-table-bones").count() == 3, "{loading}");
    let failed = html(
        || rsx! { DataTable { label: "Customers", columns: vec![TableColumn::new("Name")], rows: vec![], state: TableState::Failed("No answer.".to_owned()) } },
    );
    assert!(failed.contains("role=\"alert\"") && failed.contains("No answer."), "{failed}");
}

#[test]
fn a_chart_has_its_numbers_as_a_table_and_needs_no_inline_style() {
    let shown = self::html(|| {
        rsx! {
            LineChart { title: "Orders", labels: vec!["Jan".to_owned(), "Feb".to_owned()], series: vec![Series::new("2026", [1.0, f64::NAN]), Series::new("2025", [f64::INFINITY, 1_234.5])] }
            BarChart { title: "Empty", labels: vec![], series: vec![] }
            DonutChart { title: "Nothing", slices: vec![Slice::new("x", 0.0), Slice::new("y", -1.0), Slice::new("z", f64::NAN)] }
        }
    });
    assert!(shown.contains("role=\"img\"") && shown.contains("Orders. Line chart, Jan to Feb."), "{shown}");
    assert!(shown.contains("1,234.50") && shown.matches("No data yet").count() == 2, "{shown}");
    assert!(!shown.contains("NaN") && !shown.contains("inf"), "{shown}");
    assert!(!self::html(|| rsx! { Gallery {} }).contains("style="), "the policy of pages refuses it");
}

#[test]
fn a_picker_has_a_list_for_browsers_without_script() {
    let html = html(|| {
        rsx! {
            RelationPicker { name: "owner", label: "Owner", chosen: Choice::new("9", "Zoe"), choices: vec![Choice::new("1", "Ada")] }
        }
    });
    assert!(html.contains("role=\"combobox\"") && html.contains("role=\"listbox\""), "{html}");
    // What is chosen stays even if it was not found again.
    assert!(html.contains("<noscript><select"), "{html}");
    assert!(html.contains("<option value=\"9\" selected>Zoe</option>"), "{html}");
}
