//! The columns of a roster's table, by the names that a heading may give them.

use std::collections::BTreeMap;

use crate::cli::nearest::nearest;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli) enum Column {
    Id,
    Name,
    Teams,
    Skills,
    Languages,
    Capacity,
    ChannelCapacity,
    ExternalLoad,
    TimeZone,
    Days,
    Start,
    End,
    Shifts,
    DaysOff,
    DatedShifts,
    Seniority,
    Presence,
    Latitude,
    Longitude,
}

/// The columns that say when an agent works.
pub(in crate::cli) const SCHEDULE: [Column; 7] = [
    Column::TimeZone,
    Column::Days,
    Column::Start,
    Column::End,
    Column::Shifts,
    Column::DaysOff,
    Column::DatedShifts,
];

/// Each column with its names: ours, then others.
const NAMES: [(Column, &[&str]); 19] = [
    (Column::Id, &["id", "编号", "工号", "編號"]),
    (Column::Name, &["name", "姓名", "名称"]),
    (Column::Teams, &["teams", "团队", "小组", "團隊"]),
    (Column::Skills, &["skills", "技能"]),
    (Column::Languages, &["languages", "语言", "語言"]),
    (Column::Capacity, &["capacity", "容量"]),
    (Column::ChannelCapacity, &["channel_capacity", "渠道容量"]),
    (Column::ExternalLoad, &["external_load", "外部负载"]),
    (Column::TimeZone, &["time_zone", "时区", "時區"]),
    (Column::Days, &["days", "工作日"]),
    (Column::Start, &["start", "上班", "开始"]),
    (Column::End, &["end", "下班", "结束"]),
    (Column::Shifts, &["shifts", "班次"]),
    (Column::DaysOff, &["days_off", "休息日", "休假"]),
    (Column::DatedShifts, &["dated_shifts", "排班"]),
    (Column::Seniority, &["seniority", "资历", "级别"]),
    (Column::Presence, &["presence", "在线状态", "状态"]),
    (Column::Latitude, &["latitude", "纬度"]),
    (Column::Longitude, &["longitude", "经度"]),
];

/// Which columns a table has.
#[derive(Debug, Default)]
pub(in crate::cli) struct Columns {
    /// Where each is, and what the heading calls it.
    found: BTreeMap<Column, (usize, String)>,
    /// How many cells the heading has.
    pub(super) n: usize,
}

impl Columns {
    /// The columns of a heading, or each cell of it that names none.
    pub(super) fn of(heading: &[String]) -> Result<Self, Vec<String>> {
        let named = heading.iter().rposition(|name| !name.trim().is_empty());
        let mut columns = Self { n: named.map_or(0, |last| last + 1), ..Self::default() };
        let mut wrong = Vec::new();
        for (idx, name) in heading.iter().enumerate().take(columns.n) {
            if let Err(why) = columns.note(idx, name.trim()) {
                wrong.push(format!("row 1, column {}: {why}", idx + 1));
            }
        }
        if wrong.is_empty() && !columns.has(Column::Id) {
            wrong.push("row 1: expected a column id, got a heading without one".to_owned());
        }
        if wrong.is_empty() { Ok(columns) } else { Err(wrong) }
    }

    fn note(&mut self, idx: usize, name: &str) -> Result<(), String> {
        let column = column(name).ok_or_else(|| unknown(name))?;
        match self.found.insert(column, (idx, name.to_owned())) {
            None => Ok(()),
            Some((_, before)) => Err(format!("expected {before:?} once, got it again as {name:?}")),
        }
    }

    /// Whether the table has a column.
    pub(in crate::cli) fn has(&self, column: Column) -> bool {
        self.found.contains_key(&column)
    }

    /// Whether the table has one of several columns.
    pub(in crate::cli) fn has_any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.has(*column))
    }

    /// Where a column is, from 0.
    pub(super) fn idx(&self, column: Column) -> Option<usize> {
        self.found.get(&column).map(|(idx, _)| *idx)
    }

    /// What the heading calls a column; its own name where it is absent.
    pub(super) fn heading(&self, column: Column) -> &str {
        let named = self.found.get(&column).map(|(_, name)| name.as_str());
        named.unwrap_or_else(|| name_of(column))
    }

    /// All columns there are.
    pub(super) fn iter(&self) -> impl Iterator<Item = Column> + '_ {
        self.found.keys().copied()
    }
}

/// A column by one of its names, in any case.
pub(super) fn column(name: &str) -> Option<Column> {
    let name = name.to_lowercase().replace([' ', '-'], "_");
    let named = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    named.map(|(column, _)| *column)
}

/// A column's own name.
pub(super) fn name_of(column: Column) -> &'static str {
    let named = NAMES.iter().find(|(named, _)| *named == column);
    named.map_or("", |(_, names)| names[0])
}

fn unknown(name: &str) -> String {
    if name.contains([';', '\t']) {
        return format!("expected cells between commas, got {name:?}");
    }
    let names = NAMES.iter().flat_map(|(_, names)| names.iter().copied());
    let alike = names.filter(|known| have_in_common(name, known));
    match nearest(name, alike, 1).first() {
        Some(near) => {
            format!("expected the name of a column, got {name:?}; did you mean {near}?")
        }
        None => {
            format!("expected one of {}, got {name:?}", NAMES.map(|(_, names)| names[0]).join(", "))
        }
    }
}

/// Two characters in a row of Latin script, or one of Han script.
fn have_in_common(name: &str, known: &str) -> bool {
    let name = name.to_lowercase();
    let has_pair = known
        .as_bytes()
        .windows(2)
        .any(|pair| std::str::from_utf8(pair).is_ok_and(|pair| name.contains(pair)));
    has_pair || known.chars().any(|c| !c.is_ascii() && name.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(heading: &str) -> Result<Columns, Vec<String>> {
        Columns::of(&heading.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_column_has_names_of_its_own() {
        for (column, names) in NAMES {
            assert_eq!(name_of(column), names[0]);
            assert!(names.iter().all(|name| super::column(name) == Some(column)), "{names:?}");
        }
    }

    #[test]
    fn columns_are_found_in_any_order_case_and_language() {
        let columns = columns("姓名, Time Zone ,ID").expect("a heading");
        assert_eq!((columns.idx(Column::Id), columns.idx(Column::Name)), (Some(2), Some(0)));
        assert_eq!(columns.heading(Column::TimeZone), "Time Zone");
        assert!(!columns.has(Column::Teams));
    }

    #[test]
    fn each_cell_that_names_no_column_is_told_with_the_nearest() {
        let wrong = columns("id,capcity,团对").expect_err("two unknown columns");
        assert_eq!(
            wrong,
            [
                "row 1, column 2: expected the name of a column, got \"capcity\"; \
                 did you mean capacity?",
                "row 1, column 3: expected the name of a column, got \"团对\"; did you mean 团队?",
            ]
        );
        let wrong = columns("id,颜色").expect_err("an unknown column");
        let like_none = "row 1, column 2: expected one of id, name, teams, skills,";
        assert!(wrong[0].starts_with(like_none), "{wrong:?}");
    }

    #[test]
    fn a_heading_that_cannot_be_is_told() {
        let why = |heading| columns(heading).expect_err("no heading").join("\n");
        assert!(why("id,teams,团队").contains("expected \"teams\" once, got it again as \"团队\""));
        assert!(why("name,teams").contains("expected a column id"));
        assert!(why("id;name;teams").contains("expected cells between commas"));
        assert!(why("id,,name").contains("got \"\""));
    }
}
