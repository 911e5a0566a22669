//! A page as a browser without script has it: its forms are filled in by the names of their fields, and
//! send what such a browser would.

#![allow(dead_code, reason = "each test takes what it needs")]

use reqwest::header::CONTENT_TYPE;

use crate::support::{Answer, Client, Method};

/// A page.
pub struct Page {
    pub status: u16,
    pub html: String,
    /// Where the answer leads.
    pub location: Option<String>,
}

/// A form of a page, as it would be sent now.
#[derive(Clone)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// A tag with its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    /// Where it ends.
    end: usize,
}

impl Page {
    fn of(answer: &Answer) -> Self {
        let location = answer.headers.get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        Self { status: answer.status, html: answer.body.as_str().unwrap_or_default().to_owned(), location }
    }

    pub async fn get(client: &Client, path: &str) -> Self {
        Self::of(&client.get(path).await)
    }

    /// The page that must be there.
    pub async fn open(client: &Client, path: &str) -> Self {
        let page = Self::get(client, path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        page
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// What is to be read on the page.
    pub fn text(&self) -> String {
        text_of(&self.html)
    }

    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.text().contains(text), "`{text}` is not in: {}", self.text());
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.text().contains(text), "`{text}` is in: {}", self.text());
        self
    }

    /// What stands beside a field as being wrong.
    pub fn error(&self, id: &str) -> Option<String> {
        let (_, rest) = self.html.split_once(&format!("id=\"{id}-error\""))?;
        let (_, rest) = rest.split_once('>')?;
        Some(text_of(rest.split_once("</p>")?.0))
    }

    /// The form that is sent to this address.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        self.forms().into_iter().find(|form| form.action == action).unwrap_or_else(|| {
            let all: Vec<_> = self.forms().into_iter().map(|form| form.action).collect();
            panic!("no form for {action}, but for {all:?}: {}", self.text())
        })
    }

    /// The forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        // The name of the list that is open, and what is chosen of it.
        let mut select: Option<(String, Option<String>)> = None;
        let mut at = 0;
        while let Some(tag) = next_tag(&self.html, at) {
            at = tag.end;
            let attribute =
                |name: &str| tag.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
            match tag.name {
                "form" => forms.push(Form { action: attribute("action").unwrap_or_default(), fields: Vec::new() }),
                "select" => select = Some((attribute("name").unwrap_or_default(), None)),
                "option" => {
                    if let Some((_, chosen)) = &mut select {
                        let value = attribute("value").unwrap_or_default();
                        // Without a choice the first one is taken.
                        if attribute("selected").is_some() || chosen.is_none() {
                            *chosen = Some(value);
                        }
                    }
                }
                "/select" => {
                    if let (Some((name, Some(value))), Some(form)) = (select.take(), forms.last_mut()) {
                        form.fields.push((name, value));
                    }
                }
                "textarea" => {
                    let content = self.html[at..].split("</textarea>").next().unwrap_or_default();
                    let content = unescaped(content.strip_prefix('\n').unwrap_or(content));
                    if let (Some(name), Some(form)) = (attribute("name"), forms.last_mut()) {
                        form.fields.push((name, content));
                    }
                }
                "input" => {
                    let kind = attribute("type").unwrap_or_default();
                    let ticked = !matches!(kind.as_str(), "checkbox" | "radio") || attribute("checked").is_some();
                    if let (Some(name), Some(form), true) = (attribute("name"), forms.last_mut(), ticked) {
                        form.fields.push((name, attribute("value").unwrap_or_default()));
                    }
                }
                _ => {}
            }
        }
        forms
    }
}

impl Form {
    /// Writes into a field, whatever stood there.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().rev().find(|(own, _)| own == name);
        found.map_or_else(|| panic!("no field {name} in {:?}", self.fields), |(_, value)| value)
    }

    /// Sends the form.
    pub async fn send(&self, client: &Client) -> Page {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Page::of(&client.form(&self.action, &fields).await)
    }

    /// Sends the form with a file, as browsers do: the fields as they stand in it.
    pub async fn send_file(&self, client: &Client, file: (&str, &str, &[u8])) -> Page {
        Page::of(&client.send(self.with_file(client, file)).await)
    }

    /// The request of a form with a file.
    pub fn with_file(&self, client: &Client, (field, name, bytes): (&str, &str, &[u8])) -> reqwest::RequestBuilder {
        const FORM_DATA: &str = "--b\r\nContent-Disposition: form-data; name=";
        let mut body = Vec::new();
        // What is written into the form anew stands behind the file in this list, and before it in the page.
        let others = self.fields.iter().filter(|(own, _)| own != field);
        for (own, value) in others {
            body.extend(format!("{FORM_DATA}\"{own}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let file = format!("{FORM_DATA}\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
        body.extend(format!("{file}\r\n\r\n").into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let request = client.request(Method::POST, &self.action);
        request.header(CONTENT_TYPE, "multipart/form-data; boundary=b").body(body)
    }

    /// Sends the form by a button.
    pub async fn press(&self, client: &Client, name: &str, value: &str) -> Page {
        self.clone().with(name, value).send(client).await
    }

    /// Sends the form, which must be done, and gives the id in the address that follows.
    #[track_caller]
    pub fn id_in(page: &Page) -> i64 {
        assert_eq!(page.status, 303, "{}", page.text());
        let location = page.location.as_deref().expect("an address");
        let path = location.split('?').next().unwrap_or_default();
        path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in {location}"))
    }
}

fn next_tag(html: &str, from: usize) -> Option<Tag<'_>> {
    let start = from + html.get(from..)?.find('<')?;
    let mut end = start + 1;
    let mut quoted = false;
    for c in html[start + 1..].chars() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => break,
            _ => {}
        }
        end += c.len_utf8();
    }
    let inside = html[start + 1..end].trim_end_matches('/');
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = rest.trim_start().split_once('=') {
        if let Some(after) = after.strip_prefix('"') {
            let (value, after) = after.split_once('"').unwrap_or((after, ""));
            attributes.push((attribute, unescaped(value)));
            rest = after;
        } else {
            let (value, after) = after.split_once(' ').unwrap_or((after, ""));
            attributes.push((attribute, unescaped(value)));
            rest = after;
        }
    }
    Some(Tag { name, attributes, end: end + 1 })
}

fn unescaped(text: &str) -> String {
    let mut all = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        all.push_str(before);
        let (name, after) = after.split_once(';').unwrap_or_else(|| panic!("a lone & in {text}"));
        all.push(match name {
            "lt" | "#60" => '<',
            "gt" | "#62" => '>',
            "amp" | "#38" => '&',
            "quot" | "#34" => '"',
            "#39" | "#x27" => '\'',
            other => panic!("unknown: &{other};"),
        });
        rest = after;
    }
    all.push_str(rest);
    all
}

/// What is left without tags.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}
