//! Values that are one field of a record: ids, instants, numbers, short lists of numbers.
//!
//! Writing them needs no function; reading them back checks what the domain's types promise.

use switchyard_domain::desk::Rating;
use switchyard_domain::ids::InvalidId;
use switchyard_domain::probability::Probability;
use switchyard_domain::skill::SkillLevel;
use switchyard_domain::time::Timestamp;

use crate::DecodeError;

/// How an id type reads its text.
type NewId<T> = fn(&str) -> Result<T, InvalidId>;

/// What an absent field must not be.
pub(crate) fn required<T>(value: Option<T>, field: &'static str) -> Result<T, DecodeError> {
    value.ok_or(DecodeError::Missing { field })
}

pub(crate) fn id<T>(text: &str, new: NewId<T>, field: &'static str) -> Result<T, DecodeError> {
    new(text).map_err(|source| DecodeError::NotAnId { field, source })
}

pub(crate) fn optional_id<T>(
    text: Option<&str>,
    new: NewId<T>,
    field: &'static str,
) -> Result<Option<T>, DecodeError> {
    text.map(|text| id(text, new, field)).transpose()
}

pub(crate) fn ids<T, C: FromIterator<T>>(
    texts: &[String],
    new: NewId<T>,
    field: &'static str,
) -> Result<C, DecodeError> {
    texts.iter().map(|text| id(text, new, field)).collect()
}

/// The texts of ids.
pub(crate) fn texts<'a, T: ToString + 'a>(ids: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    ids.into_iter().map(ToString::to_string).collect()
}

pub(crate) fn timestamp(millis: i64, field: &'static str) -> Result<Timestamp, DecodeError> {
    let instant = Timestamp::from_millis(millis);
    if instant.millis() == millis {
        Ok(instant)
    } else {
        let expected = "an instant of the years 1 to 9998 in milliseconds";
        Err(DecodeError::OutOfRange { field, expected, got: millis })
    }
}

pub(crate) fn optional_timestamp(
    millis: Option<i64>,
    field: &'static str,
) -> Result<Option<Timestamp>, DecodeError> {
    millis.map(|millis| timestamp(millis, field)).transpose()
}

pub(crate) fn probability(
    value: Option<f32>,
    field: &'static str,
) -> Result<Probability, DecodeError> {
    let value = required(value, field)?;
    Probability::new(value).ok_or(DecodeError::NotAProbability { field, got: value })
}

pub(crate) fn level(level: u32, field: &'static str) -> Result<SkillLevel, DecodeError> {
    let out_of_range = DecodeError::OutOfRange { field, expected: "in 1..=5", got: level.into() };
    SkillLevel::new(level).map_err(|_| out_of_range)
}

/// Numbers by label, without the zeros at the end.
pub(crate) fn trimmed<T: Copy + Default + PartialEq>(numbers: &[T]) -> Vec<T> {
    let len = numbers.iter().rposition(|number| *number != T::default()).map_or(0, |last| last + 1);
    numbers[..len].to_vec()
}

/// Numbers by label, with the zeros at the end again.
pub(crate) fn padded<T: Copy + Default, const N: usize>(
    numbers: &[T],
    field: &'static str,
) -> Result<[T; N], DecodeError> {
    let mut padded = [T::default(); N];
    let slots = padded.get_mut(..numbers.len());
    let too_many = DecodeError::TooMany { field, max: N, got: numbers.len() };
    slots.ok_or(too_many)?.copy_from_slice(numbers);
    Ok(padded)
}

/// A rating, or `None` for 0.
pub(crate) fn optional_rating(
    score: u32,
    field: &'static str,
) -> Result<Option<Rating>, DecodeError> {
    let out_of_range =
        |_| DecodeError::OutOfRange { field, expected: "in 0..=5", got: i64::from(score) };
    match score {
        0 => Ok(None),
        _ => Rating::new(score.try_into().unwrap_or(i32::MAX)).map(Some).map_err(out_of_range),
    }
}

/// A number of at most 255.
pub(crate) fn small(number: u32, field: &'static str) -> Result<u8, DecodeError> {
    u8::try_from(number).map_err(|_| DecodeError::OutOfRange {
        field,
        expected: "in 0..=255",
        got: number.into(),
    })
}
