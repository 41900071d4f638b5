//! The language people are spoken to in: Chinese or English.

/// Chinese or English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language of a tag or locale such as `zh-CN`, `zh_CN.UTF-8` or `en-GB,en;q=0.9`.
    pub fn from_tag(tag: &str) -> Self {
        if tag.trim_start().to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// The text in this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_and_tags_are_understood() {
        for zh in ["zh", "zh-CN", "zh_TW.UTF-8", "ZH", " zh;q=0.9"] {
            assert_eq!(Lang::from_tag(zh), Lang::Zh, "{zh}");
        }
        for en in ["en", "C.UTF-8", "", "de-DE"] {
            assert_eq!(Lang::from_tag(en), Lang::En, "{en}");
        }
    }
}
