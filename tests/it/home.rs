//! A home folder for the real program: commands run in it as a user or a script runs them, with nothing else in their
//! environment.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A home folder with nothing in it, and an environment in which nothing else is set.
pub struct Home {
    pub folder: TempDir,
}

/// What a command ended with.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("openbar"));
        command.env_clear().env("HOME", self.folder.path()).env("TMPDIR", self.folder.path()).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        finish(self.command(arguments))
    }

    pub fn feed(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Done {
        let mut command = self.command(arguments);
        command.write_stdin(input);
        finish(command)
    }

    /// The lines of a command that must succeed.
    pub fn lines(&self, arguments: &[&str]) -> Vec<String> {
        self.good(arguments).lines().map(ToOwned::to_owned).collect()
    }

    /// What a command that must succeed says.
    pub fn good(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
        done.out
    }

    /// The JSON document of a command that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.good(arguments);
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// Logs somebody and gives the uid.
    pub fn add(&self, text: &str) -> String {
        let lines = self.lines(&["add", text]);
        assert_eq!(lines.len(), 1, "the uid alone");
        lines[0].clone()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    }
}

pub fn finish(mut command: Command) -> Done {
    let output = command.output().expect("the program runs");
    Done {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
