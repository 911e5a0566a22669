//! The command line of a platform's own program.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use super::doctor::DoctorArguments;
use super::migrate::MigrateArguments;
use super::outside::OutsideArguments;
use super::process::ProcessArguments;
use super::secrets::SecretsArguments;
use super::start::{PlatformDescriptor, Purpose, app_configs, first_start, serving_journal, start};
use super::user::UserArguments;
use super::why::WhyArguments;
use super::{check, console};
use crate::config::{
    AppConfig, ConfigErrors, ConfigMistake, LogLevel, PlatformConfig, Role, load_platform, process_environment,
};
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::monitoring::{Monitor, Recorder};
use crate::outside::files::Sweeper;
use crate::platform::setup::Setup;
use crate::platform::sign_in::Links;
use crate::platform::{AccessWatch, Courier, Others};
use crate::process::{Program, Workers};
use crate::registry::{Manifest, Registry};
use crate::ui::live::Live;
use crate::web::{Server, bind, bind_metrics};

#[derive(Parser)]
#[command(about = "An AppOS platform", disable_help_subcommand = true)]
struct Arguments {
    /// Folder of the project, where `appos.yaml` is
    #[arg(long, env = "APPOS_PROJECT", global = true)]
    project: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the platform (what happens without a command)
    Serve {
        /// What it does: `web` answers requests, `worker` runs processes and delivers the outbox, `all` does both
        #[arg(long)]
        role: Option<Role>,
    },
    /// Bring the database up to date, or back, or say where it stands
    Migrate(MigrateArguments),
    /// Change the secret key under which the platform keeps what nobody is to read
    Secrets(SecretsArguments),
    /// Say whether a user has a permission for an object, and why, as JSON
    #[command(name = "__why", hide = true)]
    Why(WhyArguments),
    /// Print what is wrong around the platform, as JSON
    #[command(name = "__doctor", hide = true)]
    Doctor(DoctorArguments),
    /// Look at accounts and change them
    #[command(name = "__user", hide = true)]
    User(UserArguments),
    /// Look at instances of processes, and steer them
    #[command(name = "__process", hide = true)]
    Process(ProcessArguments),
    /// Say who somebody is and what he may view, as JSON
    #[command(name = "__sight", hide = true)]
    Sight,
    /// Look at connected systems and try them, enter their secrets
    #[command(name = "__outside", hide = true)]
    Outside(OutsideArguments),
    /// Print the registry as JSON
    #[command(name = "__manifest", hide = true)]
    Manifest,
    /// Print what a start would refuse, as JSON
    #[command(name = "__check", hide = true)]
    Check,
}

/// Exit status of a start that was refused: configuration, objects, database.
const REFUSED: u8 = 2;

/// Runs a platform: the body of its `main`.
pub fn run_platform(descriptor: PlatformDescriptor) -> ExitCode {
    super::testing::refuse();
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Some(Command::Manifest) => return manifest(),
        Some(Command::Check) => refusals(arguments.project, &descriptor),
        Some(Command::Why(question)) => explain(arguments.project, &descriptor, question),
        Some(Command::Doctor(asked)) => doctor(arguments.project, &descriptor, asked),
        Some(Command::User(verb)) => user(arguments.project, &descriptor, verb),
        Some(Command::Process(verb)) => process(arguments.project, &descriptor, verb),
        Some(Command::Sight) => sight(arguments.project, &descriptor),
        Some(Command::Outside(verb)) => outside(arguments.project, &descriptor, verb),
        Some(Command::Migrate(verb)) => migrate(arguments.project, &descriptor, verb),
        Some(Command::Secrets(verb)) => secrets(arguments.project, &descriptor, verb),
        Some(Command::Serve { role }) => serve(arguments.project, descriptor, role).map(|()| ExitCode::SUCCESS),
        None => serve(arguments.project, descriptor, None).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|text| {
        eprintln!("{text}");
        ExitCode::from(REFUSED)
    })
}

fn migrate(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    arguments: MigrateArguments,
) -> Result<ExitCode, String> {
    if arguments.is_description() {
        return super::migrate::describe(descriptor.migrations);
    }
    let config = load_platform(&enter(project)?, process_environment()).map_err(|errors| errors.to_string())?;
    console::install(config.logging.level);
    let system = actix_web::rt::System::new();
    Ok(system.block_on(super::migrate::run(&config.database, descriptor.migrations, arguments)).unwrap_or_else(
        |error| {
            eprintln!("{error}{}", causes(&error));
            ExitCode::FAILURE
        },
    ))
}

fn explain(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    question: WhyArguments,
) -> Result<ExitCode, String> {
    let config = load_platform(&enter(project)?, process_environment()).map_err(|errors| errors.to_string())?;
    let apps = app_configs(descriptor.apps, &config).map_err(|errors| errors.to_string())?;
    let system = actix_web::rt::System::new();
    let answer = system.block_on(super::why::why(&config, &apps, question));
    let answer = answer.map_err(|error| format!("{}{}", error.message(), causes(&error)))?;
    println!("{answer}");
    Ok(ExitCode::SUCCESS)
}

fn doctor(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    asked: DoctorArguments,
) -> Result<ExitCode, String> {
    let (config, _, mistakes) = settings(&enter(project)?, descriptor);
    let system = actix_web::rt::System::new();
    println!("{}", system.block_on(super::doctor::examine(&config, &mistakes, descriptor, asked))?);
    Ok(ExitCode::SUCCESS)
}

/// The settings for a verb that works on the platform and ends: the console shows what needs attention.
fn for_a_verb(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
) -> Result<(PlatformConfig, Vec<AppConfig>), String> {
    let (config, apps, mistakes) = settings(&enter(project)?, descriptor);
    if !mistakes.is_empty() {
        return Err(ConfigErrors(mistakes).to_string());
    }
    console::install(config.logging.level.min(LogLevel::Warn));
    Ok((config, apps))
}

fn user(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    arguments: UserArguments,
) -> Result<ExitCode, String> {
    let (config, apps) = for_a_verb(project, descriptor)?;
    let system = actix_web::rt::System::new();
    Ok(system.block_on(super::user::run(&config, &apps, descriptor, arguments)))
}

fn process(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    arguments: ProcessArguments,
) -> Result<ExitCode, String> {
    let (config, apps) = for_a_verb(project, descriptor)?;
    let system = actix_web::rt::System::new();
    Ok(system.block_on(super::process::run(&config, &apps, descriptor, arguments)))
}

fn sight(project: Option<PathBuf>, descriptor: &PlatformDescriptor) -> Result<ExitCode, String> {
    let (config, apps) = for_a_verb(project, descriptor)?;
    let system = actix_web::rt::System::new();
    Ok(system.block_on(super::sight::run(&config, &apps, descriptor)))
}

fn outside(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    arguments: OutsideArguments,
) -> Result<ExitCode, String> {
    let (config, apps) = for_a_verb(project, descriptor)?;
    let system = actix_web::rt::System::new();
    Ok(system.block_on(super::outside::run(&config, &apps, descriptor, arguments)))
}

fn secrets(
    project: Option<PathBuf>,
    descriptor: &PlatformDescriptor,
    arguments: SecretsArguments,
) -> Result<ExitCode, String> {
    let (config, apps) = for_a_verb(project, descriptor)?;
    let system = actix_web::rt::System::new();
    let done = system.block_on(super::secrets::run(&config, &apps, descriptor, arguments));
    done.map_err(|error| format!("{error}{}", causes(&error)))
}

/// Goes to the project's folder: everything in the configuration that is relative is so to it.
fn enter(project: Option<PathBuf>) -> Result<PathBuf, String> {
    let folder = project_folder(project);
    std::env::set_current_dir(&folder)
        .map_err(|error| format!("the project folder {} cannot be entered: {error}", folder.display()))?;
    Ok(PathBuf::from("."))
}

fn manifest() -> ExitCode {
    match serde_json::to_string_pretty(&Manifest::of(Registry::global())) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the registry cannot be written as JSON: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The project's folder: as named, or where `appos.yaml` is, or, under `cargo run`, that of
/// the package.
fn project_folder(named: Option<PathBuf>) -> PathBuf {
    let here = PathBuf::from(".");
    if let Some(named) = named {
        return named;
    }
    if here.join("appos.yaml").is_file() {
        return here;
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.filter(|package| package.join("appos.yaml").is_file()).unwrap_or(here)
}

fn refusals(project: Option<PathBuf>, descriptor: &PlatformDescriptor) -> Result<ExitCode, String> {
    let (config, _, mistakes) = settings(&enter(project)?, descriptor);
    let refusals = check::Refusals::of(&config, &mistakes, Registry::global());
    println!("{}", serde_json::to_string_pretty(&refusals).map_err(|error| error.to_string())?);
    Ok(ExitCode::SUCCESS)
}

/// The settings of a project and of its apps, with the mistakes of all.
fn settings(folder: &Path, descriptor: &PlatformDescriptor) -> (PlatformConfig, Vec<AppConfig>, Vec<ConfigMistake>) {
    let mut mistakes = Vec::new();
    let config = load_platform(folder, process_environment()).unwrap_or_else(|errors| {
        mistakes.extend(errors.0);
        PlatformConfig::default()
    });
    let apps = app_configs(descriptor.apps, &config).unwrap_or_else(|errors| {
        mistakes.extend(errors.0);
        Vec::new()
    });
    (config, apps, mistakes)
}

fn serve(project: Option<PathBuf>, descriptor: PlatformDescriptor, role: Option<Role>) -> Result<(), String> {
    let (mut config, apps, mistakes) = settings(&enter(project)?, &descriptor);
    if !mistakes.is_empty() {
        return Err(ConfigErrors(mistakes).to_string());
    }
    let problems = check::in_words(Registry::global());
    if !problems.is_empty() {
        return Err(problems);
    }
    config.role = role.unwrap_or(config.role);
    if config.role == Role::Web {
        // Others do what is not for requests.
        (config.process.concurrency, config.outbox.concurrency) = (0, 0);
    }
    console::install(config.logging.level);
    let system = actix_web::rt::System::new();
    system.block_on(run(&config, &apps, descriptor)).map_err(|error| format!("{error}{}", causes(&error)))
}

pub(super) fn causes(error: &AppOsError) -> String {
    let mut text = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str("\n  because: ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

async fn run(config: &PlatformConfig, apps: &[AppConfig], descriptor: PlatformDescriptor) -> Result<()> {
    let mut stop = stop_signal()?;
    let journal = serving_journal(config, &descriptor)?;
    let started = start(config, apps, descriptor.migrations, journal, Purpose::Service).await?;
    let engine = Arc::clone(&started.engine);
    let outcome = listen(config, &started, descriptor, &mut stop).await;
    // Whatever ended the server: what was recorded goes to disk.
    engine.cancel_all();
    let journal = Arc::clone(&engine);
    let flushed = actix_web::rt::task::spawn_blocking(move || journal.journal().shutdown()).await;
    started.store.close().await;
    flushed.map_err(|error| AppOsError::execution("the journal did not close").caused_by(error))?;
    outcome
}

async fn listen(
    config: &PlatformConfig,
    started: &super::start::Started,
    descriptor: PlatformDescriptor,
    stop: &mut (impl Future<Output = ()> + Unpin),
) -> Result<()> {
    tokio::select! {
        filled = first_start(started, &descriptor) => filled?,
        () = &mut *stop => return Ok(()),
    }
    let _watch = AccessWatch::start(&started.engine, &started.store, started.redis.clone()).await?;
    let _others = Others::start(&started.engine, &started.store, &started.sessions, started.redis.clone());
    let _sweeper = (config.role != Role::Web).then(|| Sweeper::start(&started.engine));
    let courier = Courier::start(&started.engine, &started.store, &config.outbox);
    let parts = (&started.engine, &started.store, &started.keys);
    let program = Program { role: config.role.as_str(), version: descriptor.version, lingers: true };
    let workers = Workers::start(parts, &started.clock, &config.process, started.redis.as_ref(), program);
    let recorder = Recorder::start(&started.engine, config.metrics.interval);
    let metrics = metrics(config, started)?;
    let ended = match config.role {
        Role::Worker => super::worker::work_until(config, started, &descriptor, stop).await,
        Role::All | Role::Web => serve_until(config, started, descriptor, stop).await,
    };
    tokio::join!(workers.stop(), courier.stop());
    if let Some(metrics) = metrics {
        metrics.stop(true).await;
    }
    // Nothing is called any more.
    recorder.stop().await;
    ended
}

/// Listens for Prometheus, if it has an address of its own.
fn metrics(config: &PlatformConfig, started: &super::start::Started) -> Result<Option<actix_web::dev::ServerHandle>> {
    let Some(address) = config.metrics.listen else { return Ok(None) };
    let (running, address) = bind_metrics(&started.engine, address).map_err(|error| {
        AppOsError::dispatch(format!("cannot listen on {address} for `metrics.listen`: {error}"))
            .code_is("cannot_listen")
    })?;
    println!("Metrics: http://{address}/metrics");
    let handle = running.handle();
    actix_web::rt::spawn(running);
    Ok(Some(handle))
}

/// Says that the program is about to end, and goes on for as long as it takes others to hear of it.
pub(super) async fn say_farewell(config: &PlatformConfig, engine: &Engine) {
    if let Some(monitor) = engine.resource::<Monitor>() {
        monitor.stops();
    }
    if let Some(delay) = config.server.shutdown_delay {
        tokio::time::sleep(delay).await;
    }
}

async fn serve_until(
    config: &PlatformConfig,
    started: &super::start::Started,
    descriptor: PlatformDescriptor,
    stop: &mut (impl Future<Output = ()> + Unpin),
) -> Result<()> {
    let setup = Setup::open(&started.store).await?;
    let parts = (Arc::clone(&started.store), Arc::clone(&started.sessions), Arc::clone(&started.api_keys));
    let identity = (descriptor.name, descriptor.version);
    let live = Live::new(Arc::clone(&started.engine), Arc::clone(&started.sessions), config.ui.live.clone());
    let _watch = live.watch();
    let parts = (parts, Arc::clone(&live));
    let server = Arc::new(Server::new(Arc::clone(&started.engine), parts, setup, identity, &config.server));
    let token = server.setup_token();
    let (running, address) = bind(server, &config.server).map_err(|error| {
        let (host, port) = (&config.server.host, config.server.port);
        AppOsError::dispatch(format!("cannot listen on {host}:{port}: {error}")).code_is("cannot_listen")
    })?;
    let url = config.server.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    if let Some(links) = started.engine.resource::<Links>() {
        links.listens_on(format!("http://{address}"));
    }
    println!("{} {} ({})", descriptor.name, descriptor.version, config.environment);
    println!("Listening on http://{address}");
    match token {
        // The only place where the token is shown.
        Some(token) => println!("Set up the first administrator: {url}/setup?token={token}"),
        None => println!("Sign in: {url}/login"),
    }
    println!("API documentation: {url}/api/docs/");
    let handle = running.handle();
    let mut running = actix_web::rt::spawn(running);
    let ended = tokio::select! {
        ended = &mut running => ended,
        () = stop => {
            say_farewell(config, &started.engine).await;
            // Accepts nothing more, and lets running requests come to their end.
            live.stop();
            handle.stop(true).await;
            running.await
        }
    };
    let failed = |error: std::io::Error| AppOsError::dispatch("the server failed").caused_by(error);
    ended.map_err(|error| AppOsError::execution("the server's task failed").caused_by(error))?.map_err(failed)
}

/// Ends when the program is asked to stop: by SIGTERM, SIGINT or Ctrl+C.
fn stop_signal() -> Result<Pin<Box<dyn Future<Output = ()>>>> {
    let failed = |error: std::io::Error| AppOsError::execution("signals cannot be heeded").caused_by(error);
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }))
    }
    #[cfg(not(unix))]
    {
        let mut interrupt = tokio::signal::windows::ctrl_c().map_err(failed)?;
        Ok(Box::pin(async move {
            interrupt.recv().await;
        }))
    }
}
