//! A screen as somebody without script sees it.

use scraper::{ElementRef, Html, Selector};

use super::{Answer, Client, Method};

/// A page that was answered.
pub struct Page {
    html: Html,
    pub status: u16,
    pub text: String,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error:?}"))
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// The page of an answer.
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        assert!(kind.starts_with("text/html"), "a page: {} {kind} {}", answer.status, answer.body);
        let text = answer.body.as_str().expect("HTML").to_owned();
        Self { html: Html::parse_document(&text), status: answer.status, text }
    }

    /// Checks the status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.words("main"));
        self
    }

    /// The words of everything that a selector finds.
    pub fn all(&self, css: &str) -> Vec<String> {
        self.html.select(&selector(css)).map(words).collect()
    }

    /// The words of the first thing that a selector finds; nothing if it finds none.
    pub fn words(&self, css: &str) -> String {
        self.all(css).into_iter().next().unwrap_or_default()
    }

    /// True if a selector finds something.
    pub fn has(&self, css: &str) -> bool {
        self.html.select(&selector(css)).next().is_some()
    }

    /// An attribute of everything that a selector finds.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.html.select(&selector(css)).filter_map(|found| found.attr(name)).map(str::to_owned).collect()
    }

    /// Where the link with this name leads; `None`: there is none.
    pub fn link(&self, name: &str) -> Option<String> {
        self.link_in("body", name)
    }

    /// Where the link with this name leads, within what a selector finds.
    pub fn link_in(&self, css: &str, name: &str) -> Option<String> {
        let links = selector(&format!("{css} a[href]"));
        let called = |link: &ElementRef<'_>| link.attr("aria-label").map_or_else(|| words(*link), str::to_owned);
        let found = self.html.select(&links).find(|link| called(link).trim_end_matches([' ', '▲', '▼']) == name);
        found.and_then(|link| link.attr("href")).map(str::to_owned)
    }

    /// Names of the columns of the table.
    pub fn columns(&self) -> Vec<String> {
        let mut names = self.all("table.ao-table thead th:not(.ao-check)");
        for name in &mut names {
            *name = name.trim_end_matches([' ', '▲', '▼']).to_owned();
        }
        names
    }

    /// The table, row by row.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let rows = self.html.select(&selector("table.ao-table tbody tr")).collect::<Vec<_>>();
        let cells = selector("td:not(.ao-check), th");
        rows.iter().map(|row| row.select(&cells).map(words).collect()).collect()
    }

    /// One column of the table, by its name.
    #[track_caller]
    pub fn column(&self, name: &str) -> Vec<String> {
        let place = self.columns().iter().position(|column| column == name);
        let place = place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.columns()));
        self.rows().into_iter().map(|row| row[place].clone()).collect()
    }

    /// What the form that a selector finds sends when nobody touches it, in order, and where.
    #[track_caller]
    pub fn form(&self, css: &str) -> Sent {
        let form = self.html.select(&selector(css)).next().unwrap_or_else(|| panic!("no {css} in {}", self.text));
        let mut fields = Vec::new();
        for field in form.select(&selector("input[name], select[name], textarea[name]")) {
            let name = field.attr("name").unwrap_or_default().to_owned();
            let kind = field.attr("type").unwrap_or_default();
            let value = match field.value().name() {
                "select" => {
                    let options: Vec<_> = field.select(&selector("option")).collect();
                    let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
                    chosen.map(|option| option.attr("value").map_or_else(|| words(*option), str::to_owned))
                }
                "textarea" => Some(field.text().collect()),
                _ if ["checkbox", "radio"].contains(&kind) && field.attr("checked").is_none() => None,
                _ if ["submit", "file"].contains(&kind) => None,
                _ => Some(field.attr("value").unwrap_or_default().to_owned()),
            };
            fields.extend(value.map(|value| (name, value)));
        }
        Sent {
            action: form.attr("action").unwrap_or_default().to_owned(),
            method: form.attr("method").unwrap_or("get").to_ascii_lowercase(),
            fields,
        }
    }
}

/// A form, filled in and not yet sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub action: String,
    pub method: String,
    pub fields: Vec<(String, String)>,
}

impl Sent {
    /// With another value in the place of all of this name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With one more value of this name.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self
    }
}

impl Client {
    /// Opens a page as a browser does: it follows redirections.
    pub async fn open(&self, address: &str) -> Page {
        Page::of(&self.follow(self.read(address).await).await)
    }

    /// Asks for a page, and follows nothing.
    pub async fn read(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address).header("accept", "text/html")).await
    }

    /// Sends a form, and follows nothing.
    pub async fn submit_bare(&self, sent: &Sent) -> Answer {
        let fields: Vec<(&str, &str)> =
            sent.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let url = reqwest::Url::parse_with_params("http://host", &fields).expect("fields");
        let query = url.query().unwrap_or_default();
        if sent.method == "get" {
            return self.read(&format!("{}?{query}", sent.action)).await;
        }
        let request = self.request(Method::POST, &sent.action).header("accept", "text/html");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(query.to_owned())).await
    }

    /// Sends a form as a browser does, and gives the page to which it leads.
    pub async fn submit(&self, sent: &Sent) -> Page {
        let answer = self.submit_bare(sent).await;
        Page::of(&self.follow(answer).await)
    }

    async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            if answer.status != 303 {
                return answer;
            }
            let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
            answer = self.read(&to).await;
        }
        panic!("the redirections have no end");
    }
}
