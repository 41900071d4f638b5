//! Places.

use switchyard_domain::agent::{InvalidPlace, Place};
use switchyard_proto::v1 as pb;

/// A place as given.
pub(crate) fn place(place: &pb::Place) -> Result<Place, InvalidPlace> {
    Place::new(place.latitude, place.longitude)
}

/// A place to a tenth of a degree, some 11 km: enough for distances, too coarse for an address.
pub(crate) fn coarse_place(place: &pb::Place) -> Result<Place, InvalidPlace> {
    let coarse = |degrees: f64| (degrees * 10.0).round() / 10.0;
    let valid = self::place(place)?;
    Place::new(coarse(valid.latitude()), coarse(valid.longitude()))
}
