//! The catalogue as a page for people, in Markdown, in Chinese and English.

use std::fmt::Write as _;

use super::{Entry, catalogue, code_name};

/// What stands above the entries.
const HEAD: &str = "\
# Errors

This page is made of the table in `src/errors/table.rs`; `UPDATE_GOLDEN=1 cargo test --workspace --test errors` writes it anew.
本页由 `src/errors/table.rs` 中的表生成；上面的命令会重新生成本页。

Every error carries a `google.rpc.ErrorInfo` whose `domain` is `switchyard.v1` and whose `reason` is one of these.
`switchyard.v1.ErrorReason` has them as constants, and `switchyard errors` prints them.
With `accept-language: zh` an error also carries its message in Chinese, as `google.rpc.LocalizedMessage`.
Fields that cannot be taken are named in `google.rpc.BadRequest`, and where waiting helps `google.rpc.RetryInfo` says how long.

每个错误都带有 `google.rpc.ErrorInfo`：`domain` 为 `switchyard.v1`，`reason` 为下列之一。
`switchyard.v1.ErrorReason` 以常量列出这些原因，`switchyard errors` 可打印本目录。
请求头为 `accept-language: zh` 时，错误还以 `google.rpc.LocalizedMessage` 附上中文消息。
无法接受的字段列在 `google.rpc.BadRequest` 中；等待有用时，`google.rpc.RetryInfo` 说明等多久。

| Reason | Code |
|---|---|
";

/// The whole page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    let entries = catalogue();
    for entry in &entries {
        let (name, code) = (entry.name(), code_name(entry.code));
        let _ = writeln!(page, "| [{name}](#{}) | {code} |", name.to_ascii_lowercase());
    }
    for entry in &entries {
        page.push_str(&section(entry));
    }
    page
}

fn section(entry: &Entry) -> String {
    let (name, code) = (entry.name(), code_name(entry.code));
    let (retry_zh, retry_en) = entry.retry.words();
    let wait = entry
        .retry_after
        .map_or(String::new(), |after| format!("\n- RetryInfo: {} ms", after.as_millis()));
    format!(
        "\n## {name}\n\n- Code: {code} ({number}){wait}\n\n\
         {when}\n{advice}\nRetry: {retry_en}\n\n\
         {when_zh}\n{advice_zh}\n重试：{retry_zh}\n",
        number = entry.code as i32,
        when = entry.en.when,
        advice = entry.en.advice,
        when_zh = entry.zh.when,
        advice_zh = entry.zh.advice,
    )
}
