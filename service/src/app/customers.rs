//! Opaque references to customers.
//!
//! The journal names a customer by a keyed hash. The key is in the store and
//! nowhere else: without it nobody can try numbers and addresses until one
//! fits, not even on a whole copy of the journal.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use switchyard_domain::ids::{CustomerRef, TenantId};

use crate::store::{CustomerKey, CustomerRow};

/// Bytes of the hash that name a customer: enough that no two of a tenant ever share one.
const REFERENCE_BYTES: usize = 12;

/// Names customers.
#[derive(Clone)]
pub struct Customers {
    key: CustomerKey,
}

impl std::fmt::Debug for Customers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Customers { key: *** }")
    }
}

impl Customers {
    /// With the key of a store.
    pub fn new(key: CustomerKey) -> Self {
        Self { key }
    }

    /// The reference of a customer, the same for the same customer of a tenant, and the row behind it.
    pub fn refer(&self, tenant: &TenantId, customer_id: &str) -> (CustomerRef, CustomerRow) {
        let mut hash = Hmac::<Sha256>::new_from_slice(&self.key).expect("any key will do");
        // A tenant's name has no line end.
        hash.update(tenant.as_str().as_bytes());
        hash.update(b"\n");
        hash.update(customer_id.as_bytes());
        let reference = hex(&hash.finalize().into_bytes()[..REFERENCE_BYTES]);
        let named = CustomerRef::new(&reference).expect("hexadecimal digits are an id");
        let (tenant, customer_id) = (tenant.to_string(), customer_id.to_owned());
        (named, CustomerRow { tenant, reference, customer_id })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(name: &str) -> TenantId {
        TenantId::new(name).expect("a valid id")
    }

    #[test]
    fn a_customer_has_one_reference_in_a_tenant_and_another_elsewhere() {
        let ours = Customers::new([1; 32]);
        let (first, row) = ours.refer(&tenant("acme"), "+86 138 0000 0000");
        assert_eq!(ours.refer(&tenant("acme"), "+86 138 0000 0000").0, first);
        assert_eq!(row.reference, first.to_string());
        assert_ne!(ours.refer(&tenant("other"), "+86 138 0000 0000").0, first);
        assert_ne!(ours.refer(&tenant("acme"), "+86 138 0000 0001").0, first);
    }

    #[test]
    fn nobody_without_the_key_finds_the_reference() {
        let (ours, theirs) = (Customers::new([1; 32]), Customers::new([2; 32]));
        assert_ne!(ours.refer(&tenant("acme"), "42").0, theirs.refer(&tenant("acme"), "42").0);
        assert!(!format!("{ours:?}").contains('1'));
    }
}
