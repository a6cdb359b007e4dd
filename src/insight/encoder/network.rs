//! The network: three branches look at 2, 3 and 5 neighbouring pieces, their sums are averaged and narrowed to one vector.

use super::{Bytes, DIMENSIONS, Fault};

/// How many neighbours each branch sees, and how many of them stand before the piece itself.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// The numbers of a branch, and of the narrow layers.
const BRANCH: usize = 256;
const NARROW: usize = 320;
/// The numbers of a piece after the branches: its own, and theirs.
const WIDE: usize = DIMENSIONS + BRANCHES.len() * BRANCH;

/// A matrix, row after row; a row is added for each number that goes in.
type Matrix = Vec<f32>;

#[derive(Debug)]
pub(super) struct Network {
    branches: Vec<Branch>,
    /// Over the numbers of all branches at once.
    begin: Level,
    level: Level,
    out: Matrix,
    out_bias: Vec<f32>,
    d0: Matrix,
    d1: Matrix,
    p1: Matrix,
    d2: Matrix,
    p3: Matrix,
    d3: Matrix,
    /// Added where a sum of squares could be zero.
    least: f32,
}

#[derive(Debug)]
struct Branch {
    project: Matrix,
    project_bias: Vec<f32>,
    layers: [(Matrix, Vec<f32>); 2],
}

/// Layer normalisation: what it is multiplied with, and what is added.
#[derive(Debug)]
struct Level {
    factor: Vec<f32>,
    shift: Vec<f32>,
}

impl Network {
    /// Reads the matrices, in the order in which `encoder.py` writes them.
    pub(super) fn read(bytes: &mut Bytes, least: f32) -> Result<Self, Fault> {
        let mut branches = Vec::new();
        let mut begin = Level { factor: Vec::new(), shift: Vec::new() };
        for (seen, _) in BRANCHES {
            branches.push(Branch {
                project: bytes.halves(DIMENSIONS * BRANCH)?,
                project_bias: {
                    let bias = bytes.halves(BRANCH)?;
                    begin.factor.extend(bytes.halves(BRANCH)?);
                    begin.shift.extend(bytes.halves(BRANCH)?);
                    bias
                },
                layers: [
                    (bytes.halves(seen * BRANCH * BRANCH)?, bytes.halves(BRANCH)?),
                    (bytes.halves(seen * BRANCH * BRANCH)?, bytes.halves(BRANCH)?),
                ],
            });
        }
        Ok(Self {
            branches,
            begin,
            level: Level::read(bytes, WIDE)?,
            out: bytes.halves(WIDE * DIMENSIONS)?,
            out_bias: bytes.halves(DIMENSIONS)?,
            d0: bytes.halves(DIMENSIONS * NARROW)?,
            d1: bytes.halves(NARROW * NARROW)?,
            p1: bytes.halves(DIMENSIONS * NARROW)?,
            d2: bytes.halves(NARROW * DIMENSIONS)?,
            p3: bytes.halves(NARROW * DIMENSIONS)?,
            d3: bytes.halves(DIMENSIONS * DIMENSIONS)?,
            least,
        })
    }

    /// The vector of a text, of the rows of its pieces.
    pub(super) fn run(&self, rows: &[f32]) -> Box<[f32; DIMENSIONS]> {
        let count = rows.len() / DIMENSIONS;
        let mut wide = vec![0.0; count * WIDE];
        for (own, row) in wide.chunks_exact_mut(WIDE).zip(rows.chunks_exact(DIMENSIONS)) {
            let (kept, begun) = own.split_at_mut(DIMENSIONS);
            kept.copy_from_slice(row);
            for (own, branch) in begun.chunks_exact_mut(BRANCH).zip(&self.branches) {
                own.copy_from_slice(&branch.project_bias);
                add_product(own, row, &branch.project);
            }
            self.begin.apply(begun, self.least);
        }
        for (at, (branch, (seen, before))) in self.branches.iter().zip(BRANCHES).enumerate() {
            let start = DIMENSIONS + at * BRANCH;
            let begun = wide.chunks_exact(WIDE).flat_map(|own| &own[start..start + BRANCH]);
            let mut own: Vec<f32> = begun.copied().collect();
            for (matrix, bias) in &branch.layers {
                own = convolve(&own, matrix, bias, seen, before);
            }
            for (wide, own) in wide.chunks_exact_mut(WIDE).zip(own.chunks_exact(BRANCH)) {
                wide[start..start + BRANCH].copy_from_slice(own);
            }
        }
        let mut sum = vec![0.0; WIDE];
        for own in wide.chunks_exact_mut(WIDE) {
            self.level.apply(own, self.least);
            sum.iter_mut().zip(&*own).for_each(|(sum, own)| *sum += own);
        }
        let count = count as f32;
        let mut mean: Vec<f32> = self.out_bias.iter().map(|bias| bias * count).collect();
        add_product(&mut mean, &sum, &self.out);
        for number in &mut mean {
            *number /= count.sqrt();
        }
        self.narrow(&mean)
    }

    fn narrow(&self, mean: &[f32]) -> Box<[f32; DIMENSIONS]> {
        let mut first = vec![0.0; NARROW];
        add_product(&mut first, mean, &self.d0);
        cut(&mut first);
        let mut second = vec![0.0; NARROW];
        add_product(&mut second, mean, &self.p1);
        add_product(&mut second, &first, &self.d1);
        cut(&mut second);
        let mut third = vec![0.0; DIMENSIONS];
        add_product(&mut third, &second, &self.d2);
        cut(&mut third);
        let mut out = Box::new([0.0; DIMENSIONS]);
        add_product(out.as_mut_slice(), &second, &self.p3);
        add_product(out.as_mut_slice(), &third, &self.d3);
        for number in out.iter_mut() {
            *number = number.tanh();
        }
        let length = out.iter().map(|number| number * number).sum::<f32>().max(self.least).sqrt();
        for number in out.iter_mut() {
            *number /= length;
        }
        out
    }
}

impl Level {
    fn read(bytes: &mut Bytes, count: usize) -> Result<Self, Fault> {
        Ok(Self { factor: bytes.halves(count)?, shift: bytes.halves(count)? })
    }

    /// Mean 0 and deviation 1, then factor and shift.
    fn apply(&self, row: &mut [f32], least: f32) {
        let count = row.len() as f32;
        let mean = row.iter().sum::<f32>() / count;
        let variance = row.iter().map(|number| (number - mean).powi(2)).sum::<f32>() / count;
        let scale = 1.0 / (variance + least).sqrt();
        for ((number, factor), shift) in row.iter_mut().zip(&self.factor).zip(&self.shift) {
            *number = (*number - mean) * scale * factor + shift;
        }
    }
}

/// Each row and what its neighbours add to it; beyond the ends there is nothing.
fn convolve(rows: &[f32], matrix: &[f32], bias: &[f32], seen: usize, before: usize) -> Vec<f32> {
    let count = rows.len() / BRANCH;
    let mut out = vec![0.0; rows.len()];
    for (at, out) in out.chunks_exact_mut(BRANCH).enumerate() {
        out.copy_from_slice(bias);
        for (slot, part) in matrix.chunks_exact(BRANCH * BRANCH).take(seen).enumerate() {
            let Some(from) = (at + slot).checked_sub(before).filter(|from| *from < count) else { continue };
            add_product(out, &rows[from * BRANCH..(from + 1) * BRANCH], part);
        }
        cut(out);
        out.iter_mut().zip(&rows[at * BRANCH..]).for_each(|(out, own)| *out += own);
    }
    out
}

/// Adds a row times a matrix. Four rows of the matrix at a time, so that each sum is fetched once for them.
fn add_product(into: &mut [f32], row: &[f32], matrix: &[f32]) {
    let width = into.len();
    for (four, rows) in row.chunks_exact(4).zip(matrix.chunks_exact(4 * width)) {
        // After a cut many numbers are nothing.
        if four == [0.0; 4] {
            continue;
        }
        let (one, rest) = rows.split_at(width);
        let (two, rest) = rest.split_at(width);
        let (three, last) = rest.split_at(width);
        for ((((sum, a), b), c), d) in into.iter_mut().zip(one).zip(two).zip(three).zip(last) {
            *sum += four[0] * a + four[1] * b + four[2] * c + four[3] * d;
        }
    }
}

/// What is below zero becomes zero.
fn cut(row: &mut [f32]) {
    for number in row.iter_mut() {
        *number = number.max(0.0);
    }
}
