//! What software left between the customer's words when it decoded them with the wrong table.

/// What GBK and UTF-8 leave of replacement characters, and of uninitialised memory.
const DEBRIS: [&str; 3] = ["锟斤拷", "烫烫烫", "屯屯屯"];

/// Removes debris from a folded text; `scratch` is a buffer to write into.
pub(super) fn remove(text: &mut String, scratch: &mut String) {
    for debris in DEBRIS {
        if text.contains(debris) {
            scratch.clear();
            scratch.extend(text.split(debris));
            std::mem::swap(text, scratch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debris_of_wrong_decoding_goes() {
        let mut text = "收到锟斤拷锟斤拷了锟斤拷".to_owned();
        remove(&mut text, &mut String::new());
        assert_eq!(text, "收到了");
    }
}
