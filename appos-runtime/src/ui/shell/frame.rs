//! The frame: where one is, where one can go, what has just happened.

use dioxus::prelude::*;
use futures_util::future::join;

use super::navigation::{Section, sections};
use super::notes::Notes;
use super::palette::Palette;
use crate::error::Result;
use crate::icon;
use crate::registry::Registry;
use crate::ui::components::{Avatar, GlobalSearch, end, icon};
use crate::ui::markup::{Html, Markup};
use crate::ui::page::{address, use_load, use_location, use_visitor};
use crate::ui::style::logo;
use crate::ui::tasks;
use crate::ui::text::own;

/// Header, navigation and content.
#[component]
pub(super) fn Frame(children: Element) -> Element {
    let location = use_location();
    let app = location.read().path.split('/').nth(1).unwrap_or_default().to_owned();
    rsx! {
        a { class: "ao-skip", href: "#main", {own::shell::skip_to_content()} }
        p { class: "ao-offline", role: "status", {own::states::offline()} }
        div { class: "ao-shell", "data-app": "{app}",
            Top {}
            Navigation {}
            main { id: "main", class: "ao-main", tabindex: "-1", {children} }
        }
        Palette {}
        Notes {}
    }
}

/// Name of the platform, search, and what is the visitor's own.
#[component]
fn Top() -> Element {
    let visitor = use_visitor();
    let menu = own::shell::menu();
    let location = use_location();
    let logo = logo(&location.read().path);
    rsx! {
        header { class: "ao-topbar ao-at-once",
            button {
                r#type: "button",
                class: "ao-button ao-button-quiet ao-button-icon ao-menu-toggle",
                "popovertarget": "navigation",
                "aria-label": "{menu}",
                {icon(icon!("menu"))}
            }
            a { class: "ao-brand", href: "/",
                if let Some(logo) = logo {
                    // The name stands beside it.
                    img { src: logo, alt: "", height: "24" }
                }
                "{visitor.platform}"
            }
            // A stranger, on a page for everybody, has nothing to search and nothing of his own.
            if visitor.user.id == 0 {
                SignIn {}
            } else {
                GlobalSearch { label: own::shell::command_palette() }
                div { class: "ao-topbar-end", Own {} }
            }
            {end()}
        }
    }
}

/// The way in, and back to this page.
#[component]
fn SignIn() -> Element {
    let here = use_location().read().address();
    let sign_in = address("/login", std::iter::once(("next", here.as_str())));
    rsx! {
        div { class: "ao-topbar-end ao-topbar-stranger",
            a { class: "ao-button", href: sign_in, "data-reload": "", {own::shell::sign_in()} }
        }
    }
}

/// What is the visitor's own. Opens without script.
#[component]
fn Own() -> Element {
    let visitor = use_visitor();
    let name = visitor.user.name.to_string();
    rsx! {
        div { class: "ao-menu ao-menu-end",
            button {
                r#type: "button",
                class: "ao-button ao-button-quiet",
                "popovertarget": "own",
                "aria-haspopup": "true",
                // Its letters are not said beside the name.
                span { "aria-hidden": "true", Avatar { name: name.clone() } }
                span { class: "ao-own-name", "{name}" }
            }
            div { id: "own", class: "ao-menu-list", popover: "auto", role: "group", "aria-label": own::shell::account(), "data-menu": "",
                p { class: "ao-menu-label", "{visitor.user.email}" }
                ul {
                    li {
                        a { class: "ao-menu-link", href: "/settings", "data-reload": "",
                            span { class: "ao-menu-text", {own::shell::settings()} }
                        }
                    }
                    li {
                        a { class: "ao-menu-link", href: "/password", "data-reload": "",
                            span { class: "ao-menu-text", {own::shell::change_password()} }
                        }
                    }
                }
                form { method: "post", action: "/logout", "data-reload": "",
                    input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
                    button { r#type: "submit", class: "ao-menu-link",
                        span { class: "ao-menu-text", {own::shell::sign_out()} }
                    }
                }
            }
        }
    }
}

/// Everywhere the visitor can go.
#[component]
fn Navigation() -> Element {
    let visitor = use_visitor();
    let location = use_location();
    let registry = visitor.engine.registry();
    let path = location.read().path.clone();
    // With each screen: numbers beside entries change by what was done on the last.
    let load = use_load(path.clone(), move |_| with_tasks(registry));
    let sections = load.with(|answer| match answer {
        Some(Ok(sections)) => sections.clone(),
        _ => Vec::new(),
    });
    // Of entries of which one is below the other, the nearer one is where the page is.
    let leads_here = |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let here = sections.iter().flat_map(Section::entries).map(|entry| entry.href.as_str());
    let here = here.filter(|href| leads_here(href)).max_by_key(|href| href.len()).map(ToOwned::to_owned);
    rsx! {
        // On a narrow screen it opens over the content, by the button of the header.
        nav {
            id: "navigation",
            class: "ao-sidebar ao-nav",
            popover: "auto",
            "aria-label": own::shell::navigation(),
            dangerous_inner_html: written(&sections, here.as_deref()),
        }
    }
}

/// Tasks first: somebody waits for them. That they cannot be counted now hides nothing else.
async fn with_tasks(registry: &'static Registry) -> Result<Vec<Section>> {
    let (tasks, sections) = join(tasks::section(registry), sections(registry)).await;
    if let Err(error) = &tasks {
        tracing::warn!(%error, "the tasks of a user cannot be counted");
    }
    Ok(tasks.ok().flatten().into_iter().chain(sections?).collect())
}

/// The navigation as HTML: it stands on every page, and has nothing that the server would have to be told of.
fn written(sections: &[Section], here: Option<&str>) -> Html {
    let mut html = Markup::default();
    for section in sections {
        let app = section.app;
        html.own("<div><p class=\"ao-nav-label\" id=\"navigation-").text(app).own("\">");
        match &section.home {
            Some(home) => html.own("<a href=\"").text(home).own("\">").text(&section.label).own("</a></p>"),
            None => html.text(&section.label).own("</p>"),
        };
        for (place, group) in (0..).zip(&section.groups) {
            html.own("<div class=\"ao-nav-part\">");
            if let Some(label) = &group.label {
                html.own("<p class=\"ao-nav-sub\" id=\"navigation-").text(app).own("-").number(place).own("\">");
                html.text(label).own("</p>");
            }
            html.own("<ul aria-labelledby=\"navigation-").text(app);
            if group.label.is_some() {
                html.own("-").number(place);
            }
            html.own("\">");
            for entry in &group.entries {
                html.own("<li><a href=\"").text(&entry.href);
                html.own(if here == Some(entry.href.as_str()) { "\" aria-current=\"page\">" } else { "\">" });
                entry.icon.write(&mut html);
                html.own("<span>").text(&entry.label).own("</span>");
                if let Some(badge) = &entry.badge {
                    html.own("<span class=\"ao-count\">").text(badge).own("</span>");
                }
                html.own("</a></li>");
            }
            html.own("</ul></div>");
        }
        html.own("</div>");
    }
    html.into_html()
}
