//! What is written, character by character.

use dioxus::prelude::*;

use super::html;

fn written(app: fn() -> Element) -> String {
    let mut dom = VirtualDom::new(app);
    dom.rebuild_in_place();
    html(&dom)
}

#[test]
fn nodes_are_marked_with_the_numbers_that_changes_name_them_by() {
    fn app() -> Element {
        let count = use_signal(|| 1);
        rsx! {
            p { class: "static", "before " b { "bold" } "{count}" " after" }
            button { onclick: |_| (), id: "b{count}", "press" }
            if count() > 1 {
                i {}
            }
        }
    }
    let mut dom = VirtualDom::new(app);
    let edits = dom.rebuild_to_vec();
    let html = html(&dom);
    assert_eq!(
        html,
        "<p class=\"static\" data-ao=\"1\">before <b>bold</b><!--t2-->1<!----> after</p>\
         <button id=\"b1\" data-ao=\"3\" data-on=\"click\">press</button><!--p4-->",
        "{edits:?}"
    );
}

#[test]
fn text_and_attributes_are_escaped() {
    fn app() -> Element {
        let evil = use_signal(|| "</p><script>alert('1' & \"2\")</script>".to_owned());
        rsx! {
            p { title: "{evil}", "{evil}" }
            p { title: "a\"<b", "<&>" }
            title { "{evil}" }
            style { "{evil}" }
        }
    }
    let html = written(app);
    assert!(!html.contains("<script>"), "{html}");
    assert!(html.contains("title=\"&lt;/p&gt;&lt;script&gt;alert('1' &amp; &quot;2&quot;)&lt;/script&gt;\""), "{html}");
    assert!(html.contains("<p title=\"a&quot;&lt;b\" data-ao=\"3\">&lt;&amp;&gt;</p>"), "{html}");
    // A comment in a title would be shown.
    assert!(html.contains(">&lt;/p&gt;&lt;script&gt;alert('1' &amp; \"2\")&lt;/script&gt;</title>"), "{html}");
    assert!(html.ends_with("></style>"), "{html}");
}

#[test]
fn forms_have_their_values_before_any_script_runs() {
    fn app() -> Element {
        let (chosen, text, yes) = (use_signal(|| "b"), use_signal(|| "\n<x>"), use_signal(|| true));
        rsx! {
            select { value: "{chosen}",
                option { value: "a", "A" }
                for other in ["b", "c"] {
                    option { value: "{other}", "{other}" }
                }
            }
            textarea { value: "{text}" }
            input { r#type: "checkbox", checked: yes(), disabled: !yes() }
            input { value: 7, aria_invalid: false }
        }
    }
    let html = written(app);
    assert_eq!(html.matches(" selected").count(), 1, "{html}");
    assert!(html.contains("<option value=\"b\" data-ao=\"2\" selected>"), "{html}");
    assert!(html.contains(">\n\n&lt;x&gt;</textarea>"), "{html}");
    assert!(html.contains("<input checked type=\"checkbox\""), "{html}");
    assert!(html.contains("value=\"7\" aria-invalid=\"false\""), "{html}");
}

#[test]
fn pages_hold_no_style_that_their_policy_refuses() {
    fn app() -> Element {
        let width = use_signal(|| 3);
        rsx! {
            div { style: "color: red", width: "{width}px" }
            div { height: "3px", style: "a:{width}" }
        }
    }
    let html = written(app);
    assert!(!html.contains(" style="), "{html}");
    assert!(html.contains("data-style"), "{html}");
}

#[test]
fn svg_and_void_elements_are_written_as_parsers_read_them() {
    fn app() -> Element {
        let x = use_signal(|| 1);
        rsx! {
            svg { view_box: "0 0 9 9", circle { cx: "{x}", r: "2" } }
            br {}
            div {}
        }
    }
    assert_eq!(
        written(app),
        "<svg viewBox=\"0 0 9 9\" data-ao=\"1\"><circle cx=\"1\" r=\"2\" data-ao=\"2\"></circle></svg>\
         <br data-ao=\"3\"><div data-ao=\"4\"></div>"
    );
}
