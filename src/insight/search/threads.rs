//! Work shared among the cores, for as long as one call lasts.

use std::num::NonZero;
use std::ops::Range;

/// More threads than this wait for memory, not for each other.
const MOST_THREADS: usize = 4;

/// How many parts to cut `amount` of work into, when less than `worth` is not worth a second thread.
fn parts(amount: usize, worth: usize) -> usize {
    if amount < worth {
        return 1;
    }
    std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
}

/// Cuts `0..count` into ranges, one for each core where `amount` of work is at least `worth` of it, and does them
/// at once. The answers come in the order of the ranges.
pub(in crate::insight) fn shared<T: Send>(
    count: usize,
    amount: usize,
    worth: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let share = count.div_ceil(parts(amount, worth)).max(1);
    let mut ranges: Vec<Range<usize>> =
        (0..count).step_by(share).map(|start| start..(start + share).min(count)).collect();
    let Some(last) = ranges.pop() else { return Vec::new() };
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = ranges.into_iter().map(|range| scope.spawn(move || work(range))).collect();
        let own = work(last);
        let join = |thread: std::thread::ScopedJoinHandle<'_, T>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        let mut answers: Vec<T> = threads.into_iter().map(join).collect();
        answers.push(own);
        answers
    })
}

/// Sorts, on all cores where that is worth it.
pub(in crate::insight) fn sort<T: Ord + Send>(items: &mut [T], worth: usize) {
    let share = items.len().div_ceil(parts(items.len(), worth)).max(1);
    if share >= items.len() {
        items.sort_unstable();
        return;
    }
    std::thread::scope(|scope| {
        for part in items.chunks_mut(share) {
            scope.spawn(|| part.sort_unstable());
        }
    });
    // The stable sort finds the sorted runs and merges them.
    items.sort();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_work_is_done_once_and_in_order() {
        for count in [0, 1, 2, 7, 100] {
            let done: Vec<usize> = shared(count, count, 5, Iterator::collect::<Vec<_>>).concat();
            assert_eq!(done, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn sorted_in_parts_is_sorted() {
        let mut items: Vec<usize> = (0..1000).map(|n| n * 7919 % 1000).collect();
        sort(&mut items, 10);
        assert!(items.is_sorted());
    }
}
