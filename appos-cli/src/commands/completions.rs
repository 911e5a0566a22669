//! `cargo appos completions`: the script with which a shell completes `cargo appos`.

use clap::{Args, Command};
use clap_complete::{Shell, generate};
use serde_json::json;

use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos completions bash > ~/.local/share/bash-completion/completions/cargo-appos
  cargo appos completions zsh > ~/.zfunc/_cargo-appos     with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc
  cargo appos completions fish > ~/.config/fish/conf.d/cargo-appos.fish
  cargo appos completions elvish >> ~/.config/elvish/rc.elv
  cargo appos completions powershell >> $PROFILE

Bash loads its file when `cargo-appos` is completed. For `cargo appos` from the first time on, write this
into ~/.bashrc:
  source ~/.local/share/bash-completion/completions/cargo-appos
Bash, zsh (with cargo's own completion) and fish complete `cargo appos` and `cargo-appos`; elvish and
PowerShell complete `cargo-appos`.")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Completions {
    /// `arguments` describes the command line.
    pub(crate) fn run(self, terminal: Terminal, arguments: Command) -> Result<(), Failure> {
        let script = script(self.shell, arguments);
        if self.json {
            return terminal.json(&json!({ "shell": self.shell.to_string(), "script": script }));
        }
        terminal.text(&script)
    }
}

fn script(shell: Shell, arguments: Command) -> String {
    match shell {
        // Of a program with a hyphen in its name clap completes no subcommands in bash:
        // https://github.com/clap-rs/clap/issues/6421
        Shell::Bash => generated(shell, arguments.bin_name("cargo_appos"), "cargo_appos") + BASH,
        Shell::Fish => {
            // Fish joins what several scripts say of one command.
            let of_cargo = Command::new("cargo").disable_help_flag(true).disable_help_subcommand(true);
            let appos = arguments.clone().name("appos").bin_name("cargo appos");
            let of_cargo = generated(shell, of_cargo.subcommand(appos), "cargo");
            generated(shell, arguments.bin_name(PROGRAM), PROGRAM) + &of_cargo
        }
        _ => generated(shell, arguments.bin_name(PROGRAM), PROGRAM),
    }
}

const PROGRAM: &str = "cargo-appos";

fn generated(shell: Shell, mut arguments: Command, name: &str) -> String {
    let mut script = Vec::new();
    generate(shell, &mut arguments, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Follows the generated script, whose function `_cargo_appos` completes `cargo_appos`.
const BASH: &str = r#"
# Without the names of arguments, which nobody writes.
_cargo_appos_words() {
    COMP_WORDS[0]=cargo_appos
    _cargo_appos cargo_appos "$2" "${3/#cargo-appos/cargo_appos}"
    local word words=()
    for word in "${COMPREPLY[@]}"; do
        [[ $word == [\<\[]* ]] || words+=("$word")
    done
    COMPREPLY=("${words[@]}")
}
complete -F _cargo_appos_words -o bashdefault -o default cargo-appos

# `cargo appos ..` as `cargo-appos ..`; other commands of cargo as before.
_cargo_with_appos() {
    if [[ $COMP_CWORD -ge 2 && ${COMP_WORDS[1]} == appos ]]; then
        COMP_WORDS=(cargo-appos "${COMP_WORDS[@]:2}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _cargo_appos_words cargo-appos "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        return
    fi
    if [[ -z $_cargo_before_appos ]] && declare -F _completion_loader >/dev/null; then
        # Cargo's own, which bash-completion loads when it is asked for.
        _completion_loader cargo
        _cargo_remember_before_appos
    fi
    if [[ -n $_cargo_before_appos ]]; then
        "$_cargo_before_appos" "$@"
    fi
    if [[ $COMP_CWORD -eq 1 && appos == "$2"* ]]; then
        COMPREPLY+=(appos)
    fi
}
_cargo_remember_before_appos() {
    local before
    before=$(complete -p cargo 2>/dev/null)
    if [[ $before =~ -F\ ([^ ]+) && ${BASH_REMATCH[1]} != _cargo_with_appos ]]; then
        _cargo_before_appos=${BASH_REMATCH[1]}
    fi
    complete -F _cargo_with_appos -o bashdefault -o default cargo
}
_cargo_remember_before_appos
"#;
