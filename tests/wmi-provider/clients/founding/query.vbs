' ExecQuery with conditions, as scripts, monitors and PowerShell's cmdlets write them.
Option Explicit
Dim svc
Set svc = GetObject("winmgmts:{impersonationLevel=impersonate}!\\.\root\PatchPrereq")

Sub Ask(query)
    Dim row, line
    line = ""
    For Each row In svc.ExecQuery(query)
        line = line & row.PatchId & " " & row.StateName & "; "
    Next
    WScript.Echo line
End Sub

Ask "SELECT PatchId,StateName,Reason FROM PatchPrereq_PatchStatus WHERE State=3"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE Required = TRUE AND State <> 0"
Ask "SELECT * FROM PatchPrereq_PatchStatus  WHERE ((State = 3) OR (State = 4))"
Ask "SELECT * FROM PatchPrereq_PatchStatus  WHERE ((PatchId LIKE 'Q26986%')) AND (NOT ((State = 0)))"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE PatchId LIKE 'NT4-SP[5-6]_' AND State > 0"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE PatchId = 'q269862' AND Product LIKE '%information server%'"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE State = 3 AND DueDate IS NULL"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE InstalledOn < '20001022000000.000000+000' AND State = 3"
Ask "SELECT * FROM PatchPrereq_PatchStatus WHERE State = 9"
WScript.Echo "end of query"
