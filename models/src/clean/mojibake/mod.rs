//! Text that was decoded with the wrong table, decoded again with the right one.
//!
//! UTF-8 read as Latin-1 or Windows-1252 turns `退货` into `é€€è´§`; read as GBK it
//! turns `退货吧。` into rare characters. Both leave every byte in place, so the
//! text can be had back exactly. What is repaired is what can hardly be meant:
//! bytes that are valid UTF-8 by chance are not that long.

mod gbk;
mod latin;

/// Repairs `text` in place; `scratch` is a buffer to write into.
pub(super) fn repair(text: &mut String, scratch: &mut String) {
    if latin::is_suspect(text) {
        rewrite(text, scratch, latin::is_lead, latin::take);
    }
    if text.chars().any(gbk::is_lead) {
        rewrite(text, scratch, gbk::is_lead, gbk::take);
    }
}

/// Reads from a place of a text where a sequence may begin, and writes what it stands for.
///
/// Returns the bytes read, at least one character.
type Take = fn(text: &str, at: usize, out: &mut String) -> usize;

fn rewrite(text: &mut String, scratch: &mut String, is_lead: fn(char) -> bool, take: Take) {
    scratch.clear();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_lead) {
        scratch.push_str(&text[at..at + found]);
        at += found;
        at += take(text, at, scratch);
    }
    scratch.push_str(&text[at..]);
    std::mem::swap(text, scratch);
}

/// Whether a character is one that Chinese text is made of: ideographs, its marks, full-width forms.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FFEF}')
}

/// Dashes, quotation marks and other signs of running text.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{22FF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Windows-1252 beyond ASCII where it differs from Latin-1; the rest is the byte itself.
    const WINDOWS: [(u8, char); 8] = [
        (0x80, '€'),
        (0x82, '‚'),
        (0x88, 'ˆ'),
        (0x93, '“'),
        (0x94, '”'),
        (0x99, '™'),
        (0x9C, 'œ'),
        (0x9D, '\u{9D}'),
    ];

    fn repaired(text: &str) -> String {
        let mut out = text.to_owned();
        repair(&mut out, &mut String::new());
        out
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(repaired(text), expected, "{text}");
    }

    fn read_as_latin(text: &str, windows: bool) -> String {
        let of = |b: u8| {
            let special = WINDOWS.iter().find(|(byte, _)| windows && *byte == b);
            special.map_or(char::from(b), |(_, c)| *c)
        };
        text.bytes().map(of).collect()
    }

    #[test]
    fn utf8_read_as_latin_is_read_again() {
        check("é€€è´§", "退货");
        check("I donâ€™t know", "I don’t know");
        check("cafÃ© 5Â°C, ðŸ˜€", "café 5°C, 😀");
        for windows in [true, false] {
            for text in ["我要退货，谢谢！", "it’s “broken” – really…", "屏幕碎了😡"]
            {
                check(&read_as_latin(text, windows), text);
            }
        }
    }

    #[test]
    fn utf8_read_as_gbk_is_read_again() {
        check("灞忓箷纰庝簡, order 88", "屏幕碎了, order 88");
        check("瀹㈡湇鎬佸害寰堝樊", "客服态度很差");
    }

    #[test]
    fn a_character_whose_end_was_lost_is_lost_alone() {
        check("閫€璐у惂銆�", "退货吧�");
        check("鐗╂祦涓€鐩存病鏈夋洿鏂帮紝璇峰敖蹇�", "物流一直没有更新，请尽�");
    }

    #[test]
    fn what_was_written_so_stays() {
        for text in [
            "我的订单还没到，请帮我查一下。",
            "訂單還沒發貨，請幫我退款，謝謝！",
            "The café’s résumé — naïve, 20 °C, £5, “quoted” … ©2026",
            "ÃO, Â, é, IRMÃ», ä ö ü",
            "«passé»…",
            "涓涓细流，鐨",
            "",
        ] {
            check(text, text);
        }
    }

    /// Text of characters that tickets have; among all ideographs, a few in ten thousand
    /// are each other's debris.
    fn chinese(others: &str, n_chars: &str) -> impl Strategy<Value = String> {
        let common = "的一是不了在我有他这中大来上个国到说们为子和你地出也时年得就要下以生会着去可里后\
            小心多天能好都没于起还发成事只想看文开手用方又如前所面公同三已老从两长知样分外但些与高\
            意进法实回理美点月明其全工话情部正名定问力机给等几很最间新打便位因重被走电再真信气少关\
            并内加件安表白车应期提感更放做系或交让认货退款换订单快递修坏客服发票屏幕登录密码维质量";
        let pattern = format!("[{common}，。！？{others}]{n_chars}");
        proptest::string::string_regex(&pattern).expect("a sound pattern")
    }

    proptest! {
        #[test]
        fn ordinary_text_stays(text in chinese("：；“”’…—￥😀 -~\n", "{0,80}")) {
            prop_assert_eq!(repaired(&text), text);
        }

        #[test]
        fn chinese_comes_back_from_latin(text in chinese("", "{2,40}")) {
            prop_assert_eq!(repaired(&read_as_latin(&text, false)), text);
        }

        #[test]
        fn no_text_panics(text in "[\u{80}-\u{FF}€™“”œ鎴戣閫€璐锛銆鈥?\u{FFFD}a]{0,40}") {
            repaired(&text);
        }
    }
}
