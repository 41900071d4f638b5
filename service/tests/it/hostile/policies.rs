//! Texts of policies: ones that may be applied, and ones that should be refused in good time.

use switchyard_policy::DEFAULT;

use crate::races::Drawer;

/// A policy's text, more often sound than not.
pub(super) fn source(drawer: &mut Drawer) -> String {
    match drawer.below(10) {
        0..3 => DEFAULT.to_owned(),
        3..5 => DEFAULT.replace("default_capacity = 5", "default_capacity = 2"),
        5 => own_labels(drawer),
        6..8 => with_another_value(drawer),
        _ => broken(drawer),
    }
}

/// The backend's own categories.
fn own_labels(drawer: &mut Drawer) -> String {
    let n_categories = [1, 3, 400][drawer.below(3)];
    let category = |n| format!("[[category]]\nid = \"own.{n}\"\nseverity = {}\n", n % 101);
    let categories: Vec<_> = (0..n_categories).map(category).collect();
    format!("schema = 1\nlabels = \"own\"\n{}", categories.concat())
}

/// The default with one value after an equals sign replaced.
fn with_another_value(drawer: &mut Drawer) -> String {
    const VALUES: [&str; 16] = [
        "nan",
        "-inf",
        "9223372036854775807",
        "1e308",
        "0.0000001",
        "\"999999999999d\"",
        "\"0s\"",
        "[]",
        "{}",
        "{ p1 = 1, p2 = 1, p3 = 1 }",
        "1979-05-27T07:32:00Z",
        "\"\\u202e\\u0000\"",
        "'''\n'''",
        "true",
        "[{ days = [\"mon\"], start = \"24:00\", end = \"00:00\" }]",
        "\"Mars/Olympus\"",
    ];
    let places: Vec<_> = DEFAULT.match_indices(" = ").map(|(at, _)| at + 3).collect();
    let at = places[drawer.below(places.len())];
    let until = DEFAULT[at..].find('\n').map_or(DEFAULT.len(), |n| at + n);
    format!("{}{}{}", &DEFAULT[..at], drawer.name(&VALUES), &DEFAULT[until..])
}

/// What no policy is: deep, long, or many of something.
fn broken(drawer: &mut Drawer) -> String {
    let n = [50, 2_000, 40_000][drawer.below(3)];
    match drawer.below(9) {
        0 => format!("a = {}", "[".repeat(n)),
        1 => format!("a = {}1{}", "{ a = ".repeat(n), " }".repeat(n)),
        2 => format!("[{}a]", "a.".repeat(n)),
        3 => format!("schema = 1\n{}", "[[category]]\nid = \"same\"\n".repeat(n)),
        4 => (0..n).map(|n| format!("key{n} = {n}\n")).collect::<Vec<_>>().concat(),
        5 => format!("schema = 1\n{}", "[[sla]]\nname = \"a\"\ncalendar = \"no\"\n".repeat(n)),
        6 => "= ".repeat(n),
        7 => format!("a = \"{}", "\\u0000".repeat(n)),
        _ => format!(
            "schema = 1\n[[calendar]]\nid = \"c\"\ntime_zone = \"UTC\"\nhours = [{}]",
            "{ days = [\"mon\"], start = \"00:00\", end = \"23:59\" },".repeat(n)
        ),
    }
}
