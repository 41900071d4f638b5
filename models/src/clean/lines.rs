//! The writer's own lines: quoted replies and signatures are somebody's, or nothing.
//!
//! The rules are few and sure rather than many and clever: a cut that removes
//! the request costs more than a signature that stays.

/// Lines of this many characters or fewer may belong to a signature.
const SIGNATURE_LINE_CHARS_MAX: usize = 40;
/// A signature has at most this many lines after its closing formula.
const SIGNATURE_LINES_MAX: usize = 5;

/// Closing formulas, lower-case, without punctuation.
const CLOSINGS: [&str; 18] = [
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best",
    "thanks",
    "many thanks",
    "thank you",
    "cheers",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "此致",
    "敬礼",
    "祝好",
    "顺颂商祺",
    "顺祝商祺",
    "祝工作顺利",
];

/// Appends the writer's own lines of `text` to `out`; all of it when nothing would remain.
pub(super) fn keep_own(text: &str, out: &mut String) {
    if !text.contains('\n') {
        out.push_str(text);
        return;
    }
    let start = out.len();
    for line in before_quote(text).lines().filter(|line| !is_noise(line)) {
        out.push_str(line);
        out.push('\n');
    }
    cut_signature(out, start);
    if out[start..].trim().is_empty() {
        out.truncate(start);
        out.push_str(text);
    }
}

/// The text before the first line that introduces an earlier message.
fn before_quote(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && introduces_quote(line.trim()) {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

fn introduces_quote(line: &str) -> bool {
    let is_wrote = line.starts_with("On ") && line.ends_with("wrote:");
    let is_wrote_zh =
        line.ends_with("写道：") || line.ends_with("写道:") || line.ends_with("寫道：");
    let is_rule = line.starts_with("---")
        && ["Original Message", "原始邮件", "原始郵件", "Forwarded message", "转发邮件"]
            .iter()
            .any(|mark| line.contains(mark));
    let is_header = ["发件人：", "发件人:", "寄件者：", "寄件者:", "From: "]
        .iter()
        .any(|mark| line.starts_with(mark));
    is_wrote || is_wrote_zh || is_rule || is_header
}

/// A quoted line, or one that a device wrote.
fn is_noise(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('>')
        || ["Sent from my ", "Get Outlook for ", "发自我的", "來自我的", "从我的"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

/// Cuts `out` at the signature's mark or closing formula, if one stands near the end.
fn cut_signature(out: &mut String, start: usize) {
    if let Some(at) = signature_start(&out[start..]) {
        out.truncate(start + at);
    }
}

/// Where the signature begins; the first line never opens one.
fn signature_start(text: &str) -> Option<usize> {
    let mut end = text.trim_end().len();
    let mut found = None;
    for _ in 0..=SIGNATURE_LINES_MAX {
        let Some(at) = text[..end].rfind('\n') else {
            break;
        };
        let line = text[at + 1..end].trim();
        if line.chars().count() > SIGNATURE_LINE_CHARS_MAX {
            break;
        }
        if opens_signature(line) {
            found = Some(at + 1);
        }
        end = at;
    }
    found
}

fn opens_signature(line: &str) -> bool {
    let bare = line.trim_end_matches([',', '.', '!', '，', '。', '！', ' ']).to_lowercase();
    bare == "--" || CLOSINGS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        keep_own(text, &mut out);
        assert_eq!(out.trim_end(), expected, "{text}");
    }

    #[test]
    fn quoted_replies_go() {
        check("Still broken.\n> have you tried\n> restarting", "Still broken.");
        check("Any news?\nOn 3 May, Ann wrote:\nhello", "Any news?");
        check("还没到\n在 5月3日，客服 写道：\n您好", "还没到");
        check("please help\n-----Original Message-----\nFrom: x", "please help");
        check("在吗\n发件人：客服\n您好", "在吗");
    }

    #[test]
    fn signatures_go() {
        check("My VPN is down.\n\nBest regards,\nAnn Lee\nFinance", "My VPN is down.");
        check("没收到货\n此致\n敬礼\n王芳", "没收到货");
        check("broken again\n-- \nBob", "broken again");
        check("not here yet\nSent from my iPhone", "not here yet");
    }

    #[test]
    fn a_closing_word_inside_a_text_cuts_nothing() {
        let text = "Thanks\nbut the second parcel that you sent me last week never came to my door";
        check(text, text);
    }

    #[test]
    fn a_text_of_quotes_alone_is_kept() {
        check("> where is it\n> please", "> where is it\n> please");
    }
}
