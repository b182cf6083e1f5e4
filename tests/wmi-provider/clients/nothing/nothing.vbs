' No document: Summary answers and says so; all else fails, and nothing reads as "no findings".
Option Explicit
Dim svc, row, number, text
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
Set row = svc.Get("PatchPrereq_Summary=@")
WScript.Echo row.Evaluated & " " & row.ReasonCode & " " & IsNull(row.WorstState) & " " & IsNull(row.CompliantCount)
WScript.Echo row.Reason

Sub Ask(query)
    Dim count
    count = -1
    On Error Resume Next
    count = svc.ExecQuery(query).Count
    number = Err.Number
    Err.Clear
    WScript.Echo Hex(number) & " " & count & " " & query
End Sub

Sub Fetch(path)
    On Error Resume Next
    svc.Get path
    number = Err.Number
    Err.Clear
    WScript.Echo Hex(number) & " " & path
End Sub

Ask "SELECT * FROM PatchPrereq_PatchStatus"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE State = 3"
Ask "SELECT * FROM PatchPrereq_PendingRestart"
Ask "SELECT * FROM PatchPrereq_PlanStep"
Ask "SELECT Evaluated FROM PatchPrereq_Summary"
Fetch "PatchPrereq_PatchStatus.Id=""Q269862"""
WScript.Echo svc.ExecMethod("PatchPrereq_Summary", "GetFacts").ReturnValue
WScript.Echo "end of nothing"
