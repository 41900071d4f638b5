//! Values that nobody should send: each has been some parser's undoing.

use crate::races::Drawer;

/// Texts that are short, UTF-8, and odd.
const ODD: [&str; 22] = [
    "",
    " ",
    "\0",
    "T-1\0",
    "\u{feff}T-1",
    "T-1\r\nset-cookie: a",
    "\u{202e}1-T\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "T\u{200b}-\u{200d}1\u{2060}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "𝕋-𝟙",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "\u{10ffff}\u{fdd0}\u{e000}",
    "../../../../etc/passwd",
    "'; DROP TABLE journal; --",
    "{}%s%n${jndi:ldap://a}{{7*7}}",
    "<!--<script><a href=\"&#x110000;&#0;&amp;&unknown;\"><![CDATA[",
    "&#99999999999999999999;&#xD800;",
    "-0",
    "1e309",
    "18446744073709551616",
    "İıſK",
];

/// Texts that no UTF-8 holds: half of a pair, an overlong slash, what never begins a character, a
/// character cut short, and one beyond the last.
const NOT_UTF8: [&[u8]; 5] =
    [b"\xed\xa0\x80", b"\xc0\xaf", b"\xff\xfe", b"\xe5\x90", b"\xf4\x90\x80\x80"];

/// What is written again and again where a text is to be long.
const REPEATED: [&str; 16] = [
    "x",
    "名",
    "e\u{301}",
    "\u{301}",
    "👩‍👩‍👧‍👦",
    "<div>",
    "</",
    "&lt;",
    "> ",
    "\n",
    "\u{202e}",
    "http://a.b/?c=d ",
    "a@b.c ",
    "1234567890 ",
    "退款 refund ",
    "-- \n",
];

/// At limits and one beyond: ids, customers' ids, pages, texts.
const LENGTHS: [usize; 10] = [127, 128, 129, 320, 321, 1_024, 4_096, 65_536, 262_144, 262_145];

/// A text that should not be sent.
pub(super) fn text(drawer: &mut Drawer) -> Vec<u8> {
    match drawer.below(10) {
        0..6 => ODD[drawer.below(ODD.len())].into(),
        6 => NOT_UTF8[drawer.below(NOT_UTF8.len())].into(),
        _ => long(drawer),
    }
}

fn long(drawer: &mut Drawer) -> Vec<u8> {
    let piece = REPEATED[drawer.below(REPEATED.len())];
    // The longest are few: they take as long as all others together.
    let n_bytes = LENGTHS[drawer.below(LENGTHS.len()).min(drawer.below(LENGTHS.len()))];
    let mut text = piece.repeat(n_bytes / piece.len() + 1).into_bytes();
    // Cutting may leave half of a character at the end, which is as well.
    text.truncate(n_bytes);
    text
}

/// Whole numbers at the ends of their types, and bits at random.
pub(super) fn integer(drawer: &mut Drawer) -> u64 {
    const EXTREME: [u64; 12] = [
        0,
        1,
        2,
        0x7f,
        1_001,
        i32::MAX as u64,
        0x8000_0000,
        u32::MAX as u64,
        i64::MAX as u64,
        1 << 63,
        u64::MAX - 1,
        u64::MAX,
    ];
    match drawer.below(EXTREME.len() + 2) {
        n if n < EXTREME.len() => EXTREME[n],
        _ => drawer.below(usize::MAX) as u64,
    }
}

/// Numbers that break sums, orders and comparisons.
pub(super) fn float(drawer: &mut Drawer) -> f64 {
    const EXTREME: [f64; 14] = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        f64::from_bits(1),
        f64::EPSILON,
        -1.0,
        1e15,
        1e-9,
        90.000_000_1,
        -180.5,
    ];
    EXTREME[drawer.below(EXTREME.len())]
}

/// Seconds and nanoseconds of instants and spans outside of any calendar.
pub(super) fn instant(drawer: &mut Drawer) -> (i64, i32) {
    const SECONDS: [i64; 12] = [
        i64::MIN,
        i64::MAX,
        i64::MAX / 1_000,
        i64::MAX / 1_000 + 1,
        i64::MIN / 1_000,
        253_402_300_799,
        253_402_300_800,
        253_370_764_800,
        -62_135_596_800,
        -62_135_596_801,
        -1,
        0,
    ];
    const NANOS: [i32; 6] = [0, -1, 999_999_999, 1_000_000_000, i32::MIN, i32::MAX];
    (SECONDS[drawer.below(SECONDS.len())], NANOS[drawer.below(NANOS.len()) * drawer.below(2)])
}
