"""Checks or fills one Word template in a process of its own, and answers with one JSON object.

Run limited and isolated (lib/children) with FILE and `{"shape": …, "context": …, "stamp": …}` on
standard input; without a context the template is only tried, with words made up from the shape. The
answer is

    {"docx": base64}                      the filled document
    {"faults": [{"code", "found", "nearest", "paragraph"}, …]}   what is wrong with the fields
    {"problem": code}                     the file cannot be taken
"""

import json
import sys
from base64 import b64encode

from container import Problem, require_harmless


def main(path):
    asked = json.load(sys.stdin)
    try:
        answer = answered(path, asked)
    except Problem as problem:
        answer = {"problem": problem.code}
    json.dump(answer, sys.stdout)


def answered(path, asked):
    require_harmless(path)
    # Imported only now: these libraries never see what was refused above.
    from filling import Faulty, fill, sample

    context = asked.get("context")
    try:
        content = fill(path, asked["shape"], context or sample(asked["shape"]), asked["stamp"])
    except Faulty as faulty:
        return {"faults": faulty.faults}
    return {"docx": b64encode(content).decode("ascii")}


if __name__ == "__main__":
    main(sys.argv[1])
