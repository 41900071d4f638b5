//! Each bad cell is told by row and column, with what was expected and what came.

use super::refused;

#[test]
fn a_bad_cell_is_told_with_row_column_what_was_expected_and_what_came() {
    for (column, cell, told) in [
        ("id", "a b", "id: expected an id without white space or control characters, got ' '"),
        ("name", "=1+1", "name: expected a value, got the formula \"=1+1\""),
        (
            "teams",
            "care;a b",
            "teams: expected an id without white space or control characters, got ' '",
        ),
        ("skills", "returns", "skills: expected a skill with its level such as returns:3 or"),
        ("skills", "returns:x", "skills: expected a skill with its level such as returns:3 or"),
        ("skills", "returns:6", "skills: returns: expected a skill level in 1..=5, got 6"),
        ("skills", "a:1;a:2", "skills: expected \"a\" once, got it again"),
        ("skills", "a:1@soon", "skills: a: expires: expected an instant such as"),
        (
            "languages",
            "en;English",
            "languages: expected a BCP 47 tag such as zh-Hans, zh-TW or en, got",
        ),
        ("capacity", "thirty", "capacity: expected a number such as 4 or 4.5, got \"thirty\""),
        ("capacity", "-1", "capacity: expected units of work in 0..=100000, got -1"),
        ("capacity", "NaN", "capacity: expected units of work in 0..=100000, got NaN"),
        (
            "channel_capacity",
            "chat",
            "channel_capacity: expected a channel with its limit such as chat:3, got",
        ),
        (
            "channel_capacity",
            "chat:1e9",
            "channel_capacity: chat: expected units of work in 0..=100000, got",
        ),
        ("external_load", "1,5", "external_load: expected a number such as 4 or 4.5, got \"1,5\""),
        (
            "time_zone",
            "Peking",
            "time_zone: expected an IANA time zone such as Asia/Shanghai, got \"Peking\"",
        ),
        ("shifts", "mon-fri", "shifts: expected days and hours such as mon-fri 09:00-18:00, got"),
        (
            "shifts",
            "mon 9-18",
            "shifts: expected a time of day from 00:00 to 24:00 such as 09:30, got",
        ),
        (
            "shifts",
            "mon-fun 09:00-18:00",
            "shifts: expected mon, tue, wed, thu, fri, sat or sun, got",
        ),
        ("days_off", "2026-10-01", "days_off: expected shifts beside them, got none"),
        (
            "days_off",
            "1.10.2026",
            "days_off: expected a date such as 2026-10-01, got \"1.10.2026\"",
        ),
        (
            "dated_shifts",
            "2026-12-01",
            "dated_shifts: expected start and end such as 2026-12-01T09:00/",
        ),
        (
            "dated_shifts",
            "x/2026-12-01",
            "dated_shifts: expected an instant such as 2027-01-01T09:00:00+08:00",
        ),
        (
            "dated_shifts",
            "2026-12-01T09:00Z/2026-12-01T08:00Z",
            "dated_shifts: expected an end after the start 2026-12-01T09:00Z, got \"2026-12-01T08:00Z\"",
        ),
        ("seniority", "chief", "seniority: expected junior, regular or senior, got \"chief\""),
        ("presence", "busy", "presence: expected online, away or offline, got \"busy\""),
        ("latitude", "31.2", "longitude: expected one beside the latitude, got an empty cell"),
    ] {
        refused(&table(column, cell), &[&format!("row 3, column {told}")]);
    }
}

/// A table whose third row has a cell, below an agent who is fine.
fn table(column: &str, cell: &str) -> String {
    match column {
        "id" => format!("id\nfine\n\"{cell}\"\n"),
        "time_zone" => format!("id,time_zone\nfine,\nbad,{cell}\n"),
        column => format!("id,time_zone,{column}\nfine,,\nbad,UTC,\"{cell}\"\n"),
    }
}

#[test]
fn a_simple_shift_is_told_by_the_cell_of_its_three_that_is_wrong() {
    for (cells, told) in [
        ("mon,9,18:00", "start: expected a time of day from 00:00 to 24:00 such as 09:30"),
        ("mon,09:00,25:00", "end: expected a time of day from 00:00 to 24:00 such as 09:30"),
        ("mon,24:00,18:00", "start: expected a start before 24:00"),
        ("mon,09:00,09:00", "end: expected a start and an end that differ"),
        ("monday,09:00,18:00", "days: expected mon, tue, wed, thu, fri, sat or sun, got"),
        ("mon,,18:00", "start: expected days, start and end together, got an empty cell"),
        (",09:00,18:00", "days: expected days, start and end together, got an empty cell"),
    ] {
        let table = format!("id,time_zone,days,start,end\na,UTC,{cells}\n");
        refused(&table, &[&format!("row 2, column {told}")]);
    }
    let both = "id,time_zone,days,start,end\na,UTC,mon,9,25:00\n";
    refused(both, &["row 2, column start: expected a time", "row 2, column end: expected a time"]);
    let other = "id,time_zone,days,start,end,shifts\na,UTC,mon,,18:00,fun 09:00-18:00\n";
    let told = ["row 2, column start: expected days", "row 2, column shifts: expected mon, tue"];
    refused(other, &told);
    let nowhere = "id,shifts\na,mon 09:00-18:00\n";
    refused(nowhere, &["row 2, column time_zone: expected one beside shifts, got none"]);
    let both = "id,time_zone,shifts,dated_shifts\na,UTC,mon 09:00-18:00,2026-12-01/2026-12-02\n";
    refused(both, &["row 2, column dated_shifts: expected either weekly shifts or dated ones"]);
}

#[test]
fn every_bad_cell_of_a_table_is_told_at_once_in_the_order_of_the_table() {
    let table = "\
id,capacity,编号 ,name
";
    refused(table, &["row 1, column 3: expected \"id\" once, got it again as \"编号\""]);
    let table = "\
name,编号,容量,时区,工作日,上班,下班,days_off,纬度,经度
=1,a,many,Mars,mon-fri,9,18:00,soon,91,0

\"two
lines\",b,4,UTC,mon,09:00,25:00,,,
c,a,,,,,,,,
";
    refused(
        table,
        &[
            "row 2, column name: expected a value, got the formula \"=1\"",
            "row 2, column 容量: expected a number such as 4 or 4.5, got \"many\"",
            "row 2, column 时区: expected an IANA time zone",
            "row 2, column 上班: expected a time of day",
            "row 2, column days_off: expected a date",
            "row 2, column 纬度: expected a latitude in -90..=90",
            "row 4, column 下班: expected a time of day",
            "row 5, column 编号: expected each agent once, got \"a\" as in row 2",
        ],
    );
}
