"""Count the intents anew: python -m index.intents (some seconds)."""

from pathlib import Path

from index.intents.shipped import as_file, counted_now

if __name__ == "__main__":
    counted, words = counted_now()
    Path(__file__).with_name("shipped.npz").write_bytes(as_file(counted, words))
    print(  # noqa: T201
        f"{counted.kinds.shape[1]} intents, {len(counted.asked.terms)} terms asked, {len(counted.said.terms)} said, "
        f"{sum(map(len, words.values()))} usual words"
    )
