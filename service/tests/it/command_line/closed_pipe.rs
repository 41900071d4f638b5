//! A reader that leaves before everything is printed, as `head` does.

use std::io::{BufRead as _, BufReader, PipeWriter};
use std::process::Stdio;

use crate::process::switchyard;

use super::{file, text};

/// A pipe whose reader has left.
fn closed() -> PipeWriter {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer
}

#[test]
fn a_command_ends_quietly_when_nobody_reads_what_it_prints() {
    let (_folder, input) = file("rows.jsonl", &"{\"body\":\"my parcel is lost\"}\n".repeat(100));
    for args in [
        &["demo"][..],
        &["triage", "my parcel is lost"],
        &["triage", "--json", "--input", text(&input)],
        &["config"],
        &["config", "--defaults"],
        &["triage", "--help"],
        &["export", "--help"],
    ] {
        let output = switchyard(args).stdout(closed()).stderr(Stdio::piped()).output();
        let output = output.expect("started");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*error), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_refusal_keeps_its_exit_code_when_nobody_reads_why() {
    let mut command = switchyard(&["triage", "hi", "--now", "today"]);
    let status = command.stderr(closed()).status().expect("started");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_server_whose_starter_does_not_read_serves_all_the_same() {
    let (folder, _) = file("unused", "");
    let store = folder.path().join("store.sqlite");
    let mut command = switchyard(&["serve", "--listen", "127.0.0.1:0", "--store", text(&store)]);
    command.args(["--set", "model.bundle=none", "--set", "server.metrics_listen="]);
    let mut child = command.stdout(closed()).stderr(Stdio::piped()).spawn().expect("started");
    let logs = BufReader::new(child.stderr.take().expect("piped")).lines();
    let told = logs.map_while(Result::ok).any(|line| line.contains("was not printed"));
    let ended = child.try_wait().expect("waited for");
    child.kill().expect("killed");
    child.wait().expect("waited for");
    assert!(told && ended.is_none(), "told: {told}, ended: {ended:?}");
}
