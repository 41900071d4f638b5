//! `roster import`: which tables are taken, and how what is wrong with one is told.

mod cells;
mod served;

use std::path::Path;

use tempfile::TempDir;

use super::{file, printed, text};
use crate::process::{refuses, run, switchyard};

/// What a table comes to, checked only: exit code, and the lines of both outputs.
fn checked(table: &[u8]) -> (Option<i32>, Vec<String>) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("agents.csv");
    std::fs::write(&path, table).expect("written");
    let output = run(switchyard(&["roster", "import", "--dry-run"]).arg(&path));
    let told = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code(), told.lines().map(|line| line.replace(text(&path), "FILE")).collect())
}

#[track_caller]
fn taken(table: &str) {
    let (code, lines) = checked(table.as_bytes());
    assert_eq!((code, lines.len()), (Some(0), 1), "{table}: {lines:?}");
}

/// Expects exactly these lines, and one that counts them.
#[track_caller]
fn refused(table: &str, expected: &[&str]) {
    let (code, lines) = checked(table.as_bytes());
    assert_eq!(code, Some(2), "{table}: {lines:?}");
    let (last, lines) = lines.split_last().expect("a line");
    let n = expected.len();
    let counted = format!("expected a table without a mistake, got {n}; nothing was sent");
    assert!(last.ends_with(&counted), "{last} after {lines:#?}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("FILE: {expected}")), "expected {expected} in {line}");
    }
}

#[test]
fn a_table_that_is_not_one_is_told() {
    for (table, told) in [
        ("", "row 1: expected a column id, got a heading without one"),
        ("name\nli\n", "row 1: expected a column id, got a heading without one"),
        ("id\n", "row 2: expected an agent, got the end of the file"),
        (
            "id,capcity\n",
            "row 1, column 2: expected the name of a column, got \"capcity\"; did you mean capacity?",
        ),
        (
            "id,团对\n",
            "row 1, column 2: expected the name of a column, got \"团对\"; did you mean 团队?",
        ),
        ("id,颜色\n", "row 1, column 2: expected one of id, name, teams, skills"),
        ("id;name\n", "row 1, column 1: expected cells between commas, got \"id;name\""),
        ("id,name\na\n", "row 2: expected 2 cells as in row 1, got 1"),
        ("id,name\na,b,c\n", "row 2: expected 2 cells as in row 1, got 3"),
    ] {
        refused(table, &[told]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_in_one_line() {
    let gb18030 = b"id,name\nli,\xc0\xee\xc4\xc8\n";
    let utf16: Vec<u8> = "id\nli\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (table, told) in [
        (&gb18030[..], "expected UTF-8, got byte 0xc0 near row 2; of GB18030"),
        (&[&[0xff, 0xfe], &utf16[..]].concat(), "expected UTF-8, got byte 0xff near row 1"),
        (&utf16, "expected text in UTF-8, got a NUL"),
        (b"id\n\"li\n", "row 2: expected the quotation mark that closes a cell"),
    ] {
        let (code, lines) = checked(table);
        assert_eq!((code, lines.len()), (Some(2), 1), "{lines:?}");
        assert!(lines[0].contains(told), "{lines:?}");
    }
    let (_folder, toml) = file("agents.toml", "[[agent]]\n");
    let import = |path: &Path| switchyard(&["roster", "import", text(path)]);
    refuses(&mut import(&toml), &["agents.toml: expected a roster in .csv, got .toml"]);
    refuses(&mut import(Path::new("/nowhere/a.csv")), &["expected a roster at /nowhere/a.csv"]);
}

#[test]
fn tables_are_taken_as_spreadsheets_save_them() {
    taken("\u{feff}id,name\r\nli,\"Li, \"\"Na\"\"\"\r\n");
    taken("编号,姓名,团队,技能,语言,容量\nli,李娜,退换货；客服,退货：3,zh-Hans；en,4\n");
    taken("Name,ID,Time Zone,,\nLi,li,Asia/Shanghai,,\n,,,,\n\n");
    taken(
        "id,time_zone,days,start,end,shifts\na,UTC,\"sat-mon,wed\",22:00,06:00,Tue 09:00-12:00; tue 13:00-24:00",
    );
    taken("id,time_zone,days,start,end,days_off\na,UTC,mon,9:00,18:00,2026/10/1\n");
    taken("id,dated_shifts\na,2026-12-01T09:00+08:00/2026-12-01T18:00+08:00;\n");
}

#[test]
fn what_was_checked_is_told_in_the_readers_language() {
    let (_folder, path) = file("agents.csv", "id,teams\na,care;field\nb,care\n");
    let checked = |lang| printed(&["roster", "import", text(&path), "--dry-run", "--lang", lang]);
    assert_eq!(checked("en"), "2 agents of 2 teams without a mistake; nothing was sent\n");
    assert_eq!(checked("zh"), "2 名坐席、2 个团队，没有错误；未发送\n");
}

#[test]
fn the_example_of_the_help_is_taken_as_it_stands() {
    let help = printed(&["roster", "import", "--help"]);
    let lines = help.lines().skip_while(|line| !line.starts_with("  id,name,"));
    let table: Vec<_> = lines.take_while(|line| !line.is_empty()).map(str::trim).collect();
    assert_eq!(table.len(), 2, "{help}");
    taken(&table.join("\n"));
}
