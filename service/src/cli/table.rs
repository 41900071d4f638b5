//! Tables for people: columns as wide as what stands in them, whatever the script.

use unicode_width::UnicodeWidthStr as _;

/// A table with a head; every row has as many cells.
#[derive(Debug, Clone)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with this head.
    pub(super) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|cell| (*cell).to_owned()).collect()] }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.rows[0].len(), "a row has a cell for each column");
        self.rows.push(cells);
    }

    fn widths(&self) -> Vec<usize> {
        let columns = 0..self.rows[0].len();
        columns.map(|c| self.rows.iter().map(|row| row[c].width()).max().unwrap_or(0)).collect()
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let widths = self.widths();
        for (i, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
            if i == 0 {
                let rules = widths.iter().map(|width| "─".repeat(*width));
                writeln!(f, "{}", rules.collect::<Vec<_>>().join("  "))?;
            }
        }
        Ok(())
    }
}

fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}

/// A text cut to a width, with a mark where it was cut.
pub(super) fn cut(text: &str, width_max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= width_max {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.to_string().width() + 1 > width_max {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_english_columns_line_up() {
        let mut table = Table::new(&["a", "b"]);
        table.row(vec!["退款".to_owned(), "x".to_owned()]);
        table.row(vec!["abc".to_owned(), "y".to_owned()]);
        assert_eq!(table.to_string(), "a     b\n────  ─\n退款  x\nabc   y\n");
    }

    #[test]
    fn a_cut_text_is_never_wider_than_asked() {
        for width in 1..12 {
            assert!(cut("快递三天没动了 please help", width).width() <= width.max(1), "{width}");
        }
    }
}
