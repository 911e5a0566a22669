//! Files that pages load, each with the hash of its content in its address: what has such an address never
//! changes, so browsers keep it and ask no more.

use std::io::Write as _;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::client::SCRIPT;
use super::style::{STYLE, logos, themes};

/// A file in the program.
struct File {
    /// Its name, such as `appos.css`.
    name: &'static str,
    content_type: &'static str,
    content: fn() -> String,
}

/// Every file of the platform's own. A further one is a further line.
static FILES: &[File] = &[
    File { name: "appos.css", content_type: CSS, content: || STYLE.to_owned() },
    File { name: "appos.js", content_type: "text/javascript; charset=utf-8", content: || SCRIPT.to_owned() },
    File { name: "icon.svg", content_type: "image/svg+xml", content: || ICON.to_owned() },
    File { name: "themes.css", content_type: CSS, content: themes },
];

/// What browsers show beside the title of a page. Those that look for it where it was always found ask for `/favicon.ico`.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\
<rect width=\"32\" height=\"32\" rx=\"7\" fill=\"#3451c6\"/>\
<path d=\"M8 9h16v4H8zM8 15.5h10v4H8zM8 22h13v4H8z\" fill=\"#fff\"/></svg>\n";

const CSS: &str = "text/css; charset=utf-8";

/// A file as it is sent.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Address with the hash: `/assets/appos.1f2e3d4c5b6a7988.css`.
    pub(crate) address: String,
    pub(crate) content_type: &'static str,
    pub(crate) content: Vec<u8>,
    /// The same compressed, if that makes it smaller.
    pub(crate) gzip: Option<Vec<u8>>,
    /// In quotes, as in the header.
    pub(crate) tag: String,
}

impl Asset {
    /// A file below `/assets/`; `name` is its path there without the hash.
    pub(crate) fn new(name: &str, content_type: &'static str, content: Vec<u8>) -> Self {
        let hash = Sha256::digest(&content).iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        let hash = format!("{hash:016x}");
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing into memory cannot fail; if it did, the file would be sent as it is.
        let gzip = encoder.write_all(&content).and_then(|()| encoder.finish()).ok();
        Self {
            address: format!("/assets/{stem}.{hash}.{extension}"),
            content_type,
            gzip: gzip.filter(|gzip| gzip.len() < content.len()),
            content,
            tag: format!("\"{hash}\""),
        }
    }
}

fn own() -> &'static [Asset] {
    static OWN: OnceLock<Vec<Asset>> = OnceLock::new();
    OWN.get_or_init(|| {
        FILES.iter().map(|file| Asset::new(file.name, file.content_type, (file.content)().into_bytes())).collect()
    })
}

/// The address of one of the platform's own files; that without a hash, if there is no such file.
pub(crate) fn address(name: &str) -> String {
    let place = FILES.iter().position(|file| file.name == name);
    place.and_then(|place| own().get(place)).map_or_else(|| format!("/assets/{name}"), |asset| asset.address.clone())
}

/// The file at an address, and whether that has the hash in it.
pub(crate) fn find(path: &str) -> Option<(&'static Asset, bool)> {
    if let Some(asset) = own().iter().chain(logos().values()).find(|asset| asset.address == path) {
        return Some((asset, true));
    }
    let name = if path == "/favicon.ico" { "icon.svg" } else { path.strip_prefix("/assets/")? };
    let place = FILES.iter().position(|file| file.name == name)?;
    own().get(place).map(|asset| (asset, false))
}
