#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""task.py - packaging/refresh-task.xml says what the documentation promises of the task."""
import pathlib
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
VALUES = {
    "RegistrationInfo/URI": r"\PatchPrereq\Refresh",
    "Triggers/BootTrigger/Delay": "PT10M",
    "Triggers/BootTrigger/Enabled": "true",
    "Triggers/CalendarTrigger/StartBoundary": "2026-01-01T03:00:00",  # of the host's own clock
    "Triggers/CalendarTrigger/RandomDelay": "PT1H",
    "Triggers/CalendarTrigger/Enabled": "true",
    "Triggers/CalendarTrigger/ScheduleByDay/DaysInterval": "1",
    "Principals/Principal/UserId": "S-1-5-18",
    "Settings/MultipleInstancesPolicy": "IgnoreNew",
    "Settings/ExecutionTimeLimit": "PT1H",
    "Settings/AllowStartOnDemand": "true",
    "Settings/Enabled": "true",
    "Actions/Exec/Command": r'"%ProgramFiles%\PatchPrereq\patchprereq.exe"',
    # It ends by itself, with what it knows, before the scheduler would end it.
    "Actions/Exec/Arguments": "refresh --quiet --timeout 3000",
}


def main():
    task = xml.parse(ROOT / "packaging" / "refresh-task.xml").getroot()
    wrong = []
    if task.tag != SPACE + "Task" or task.get("version") != "1.2":
        wrong.append(f"{task.tag} {task.attrib}")
    for path, value in VALUES.items():
        found = [item.text for item in task.findall("/".join(SPACE + part
                                                             for part in path.split("/")))]
        if found != [value]:
            wrong.append(f"{path}: {found}, not {value}")
    principal = task.find(f"{SPACE}Principals/{SPACE}Principal").get("id")
    if task.find(f"{SPACE}Actions").get("Context") != principal:
        wrong.append("the action runs as somebody else")
    if len(task.find(f"{SPACE}Triggers")) != 2 or len(task.find(f"{SPACE}Actions")) != 1:
        wrong.append("there are more triggers or actions")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


main()
