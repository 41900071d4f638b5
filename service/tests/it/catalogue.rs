//! Every reason of the catalogue, provoked over a port and told in Chinese.
//!
//! A new reason is a new arm of [`provoke::provoke`]: the compiler asks for it.

mod provoke;

use switchyard_proto::errors::{self, ErrorReason};
use tonic_types::StatusExt as _;

use self::provoke::{Heard, provoke};

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Expects what the catalogue says of a reason.
fn check(reason: ErrorReason, heard: Heard) {
    let entry = errors::entry(reason);
    match heard {
        Heard::Call(status) => {
            let details = status.get_error_details();
            let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo: {status:?}"));
            assert_eq!(
                (info.reason.as_str(), info.domain.as_str()),
                (entry.name(), errors::DOMAIN)
            );
            assert_eq!(status.code(), entry.code, "{reason:?}");
            let after = details.retry_info().and_then(|info| info.retry_delay);
            assert_eq!(after, entry.retry_after, "{reason:?}");
            let localized = details.localized_message();
            let localized = localized.unwrap_or_else(|| panic!("nothing in Chinese: {status:?}"));
            assert_eq!(localized.locale, "zh-CN");
            let (zh, en) = (localized.message.as_str(), status.message());
            println!("{}: {en} / {zh}", entry.name());
            assert!(has_han(zh) && !zh.contains("expected"), "{zh}");
            assert!(!en.is_empty() && !has_han(en), "{en}");
        }
        Heard::Item(item) => {
            assert_eq!((item.code, item.reason.as_str()), (entry.code as i32, entry.name()));
            println!("{}: {}", entry.name(), item.message);
            assert!(has_han(&item.message), "{item:?}");
        }
    }
}

#[tokio::test]
async fn every_reason_of_the_catalogue_is_provoked() {
    let catalogue = errors::catalogue();
    assert!(catalogue.len() >= 24, "expected the whole enum, got {}", catalogue.len());
    for entry in catalogue {
        check(entry.reason, provoke(entry.reason).await);
    }
}
