#!/usr/bin/env python3
"""Checks that a weekly statement stands under its week's published root: verify-statement.py PROOF.json

PROOF.json is the answer of GET /rewards/weekly/proof, which a statement's owner can give to anybody (saved by
`./stk statement WEEK --proof FILE`). Nothing else is needed, and nothing is asked over a network.

  leaf = SHA-256(0x00, salt, statement), the statement in the canonical form of RFC 8785
  up   = SHA-256(0x01, left, right) with each hash of the path, on the side that it names
  end  = root

Exit code 0: the statement gives the root. 1: it does not. 2: the file is no proof.
"""
import hashlib
import json
import sys

HASH = 32
SALT = 16


def main(arguments):
    if len(arguments) != 1:
        return fail("usage: verify-statement.py PROOF.json")
    try:
        with open(arguments[0], encoding="utf-8") as file:
            proof = json.load(file, parse_float=no_fraction, parse_constant=no_fraction)
        statement = proof["statement"]
        week, participant = statement["week"], statement["participant"]
        reward = statement["reward"]
        root = unhex(proof["root"], HASH)
        node = hashlib.sha256(b"\x00" + unhex(proof["salt"], SALT) + canonical(statement)).digest()
        for step in proof["path"]:
            node = above(node, step["side"], unhex(step["hash"], HASH))
        signature = proof.get("signature")
    except OSError as error:
        return fail(f"{arguments[0]}: {error.strerror}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return fail(f"{arguments[0]} is no proof: {type(error).__name__}: {error}")

    if node != root:
        print(f"NOT PROVED: the statement, salt and path give {node.hex()}, and the proof says {root.hex()}.")
        return 1
    print(f"{week}: {participant} earned {reward} STK.")
    print(f"root       {root.hex()}")
    if signature is None:
        print("signature  none: the week's memo has not landed on the chain. Compare the root with one that you trust.")
    else:
        print(f"signature  {signature}")
        print(f"Look it up: its memo must begin with stk:week:{week}:{root.hex()}")
    return 0


def canonical(value):
    """RFC 8785. Names and numbers of a statement are ASCII and whole, which leaves nothing but order and escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def above(node, side, neighbour):
    if side == "left":
        return hashlib.sha256(b"\x01" + neighbour + node).digest()
    if side == "right":
        return hashlib.sha256(b"\x01" + node + neighbour).digest()
    raise ValueError(f"side is {side!r}: it must be left or right")


def unhex(text, length):
    value = bytes.fromhex(text)
    if len(value) != length:
        raise ValueError(f"{text!r} must be {length} bytes in hex")
    return value


def no_fraction(text):
    raise ValueError(f"{text} is no whole number")


def fail(message):
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
