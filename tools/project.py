"""The checkout as the checks see it: its files, and its rooms with their floors and arrows.

Standard library only: the checks run on a machine that has nothing but Debian's python3.
"""
import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", "build", "out", "__pycache__", "node_modules"}

ROOM_CALL = re.compile(r"^room\(([^)]*)\)", re.MULTILINE)
ROOM_LIST = re.compile(r"foreach\(\s*a_room\s+([^)]*)\)")
CMAKE_COMMENT = re.compile(r"#.*")


@dataclass
class Room:
    name: str
    floor: int
    depends: list
    folder: Path


class BrokenRoom(Exception):
    """A room's CMakeLists.txt does not say what room it is; the text is the problem to print."""


def files(root=ROOT):
    """Every file that is, or would be, committed, as paths relative to `root`, sorted."""
    command = ["git", "-C", str(root), "ls-files", "-z",
               "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode == 0:
        names = {name for name in listed.stdout.decode("utf-8").split("\0") if name}
    else:  # An unpacked archive, or a checkout that belongs to somebody else.
        names = set()
        for folder, folders, found in os.walk(root):
            folders[:] = [name for name in folders if name not in NOT_OURS]
            names.update(str((Path(folder) / name).relative_to(root)) for name in found)
    return sorted(Path(name) for name in names if (root / name).is_file())


def read_room(folder):
    """The Room that `folder`/CMakeLists.txt declares; raises BrokenRoom."""
    cmake_file = folder / "CMakeLists.txt"
    shown = f"src/{folder.name}/CMakeLists.txt"
    if not cmake_file.is_file():
        raise BrokenRoom(f"{shown}: missing, so the folder is not built")
    calls = ROOM_CALL.findall(CMAKE_COMMENT.sub("", cmake_file.read_text("utf-8")))
    if len(calls) != 1:
        raise BrokenRoom(f"{shown}: expected one room(...) call, found {len(calls)}")
    words = calls[0].split()
    if not words or words[0] != folder.name:
        raise BrokenRoom(f"{shown}: the room is not called {folder.name} like its folder")
    parts, part = {"FLOOR": [], "DEPENDS": [], "LIBRARIES": [], "PRECOMPILED": []}, None
    for word in words[1:]:
        if word in parts:
            part = word
        elif part is None:
            raise BrokenRoom(f"{shown}: {word} stands before FLOOR")
        else:
            parts[part].append(word)
    if len(parts["FLOOR"]) != 1 or not parts["FLOOR"][0].isdigit():
        raise BrokenRoom(f"{shown}: expected FLOOR and one number")
    return Room(folder.name, int(parts["FLOOR"][0]), parts["DEPENDS"], folder)


def rooms(root=ROOT):
    """Every room under src/ by name, and the problems of those that could not be read."""
    found, problems = {}, []
    source = root / "src"
    if not source.is_dir():
        return found, problems
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        try:
            found[folder.name] = read_room(folder)
        except BrokenRoom as broken:
            problems.append(str(broken))
    return found, problems


def listed_rooms(root=ROOT):
    """The rooms in the order in which the root CMakeLists.txt adds them."""
    match = ROOM_LIST.search(CMAKE_COMMENT.sub("", (root / "CMakeLists.txt").read_text("utf-8")))
    return match.group(1).split() if match else []


def is_test(path):
    """Test sources and what they share: freer than the program in what they may include."""
    return path.stem.endswith("_test") or "testing" in path.parts or "tests" in path.parts


def main(description, check, summary, fix=None):
    """Runs `check(root)`, prints its problems or `summary(root)`, and ends with the exit code.

    With `fix`, there is an option --fix which runs `fix(root)` first.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout (default: this one)")
    if fix:
        parser.add_argument("--fix", action="store_true", help="write what can be written first")
    options = parser.parse_args()
    root = options.root.resolve()
    if fix and options.fix:
        fix(root)
    problems = check(root)
    print("\n".join(problems) if problems else summary(root))
    sys.exit(1 if problems else 0)
