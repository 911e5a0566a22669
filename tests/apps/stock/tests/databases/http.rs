//! The same as a client sees it: routes and screens of the program, whose environment says where the warehouse is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::place::{Kind, Place};

/// The program, and its first administrator's session.
struct Program {
    child: Child,
    address: String,
    session: String,
    folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Program {
    fn start((warehouse, password): (String, String)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let secret = folder.path().join("warehouse");
        std::fs::write(&secret, format!("{password}\n")).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_stock-platform"));
        command.current_dir(folder.path()).env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__DATABASE__URL", "sqlite://stock.db").env("APPOS__DATABASE__MIGRATE", "auto");
        command.env("APPOS__CONNECTED_SYSTEMS__STOCK__WAREHOUSE__URL", warehouse);
        command.env("APPOS__CONNECTED_SYSTEMS__STOCK__WAREHOUSE__ALLOW_NETWORKS", "127.0.0.0/8, ::1/128");
        command.env("WAREHOUSE_PASSWORD_FILE", secret).env_remove("CARGO_MANIFEST_DIR").env_remove("PORT");
        let errors = std::fs::File::create(folder.path().join("stderr")).expect("a file");
        let mut child = command.stdout(Stdio::piped()).stderr(errors).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut program = Self { child, address: String::new(), session: String::new(), folder };
        let token = loop {
            let line = lines.next().expect("a line about the first administrator").expect("a text");
            if let Some(address) = line.strip_prefix("Listening on http://") {
                program.address = address.to_owned();
            }
            if let Some((_, token)) = line.split_once("/setup?token=") {
                break token.to_owned();
            }
        };
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || lines.for_each(drop));
        let body = json!({ "token": token, "email": "a@stock.example", "password": "correct horse battery staple" });
        let (_, head, _) = program.send("POST", "/auth/setup", &body.to_string());
        let (_, cookie) = head.split_once("set-cookie: ").expect("a session");
        program.session = cookie.split(';').next().unwrap_or_default().to_owned();
        program
    }

    /// Status, head and body of an answer.
    fn send(&self, method: &str, path: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let (address, session, length) = (&self.address, &self.session, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {session}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head.to_owned(), body.to_owned())
    }

    fn json(&self, method: &str, path: &str, body: &Json) -> (u16, Json) {
        let (status, _, body) = self.send(method, path, &body.to_string());
        (status, serde_json::from_str(&body).unwrap_or(Json::Null))
    }
}

#[test]
fn routes_and_screens_show_and_change_what_is_in_a_mariadb() {
    let place = Place::new(Kind::Mariadb);
    let (url, password) = place.address();
    let program = Program::start((url.clone(), password));
    let new = |sku: &str, price: &str| {
        json!({ "sku": sku, "name": format!("{sku} <b>"), "price": price, "amount": "1", "number": 1, "weight": 1.5,
            "flag": true, "tags": ["a"], "hidden": false })
    };
    for (sku, price) in [("one", "1.50"), ("two", "2"), ("three", "3")] {
        let (status, row) = program.json("POST", "/api/stock/v1/items", &new(sku, price));
        assert_eq!((status, &row["sku"], &row["version"]), (201, &json!(sku), &json!(1)), "{row}");
    }
    let (status, refused) = program.json("POST", "/api/stock/v1/items", &new("one", "9"));
    assert_eq!((status, &refused["code"]), (409, &json!("not_unique")), "{refused}");
    let path = "/api/stock/v1/items?filter[price][gte]=2&sort=-price&limit=1&count=true&fields=sku,price&q=T";
    let (status, found) = program.json("GET", path, &Json::Null);
    assert_eq!((status, &found["rows"][0]["sku"], &found["count"]), (200, &json!("three"), &json!(2)), "{found}");
    let (status, changed) = program.json("PATCH", "/api/stock/v1/items/1", &json!({ "version": 1, "price": null }));
    assert_eq!((status, &changed["version"], &changed["price"]), (200, &json!(2), &Json::Null), "{changed}");
    let (status, stale) = program.json("PATCH", "/api/stock/v1/items/1", &json!({ "version": 1, "price": "1" }));
    assert_eq!((status, &stale["code"]), (409, &json!("stale_version")), "{stale}");
    let bulk = json!({ "operations": [{ "create": new("four", "4") }, { "create": new("four", "4") }] });
    let (status, failed) = program.json("POST", "/api/stock/v1/items/bulk", &bulk);
    assert_eq!((status, &failed["code"]), (422, &json!("bulk_failed")), "{failed}");
    assert_eq!(place.sql("SELECT group_concat(sku ORDER BY id) FROM items"), "one,two,three");
    let (status, _, list) = program.send("GET", "/stock/items", "");
    assert!(
        status == 200 && list.contains("three &#60;b&#62;") || list.contains("three &lt;b&gt;"),
        "{status}: {list}"
    );
    let (status, _, one) = program.send("GET", "/stock/items/2", "");
    assert!(status == 200 && one.contains("two"), "{status}");
    // Of a server that says no nothing but that is told, least of all how one gets in.
    let login = url.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
    let name = login.expect("a user of the same name").0.to_owned();
    place.sql(&format!("DROP USER {name}@localhost; CREATE USER {name}@localhost IDENTIFIED BY 'other'"));
    std::fs::write(program.folder.path().join("warehouse"), "wrong-one").unwrap();
    let away = loop {
        let (status, body) = program.json("GET", "/api/stock/v1/items", &Json::Null);
        if status != 200 {
            break (status, body);
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    assert_eq!((away.0, &away.1["code"]), (502, &json!("connected_system_unavailable")), "{}", away.1);
    let log = std::fs::read_to_string(program.folder.path().join("stderr")).unwrap();
    assert!(!away.1.to_string().contains(&name) && !log.contains("wrong-one") && !log.contains("first@"), "{log}");
}
