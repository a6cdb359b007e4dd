//! The two models, compressed in the program, unpacked into memory.

use std::io::Read;

use lzma_rust2::XzReader;
use rten::Model;

/// PP-OCRv6 tiny detection, see assets/ocr/README.md.
const DETECTION: Packed = Packed {
    bytes: include_bytes!("../../../../assets/ocr/ppocrv6_tiny_det.bf16r.onnx.xz"),
    size: 1_780_000,
};
/// PP-OCRv6 small recognition, cut to Latin letters.
const RECOGNITION: Packed = Packed {
    bytes: include_bytes!("../../../../assets/ocr/ppocrv6_small_rec_latin.bf16r.onnx.xz"),
    size: 12_150_000,
};

/// Both models, ready to run.
pub struct Models {
    pub detection: Model,
    pub recognition: Model,
}

impl Models {
    /// Unpacks and loads both, at once; `None` if the program's own bytes are damaged.
    pub fn load() -> Option<Self> {
        std::thread::scope(|scope| {
            let recognition = scope.spawn(|| RECOGNITION.load());
            let detection = DETECTION.load();
            Some(Self { detection: detection?, recognition: recognition.join().ok()?? })
        })
    }
}

struct Packed {
    bytes: &'static [u8],
    /// About the unpacked size, to reserve it in one go.
    size: usize,
}

impl Packed {
    fn load(&self) -> Option<Model> {
        let mut model = Vec::with_capacity(self.size);
        // The format ends with a checksum of the content, so damage is an error here.
        XzReader::new(self.bytes, false).read_to_end(&mut model).ok()?;
        Model::load(model).ok()
    }
}
