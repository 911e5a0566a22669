//! What a large file costs on its way into a document and out of it, beside a bare actix server that writes it into a
//! file and reads it from there: the same bytes, over the same kind of connection, in turns. The memory of the
//! platform is looked at after each.
//!
//! `cargo bench -p acme --bench files`, and `-- --quick` for files of 128 MiB.

mod bare;
mod platform;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use platform::Platform;

const PIECE: usize = 1 << 16;

/// One request with a body of so many bytes, and the length of what is answered.
fn exchange(address: &str, head: &str, bytes: u64) -> (String, u64) {
    let mut stream = TcpStream::connect(address).expect("a server");
    write!(stream, "{head}Host: {address}\r\nConnection: close\r\nContent-Length: {bytes}\r\n\r\n")
        .expect("it is sent");
    // Text, as its type says: letters and lines.
    let piece: Vec<u8> = (0..PIECE).map(|at| if at % 80 == 79 { b'\n' } else { b'a' + (at % 26) as u8 }).collect();
    let mut left = bytes;
    while left > 0 {
        let part = left.min(PIECE as u64);
        stream.write_all(&piece[..part as usize]).expect("it is sent");
        left -= part;
    }
    let (mut buffer, mut answer) = (vec![0; PIECE], Vec::new());
    let head_end = loop {
        let read = stream.read(&mut buffer).expect("an answer");
        answer.extend_from_slice(&buffer[..read]);
        if let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(read > 0, "{}", String::from_utf8_lossy(&answer));
    };
    let mut length = (answer.len() - head_end) as u64;
    loop {
        match stream.read(&mut buffer).expect("an answer") {
            0 => break,
            read => length += read as u64,
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), length)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (bytes, rounds) = if quick { (128 << 20, 3) } else { (1 << 30, 5) };
    let folder = tempfile::tempdir().expect("a folder");
    let bare = bare::start(&folder.path().join("bare"));
    let platform = Platform::start(&folder.path().join("platform"));
    let before = platform.resident();
    let (mut ups, mut downs, mut speeds) = (Vec::new(), Vec::new(), [Vec::new(), Vec::new(), Vec::new(), Vec::new()]);
    let speed = |begun: Instant| bytes as f64 / f64::from(1 << 20) / begun.elapsed().as_secs_f64();
    for _ in 0..rounds {
        let begun = Instant::now();
        let (said, _) = exchange(&bare, "PUT /file HTTP/1.1\r\n", bytes);
        assert!(said.starts_with("HTTP/1.1 204"), "{said}");
        let bare_up = speed(begun);
        let begun = Instant::now();
        let id = platform.upload(bytes);
        let up = speed(begun);
        let begun = Instant::now();
        assert_eq!(exchange(&bare, "GET /file HTTP/1.1\r\n", 0).1, bytes);
        let bare_down = speed(begun);
        let begun = Instant::now();
        assert_eq!(platform.download(id), bytes);
        let down = speed(begun);
        platform.delete(id);
        ups.push(up / bare_up);
        downs.push(down / bare_down);
        for (all, one) in speeds.iter_mut().zip([up, bare_up, down, bare_down]) {
            all.push(one);
        }
    }
    let [up, bare_up, down, bare_down] = speeds.map(median);
    println!("{} MiB, {rounds} rounds in turns; medians", bytes >> 20);
    println!("  upload    {:5.2}   appos {up:6.0} MiB/s   bare {bare_up:6.0} MiB/s", median(ups));
    println!("  download  {:5.2}   appos {down:6.0} MiB/s   bare {bare_down:6.0} MiB/s", median(downs));
    println!("  memory    {before:.0} MiB before, at most {:.0} MiB", platform.most_resident());
}
