#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""schema.py BUILD - the JSON Schemas in docs/schemas, checked by another implementation.

They are what the program's own tables say today; they are schemas; every document in catalog/ and
tests/data fits the one that its `format` names, and so does everything that the program writes about
the demo fleet.  Files whose name holds "broken" must not fit.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs" / "schemas"
problems = []


def problem(text):
    print(text)
    problems.append(text)


def load_schemas(build):
    """The validators by format name, after a look at whether the stored schemas are today's."""
    validators = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([build / "tests" / "write_schemas", folder], check=True)
        fresh = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
    stored = {path.name: path.read_bytes() for path in SCHEMAS.glob("*.json")}
    for name in sorted(fresh.keys() | stored.keys()):
        if fresh.get(name) != stored.get(name):
            problem(f"docs/schemas/{name} is not what {build}/tests/write_schemas writes")
    for name, text in fresh.items():
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name.rsplit("-", 1)[0]] = jsonschema.Draft202012Validator(schema)
    return validators


def faults_of(validators, text):
    """Why the document does not fit its schema; None when it is not one of our documents."""
    try:
        document = json.loads(text)
    except ValueError as error:
        return [str(error)]
    name = document.get("format") if isinstance(document, dict) else None
    if not isinstance(name, str) or name.split("/")[0] not in validators:
        return None
    errors = validators[name.split("/")[0]].iter_errors(document)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def documents_in(path):
    if path.suffix == ".ndjson":
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line
    else:
        yield str(path.relative_to(ROOT)), path.read_bytes()


def check_files(validators):
    checked = 0
    files = [path for folder in ("catalog", "tests/data")
             for path in sorted((ROOT / folder).rglob("*json")) if path.is_file()]
    for path in files:
        for name, text in documents_in(path):
            faults = faults_of(validators, text)
            if faults is None:
                continue
            checked += 1
            broken = "broken" in path.name
            if broken and not faults:
                problem(f"{name}: is broken, and fits its schema all the same")
            for fault in [] if broken else faults:
                problem(f"{name}: {fault}")
    return checked


def check_output(validators, build, command):
    program = build / "reports" / "patchprereq"
    run = subprocess.run([program, *command, ROOT / "tests" / "data" / "fleet", "-q"],
                         check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines = run.stdout.splitlines()
    if not lines:
        problem(f"{' '.join(command)}: exit code {run.returncode} and no output")
    for number, line in enumerate(lines, 1):
        faults = faults_of(validators, line)
        for fault in ["not one of our documents"] if faults is None else faults:
            problem(f"{' '.join(command)}, line {number}: {fault}")
    return len(lines)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    validators = load_schemas(build)
    checked = check_files(validators)
    checked += check_output(validators, build, ["assess", "--format", "ndjson"])
    print(f"{len(validators)} schemas, {checked} documents, {len(problems)} problems")
    sys.exit(bool(problems) or not checked)


main()
