//! The languages of an agent: tags that mean some language in which tickets come.

use anyhow::ensure;
use switchyard_domain::agent::Languages;
use switchyard_domain::assessment::Language;

/// What is accepted, for messages.
const EXPECTED: &str = "a language that tickets can be found to be in: zh, zh-Hans, zh-CN, \
                        zh-Hant, zh-TW, en, en-GB and the like, or und";

/// Languages by their tags; none means all.
pub(super) fn languages(tags: &[String]) -> anyhow::Result<Languages> {
    for (i, tag) in tags.iter().enumerate() {
        ensure!(is_served(tag), "languages[{i}]: expected {EXPECTED}, got {tag:?}");
    }
    Ok(Languages::from_tags(tags.iter().cloned()))
}

/// Whether an agent with this tag alone could serve a ticket because of it.
///
/// The domain decides what a tag means. It keeps one that means nothing to it, and an agent
/// with a slip in the tag would be passed over without a word.
fn is_served(tag: &str) -> bool {
    let alone = Languages::from_tags([tag.to_owned()]);
    let mut detected = Language::ALL.into_iter().filter(|language| *language != Language::Und);
    let means_one = tag.eq_ignore_ascii_case("und") || detected.any(|one| alone.serve(one));
    means_one && is_well_formed(tag)
}

/// Subtags have one to eight letters or digits (RFC 5646, section 2.1).
fn is_well_formed(tag: &str) -> bool {
    let is_subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.split('-').all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_detected_language_is_taken() {
        for tag in ["zh", "zh-Hans", "zh-Hant-HK", "zh-CN", "zh-TW", "ZH-hk", "en", "en-GB", "und"]
        {
            assert!(languages(&[tag.to_owned()]).is_ok(), "{tag}");
        }
    }

    #[test]
    fn a_tag_that_means_no_detected_language_is_told_with_those_that_do() {
        for tag in ["de", "zh_CN", "en-", "english", "mixed", "中文", ""] {
            let error = languages(&["en".to_owned(), tag.to_owned()]).expect_err(tag).to_string();
            let got = format!("got {tag:?}");
            assert!(error.starts_with("languages[1]: ") && error.ends_with(&got), "{error}");
            assert!(error.contains("zh-Hans") && error.contains("en-GB"), "{error}");
        }
    }
}
