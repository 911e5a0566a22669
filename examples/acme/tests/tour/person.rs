//! Somebody before a browser: finds things by the names that they see, with the mouse or by keys.

use std::path::Path;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value as Json, json};

/// Longest wait for anything on a page.
const PATIENCE: Duration = Duration::from_secs(60);
/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Most steps of the Tab key to anything of a page.
const STEPS: usize = 250;

/// How a name is read off an element, and whether somebody sees it.
const NAMES: &str = "const words = element => {
        const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const all = [];
        while (walk.nextNode()) {
            if (!walk.currentNode.parentElement.closest('[aria-hidden=true]')) all.push(walk.currentNode.data);
        }
        return all.join(' ');
    };
    const named = element => (element.getAttribute('aria-label') || (element.labels?.[0] && words(element.labels[0]))
        || words(element)).replace(/\\s+/g, ' ').trim().replace(/ ?\\*$/, '');
    const seen = element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
        && element.type !== 'hidden' && !element.closest('[aria-hidden=true]');";

const PRESSED: &str = "a[href],button,summary,[role=option]";
const FILLED: &str = "input,textarea,select";

pub(crate) struct Person<'a> {
    client: &'a Client,
    /// Uses no mouse.
    by_keys: bool,
    /// What the pictures begin with.
    pictures: &'static str,
}

impl<'a> Person<'a> {
    pub(crate) fn with_mouse(client: &'a Client) -> Self {
        Self { client, by_keys: false, pictures: "tour" }
    }

    pub(crate) fn by_keys(client: &'a Client) -> Self {
        Self { client, by_keys: true, pictures: "keys" }
    }

    async fn ask(&self, script: &str, arguments: Vec<Json>) -> Json {
        self.client.execute(script, arguments).await.unwrap_or(Json::Null)
    }

    /// Asks the page until it says yes.
    async fn until(&self, what: &str, script: &str, arguments: &[Json]) {
        let begun = std::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.ask(script, arguments.to_vec()).await == json!(true) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        let shown = self.ask("return location.href + ' ' + document.body.innerText", Vec::new()).await;
        panic!("{what}: {shown}");
    }

    /// Waits until the page has this heading, and its script has caught up.
    pub(crate) async fn arrives_at(&self, heading: &str) {
        let script = "const root = document.documentElement;
            return document.querySelector('h1')?.innerText.trim() === arguments[0] && document.readyState === 'complete'
                && !('loading' in root.dataset) && (!document.body.dataset.live || root.dataset.conn === 'live');";
        self.until(&format!("no page `{heading}`"), script, &[json!(heading)]).await;
    }

    /// Waits until a text can be seen.
    pub(crate) async fn sees(&self, text: &str) {
        let script = "return document.body.innerText.includes(arguments[0])";
        self.until(&format!("`{text}` is not to be seen"), script, &[json!(text)]).await;
    }

    /// Marks what is called this, once it is there; what is open above the page comes first.
    async fn find(&self, kinds: &str, name: &str) {
        let script = format!(
            "{NAMES} const [kinds, name] = arguments;
            const open = [...document.querySelectorAll('dialog:modal, [popover]:popover-open')];
            for (const old of document.querySelectorAll('[data-tour]')) old.removeAttribute('data-tour');
            for (const within of [...open.reverse(), document]) {{
                const all = [...within.querySelectorAll(kinds)].filter(seen);
                const found = all.find(element => element.id === name || named(element) === name);
                if (found) {{ found.setAttribute('data-tour', ''); return true; }}
            }}
            return false;"
        );
        self.until(&format!("nothing is called `{name}`"), &script, &[json!(kinds), json!(name)]).await;
    }

    /// Does something with what is called this; once more if another has taken its place meanwhile.
    async fn does<T>(&self, kinds: &str, name: &str, what: impl AsyncFn(Element) -> Result<T, CmdError>) {
        for _ in 0..STEPS {
            self.find(kinds, name).await;
            let Ok(found) = self.client.find(Locator::Css("[data-tour]")).await else { continue };
            match what(found).await {
                Ok(_) => return,
                Err(error) if error.is_stale_element_reference() => {}
                Err(error) => panic!("`{name}`: {error}"),
            }
        }
        panic!("`{name}` does not stay");
    }

    /// Goes on with the Tab key until the focus is on what is called this.
    async fn tabs_there(&self, kinds: &str, name: &str) {
        for _ in 0..STEPS {
            // A form that comes back from the server has other fields of the same names.
            self.find(kinds, name).await;
            if self.ask("return document.activeElement?.hasAttribute('data-tour') ?? false", Vec::new()).await
                == json!(true)
            {
                let visible = "return document.activeElement.matches(':focus-visible')";
                assert_eq!(self.ask(visible, Vec::new()).await, json!(true), "the focus on `{name}` can be seen");
                return;
            }
            self.types("\u{e004}").await;
        }
        panic!("the Tab key does not lead to `{name}`");
    }

    /// Presses keys where the focus is.
    pub(crate) async fn types(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("it takes keys");
    }

    /// Presses a link or a button.
    pub(crate) async fn presses(&self, name: &str) {
        if self.by_keys {
            self.tabs_there(PRESSED, name).await;
            return self.types("\u{e007}").await;
        }
        self.does(PRESSED, name, async |found| found.click().await).await;
    }

    /// Writes into a field, in the place of what is there.
    pub(crate) async fn fills(&self, name: &str, text: &str) {
        if self.by_keys {
            self.tabs_there(FILLED, name).await;
            self.types("\u{e009}a\u{e000}").await;
            return self.types(text).await;
        }
        let write = async |field: Element| {
            field.clear().await?;
            field.send_keys(text).await
        };
        self.does(FILLED, name, write).await;
    }

    /// Writes a date into a field for one, as a browser in English takes it.
    pub(crate) async fn fills_date(&self, name: &str, date: chrono::NaiveDate) {
        if self.by_keys {
            self.tabs_there(FILLED, name).await;
        } else {
            self.does(FILLED, name, async |found| found.click().await).await;
        }
        self.types(&date.format("%m%d%Y").to_string()).await;
    }

    /// Chooses of a list.
    pub(crate) async fn chooses(&self, name: &str, option: &str) {
        if self.by_keys {
            self.tabs_there(FILLED, name).await;
            // A list goes to what begins with what is typed.
            return self.types(option).await;
        }
        self.does(FILLED, name, async |found| found.select_by_label(option).await).await;
    }

    /// Chooses a row in a field that searches.
    pub(crate) async fn picks(&self, name: &str, part: &str, whole: &str) {
        self.fills(name, part).await;
        self.find("[role=option]", whole).await;
        if self.by_keys {
            self.types("\u{e015}").await;
            return self.types("\u{e007}").await;
        }
        self.does("[role=option]", whole, async |found| found.click().await).await;
    }

    /// Goes somewhere by the palette.
    pub(crate) async fn goes_to(&self, part: &str, whole: &str) {
        self.types("\u{e009}k\u{e000}").await;
        self.find("input[role=combobox]", "Go to").await;
        self.types(part).await;
        self.find("[role=option]", whole).await;
        let chosen = format!(
            "{NAMES} const id = document.activeElement.getAttribute('aria-activedescendant');
            return Boolean(id && named(document.getElementById(id)) === arguments[0]);"
        );
        for _ in 0..STEPS {
            if self.ask(&chosen, vec![json!(whole)]).await == json!(true) {
                return self.types("\u{e007}").await;
            }
            self.types("\u{e015}").await;
        }
        panic!("the arrow keys do not lead to `{whole}`");
    }

    /// What an address of the server answers to this browser.
    pub(crate) async fn fetches(&self, address: &str) -> String {
        let script = "const done = arguments[arguments.length - 1];
            fetch(arguments[0]).then(answer => answer.text()).then(done, done);";
        let told = self.client.execute_async(script, vec![json!(address)]).await.expect("a script of the driver");
        told.as_str().unwrap_or_default().to_owned()
    }

    /// Where a link leads.
    pub(crate) async fn address_of(&self, name: &str) -> String {
        self.find("a[href]", name).await;
        let found = self.client.find(Locator::Css("[data-tour]")).await.expect("what was found");
        found.attr("href").await.expect("an attribute").expect("an address")
    }

    /// Something of the page, as a text.
    pub(crate) async fn reads(&self, script: &str) -> String {
        self.ask(script, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    /// A picture for people to judge, if they are to be made anew.
    pub(crate) async fn picture(&self, name: &str) {
        if std::env::var_os("APPOS_BLESS").is_none() {
            return;
        }
        // What moves comes to rest.
        tokio::time::sleep(Duration::from_millis(400)).await;
        let bytes = self.client.screenshot().await.expect("a picture");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{}-{name}.png", self.pictures)), bytes).expect("it can be written");
    }
}
