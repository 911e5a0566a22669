//! The line to a server, with its faults: slow, cut, or without the news.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fault {
    /// Nothing.
    None,
    /// Everything takes half a second longer.
    Slow,
    /// Connections are cut, and new ones as well.
    Cut,
    /// Connections that listen to news are cut, and new ones as well; all others work.
    NoNews,
}

const FAULTS: [Fault; 4] = [Fault::None, Fault::Slow, Fault::Cut, Fault::NoNews];

struct Connection {
    sockets: [TcpStream; 2],
    listens: bool,
}

/// A line to a server, of which one can decide what is wrong with it.
pub struct Line {
    address: SocketAddr,
    fault: Arc<AtomicU8>,
    open: Arc<Mutex<Vec<Arc<Mutex<Connection>>>>>,
}

impl Line {
    /// A line to this address.
    ///
    /// # Panics
    /// The system gives no port.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let line = Self { address, fault: Arc::default(), open: Arc::default() };
        let (fault, open) = (Arc::clone(&line.fault), Arc::clone(&line.open));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if current(&fault) == Fault::Cut {
                    continue;
                }
                let Ok(server) = TcpStream::connect(server) else { continue };
                carry(client, server, &fault, &open);
            }
        });
        line
    }

    /// Its address as a setting.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.address)
    }

    /// From now on this is wrong with it.
    ///
    /// # Panics
    /// A thread of the line has panicked.
    pub fn breaks(&self, fault: Fault) {
        self.fault.store(fault as u8, Ordering::SeqCst);
        let mut open = self.open.lock().expect("nobody panicked");
        open.retain(|connection| {
            let connection = connection.lock().expect("nobody panicked");
            let ends = fault == Fault::Cut || (fault == Fault::NoNews && connection.listens);
            if ends {
                connection.sockets.iter().for_each(|socket| drop(socket.shutdown(Shutdown::Both)));
            }
            !ends
        });
    }
}

fn current(fault: &AtomicU8) -> Fault {
    FAULTS.get(usize::from(fault.load(Ordering::SeqCst))).copied().unwrap_or(Fault::None)
}

fn carry(client: TcpStream, server: TcpStream, fault: &Arc<AtomicU8>, open: &Mutex<Vec<Arc<Mutex<Connection>>>>) {
    let copy = |socket: &TcpStream| socket.try_clone().expect("a second handle");
    let connection = Arc::new(Mutex::new(Connection { sockets: [copy(&client), copy(&server)], listens: false }));
    open.lock().expect("nobody panicked").push(Arc::clone(&connection));
    let ways = [(copy(&client), copy(&server), true), (server, client, false)];
    for (mut from, mut to, asks) in ways {
        let (fault, connection) = (Arc::clone(fault), Arc::clone(&connection));
        std::thread::spawn(move || {
            let mut bytes = [0; 16 * 1024];
            while let Ok(length @ 1..) = from.read(&mut bytes) {
                let some = &bytes[..length];
                if asks && some.windows(9).any(|word| word.eq_ignore_ascii_case(b"SUBSCRIBE")) {
                    connection.lock().expect("nobody panicked").listens = true;
                    if current(&fault) == Fault::NoNews {
                        break;
                    }
                }
                if asks && current(&fault) == Fault::Slow {
                    std::thread::sleep(Duration::from_millis(500));
                }
                if to.write_all(some).is_err() {
                    break;
                }
            }
            from.shutdown(Shutdown::Both).ok();
            to.shutdown(Shutdown::Both).ok();
        });
    }
}
