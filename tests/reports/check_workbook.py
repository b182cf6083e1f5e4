# SPDX-License-Identifier: MIT
"""Reads the workbooks that test_report.c has written again, with another library than wrote them.

check_workbook.py FOLDER (where test_report ran).  Prints every fault, and fails if there is one.
"""
import csv
import datetime
import sys
import zipfile
import xml.etree.ElementTree as ET

import openpyxl

SHEETS = ["Summary", "Hosts", "Patches", "Findings", "Regressions", "Prerequisites", "Plan",
          "Pending restart", "Exceptions", "Collector errors", "Method", "Inputs"]
FREE = ["Summary", "Method"]  # pages, not tables
STATES = {"NotApplicable", "Unknown", "PendingRestart", "OutOfOrder", "Regressed", "Superseded",
          "Compliant", "Blocked", "Ready"}
faults = []


def expect(what, found, wanted):
    if found != wanted:
        faults.append(f"{what}: {found!r}, not {wanted!r}")


def head(sheet):
    return [cell.value for cell in sheet[1]]


def column(sheet, title):
    at = head(sheet).index(title) + 1
    return [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]


def no_formula_or_link(name):
    """In the bytes of the file, not as a reader understands them."""
    with zipfile.ZipFile(name) as archive:
        expect(f"{name}: damaged parts", archive.testzip(), None)
        for part in archive.namelist():
            text = archive.read(part).decode("utf-8")
            if part.endswith((".xml", ".rels")):
                ET.fromstring(text)
            if part.startswith("xl/worksheets/sheet"):
                expect(f"{name} {part}: formulas", "<f>" in text or "<f " in text, False)
                expect(f"{name} {part}: links", "<hyperlink" in text, False)
            if part.endswith(".rels"):
                expect(f"{name} {part}: external targets", "External" in text, False)


def printable(name, sheet, repeats):
    where = f"{name} {sheet.title}"
    expect(f"{where}: orientation", sheet.page_setup.orientation, "landscape")
    expect(f"{where}: paper", str(sheet.page_setup.paperSize), "9")
    expect(f"{where}: fit to page", sheet.sheet_properties.pageSetUpPr.fitToPage, True)
    expect(f"{where}: pages wide", sheet.page_setup.fitToWidth in (None, 1), True)
    expect(f"{where}: pages high", sheet.page_setup.fitToHeight, 0)
    expect(f"{where}: footer", sheet.oddFooter.right.text, "Page &P of &N")
    expect(f"{where}: header", bool(sheet.oddHeader.left.text and sheet.oddHeader.right.text), True)
    if repeats:
        expect(f"{where}: repeated rows", sheet.print_title_rows, "$1:$1")


def table(name, sheet):
    where = f"{name} {sheet.title}"
    printable(name, sheet, True)
    expect(f"{where}: frozen", sheet.freeze_panes, "B2")
    last = openpyxl.utils.get_column_letter(sheet.max_column)
    expect(f"{where}: filter", sheet.auto_filter.ref, f"A1:{last}{sheet.max_row}")
    for title in head(sheet):
        expect(f"{where}: a title", isinstance(title, str) and bool(title), True)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type not in ("n", "s", "d", "inlineStr"):
                faults.append(f"{where} {cell.coordinate}: type {cell.data_type}")


def dates(name, sheet, title):
    for cell in column(sheet, title):
        if cell.value is not None and not isinstance(cell.value, datetime.datetime):
            faults.append(f"{name} {sheet.title} {title}: {cell.value!r} is no date")


def check_states(name, sheet, title):
    """The word is there, and its colour: not colour alone."""
    for cell in column(sheet, title):
        if cell.value not in STATES or cell.fill.fill_type != "solid":
            faults.append(f"{name} {sheet.title} {cell.coordinate}: {cell.value!r}, no state")


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_report(folder):
    name = f"{folder}/report.xlsx"
    book = openpyxl.load_workbook(name)
    expect(f"{name}: sheets", book.sheetnames, SHEETS)
    expect(f"{name}: created", book.properties.created, datetime.datetime(2026, 11, 22, 8, 0))
    for sheet in book:
        if sheet.title in FREE:
            printable(name, sheet, False)
        else:
            table(name, sheet)
    dates(name, book["Hosts"], "Facts of")
    dates(name, book["Patches"], "Released")
    dates(name, book["Findings"], "Open since")
    dates(name, book["Regressions"], "Last write")
    dates(name, book["Pending restart"], "Since")
    check_states(name, book["Hosts"], "Worst state")
    check_states(name, book["Findings"], "State")
    check_states(name, book["Regressions"], "State")
    check_states(name, book["Prerequisites"], "State")
    for title in ("Days to 50 %", "Days to 90 %", "Recurrence", "First compliant"):
        for sheet in book:
            expect(f"{name} {sheet.title}: {title} needs history",
                   title in head(sheet), False)
    check_plan(name, book["Plan"])
    check_summary(name, book["Summary"], folder)
    check_same_as_csv(book, folder)


def check_plan(name, sheet):
    done = openpyxl.utils.get_column_letter(head(sheet).index("Done") + 1)
    lists = [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation]
    expect(f"{name} Plan: list", lists, [(f"{done}2:{done}{sheet.max_row}", '"Yes,No,Not needed"')])
    for cell in column(sheet, "Done") + column(sheet, "Initials"):
        expect(f"{name} Plan {cell.coordinate}", cell.value, None)
    hosts = [cell.value for cell in column(sheet, "Host")]
    changes = [row + 2 for row in range(1, len(hosts)) if hosts[row] != hosts[row - 1]]
    breaks = [b.id for b in sheet.row_breaks.brk]
    expect(f"{name} Plan: page breaks", breaks, [row - 1 for row in changes])
    restarts = [cell.value for cell in column(sheet, "Restart after")][:7]
    expect(f"{name} Plan: restarts", restarts, ["No", "No", "Yes", "No", "Yes", "No", "No"])


def check_summary(name, sheet, folder):
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(max_row=30)}
    for figure in read_csv(f"{folder}/csv/summary.csv"):
        if figure["Figure"].startswith(("Hosts", "Documents")):
            continue
        row = rows.get(figure["Title"])
        if row is None:
            faults.append(f"{name} Summary: no {figure['Title']}")
        elif figure["Percent"]:
            expect(f"{name} {figure['Title']}", [row[1], row[2], row[3]],
                   [float(figure["Percent"]), int(figure["Numerator"]), int(figure["Denominator"])])
        elif figure["Value"]:
            expect(f"{name} {figure['Title']}", row[1], int(figure["Value"]))
    expect(f"{name}: charts", len(sheet._charts), 2)
    first = next(row for row in range(1, 90) if sheet.cell(row, 1).value == "State")
    states = {sheet.cell(first + n, 1).value: sheet.cell(first + n, 2).value for n in range(1, 9)}
    expect(f"{name}: states", set(states), STATES - {"NotApplicable"})
    expect(f"{name}: sum of states", sum(states.values()),
           sum(int(host["Required"]) for host in read_csv(f"{folder}/csv/hosts.csv")))
    with zipfile.ZipFile(name) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    expect(f"{name}: values kept in the chart", "<c:numCache>" in chart, True)


def check_same_as_csv(book, folder):
    """Sheets and files are the same rows."""
    files = {"Hosts": "hosts", "Patches": "patches", "Findings": "findings",
             "Regressions": "regressions", "Prerequisites": "prerequisites", "Plan": "plan",
             "Pending restart": "pending-restart", "Collector errors": "collector-errors",
             "Inputs": "inputs"}
    for title, file in files.items():
        rows = read_csv(f"{folder}/csv/{file}.csv")
        expect(f"{title}: rows", book[title].max_row - 1, len(rows))
    for cell, row in zip(column(book["Findings"], "Overdue (days)"),
                         read_csv(f"{folder}/csv/findings.csv")):
        expect("Findings: overdue days", cell.value,
               int(row["OverdueDays"]) if row["OverdueDays"] else None)
    for cell, row in zip(column(book["Hosts"], "Compliance %"),
                         read_csv(f"{folder}/csv/hosts.csv")):
        expect("Hosts: compliance", cell.value, float(row["Compliance"]))
    # RFC 4180 with BOM and CRLF, whatever the platform.
    with open(f"{folder}/csv/hosts.csv", "rb") as file:
        data = file.read()
    expect("hosts.csv: BOM", data[:3], b"\xef\xbb\xbf")
    expect("hosts.csv: line ends", data.count(b"\n"), data.count(b"\r\n"))


def check_empty(folder):
    name = f"{folder}/empty.xlsx"
    book = openpyxl.load_workbook(name)
    expect(f"{name}: sheets", book.sheetnames, SHEETS)
    for sheet in book:
        if sheet.title not in FREE:
            expect(f"{name} {sheet.title}: says that there is nothing",
                   bool(sheet.cell(2, 1).value), True)


def check_split(folder):
    name = f"{folder}/split.xlsx"
    book = openpyxl.load_workbook(name)
    whole = openpyxl.load_workbook(f"{folder}/report.xlsx")
    for title in ("Hosts", "Findings", "Plan"):
        parts = [title] + [f"{title}_{n}" for n in range(2, 99) if f"{title}_{n}" in book.sheetnames]
        expect(f"{name} {title}: several sheets", len(parts) > 1, True)
        rows = []
        for part in parts:
            table(name, book[part])
            expect(f"{name} {part}: rows", book[part].max_row <= 10, True)
            expect(f"{name} {part}: head", head(book[part]), head(whole[title]))
            rows += [cell.value for cell in column(book[part], "Host")]
        expect(f"{name} {title}: all rows, in order", rows,
               [cell.value for cell in column(whole[title], "Host")])


def check_hostile(folder):
    """Every text came through as a text, as it was or with what no file may hold replaced."""
    sheet = openpyxl.load_workbook(f"{folder}/hostile.xlsx")["Hosts"]
    wanted = ["=HYPERLINK(\"http://example.org\",\"x\")", "+1", "-1", "@x", "\t=1", "\n=1",
              "_x005F_x0041_", "a\ufffdb", "\ufffd", "<b>&amp;\"'", "http://example.org/",
              "{=1+1}", "&L&P", "internal:Summary!A1"]
    expect("hostile hosts", [cell.value for cell in column(sheet, "Host")], wanted)
    for cell in column(sheet, "Host"):
        expect(f"hostile {cell.value!r}: type", cell.data_type in ("s", "inlineStr"), True)
        expect(f"hostile {cell.value!r}: link", cell.hyperlink, None)


def check_long(folder):
    sheet = openpyxl.load_workbook(f"{folder}/long.xlsx")["Hosts"]
    value = column(sheet, "Operating system")[0].value
    expect("long text: length", len(value), 32767)
    expect("long text: mark", value.endswith("x [... cut]"), True)


def check_exceptions(folder):
    sheet = openpyxl.load_workbook(f"{folder}/exceptions.xlsx")["Exceptions"]
    dates("exceptions", sheet, "Expires")
    status = {cell.value: other.value for cell, other in
              zip(column(sheet, "Waiver"), column(sheet, "Status"))}
    expect("exceptions", status, {"W-ACTIVE": "active", "W-OLD": "expired", "W-IDLE": "not needed"})


def check_hand_out(folder):
    name = f"{folder}/plans/SRV01.xlsx"
    book = openpyxl.load_workbook(name)
    expect(f"{name}: sheets", book.sheetnames, ["Host plan", "Findings", "Prerequisites",
                                                "1 Q269862"])
    sheet = book["Host plan"]
    printable(name, sheet, False)
    first = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "Step")
    expect(f"{name}: repeated rows", sheet.print_title_rows, f"${first}:${first}")
    titles = [cell.value for cell in sheet[first]]
    expect(f"{name}: titles", titles[:3] + titles[-3:],
           ["Step", "Action", "Patch", "How to see that it is done", "Done", "Initials"])
    steps = [sheet.cell(first + n, 2).value for n in range(1, 8)]
    expect(f"{name}: steps", steps, ["extract", "uninstall", "apply-baseline", "restart", "install",
                                     "restart", "verify"])
    done = openpyxl.utils.get_column_letter(titles.index("Done") + 1)
    expect(f"{name}: list", [str(r.sqref) for r in sheet.data_validations.dataValidation],
           [f"{done}{first + 1}:{done}{first + 7}"])
    refused = openpyxl.load_workbook(f"{folder}/plans/SRV04.xlsx")["Host plan"]
    texts = [cell.value for cell in refused["A"] if cell.value]
    expect(f"{name}: facts to collect", any(str(t).startswith("Collect first: ") for t in texts),
           True)


def main():
    folder = sys.argv[1]
    for name in ("report", "empty", "split", "hostile", "long", "exceptions", "plans/SRV01",
                 "plans-hostile/_HYPERLINK__http___example.org___x__"):
        no_formula_or_link(f"{folder}/{name}.xlsx")
    check_report(folder)
    check_empty(folder)
    check_split(folder)
    check_hostile(folder)
    check_long(folder)
    check_exceptions(folder)
    check_hand_out(folder)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
