//! Lines that a device or a legal department adds to every mail.

use super::{after_paragraph, bare, split_line, starts_with_any};

/// Device lines are no longer than this, in characters.
const DEVICE_CHARS_MAX: usize = 40;

/// How a device or a mail program begins its line.
const DEVICES: [&str; 17] = [
    "Sent from my ",
    "Sent from Mail",
    "Sent from Outlook",
    "Sent from Yahoo",
    "Sent via ",
    "Get Outlook for ",
    "Download QQ Mail",
    "获取 Outlook",
    "获取Outlook",
    "发自我的",
    "發自我的",
    "來自我的",
    "来自QQ邮箱",
    "来自 QQ邮箱",
    "来自网易",
    "发自网易",
    "发送自",
];
/// Lines of mail programs as they stand.
const DEVICE_LINES: [&str; 4] =
    ["网易邮箱大师", "签名由网易邮箱大师定制", "签名由 网易邮箱大师 定制", "QQ邮箱"];

/// How notices begin,
const NOTICES: [&str; 18] = [
    "this e-mail and any",
    "this email and any",
    "this e-mail message",
    "this email message",
    "this e-mail is",
    "this email is",
    "this message and any",
    "this message (including",
    "this message is intended",
    "the information contained in this",
    "the information in this",
    "confidentiality notice",
    "disclaimer",
    "本邮件",
    "此邮件",
    "本电子邮件",
    "保密声明",
    "免责声明",
];
/// and one of the words each of them has,
const CONFIDENCES: [&str; 8] =
    ["confidential", "privileged", "intended", "保密", "机密", "收件人", "专供", "误收"];
/// within this many bytes.
const NOTICE_BYTES_MAX: usize = 480;
/// Advice that comes with them.
const ADVICE: [&str; 3] =
    ["please consider the environment", "think before you print", "打印前请考虑"];

/// Whether a line is written by the device or the program.
pub(super) fn is_of_device(line: &str) -> bool {
    let is_begun = || starts_with_any(line, &DEVICES) || DEVICE_LINES.contains(&line);
    let is_sent = || line.starts_with("从") && line.trim_end_matches('。').ends_with("发送");
    (is_begun() || is_sent()) && line.chars().count() <= DEVICE_CHARS_MAX
}

/// Whether the paragraph at the front of `text` is a notice of confidentiality.
pub(super) fn opens_notice(text: &str) -> bool {
    let line = bare(split_line(text).0).trim_start_matches(['*', '【', '[', ' ']);
    if starts_with_any(line, &ADVICE) {
        return true;
    }
    if !starts_with_any(line, &NOTICES) {
        return false;
    }
    let opening = text[..text.floor_char_boundary(NOTICE_BYTES_MAX)].to_ascii_lowercase();
    let paragraph = &opening[..opening.len() - after_paragraph(&opening).len()];
    CONFIDENCES.iter().any(|word| paragraph.contains(word))
}
