"""Count the intents anew: python -m index.intents (some seconds)."""

from pathlib import Path

from index.intents.shipped import as_file, counted_now

if __name__ == "__main__":
    counted = counted_now()
    Path(__file__).with_name("shipped.npz").write_bytes(as_file(counted))
    print(f"{counted.kinds.shape[1]} intents, {len(counted.asked.terms)} terms asked, {len(counted.said.terms)} said")  # noqa: T201
