//! Somebody who looks closely.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Client as Driver;
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::support::{Client, axe};

/// Longest wait for anything on a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// What leaves the window, and texts of which a part cannot be seen.
const CUT: &str = "
    const seen = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !element.closest('.ao-hidden, .ao-skip, .ao-visually-hidden, svg, noscript')
        && getComputedStyle(element).clipPath !== 'inset(50%)';
    const within = element => {
        for (let above = element; above && above !== document.documentElement; above = above.parentElement) {
            if (above !== element && ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(above).overflowX)) return true;
            if (getComputedStyle(above).position === 'fixed' && above !== element) return true;
        }
        return false;
    };
    const named = element => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} '${element.textContent.trim().slice(0, 60)}'`;
    const wrong = [];
    if (document.documentElement.scrollWidth > window.innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.body.querySelectorAll('*')) {
        if (!seen(element)) continue;
        const box = element.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        if ((box.left < -1 || box.right > window.innerWidth + 1) && !within(element)) wrong.push(`beside the window: ${named(element)}`);
        if (element.matches('input, select, textarea, option')) continue;
        const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const style = getComputedStyle(element);
        if (!words || style.display === 'inline') continue;
        const hides = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis';
        if (hides && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut at the side: ${named(element)}`);
        if (['hidden', 'clip'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 3) wrong.push(`cut below: ${named(element)}`);
    }
    return wrong;";

/// How much of what was shown has moved since the page began to load, by itself.
const MOVED: &str = "const done = arguments[arguments.length - 1];
    let sum = 0;
    const moved = [];
    const watch = new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) {
        sum += shift.value;
        for (const source of shift.sources) {
            const element = source.node?.nodeType === 1 ? source.node : source.node?.parentElement;
            moved.push(`${element?.tagName}.${element?.className} ${JSON.stringify(source.previousRect)} ${JSON.stringify(source.currentRect)}`);
        }
    } });
    watch.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => { watch.disconnect(); done([sum, moved]); }, 150);";

/// True if pictures are to be made anew.
fn is_blessed() -> bool {
    std::env::var_os("APPOS_BLESS").is_some_and(|bless| bless == "1")
}

pub struct Eye {
    browser: Browser,
    url: String,
    axe: String,
    /// All that is wrong, so that one look tells everything.
    wrong: Vec<String>,
}

impl Eye {
    pub async fn opens(url: &str) -> Self {
        let browser = Browser::start().await;
        let eye = Self { browser, url: url.to_owned(), axe: axe::script(), wrong: Vec::new() };
        // Colours change at once, so that nothing is looked at on its way.
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        eye.browser.command("Emulation.setEmulatedMedia", still).await;
        eye.driver().goto(&format!("{url}/login")).await.expect("a page");
        eye.wide(1280).await;
        eye
    }

    pub fn driver(&self) -> &Driver {
        &self.browser.client
    }

    /// The window has another size, also one that no screen here has.
    async fn wide(&self, width: u32) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.browser.command("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Looks as somebody from now on; `None`: as a stranger.
    pub async fn is(&self, client: Option<&Client>) {
        self.driver().delete_all_cookies().await.expect("no cookies");
        let Some(session) = client.and_then(|client| client.session.as_deref()) else { return };
        let (name, value) = session.split_once('=').expect("a cookie");
        let cookie = json!({ "name": name, "value": value, "url": self.url, "httpOnly": true });
        self.browser.command("Network.setCookie", cookie).await;
    }

    pub async fn ask(&self, script: &str) -> Json {
        self.driver().execute(script, Vec::new()).await.unwrap_or(Json::Null)
    }

    /// Waits until an expression is true in the page.
    pub async fn until(&self, condition: &str) {
        let begun = Instant::now();
        while self.ask(&format!("return !!({condition})")).await != true {
            if begun.elapsed() > PATIENCE {
                let shown = self.ask("return location.href + ' ' + document.body.innerText").await;
                panic!("not so: {condition}: {shown}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Opens a page, and waits until its script is there; nothing on it may have moved by then.
    pub async fn open(&mut self, path: &str) {
        self.driver().goto(&format!("{}{path}", self.url)).await.expect("a page");
        self.is_settled().await;
        let moved = self.moved().await;
        if moved[0].as_f64() != Some(0.0) {
            self.wrong.push(format!("{path} moves while it loads: {moved}"));
        }
    }

    /// From now on what the server sends comes in many pieces.
    pub async fn is_far_away(&self) {
        let far = json!({ "offline": false, "latency": 5, "downloadThroughput": 8_000, "uploadThroughput": -1 });
        self.browser.command("Network.enable", json!({})).await;
        self.browser.command("Network.emulateNetworkConditions", far).await;
    }

    pub async fn moved(&self) -> Json {
        self.driver().execute_async(MOVED, Vec::new()).await.expect("an answer")
    }

    /// Waits until the page is there and its socket, if it has one.
    pub async fn is_settled(&self) {
        self.until(
            "document.readyState === 'complete' && !('loading' in document.documentElement.dataset)
            && (!document.body.dataset.live || document.documentElement.dataset.conn === 'live')",
        )
        .await;
    }

    /// Looks at the page that is open from all sides. What it is called names its pictures.
    pub async fn looks_at(&mut self, name: &str) {
        // A theme is colours: where it is the second of a size, nothing else can have become wrong.
        let looks: [(u32, &str, Option<&[&str]>); 5] = [
            (1280, "light", Some(&[])),
            (1280, "dark", Some(&["color-contrast"])),
            (360, "dark", Some(&[])),
            (360, "light", None),
            (2560, "light", None),
        ];
        let mut before = 0;
        for (width, theme, rules) in looks {
            if rules.is_none() && width == 360 && !is_blessed() {
                continue;
            }
            if width != before {
                self.wide(width).await;
            }
            let script = format!("document.documentElement.dataset.theme = '{theme}'; scrollTo(0, 0);");
            self.ask(&script).await;
            let next = "const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
            self.driver().execute_async(next, Vec::new()).await.expect("it is drawn");
            if let Some(rules) = rules {
                for found in axe::found(self.driver(), &self.axe, rules).await {
                    self.wrong.push(format!("{name}, {theme} at {width}: {found}"));
                }
            }
            if width != 360 || theme == "light" {
                self.picture(&format!("{name}-{theme}-{width}"), width).await;
            }
            if width != before {
                for cut in self.ask(CUT).await.as_array().expect("a list") {
                    self.wrong.push(format!("{name} at {width}: {cut}"));
                }
            }
            before = width;
        }
        self.wide(1280).await;
    }

    async fn picture(&self, name: &str, width: u32) {
        if !is_blessed() {
            return;
        }
        let scale = if width > 2000 { 0.5 } else { 1.0 };
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": 900, "scale": scale });
        let asked = json!({ "format": "webp", "quality": 60, "clip": clip });
        let picture = self.browser.command("Page.captureScreenshot", asked).await;
        let bytes = STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/pages");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.webp")), bytes).expect("it is kept");
    }

    /// Nothing was wrong.
    pub async fn closes(self) {
        self.driver().clone().close().await.expect("it closes");
        assert!(self.wrong.is_empty(), "{} things are wrong:\n{}", self.wrong.len(), self.wrong.join("\n"));
    }
}
