//! Protobuf's wire by hand: written so that it may be wrong, and read as far as names are learnt.

/// How a value is written.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Varint(u64),
    Fixed64(u64),
    Fixed32(u32),
    /// Text, bytes, a message, or packed numbers.
    Bytes(Vec<u8>),
    /// Written as it is, key and all.
    Raw(Vec<u8>),
}

/// Appends a number in as few bytes as it takes.
pub(super) fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends the key of a field.
pub(super) fn key(out: &mut Vec<u8>, field: u32, wire_type: u64) {
    varint(out, u64::from(field) << 3 | wire_type);
}

/// Appends a field.
pub(super) fn put(out: &mut Vec<u8>, field: u32, value: &Value) {
    match value {
        Value::Varint(number) => {
            key(out, field, 0);
            varint(out, *number);
        }
        Value::Fixed64(bits) => {
            key(out, field, 1);
            out.extend(bits.to_le_bytes());
        }
        Value::Bytes(bytes) => {
            key(out, field, 2);
            varint(out, bytes.len() as u64);
            out.extend(bytes);
        }
        Value::Fixed32(bits) => {
            key(out, field, 5);
            out.extend(bits.to_le_bytes());
        }
        Value::Raw(bytes) => out.extend(bytes),
    }
}

/// A message as gRPC frames it.
pub(super) fn framed(message: &[u8]) -> Vec<u8> {
    let mut frame = vec![0];
    frame.extend((message.len() as u32).to_be_bytes());
    frame.extend(message);
    frame
}

/// The whole messages of framed bytes.
pub(super) fn unframed(mut body: &[u8]) -> Vec<&[u8]> {
    let mut messages = Vec::new();
    while let Some((head, rest)) = body.split_first_chunk::<5>() {
        let n_bytes = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        let Some((message, rest)) = rest.split_at_checked(n_bytes) else { break };
        messages.push(message);
        body = rest;
    }
    messages
}

/// The length-delimited fields of a message; `None` if it is no message.
pub(super) fn delimited(mut message: &[u8]) -> Option<Vec<(u32, &[u8])>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = take_varint(&mut message)?;
        let n_bytes = match key & 7 {
            0 => take_varint(&mut message).map(|_| 0)?,
            1 => 8,
            2 => take_varint(&mut message)? as usize,
            5 => 4,
            _ => return None,
        };
        let (bytes, rest) = message.split_at_checked(n_bytes)?;
        if key & 7 == 2 {
            fields.push(((key >> 3) as u32, bytes));
        }
        message = rest;
    }
    Some(fields)
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
