#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""workbook_cells.py - every cell of a workbook as a line, for raw_workbook.

usage: workbook_cells.py FILE.xlsx > CELLS
"""
import datetime
import sys

import openpyxl

EPOCH = datetime.datetime(1899, 12, 30)


def cell_line(row, column, value):
    if isinstance(value, bool):
        return f"{row}\t{column}\tn\t{int(value)}"
    if isinstance(value, (int, float)):
        return f"{row}\t{column}\tn\t{value}"
    if isinstance(value, datetime.datetime):
        return f"{row}\t{column}\td\t{(value - EPOCH) / datetime.timedelta(days=1)}"
    text = str(value).replace("\t", " ").replace("\n", " ")
    return f"{row}\t{column}\ts\t{text}"


def main(path):
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        print(f"sheet\t{sheet.title}")
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            for column, value in enumerate(row):
                if value is not None:
                    print(cell_line(number, column, value))


if __name__ == "__main__":
    main(sys.argv[1])
