//! Invented blocks with what is true of them, and properties.
