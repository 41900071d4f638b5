//! Many sparse rows in the form that linfa asks for.

pub use switchyard_models::fit::SparseRows;

/// Rows shared by many problems; what linfa calls records.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a>(pub &'a SparseRows);

impl linfa::dataset::Records for Records<'_> {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.0.len()
    }

    fn nfeatures(&self) -> usize {
        self.0.n_features()
    }
}
