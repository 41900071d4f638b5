//! Variables that a container finds in its environment, and those that set something.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::process::{refuses, run, switchyard};

use super::printed;

/// What Kubernetes gives to a container beside a Service named `switchyard`
/// (its documentation, "Discovering services").
const KUBERNETES: [(&str, &str); 8] = [
    ("SWITCHYARD_SERVICE_HOST", "10.0.0.11"),
    ("SWITCHYARD_SERVICE_PORT", "50051"),
    ("SWITCHYARD_SERVICE_PORT_GRPC", "50051"),
    ("SWITCHYARD_PORT", "tcp://10.0.0.11:50051"),
    ("SWITCHYARD_PORT_50051_TCP", "tcp://10.0.0.11:50051"),
    ("SWITCHYARD_PORT_50051_TCP_PROTO", "tcp"),
    ("SWITCHYARD_PORT_50051_TCP_PORT", "50051"),
    ("SWITCHYARD_PORT_50051_TCP_ADDR", "10.0.0.11"),
];

#[test]
fn variables_of_a_kubernetes_service_are_no_settings() {
    let output = run(switchyard(&["config"]).envs(KUBERNETES));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""));
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), printed(&["config"]));
}

#[test]
fn a_setting_with_one_underscore_for_the_dot_is_told_once() {
    for (lang, said) in [("en", "two underscores"), ("zh", "两个下划线")] {
        let mut command = switchyard(&["config", "--lang", lang]);
        let output = run(command.env("SWITCHYARD_SERVER_LISTEN", "0.0.0.0:1"));
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), error.lines().count()), (Some(0), 1), "{error}");
        assert!(error.contains(said) && error.contains("SWITCHYARD_SERVER__LISTEN"), "{error}");
    }
}

#[test]
fn bytes_that_are_no_text_stop_nothing_but_the_setting_they_are_given_to() {
    let bytes = OsStr::from_bytes(b"caf\xE9");
    let output = run(switchyard(&["config"]).env("CAFE", bytes).env(bytes, "1"));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""));
    refuses(switchyard(&["config"]).env("SWITCHYARD_STORE__PATH", bytes), &["store.path", "UTF-8"]);
}
