//! What happens next: build, start, wait for a change, and again; until a signal ends it.

use std::ffi::OsString;
use std::future::pending;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::program::{Build, Built, Child, Listens, Start};
use super::proxy::Proxy;
use super::report::Reporter;
use super::signals::Signals;
use super::state::{State, Trouble};
use super::watch::Watch;
use crate::project::ask::{ask, program};
use crate::project::built::last_built;
use crate::project::locate::{self, Platform};
use crate::terminal::{Failure, Terminal};

/// How long requests that the program has get before it is asked to end.
const QUIET: Duration = Duration::from_secs(5);
/// How long a program that listens may take to say how somebody gets in.
const WAY_IN: Duration = Duration::from_secs(5);
/// The port of a platform whose settings say nothing.
const PORT: u16 = 8080;

/// What was asked for.
pub(crate) struct Wish {
    pub(crate) package: Option<String>,
    pub(crate) host: Option<IpAddr>,
    pub(crate) port: Option<u16>,
    /// False: the program starts only if its database is up to date.
    pub(crate) migrates: bool,
    /// For the program.
    pub(crate) arguments: Vec<OsString>,
    pub(crate) json: bool,
}

/// Works until a signal ends it.
///
/// # Errors
/// There is no platform, or the port or the files cannot be had.
pub(crate) fn run(terminal: Terminal, wish: Wish) -> Result<(), Failure> {
    // One thread: it starts the program, which ends with the thread that started it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::work(format!("nothing can be waited for: {error}"), ""))?;
    let done = runtime.block_on(until_signal(terminal, wish));
    // A question to the program that is still open is nobody's any more.
    runtime.shutdown_background();
    done
}

async fn until_signal(terminal: Terminal, wish: Wish) -> Result<(), Failure> {
    let mut signals = Signals::listen()?;
    let platform = locate::platform(Path::new("."), wish.package.as_deref())?;
    let watch = Watch::start(&platform)?;
    let report = Reporter { terminal, json: wish.json };
    let mut work = Work { wish, platform, watch, report, state: State::new(), url: None, child: None, has_run: false };
    let ended = tokio::select! {
        ended = work.rounds() => ended,
        () = signals.next() => Ok(()),
    };
    if let Some(mut child) = work.child.take() {
        // Whoever asks twice does not want to wait.
        tokio::select! {
            () = child.stop() => {}
            () = signals.next() => child.kill().await,
        }
        child.last_words().await;
    }
    ended?;
    report.stopped()
}

struct Work {
    wish: Wish,
    platform: Platform,
    watch: Watch,
    report: Reporter,
    state: Arc<State>,
    /// Where the proxy listens, once it does.
    url: Option<String>,
    child: Option<Child>,
    has_run: bool,
}

/// What a build led to.
enum Ended {
    Built(Built),
    Failed(Trouble),
    /// Files changed meanwhile.
    Overtaken(Vec<String>),
}

impl Work {
    async fn rounds(&mut self) -> Result<(), Failure> {
        if let Some(program) = earlier(&self.platform) {
            self.listen(Some(program)).await?;
        }
        let mut changed = Vec::new();
        loop {
            changed = self.round(changed).await?;
        }
    }

    /// Builds and starts, and waits for the next change.
    async fn round(&mut self, changed: Vec<String>) -> Result<Vec<String>, Failure> {
        let begun = Instant::now();
        self.report.builds(&changed)?;
        // Other members, perhaps. What is wrong with the file cargo says better.
        if changed.iter().any(|file| file.ends_with("Cargo.toml"))
            && let Ok(platform) = locate::platform(&self.platform.workspace, Some(&self.platform.package))
        {
            self.platform = platform;
        }
        match self.build().await? {
            Ended::Overtaken(changed) => return Ok(changed),
            Ended::Failed(trouble) => {
                self.watch.take_lock_of_now(&self.platform);
                self.listen(None).await?;
                self.fails(trouble, begun)?;
            }
            Ended::Built(built) => {
                self.watch.take_lock_of_now(&self.platform);
                self.watch.also(&self.platform, built.files)?;
                self.report.warnings(&built.warnings)?;
                self.listen(Some(built.program.clone())).await?;
                if let Some(changed) = self.restart(&built.program, begun).await? {
                    return Ok(changed);
                }
            }
        }
        loop {
            tokio::select! {
                changed = self.watch.changed(&self.platform) => return Ok(changed),
                trouble = end_of(&mut self.child, &self.platform) => self.fails(trouble, begun)?,
            }
        }
    }

    /// Runs cargo, until it ends or a file changes. The program that runs meanwhile may end, too.
    ///
    /// The first build is not given up: it compiles what no change of the project concerns, and
    /// a crate that was begun would be begun anew.
    async fn build(&mut self) -> Result<Ended, Failure> {
        let mut cargo = Build::start(&self.platform, !self.has_run)?;
        // One wait for it: what it has printed by then would be lost to a second one.
        let mut end = pin!(cargo.ended());
        loop {
            tokio::select! {
                ended = &mut end => return Ok(match ended {
                    Ok(built) => Ended::Built(built),
                    Err(trouble) => Ended::Failed(trouble),
                }),
                changed = self.watch.changed(&self.platform), if self.has_run => {
                    return Ok(Ended::Overtaken(changed));
                }
                _ = end_of(&mut self.child, &self.platform) => self.state.starts(),
            }
        }
    }

    fn fails(&self, trouble: Trouble, begun: Instant) -> Result<(), Failure> {
        self.report.fails(&trouble, begun.elapsed())?;
        self.state.fails(trouble);
        Ok(())
    }

    /// Ends the program, starts the new one, and waits until it listens or has ended. Files that
    /// change meanwhile are answered.
    async fn restart(&mut self, program: &Path, begun: Instant) -> Result<Option<Vec<String>>, Failure> {
        self.state.starts();
        if let Some(mut child) = self.child.take() {
            self.state.quiet(QUIET).await;
            child.stop().await;
        }
        let start = Start {
            package: self.platform.package.clone(),
            url: self.url.clone().unwrap_or_default(),
            is_first: !self.has_run,
            begun,
        };
        let wish = (self.wish.arguments.as_slice(), self.wish.migrates);
        let (mut child, listens) = Child::start(&self.platform, program, wish, (self.report, start))?;
        tokio::select! {
            Ok(Listens { address, way_in }) = listens => {
                self.state.runs(address);
                if !self.has_run {
                    self.has_run = true;
                    self.tell_users(program.to_owned(), way_in);
                }
            }
            // Told by whoever waits for the end of a program, at once.
            _ = child.ended() => {}
            changed = self.watch.changed(&self.platform) => {
                child.stop().await;
                return Ok(Some(changed));
            }
        }
        self.child = Some(child);
        Ok(None)
    }

    /// Tells who can sign in, when the program has answered that and has said where.
    fn tell_users(&self, path: PathBuf, way_in: oneshot::Receiver<()>) {
        let (platform, report) = (self.platform.clone(), self.report);
        tokio::spawn(async move {
            let asked = tokio::task::spawn_blocking(move || {
                let mut command = program(&platform, &path, "__user");
                command.arg("list");
                ask(command, None)
            });
            // It is a help; without it the platform runs as well.
            let Ok(Ok(answer)) = asked.await else { return };
            // An end of the wait says that the program has no more to say.
            let _ = tokio::time::timeout(WAY_IN, way_in).await;
            let _ = report.users(&answer);
        });
    }

    /// Opens the port, if it is not open yet: the one that was asked for, or that of the settings.
    async fn listen(&mut self, settings_of: Option<PathBuf>) -> Result<(), Failure> {
        if self.url.is_some() {
            return Ok(());
        }
        let settings = settings_of.and_then(|path| ask(program(&self.platform, &path, "__check"), None).ok());
        let of_settings = settings.as_ref().map(|settings| &settings["server"]);
        let port = of_settings.and_then(|server| server["port"].as_u64()).and_then(|port| u16::try_from(port).ok());
        let public_url = of_settings.and_then(|server| server["public_url"].as_str());
        let host = self.wish.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let address = SocketAddr::new(host, self.wish.port.or(port).unwrap_or(PORT));
        let refused = |error: std::io::Error| {
            let other = address.port().checked_add(1).unwrap_or(PORT);
            let help = format!("end whoever listens there, or write `--port {other}`");
            Failure::work(format!("{address} cannot be listened on: {error}"), help)
        };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let url = format!("http://{address}");
        self.report.listens(&self.platform.package, &url, !address.ip().is_loopback())?;
        self.url = Some(url);
        tokio::spawn(Proxy::new(Arc::clone(&self.state), address, public_url).serve(listener));
        Ok(())
    }
}

/// A program that was built earlier, from which the settings can be asked before the first build.
fn earlier(platform: &Platform) -> Option<PathBuf> {
    let usual = format!("{}{}", platform.program, std::env::consts::EXE_SUFFIX);
    let usual = platform.target.join("debug").join(usual);
    last_built(platform).or(Some(usual)).filter(|program| program.is_file())
}

/// Waits for the end of the program, and answers why; for ever, if there is none.
async fn end_of(child: &mut Option<Child>, platform: &Platform) -> Trouble {
    let Some(running) = child else { return pending().await };
    let status = running.ended().await;
    let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
    let output = running.last_words().await;
    *child = None;
    Trouble {
        code: "does_not_run",
        title: format!("`{}` has ended ({status})", platform.package),
        errors: Vec::new(),
        output,
    }
}
